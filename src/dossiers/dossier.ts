/**
 * The dossier as a state machine (domain.md, The cycle of learning and validating): pure, without a database or a
 * clock. What may be done stands in `moves.ts`; whose turn it is follows from the state alone.
 */
import type { Basis } from '../catalogue/index.ts';

export const phases = ['identify', 'value', 'calibrate', 'develop'] as const;
export type Phase = (typeof phases)[number];

/** Whose turn it is. `awaiting-coordinator` is the intake only; every other wait is one that domain.md names. */
export const turns = [
  'awaiting-coordinator',
  'awaiting-learner',
  'awaiting-assessor',
  'awaiting-reply',
  'awaiting-examiner',
  'awaiting-board',
  'closed',
] as const;
export type Turn = (typeof turns)[number];

/** In what role someone acts here. A partner is from work and needs no account; a timer lets a term pass. */
export const dossierRoles = [
  'learner',
  'guide',
  'partner',
  'coordinator',
  'assessor',
  'examiner',
  'board',
  'timer',
] as const;
export type DossierRole = (typeof dossierRoles)[number];

/** A side of the talk: who has to answer or to confirm. */
export type Side = 'learner' | 'staff';

/** An achievement that is laid beside the portfolio, in the version that was chosen. */
export interface Chosen {
  id: string;
  version: number;
  units: string[];
  /** Where its own policy is stricter than the institution's. */
  guideApart?: boolean;
  examinerApart?: boolean;
}

/** What a decision says of one achievement. `ways`: how many ways to show the rest it offers. */
export interface Result {
  achievement: string;
  version: number;
  outcome: 'awarded' | 'not-yet';
  /** Units that stand. */
  stands: string[];
  ways: number;
}

export interface Decision {
  seq: number;
  cycle: number;
  by: string;
  role: 'examiner' | 'board';
  basis: Basis;
  results: Result[];
  /** RFC 3339; until then it can be reconsidered. */
  reconsiderUntil: string;
  /** The board looked at it again, as is done once. */
  reconsidered?: true;
}

/** What the events of a dossier add up to. Ids and choices only: the words lie beside the events. */
export interface DossierState {
  /** How many events there are; a move names the one that it was made on. */
  version: number;
  learner: string;
  /** Whether it is to end in a decision (*validation of*); a dossier may do without, and then it cannot award. */
  recognise: boolean;
  cycle: number;
  phase: Phase;
  accepted: boolean;
  achievements: Chosen[];
  staff: { guide: string[]; assessor: string[]; examiner: string[] };
  /** Everyone who ever guided this learner here, or judged: what must not go together looks at both. */
  guided: string[];
  judged: string[];
  /** Guides whom the learner let go: nobody but the learner brings them back. */
  letGo: string[];
  partners: string[];
  handedIn: boolean;
  questions: { seq: number; by: string; to: Side }[];
  /** Reports of conversations that one side has not confirmed yet. */
  reports: { seq: number; by: string; waits: Side }[];
  judgement: { seq: number; by: string; route: 'examiner' | 'board' } | null;
  reply: 'given' | 'lapsed' | null;
  /** RFC 3339; from then on the term for the reply has passed. */
  replyUntil: string | null;
  decisions: Decision[];
  /** The decision that the board looks at again. */
  reconsidering: number | null;
  sampled: number[];
  closed: 'finished' | 'withdrawn' | 'sent-on' | null;
}

/** The state before anything happened. */
export const emptyDossier = (learner: string): DossierState => ({
  version: 0,
  learner,
  recognise: true,
  cycle: 1,
  phase: 'identify',
  accepted: false,
  achievements: [],
  staff: { guide: [], assessor: [], examiner: [] },
  guided: [],
  judged: [],
  letGo: [],
  partners: [],
  handedIn: false,
  questions: [],
  reports: [],
  judgement: null,
  reply: null,
  replyUntil: null,
  decisions: [],
  reconsidering: null,
  sampled: [],
  closed: null,
});

/** The decisions of the cycle that is under way. */
export const isDecided = (state: DossierState): boolean => state.decisions.some(d => d.cycle === state.cycle);

/** The decision that the board looks at again. */
export const underReview = (state: DossierState): Decision | undefined =>
  state.decisions.find(d => d.seq === state.reconsidering);

/** What was awarded in any cycle: nothing is awarded twice. */
export const awardedIn = (state: DossierState): string[] =>
  state.decisions.flatMap(d => d.results.filter(r => r.outcome === 'awarded').map(r => r.achievement));

/** What can still be decided on. */
export const openAchievements = (state: DossierState): Chosen[] =>
  state.achievements.filter(a => !awardedIn(state).includes(a.id));

/** Whose turn it is: a question or a report waits before all else, since no decision falls while one is open. */
export function turnOf(state: DossierState): Turn {
  if (state.closed) return 'closed';
  if (!state.accepted) return 'awaiting-coordinator';
  const waits = [...state.questions.map(q => q.to), ...state.reports.map(r => r.waits)];
  if (waits.includes('learner')) return 'awaiting-learner';
  if (waits.includes('staff')) return 'awaiting-assessor';
  if (state.reconsidering !== null) return 'awaiting-board';
  if (isDecided(state) || !state.handedIn) return 'awaiting-learner';
  if (!state.judgement) return 'awaiting-assessor';
  if (!state.reply) return 'awaiting-reply';
  if (!state.recognise) return 'awaiting-learner';
  return state.judgement.route === 'board' ? 'awaiting-board' : 'awaiting-examiner';
}
