/**
 * The offer that an Accept header likes best (RFC 9110 §12.5.1): the most specific range decides for each offer, the
 * highest weight wins, and between equals the earlier offer. The first offer when the header says nothing or likes none.
 */
export function preferred<T extends string>(accept: string | undefined, offers: readonly [T, ...T[]]): T {
  const ranges = (accept ?? '*/*').slice(0, 1000).split(',').map(readRange);
  let best: { offer: T; q: number } = { offer: offers[0], q: 0 };
  for (const offer of offers) {
    const range = [offer, `${offer.split('/')[0]}/*`, '*/*'].map(r => ranges.find(x => x.range === r)).find(Boolean);
    if (range && range.q > best.q) best = { offer, q: range.q };
  }
  return best.offer;
}

function readRange(item: string): { range: string; q: number } {
  const [range = '', ...parameters] = item.trim().toLowerCase().split(';');
  const weight = parameters.map(p => p.trim()).find(p => p.startsWith('q='));
  const q = weight ? Number(weight.slice(2)) : 1;
  return { range: range.trim(), q: q >= 0 && q <= 1 ? q : 0 };
}
