import { expect, it } from 'vitest';
import { playMany } from './play-many.ts';

it('a dossier played at random is never decided too early, awards nothing without a decision, lets nobody act on their own, and always has someone whose turn it is', () => {
  const { reached } = playMany(1000, 1);
  // What is never reached proves nothing.
  for (const move of ['decide', 'reconsider', 'sample', 'lapse-reply', 'next-cycle', 'withdraw'])
    expect([move, (reached[move] ?? 0) > 0]).toEqual([move, true]);
}, 60_000);
