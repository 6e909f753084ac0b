import { beforeEach, describe, expect, it } from 'vitest';
import { world } from '../support/check-world.ts';
import { farIndexes, looseIndexes, makeIndex, starred, variants, type World } from './starred.ts';

describe('starred inputs', () => {
  let w: World;
  beforeEach(async () => {
    w = await world();
  });
  let refused = 0;
  let slowest = 0;

  /** The answer, and the best time of three: what is measured is the input, not who else is busy. */
  async function judge(make: (w: World) => Promise<unknown>): Promise<{ answer: string; ms: number }> {
    const input = await make(w);
    let [answer, ms] = ['', Number.POSITIVE_INFINITY];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      answer = await w.verdict(input).catch((error: { code: string }) => error.code);
      ms = Math.min(ms, performance.now() - start);
    }
    return { answer, ms };
  }

  it.each(starred.map((input, i) => ({ ...input, title: `★${i + 1} ${input.row}: ${input.what}` })))(
    '$title',
    async ({ make, expected }) => {
      const { answer, ms } = await judge(make);
      expect(answer).toBe(expected);
      // Inflating up to the cap of 16 MiB takes longest, in workerd most of all.
      expect(ms).toBeLessThan(1_000);
      slowest = Math.max(slowest, ms);
      refused++;
    },
  );

  it.each(variants.map(input => ({ ...input, title: `${input.row}: ${input.what}` })))(
    'a variant of ★ $title',
    async ({ make }) => {
      const { answer } = await judge(make);
      expect(answer).toMatch(/^(invalid |limit-broken)/);
    },
  );

  it('S5: no loose reading of an index is an answer', async () => {
    for (const index of looseIndexes)
      expect([index, (await judge(makeIndex(index))).answer]).toEqual([index, 'indeterminate status-entry-malformed']);
    for (const index of farIndexes)
      expect([index, (await judge(makeIndex(index))).answer]).toEqual([
        index,
        expect.stringMatching(/^indeterminate status-(index-out-of-range|entry-malformed)$/),
      ]);
  });

  it('counts them', () => {
    console.log(`starred ${refused}/${starred.length} refused, the slowest in ${Math.round(slowest)} ms`);
    expect(refused).toBe(starred.length);
    expect(starred).toHaveLength(18);
  });
});
