// `npm start` as people run it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';

/** Starts the service, waits until it is ready, and ends it by its own process id; what it printed and how it ended. */
async function run(port: number, file: string): Promise<{ printed: string; ready: string; code: number | null }> {
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(port),
    DATABASE: `file:${file}`,
    LOG_LEVEL: 'error',
  };
  const child = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', chunk => (printed += chunk));
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  while (
    !(await fetch(`http://localhost:${port}/readyz`).then(
      r => r.ok,
      () => false,
    ))
  )
    await new Promise(resolve => setTimeout(resolve, 50));
  const ready = printed;
  child.kill('SIGTERM');
  return { printed, ready, code: await ended };
}

describe('npm start', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
  });

  it('prints where to look before it is ready, stops on SIGTERM, and has the same badge the next time', async () => {
    const port = await freePort();
    const file = join(mkdtempSync(join(tmpdir(), 'start-')), 'start.db');
    const badge = new RegExp(`http://localhost:${port}/c/[\\w-]{22}`);
    const first = await run(port, file);
    expect(first.ready).toMatch(badge);
    for (const who of [
      'learner (Sam de Vries)',
      'admin (Mila Visser)',
      'examiner (Noor Bakker)',
      'awarder (Tom Mulder)',
    ])
      expect(first.ready).toContain(`Sign in as ${who}: http://localhost:${port}/login/eduid?hint=`);
    expect(first.code).toBe(0);
    await expect(fetch(`http://localhost:${port}/healthz`)).rejects.toThrow();
    const second = await run(port, file);
    expect(second.printed.match(badge)?.[0]).toBe(first.printed.match(badge)?.[0]);
  });
});
