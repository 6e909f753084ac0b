import type { View } from './view.ts';

interface Words {
  actions: Record<string, string>;
  /** Around a move of a validation. */
  dossier: (what: string) => string;
}

/**
 * An action of the audit log in words; by its code where another version wrote it.
 * @param own the words of the page, which go before those that all pages share
 */
export function whatWasDone({ t }: View, action: string, own: Words = t.console.audit): string {
  const shared: Record<string, string> = { ...t.log, ...own.actions };
  if (Object.hasOwn(shared, action)) return shared[action]!;
  const moves: Record<string, string> = t.validations.moves;
  const move = action.replace(/^dossier\./, '');
  return move !== action && Object.hasOwn(moves, move) ? own.dossier(moves[move]!) : action;
}
