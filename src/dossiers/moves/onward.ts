import { hasEnded } from '../decidable.ts';
import { isDecided } from '../dossier.ts';
import type { Moves } from './move.ts';

/** What comes next: the plan, another cycle, or the end. */
export const onward: Moves<'plan' | 'confirm-plan' | 'next-cycle' | 'withdraw' | 'finish'> = {
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
