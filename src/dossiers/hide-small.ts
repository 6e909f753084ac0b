/** Groups smaller than this are not told: they could be someone. */
const SMALLEST_GROUP = 10;

const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_GROUP;
const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0);

/** A count that stands by itself: told when it is nobody, or many. */
export const told = (count: number): number | null => (isSmall(count) ? null : count);

/**
 * Groups that make up a whole which is told elsewhere, or can be added up from another table: where small ones are
 * hidden, so many others are with them that neither one group nor what is hidden together follows by subtraction.
 */
export function hideSmall(counts: readonly number[]): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, i) => (isSmall(count) ? [i] : [])));
  const others = counts
    .flatMap((count, i) => (count >= SMALLEST_GROUP ? [i] : []))
    .sort((a, b) => counts[a]! - counts[b]!);
  const exposed = () => hidden.size === 1 || sum([...hidden].map(i => counts[i]!)) < SMALLEST_GROUP;
  while (hidden.size && exposed() && others.length) hidden.add(others.shift()!);
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}

/**
 * A whole, a part of it, a part of that: a part is told when it is large enough and so is what remains of the whole that
 * was told last; of a whole that is hidden no part is told.
 */
export function hideParts(counts: readonly number[]): (number | null)[] {
  let whole: number | undefined;
  let hidden = false;
  return counts.map(count => {
    hidden ||= whole === undefined && isSmall(count);
    if (hidden || isSmall(count) || (whole !== undefined && isSmall(whole - count))) return null;
    whole = count;
    return count;
  });
}
