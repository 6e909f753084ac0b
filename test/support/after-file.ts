// Runs for every test file, also where files share what they import.
import { afterAll, vi } from 'vitest';
import { worlds } from './worlds.ts';

afterAll(async () => {
  const putBack = () => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  };
  putBack();
  const made = worlds.splice(0);
  try {
    if (made.length) await (await import('./second-judgement.ts')).judgeAll(made);
  } finally {
    putBack();
    for (const { db } of made) db.close();
  }
}, 120_000);
