import type { OutcomeWords } from './outcome-content.ts';

/** Small letters without accents, with single spaces: what is compared when someone searches. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** The names of an outcome as they are searched, a line for each, with one before the first; its code is one of them. */
export function searchText(words: { nl?: OutcomeWords; en?: OutcomeWords }, code?: string | null): string {
  const names = [words.nl, words.en].flatMap(w => (w ? [w.name, ...(w.also ?? [])] : []));
  const lines = new Set([...names, ...(code ? [code] : [])].map(fold));
  return `\n${[...lines].join('\n')}`;
}
