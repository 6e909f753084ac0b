import { expect, it } from 'vitest';
import { randomOf } from '../fuzz/random.ts';
import { compareWithOracle } from './ed25519-cases.ts';

// `npm run ed25519 -- --n 10000` is the long run.
it('V18: agrees with the oracle on 600 signatures, good, random and crafted', async () => {
  expect(await compareWithOracle(600, randomOf(20261122).below)).toEqual({ good: 40, found: [] });
});
