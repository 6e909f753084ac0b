/**
 * What may be done in a dossier: for each move who, when, and what it adds up to. `transition` makes the event,
 * `applyEvent` is the only thing that changes a state, so that a dossier can always be replayed from its events.
 */
import { type Basis, bases } from '../catalogue/index.ts';
import { DomainError } from '../platform/errors.ts';
import {
  awardedIn,
  type Chosen,
  type DossierRole,
  type DossierState,
  isDecided,
  openAchievements,
  type Phase,
  type Result,
  type Side,
} from './dossier.ts';

/** What is done, with the choices that go with it. The words travel beside it. */
export type Command =
  | { type: 'request'; recognise: boolean; achievements: Chosen[] }
  | { type: 'accept' }
  | { type: 'send-on' }
  | { type: 'assign'; role: StaffRole; person: string }
  | { type: 'unassign'; role: StaffRole; person: string }
  | { type: 'invite-partner'; partner: string; kind: 'guide' | 'work' }
  | { type: 'end-partner'; partner: string; person?: string }
  | { type: 'join-as-guide'; partner: string; person: string }
  | { type: 'share'; experiences: string[]; partners: boolean }
  | { type: 'take-back'; experiences: string[] }
  | { type: 'add-achievement'; achievement: Chosen }
  | { type: 'step'; phase: Phase }
  | { type: 'hand-in' }
  | { type: 'ask'; to: Side }
  | { type: 'answer'; question: number }
  | { type: 'drop-question'; question: number }
  | { type: 'comment' }
  | { type: 'report' }
  | { type: 'confirm-report'; report: number }
  | { type: 'judge'; units: string[]; links: { experience: string; outcome: string }[]; route: 'examiner' | 'board' }
  | { type: 'reply' }
  | { type: 'lapse-reply' }
  | { type: 'decide'; basis: Basis; results: Result[]; evidence: Shown[] }
  | { type: 'ask-reconsideration'; decision: number }
  | { type: 'reconsider'; upheld: boolean; results: Result[]; evidence: Shown[] }
  | { type: 'record-appeal' }
  | { type: 'sample'; decision: number; reading: 'same' | 'different' }
  | { type: 'plan'; line: string }
  | { type: 'confirm-plan'; line: string }
  | { type: 'next-cycle' }
  | { type: 'withdraw' }
  | { type: 'finish' };

/** An experience that a decision rests on: its kind and a hash of its content, which stays the learner's own. */
export interface Shown {
  kind: string;
  sha256: string;
}

export type MoveName = Command['type'];
export type StaffRole = 'guide' | 'assessor' | 'examiner';

/** What an institution leaves to policy (domain.md, Roles, and who may not do both); terms in days. */
export interface DossierPolicy {
  guideApart: boolean;
  examinerApart: boolean;
  replyDays: number;
  reconsiderDays: number;
}

/** Who acts, in what role and when. The caller has established the role; an assignment is looked up here. */
export interface By {
  id: string;
  role: DossierRole;
  at: Date;
  policy: DossierPolicy;
}

/** A move that was made. Events are only ever added. */
export interface DossierEvent {
  seq: number;
  at: string;
  actor: string;
  role: DossierRole;
  data: Command & {
    /** What policy lets pass and the decision has to tell. */
    waived?: ('guide-apart' | 'examiner-apart')[];
    /** Terms that begin with this move; RFC 3339. */
    until?: string;
  };
}

/**
 * Makes the event of a command, or says why not.
 * @throws DomainError `forbidden` (this role, or one's own dossier), `role-conflict`, `dossier-state`
 */
export function transition(state: DossierState, command: Command, by: By): DossierEvent {
  const move = moves[command.type] as Move<Command>;
  if (!move.by.includes(by.role)) throw new DomainError('forbidden', `This is not for the role ${by.role}.`);
  requireIdentity(state, by);
  const why = closedTo(state, command.type) ?? move.refusal?.(state, command, by);
  if (why) throw new DomainError('dossier-state', why, { extensions: { turn: command.type } });
  const waived = conflicts(state, command, by);
  return {
    seq: state.version + 1,
    at: by.at.toISOString(),
    actor: by.id,
    role: by.role,
    data: {
      ...command,
      ...(waived.length ? { waived } : {}),
      ...(move.days ? { until: new Date(by.at.getTime() + move.days(by.policy) * DAY).toISOString() } : {}),
    },
  };
}

