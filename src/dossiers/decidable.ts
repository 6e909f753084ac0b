/** When a decision can fall, and what it can say. */
import { bases } from '../catalogue/index.ts';
import type { By, Command, DossierEvent } from './commands.ts';
import { awardedIn, type Decision, type DossierState, isDecided, type Result } from './dossier.ts';

/** Whether the cycle came to its end: decided, and nobody looks at it again; or replied to, where none was asked for. */
export function hasEnded(state: DossierState): boolean {
  if (state.reconsidering !== null || state.questions.length || state.reports.length) return false;
  return isDecided(state) || (!state.recognise && state.reply !== null);
}

/** No decision while a question is open, nor before the learner replied or let the term for it pass. */
export function notYetDecidable(state: DossierState, command: Extract<Command, { type: 'decide' }>, by: By) {
  if (!state.recognise) return 'This dossier was begun without a decision at its end.';
  if (isDecided(state)) return 'This cycle has been decided.';
  if (state.reconsidering !== null) return 'The board is looking at an earlier decision again.';
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
export function wrongResults(state: DossierState, results: Result[]): string | undefined {
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

/** A decision as the state keeps it. */
export const decisionOf = (event: DossierEvent, what: Pick<Decision, 'basis' | 'cycle' | 'results'>): Decision => ({
  ...what,
  seq: event.seq,
  by: event.actor,
  role: event.role as Decision['role'],
  reconsiderUntil: event.data.until ?? event.at,
});
