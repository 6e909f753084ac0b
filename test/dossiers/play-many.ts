import fc from 'fast-check';
import { check } from './oracle.ts';
import { play, steps } from './random.ts';

/** Plays `n` sequences and checks every promise on each. @throws with the shortest sequence that breaks one */
export function playMany(n: number, seed: number) {
  const reached: Record<string, number> = {};
  let moves = 0;
  let refused = 0;
  fc.assert(
    fc.property(steps, fc.boolean(), fc.boolean(), (sequence, guideApart, examinerApart) => {
      const run = play(sequence, { guideApart, examinerApart });
      check(run, { guideApart, examinerApart });
      for (const { data } of run.events) reached[data.type] = (reached[data.type] ?? 0) + 1;
      moves += run.events.length;
      refused += run.refused;
    }),
    { numRuns: n, seed },
  );
  return { moves, refused, reached };
}