/** The state after an event. The event was made by `transition` on the state before it. */
export function applyEvent(state: DossierState, event: DossierEvent): DossierState {
  const move = moves[event.data.type] as Move<Command>;
  return { ...state, ...move.apply?.(state, event.data, event), version: event.seq };
}

const DAY = 24 * 3_600_000;

interface Move<C extends Command> {
  by: readonly DossierRole[];
  /** Why not now, in a sentence; undefined when it can be done. */
  refusal?: (state: DossierState, command: C, by: By) => string | undefined;
  /** The term that begins with it. */
  days?: (policy: DossierPolicy) => number;
  apply?: (state: DossierState, command: C & DossierEvent['data'], event: DossierEvent) => Partial<DossierState>;
}

const STAFF = ['guide', 'coordinator', 'assessor', 'examiner', 'board'] as const;
const EVERYONE = ['learner', 'partner', ...STAFF] as const;

const without = <T>(list: T[], item: T) => list.filter(each => each !== item);
const withOne = <T>(list: T[], item: T) => [...without(list, item), item];

/** The table: who may do what, and when. A role that a move names acts only as `requireIdentity` allows. */
export const moves: { [K in MoveName]: Move<Extract<Command, { type: K }>> } = {
  request: {
    by: ['learner'],
    refusal: state => (state.version ? 'The dossier has begun.' : undefined),
    apply: (_, { recognise, achievements }) => ({ recognise, achievements }),
  },
  accept: {
    by: ['coordinator'],
    refusal: state => (state.accepted ? 'It was accepted before.' : undefined),
    apply: () => ({ accepted: true }),
  },
  'send-on': {
    by: ['coordinator'],
    refusal: state => (state.accepted ? 'It was accepted; the learner can withdraw.' : undefined),
    apply: () => ({ closed: 'sent-on' }),
  },
  assign: {
    by: ['coordinator', 'assessor', 'examiner'],
    refusal: (state, { role, person }, by) =>
      by.role !== 'coordinator' && (person !== by.id || role !== by.role)
        ? 'Whoever is not a coordinator takes up work for themselves only.'
        : state.staff[role].includes(person)
          ? 'This was assigned before.'
          : undefined,
    apply: (state, { role, person }) => ({
      staff: { ...state.staff, [role]: withOne(state.staff[role], person) },
      ...(role === 'guide' ? { guided: withOne(state.guided, person) } : {}),
    }),
  },
  unassign: {
    by: ['coordinator'],
    refusal: (state, { role, person }) =>
      state.staff[role].includes(person) ? undefined : 'They are not assigned in this role.',
    apply: (state, { role, person }) => ({
      staff: { ...state.staff, [role]: without(state.staff[role], person) },
    }),
  },
  'invite-partner': {
    by: ['learner'],
    refusal: (state, { partner }) => (state.partners.includes(partner) ? 'They were invited before.' : undefined),
    apply: (state, { partner }) => ({ partners: withOne(state.partners, partner) }),
  },
  'end-partner': {
    by: ['learner'],
    refusal: (state, { partner, person }) =>
      state.partners.includes(partner) || (person && state.staff.guide.includes(person))
        ? undefined
        : 'They do not take part.',
    apply: (state, { partner, person }) => ({
      partners: without(state.partners, partner),
      ...(person ? { staff: { ...state.staff, guide: without(state.staff.guide, person) } } : {}),
    }),
  },
  'join-as-guide': {
    by: ['guide'],
    refusal: (state, { partner, person }, by) =>
      state.partners.includes(partner) && person === by.id ? undefined : 'There is no such invitation.',
    apply: (state, { partner, person }) => ({
      partners: without(state.partners, partner),
      staff: { ...state.staff, guide: withOne(state.staff.guide, person) },
      guided: withOne(state.guided, person),
    }),
  },
  share: { by: ['learner'] },
  'take-back': { by: ['learner'] },
  'add-achievement': {
    by: ['learner', 'coordinator', 'assessor'],
    refusal: (state, { achievement }) =>
      isDecided(state) && state.reconsidering === null
        ? 'This cycle has been decided. Begin the next one.'
        : state.achievements.some(a => a.id === achievement.id && a.version === achievement.version)
          ? 'It stands in the dossier already.'
          : undefined,
    // Another version takes the place of the one that was chosen before; what is new is not judged yet.
    apply: (state, { achievement }) => ({
      achievements: [...state.achievements.filter(a => a.id !== achievement.id), achievement],
      judgement: null,
      reply: null,
      replyUntil: null,
    }),
  },
  step: {
    by: ['learner'],
    refusal: state => (isDecided(state) ? 'This cycle has been decided. Begin the next one.' : undefined),
    // Stepping back takes the dossier out of the assessor's hands; a judgement that was made stays an event.
    apply: (_, { phase }) => ({ phase, handedIn: false, judgement: null, reply: null, replyUntil: null }),
  },
  'hand-in': {
    by: ['learner'],
    refusal: state =>
      !state.accepted
        ? 'The institution has not accepted it yet.'
        : state.handedIn
          ? 'It was handed in before.'
          : isDecided(state)
            ? 'This cycle has been decided. Begin the next one.'
            : undefined,
    apply: () => ({ handedIn: true, phase: 'calibrate' }),
  },
  ask: {
    by: EVERYONE,
    refusal: (state, { to }, by) =>
      !state.accepted
        ? 'The institution has not accepted it yet.'
        : (to === 'learner') === (by.role === 'learner')
          ? 'A question goes to the other side.'
          : undefined,
    apply: (state, { to }, event) => ({ questions: [...state.questions, { seq: event.seq, by: event.actor, to }] }),
  },
  answer: {
    // Whom the learner brought along does not answer for the institution.
    by: ['learner', 'coordinator', 'assessor', 'examiner', 'board'],
    refusal: (state, { question }, by) => {
      const open = state.questions.find(q => q.seq === question);
      if (!open) return 'This question is not open.';
      return (open.to === 'learner') === (by.role === 'learner') ? undefined : 'The other side answers this.';
    },
    apply: closesQuestion,
  },
  'drop-question': {
    by: EVERYONE,
    refusal: (state, { question }, by) =>
      state.questions.some(q => q.seq === question && q.by === by.id)
        ? undefined
        : 'Whoever asked can drop a question.',
    apply: closesQuestion,
  },
  comment: { by: EVERYONE },
  report: {
    by: ['learner', 'guide', 'assessor', 'examiner'],
    refusal: state => (state.accepted ? undefined : 'The institution has not accepted it yet.'),
    // Whoever writes it has confirmed it.
    apply: (state, _, { seq, role }) => ({
      reports: [...state.reports, { seq, waits: role === 'learner' ? 'staff' : 'learner' }],
    }),
  },
  'confirm-report': {
    by: ['learner', 'assessor', 'examiner'],
    refusal: (state, { report }, by) => {
      const open = state.reports.find(r => r.seq === report);
      if (!open) return 'This report does not wait for anyone.';
      return (open.waits === 'learner') === (by.role === 'learner') ? undefined : 'The other side confirms this.';
    },
    apply: (state, { report }) => ({ reports: state.reports.filter(r => r.seq !== report) }),
  },
  judge: {
    by: ['assessor'],
    refusal: state =>
      !state.handedIn
        ? 'The learner has not handed it in.'
        : isDecided(state)
          ? 'This cycle has been decided. Begin the next one.'
          : state.recognise && !openAchievements(state).length
            ? 'Choose an achievement first: there is nothing to decide on.'
            : undefined,
    days: policy => policy.replyDays,
    // A new judgement asks for a new reply.
    apply: (state, { route, until }, { seq, actor }) => ({
      judgement: { seq, by: actor, route },
      judged: withOne(state.judged, actor),
      reply: null,
      replyUntil: until ?? null,
    }),
  },
  reply: {
    by: ['learner'],
    refusal: state => (state.judgement && !isDecided(state) ? undefined : 'There is no judgement to reply to.'),
    apply: state => ({ reply: 'given', phase: state.recognise ? state.phase : 'develop' }),
  },
  'lapse-reply': {
    by: ['timer'],
    refusal: (state, _, by) =>
      state.judgement && !state.reply && state.replyUntil && by.at.toISOString() >= state.replyUntil
        ? undefined
        : 'The term for the reply has not passed.',
    apply: state => ({ reply: 'lapsed', phase: state.recognise ? state.phase : 'develop' }),
  },
  decide: {
    by: ['examiner', 'board'],
    refusal: notYetDecidable,
    days: policy => policy.reconsiderDays,
    apply: (state, command, event) => ({
      phase: 'develop',
      decisions: [...state.decisions, decisionOf(state, command.basis, command.results, event)],
    }),
  },
  'ask-reconsideration': {
    by: ['learner'],
    refusal: (state, { decision }, by) => {
      const asked = state.decisions.find(d => d.seq === decision);
      if (!asked) return 'There is no such decision.';
      if (asked.role === 'board') return 'The board took this decision itself. Only an appeal is open.';
      if (state.reconsidering !== null) return 'The board is looking at it already.';
      return by.at.toISOString() > asked.reconsiderUntil ? 'The term for this has passed.' : undefined;
    },
    apply: (_, { decision }) => ({ reconsidering: decision }),
  },
  reconsider: {
    by: ['board'],
    refusal: (state, command, by) => {
      const asked = state.decisions.find(d => d.seq === state.reconsidering);
      if (!asked) return 'Nobody asked for this.';
      if (asked.by === by.id || state.judged.includes(by.id))
        return 'You judged or decided here. Someone else has to do it.';
      if (state.questions.length || state.reports.length) return 'A question or a report is still open.';
      if (command.upheld) return command.results.length ? 'A decision that stands has no new results.' : undefined;
      return wrongResults(state, command.results);
    },
    days: policy => policy.reconsiderDays,
    apply: (state, command, event) => {
      const basis = state.decisions.find(d => d.seq === state.reconsidering)!.basis;
      const revised = command.upheld ? [] : [decisionOf(state, basis, command.results, event)];
      return { reconsidering: null, decisions: [...state.decisions, ...revised] };
    },
  },
  'record-appeal': {
    by: ['board', 'coordinator'],
    refusal: state => (state.decisions.length ? undefined : 'There is no decision to appeal against.'),
  },
  sample: {
    by: ['board'],
    refusal: (state, { decision }, by) => {
      const looked = state.decisions.find(d => d.seq === decision);
      if (!looked) return 'There is no such decision.';
      if (state.sampled.includes(decision)) return 'This decision was looked at before.';
      return looked.by === by.id || state.judged.includes(by.id)
        ? 'You judged or decided here. Someone else has to do it.'
        : undefined;
    },
    apply: (state, { decision }) => ({ sampled: [...state.sampled, decision] }),
  },
  plan: { by: ['learner', 'partner', 'guide', 'coordinator', 'assessor'] },
  'confirm-plan': { by: ['learner', 'partner', 'guide', 'coordinator', 'assessor'] },
  'next-cycle': {
    by: ['learner'],
    refusal: state => (hasEnded(state) ? undefined : 'This cycle has not ended.'),
    apply: state => ({
      cycle: state.cycle + 1,
      phase: 'identify',
      handedIn: false,
      judgement: null,
      reply: null,
      replyUntil: null,
    }),
  },
  withdraw: {
    by: ['learner'],
    refusal: state => (isDecided(state) ? 'This cycle has been decided; it can be finished.' : undefined),
    apply: () => ({ closed: 'withdrawn', questions: [], reports: [] }),
  },
  finish: {
    by: ['learner'],
    refusal: state => (hasEnded(state) ? undefined : 'This cycle has not ended.'),
    apply: () => ({ closed: 'finished', questions: [], reports: [] }),
  },
};

