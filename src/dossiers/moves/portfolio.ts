import { isDecided, underReview } from '../dossier.ts';
import type { Moves } from './move.ts';

/** What the learner brings, and beside what it is laid. */
export const portfolio: Moves<'share' | 'take-back' | 'add-achievement' | 'step' | 'hand-in'> = {
  share: { by: ['learner'] },
  'take-back': { by: ['learner'] },
  'add-achievement': {
    by: ['learner', 'coordinator', 'assessor'],
    refusal: (state, { achievement }) =>
      isDecided(state) && !underReview(state)?.results.some(r => r.achievement === achievement.id)
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
};
