import { decisionOf, notYetDecidable, wrongResults } from '../decidable.ts';
import { type DossierState, isDecided, openAchievements, underReview } from '../dossier.ts';
import { type Moves, withOne } from './move.ts';

/** From the judgement to the decision, and what others may do with it. */
export const decision: Moves<
  'judge' | 'reply' | 'lapse-reply' | 'decide' | 'ask-reconsideration' | 'reconsider' | 'record-appeal' | 'sample'
> = {
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
      decisions: [
        ...state.decisions,
        decisionOf(event, { basis: command.basis, cycle: state.cycle, results: command.results }),
      ],
    }),
  },
  'ask-reconsideration': {
    by: ['learner'],
    refusal: (state, { decision }, by) => {
      const asked = state.decisions.find(d => d.seq === decision);
      if (!asked) return 'There is no such decision.';
      if (asked.role === 'board') return 'The board took this decision itself. Only an appeal is open.';
      if (asked.reconsidered) return 'The board has looked at it again. Only an appeal is open.';
      if (state.reconsidering !== null) return 'The board is looking at it already.';
      return by.at.toISOString() > asked.reconsiderUntil ? 'The term for this has passed.' : undefined;
    },
    apply: (_, { decision }) => ({ reconsidering: decision }),
  },
  reconsider: {
    by: ['board'],
    refusal: (state, command, by) => {
      const asked = underReview(state);
      if (!asked) return 'Nobody asked for this.';
      if (asked.by === by.id || state.judged.includes(by.id))
        return 'You judged or decided here. Someone else has to do it.';
      if (state.questions.length || state.reports.length) return 'A question or a report is still open.';
      if (command.upheld) return command.results.length ? 'A decision that stands has no new results.' : undefined;
      // What was never judged is not awarded by looking again.
      const others = command.results.some(r => !asked.results.some(a => a.achievement === r.achievement));
      return others ? 'The decision was about something else.' : wrongResults(state, command.results);
    },
    days: policy => policy.reconsiderDays,
    apply: (state, command, event) => {
      const { seq, basis, cycle } = underReview(state)!;
      const before = state.decisions.map(d => (d.seq === seq ? { ...d, reconsidered: true as const } : d));
      // It belongs to the cycle that was decided: the one under way, if another, has a judgement of its own to wait for.
      const revised = command.upheld ? [] : [decisionOf(event, { basis, cycle, results: command.results })];
      const decisions = [...before, ...revised];
      return { reconsidering: null, decisions, ...(isSpent({ ...state, decisions }) ? BACK : {}) };
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
};

/** Whether all that a judgement was for has been awarded meanwhile, as an earlier decision that the board revised. */
const isSpent = (state: DossierState): boolean =>
  state.recognise && state.judgement !== null && !isDecided(state) && !openAchievements(state).length;

/** Nobody has anything to decide on: it is the learner's again. */
const BACK: Partial<DossierState> = { handedIn: false, judgement: null, reply: null, replyUntil: null };