/** Moves that a closed dossier still knows: what others may do with a decision that was taken. */
const AFTER_THE_END: readonly MoveName[] = ['record-appeal', 'sample'];

function closedTo(state: DossierState, type: MoveName): string | undefined {
  if (type !== 'request' && !state.version) return 'The dossier has not begun.';
  return state.closed && !AFTER_THE_END.includes(type) ? 'The dossier is closed.' : undefined;
}

/** Never, in any policy: acting on a dossier of one's own; and an assignment is what makes an assessor or a guide. */
function requireIdentity(state: DossierState, by: By): void {
  if (by.role === 'timer') return;
  if ((by.id === state.learner) !== (by.role === 'learner'))
    throw new DomainError('forbidden', 'This is about yourself, or not yours. Someone else has to do it.');
}

/** Whether what must not go together goes together here, and what policy lets pass. @throws DomainError `role-conflict` */
function conflicts(state: DossierState, command: Command, by: By): NonNullable<DossierEvent['data']['waived']> {
  const role = command.type === 'assign' ? command.role : by.role;
  const person = command.type === 'assign' ? command.person : by.id;
  if (command.type === 'assign' && person === state.learner)
    throw new DomainError('role-conflict', 'Nobody works on their own dossier.');
  requireAssignment(state, command, by);
  const guides = state.guided.includes(person);
  const judges = state.judged.includes(person) || state.staff.assessor.includes(person);
  const decides = state.staff.examiner.includes(person);
  const acts = command.type === 'assign' || command.type === 'judge' || command.type === 'decide';
  const broken = [
    ...(acts && ((role === 'assessor' && guides) || (role === 'guide' && judges)) ? (['guide-apart'] as const) : []),
    ...(acts && (((role === 'examiner' || role === 'board') && judges) || (role === 'assessor' && decides))
      ? (['examiner-apart'] as const)
      : []),
  ];
  // The stricter of what the institution and the achievements ask.
  const asks = (what: 'guideApart' | 'examinerApart') => by.policy[what] || state.achievements.some(a => a[what]);
  const forbidden = broken.find(rule => asks(rule === 'guide-apart' ? 'guideApart' : 'examinerApart'));
  if (forbidden === 'guide-apart')
    throw new DomainError('role-conflict', 'Whoever guided this learner does not assess them.');
  if (forbidden) throw new DomainError('role-conflict', 'The examiner is not the assessor.');
  return [...broken];
}

