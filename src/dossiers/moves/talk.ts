import type { DossierState } from '../dossier.ts';
import { EVERYONE, type Moves } from './move.ts';

type Talk = 'ask' | 'answer' | 'drop-question' | 'comment' | 'report' | 'confirm-report' | 'drop-report';

/** The talk: questions of either side, remarks, and reports that both confirm. */
export const talk: Moves<Talk> = {
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
    apply: (state, _, { seq, role, actor }) => ({
      reports: [...state.reports, { seq, by: actor, waits: role === 'learner' ? 'staff' : 'learner' }],
    }),
  },
  'confirm-report': {
    by: ['learner', 'assessor', 'examiner'],
    refusal: (state, { report }, by) => {
      const open = state.reports.find(r => r.seq === report);
      if (!open) return 'This report does not wait for anyone.';
      return (open.waits === 'learner') === (by.role === 'learner') ? undefined : 'The other side confirms this.';
    },
    apply: closesReport,
  },
  'drop-report': {
    // One that the other side does not agree with, or whose writer left, would hold up a decision for ever.
    by: ['learner', 'guide', 'assessor', 'examiner'],
    refusal: (state, { report }, by) => {
      const open = state.reports.find(r => r.seq === report);
      if (!open) return 'This report does not wait for anyone.';
      const asked = open.waits === 'learner' ? by.role === 'learner' : by.role === 'assessor' || by.role === 'examiner';
      return asked || open.by === by.id ? undefined : 'Who wrote a report, or is asked to confirm it, can drop it.';
    },
    apply: closesReport,
  },
};

function closesQuestion(state: DossierState, { question }: { question: number }): Partial<DossierState> {
  return { questions: state.questions.filter(q => q.seq !== question) };
}

function closesReport(state: DossierState, { report }: { report: number }): Partial<DossierState> {
  return { reports: state.reports.filter(r => r.seq !== report) };
}
