// Runs for every test file, also where files share what they import.
import { afterAll, vi } from 'vitest';
import { worlds } from './worlds.ts';

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  const made = worlds.splice(0);
  if (made.length) await (await import('./second-judgement.ts')).judgeAll(made);
  for (const { db } of made) db.close();
}, 120_000);