/** An assessor and a guide act when they were assigned; an examiner too, once one was. */
function requireAssignment(state: DossierState, command: Command, by: By): void {
  if (command.type === 'assign' || command.type === 'join-as-guide') return;
  const assigned =
    by.role === 'assessor' || by.role === 'guide'
      ? state.staff[by.role].includes(by.id)
      : by.role === 'examiner'
        ? !state.staff.examiner.length || state.staff.examiner.includes(by.id)
        : by.role !== 'partner' || state.partners.includes(by.id);
  if (!assigned) throw new DomainError('forbidden', 'You do not work on this dossier.');
}

function closesQuestion(state: DossierState, { question }: { question: number }): Partial<DossierState> {
  return { questions: state.questions.filter(q => q.seq !== question) };
}

/** Whether the cycle came to its end: decided, and nobody looks at it again; or replied to, where none was asked for. */
function hasEnded(state: DossierState): boolean {
  if (state.reconsidering !== null || state.questions.length || state.reports.length) return false;
  return isDecided(state) || (!state.recognise && state.reply !== null);
}

/** No decision while a question is open, nor before the learner replied or let the term for it pass. */
function notYetDecidable(state: DossierState, command: Extract<Command, { type: 'decide' }>, by: By) {
  if (!state.recognise) return 'This dossier was begun without a decision at its end.';
  if (isDecided(state)) return 'This cycle has been decided.';
  if (!state.judgement) return 'There is no judgement.';
  if (state.questions.length) return 'A question is still open.';
  if (state.reports.length) return 'A report of a conversation has not been confirmed.';
  if (!state.reply) return 'The learner has not replied, and the term for it has not passed.';
  if (state.judgement.route !== by.role) return `This is for the ${state.judgement.route}.`;
  if (!bases.includes(command.basis)) return 'A decision rests on one of the four grounds.';
  if (
    (command.basis === 'exemption') !== (by.role === 'board') &&
    command.basis !== 'evc' &&
    command.basis !== 'organisation'
  )
    return 'An examiner assesses, and a board exempts.';
  return wrongResults(state, command.results);
}

/** A decision is of each achievement that was chosen and not awarded before; `not-yet` says how the rest can be shown. */
function wrongResults(state: DossierState, results: Result[]): string | undefined {
  if (!results.length) return 'A decision says something of at least one achievement.';
  const seen = new Set<string>();
  for (const result of results) {
    const chosen = state.achievements.find(a => a.id === result.achievement);
    if (!chosen) return 'It is not in the dossier.';
    if (chosen.version !== result.version) return 'Another version was chosen.';
    if (seen.has(result.achievement)) return 'An achievement is decided on once.';
    if (awardedIn(state).includes(result.achievement)) return 'It was awarded before.';
    if (result.stands.some(unit => !chosen.units.includes(unit))) return 'A unit of something else stands in it.';
    if (result.outcome === 'not-yet' && result.ways < 1) return 'Say how the rest can be shown.';
    seen.add(result.achievement);
  }
  return undefined;
}

const decisionOf = (state: DossierState, basis: Basis, results: Result[], event: DossierEvent) => ({
  seq: event.seq,
  cycle: state.cycle,
  by: event.actor,
  role: event.role as 'examiner' | 'board',
  basis,
  results,
  reconsiderUntil: event.data.until ?? event.at,
});
