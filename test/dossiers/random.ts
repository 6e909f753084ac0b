import fc from 'fast-check';
import type { By, Command, DossierEvent } from '../../src/dossiers/commands.ts';
import {
  type DossierRole,
  type DossierState,
  dossierRoles,
  emptyDossier,
  isDecided,
  openAchievements,
  phases,
  turnOf,
} from '../../src/dossiers/dossier.ts';
import { applyEvent, moves, transition } from '../../src/dossiers/moves.ts';
import { DomainError } from '../../src/platform/errors.ts';

const LEARNER = 'learner';
const PEOPLE = [LEARNER, 'ann', 'bob', 'cas', 'dee', 'eva'] as const;
const CHOSEN = [
  { id: 'whole', version: 1, units: ['u1', 'u2'] },
  { id: 'part', version: 1, units: ['u1'] },
  { id: 'whole', version: 2, units: ['u1', 'u2'] },
];
const START = Date.parse('2026-01-05T09:00:00Z');
export const REPLY_DAYS = 14;
const DAY = 24 * 3_600_000;

/** One step of a sequence: numbers, which become a command on the state that is there by then. */
type Step = [move: number, who: number, a: number, b: number, days: number];
export const steps = fc.noBias(
  fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(20)), {
    minLength: 20,
    maxLength: 70,
  }),
);

const ENDS: readonly string[] = ['withdraw', 'send-on', 'finish'];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const names = Object.keys(moves) as Command['type'][];

function commandOf(state: DossierState, type: Command['type'], a: number, b: number): Command {
  const person = pick(PEOPLE, a);
  const question = state.questions.length ? pick(state.questions, a).seq : a % 9;
  const decision = state.decisions.length ? pick(state.decisions, a).seq : a % 9;
  const results = state.achievements
    .filter((_, i) => i === 0 || b % 2)
    .map((chosen, i) => ({
      achievement: chosen.id,
      version: b % 11 ? chosen.version : 3,
      outcome: (a + i) % 2 ? ('awarded' as const) : ('not-yet' as const),
      stands: b % 3 ? chosen.units.slice(0, 1) : [],
      ways: b % 7 ? 1 : 0,
    }));
  switch (type) {
    case 'request':
      return { type, recognise: a % 8 > 0, achievements: CHOSEN.slice(0, b % 3) };
    case 'assign':
    case 'unassign':
      return { type, role: pick(['guide', 'assessor', 'examiner'] as const, b), person };
    case 'invite-partner':
      return { type, partner: `partner-${b % 3}`, kind: pick(['guide', 'work'] as const, a) };
    case 'end-partner':
      return { type, partner: `partner-${b % 3}` };
    case 'join-as-guide':
      return { type, partner: `partner-${b % 3}`, person };
    case 'share':
      return { type, experiences: [`e${a}`], partners: b % 2 === 0 };
    case 'take-back':
      return { type, experiences: [`e${a}`] };
    case 'add-achievement':
      return { type, achievement: pick(CHOSEN, a) };
    case 'step':
      return { type, phase: pick(phases, a) };
    case 'ask':
      return { type, to: pick(['learner', 'staff'] as const, a) };
    case 'answer':
    case 'drop-question':
      return { type, question };
    case 'confirm-report':
    case 'drop-report':
      return { type, report: state.reports.length ? pick(state.reports, a).seq : a % 9 };
    case 'judge':
      return { type, units: ['u1'], links: [], route: pick(['examiner', 'examiner', 'board'] as const, a) };
    case 'decide':
      return {
        type,
        basis: pick(['assessment', 'exemption', 'evc', 'organisation'] as const, a),
        results,
        evidence: [],
      };
    case 'ask-reconsideration':
      return { type, decision };
    case 'reconsider':
      return { type, upheld: a % 2 === 0, results: a % 2 ? results : [], evidence: [] };
    case 'sample':
      return { type, decision, reading: pick(['same', 'different'] as const, b) };
    case 'plan':
    case 'confirm-plan':
      return { type, line: `line-${a % 4}` };
    default:
      return { type } as Command;
  }
}

/** Everything that was done and what it added up to, with what each step was refused for. */
export interface Run {
  events: DossierEvent[];
  states: DossierState[];
  refused: number;
}

/** Plays a sequence; what is refused leaves everything as it was. */
export function play(sequence: Step[], policy: { guideApart: boolean; examinerApart: boolean }): Run {
  const run: Run = { events: [], states: [emptyDossier(LEARNER)], refused: 0 };
  let now = START;
  for (const [m, w, a, b, days] of sequence) {
    const state = run.states.at(-1)!;
    now += days * DAY;
    // Three of four steps are what whoever is to move could do; the fourth is anything by anyone.
    const drawn = state.version === 0 ? 'request' : pick(m % 4 ? likely(state) : names, m >> 2);
    // What ends a dossier is drawn less: little can be tried after it.
    const type = ENDS.includes(drawn) && b % 6 ? 'hand-in' : drawn;
    const role = pick(w % 5 ? moves[type].by : dossierRoles, w >> 2);
    const by: By = {
      id: actorFor(state, role, w, a),
      role,
      at: new Date(now),
      policy: { ...policy, replyDays: REPLY_DAYS, reconsiderDays: 42 },
    };
    try {
      const event = transition(state, commandOf(state, type, a, b), by);
      run.events.push(freeze(event));
      run.states.push(freeze(applyEvent(state, event)));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      run.refused++;
    }
  }
  return run;
}

/** Whatever changes what was said before throws. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}

/** Mostly someone who could act in the role, and sometimes anyone. */
function actorFor(state: DossierState, role: DossierRole, w: number, a: number): string {
  if (w % 11 === 0) return pick(PEOPLE, a);
  if (role === 'learner') return LEARNER;
  if (role === 'partner') return state.partners.length ? pick(state.partners, w) : 'partner-9';
  if (role === 'guide' || role === 'assessor' || role === 'examiner')
    return state.staff[role].length ? pick(state.staff[role], w) : pick(PEOPLE, a);
  return pick(PEOPLE, a);
}

/** What whoever is to move would do; a talk that is open waits before all else. */
function likely(state: DossierState): readonly Command['type'][] {
  const open = [
    ...(state.questions.length ? (['answer', 'answer', 'drop-question'] as const) : []),
    ...(state.reports.length ? (['confirm-report', 'confirm-report', 'drop-report'] as const) : []),
  ];
  if (open.length) return open;
  return [...(state.decisions.length ? (['sample', 'ask-reconsideration'] as const) : []), ...turnMoves(state)];
}

function turnMoves(state: DossierState): readonly Command['type'][] {
  switch (turnOf(state)) {
    case 'awaiting-coordinator':
      return ['accept', 'assign'];
    case 'awaiting-learner':
      return isDecided(state) ? ['next-cycle', 'ask-reconsideration'] : ['hand-in', 'hand-in', 'add-achievement'];
    case 'awaiting-assessor':
      if (!openAchievements(state).length) return ['add-achievement'];
      return state.staff.assessor.length ? ['judge', 'judge', 'assign'] : ['assign'];
    case 'awaiting-reply':
      // A decision is tried too early as well.
      return ['reply', 'reply', 'lapse-reply', 'decide'];
    case 'awaiting-examiner':
      return ['decide', 'decide', 'ask'];
    case 'awaiting-board':
      return ['decide', 'reconsider', 'reconsider'];
    case 'closed':
      return ['sample', 'record-appeal'];
  }
}
