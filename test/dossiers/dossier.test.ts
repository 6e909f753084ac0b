import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './oracle.ts';
import { play, steps } from './random.ts';

/** `npm run dossiers -- --n 100000` plays as many as one likes. */
const RUNS = Number(process.env.DOSSIER_RUNS ?? 2000);

describe('the dossier, played at random', () => {
  it('never decides too early, awards without a decision, lets a person act on their own, or loses whose turn it is', () => {
    const reached = new Map<string, number>();
    fc.assert(
      fc.property(steps, fc.boolean(), fc.boolean(), (sequence, guideApart, examinerApart) => {
        const run = play(sequence, { guideApart, examinerApart });
        check(run, { guideApart, examinerApart });
        for (const { data } of run.events) reached.set(data.type, (reached.get(data.type) ?? 0) + 1);
      }),
      { numRuns: RUNS, seed: Number(process.env.DOSSIER_SEED ?? 1) },
    );
    if (process.env.DOSSIER_RUNS) console.log(Object.fromEntries(reached));
    // A generator that never gets there proves nothing.
    for (const move of ['decide', 'reconsider', 'sample', 'lapse-reply', 'next-cycle', 'withdraw', 'finish'])
      expect([move, (reached.get(move) ?? 0) > 0]).toEqual([move, true]);
  }, 600_000);
});
