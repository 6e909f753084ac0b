import type { Flow } from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import { csvLine } from '../../csv.ts';
import type { View } from '../../view.ts';
import { wordFor } from '../validations/parts.tsx';
import { capital } from './dossier-work.tsx';

export interface FlowPart {
  key: string;
  title: string;
  rows: { label: string; count: number | null; days?: number | null }[];
  /** Whether its rows tell how long the middle one takes. */
  days?: true;
}

/** The flow in words, for the page and for the file alike. */
export function flowParts(view: View, institution: Institution, flow: Flow): FlowPart[] {
  const words = view.t.dossiers.flow;
  const { phases, came } = view.t.validations;
  return [
    {
      key: 'phases',
      title: words.phases,
      days: true,
      rows: flow.phases.map(({ phase, count, days }) => ({ label: phases[phase], count, days })),
    },
    {
      key: 'turns',
      title: words.turns,
      days: true,
      rows: flow.turns.map(({ turn, count, days }) => ({ label: turnWord(view, institution, turn), count, days })),
    },
    {
      key: 'outcome',
      title: words.outcome,
      rows: [
        { label: words.awarded, count: flow.decisions.awarded },
        { label: words.badges, count: flow.badges.made },
        { label: words.claimed, count: flow.badges.claimed },
        { label: words.notYet, count: flow.decisions.notYet },
        { label: words.looked, count: flow.sampled.looked },
        { label: words.different, count: flow.sampled.different },
      ],
    },
    {
      key: 'came',
      title: words.came,
      rows: flow.outcomes.map(({ answer, count }) => ({
        label: came.answers[answer],
        count,
      })),
    },
  ];
}

function turnWord(view: View, institution: Institution, turn: Flow['turns'][number]['turn']): string {
  const words = view.t.dossiers.flow;
  if (turn === 'closed') return words.closed;
  if (turn === 'awaiting-reply') return words.reply;
  const role = turn.slice('awaiting-'.length) as 'coordinator' | 'learner' | 'assessor' | 'examiner' | 'board';
  return capital(wordFor(view, institution, role));
}

/** The same as a file. */
export function flowCsv(view: View, institution: Institution, flow: Flow): string {
  const words = view.t.dossiers.flow;
  const lines = flowParts(view, institution, flow).flatMap(({ title, rows }) =>
    rows.map(({ label, count, days }) => csvLine([title, label, count ?? words.fewer, days ?? ''])),
  );
  // Spreadsheets take a file for UTF-8 by its first character.
  return `\ufeff${csvLine([words.part, words.what, words.count, words.days])}${lines.join('')}`;
}
