import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

// `npm run fuzz -- --n 10000` is the long run.
it('300 mutants of badges and status lists crash nothing, and none is valid that says anything else', async () => {
  const { cases, findings, answers } = await fuzz({ n: 300, seed: 20261122 });
  expect(findings).toEqual([]);
  expect(cases).toBe(300);
  // An oracle that never sees a valid mutant proves nothing.
  expect(answers.valid).toBeGreaterThan(5);
}, 120_000);
