import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freePort } from '../support/free-port.ts';

it(
  'D14: a rejection that nobody handles is logged, the process lives and goes on answering; SIGTERM ends it cleanly',
  {
    timeout: 60_000,
  },
  async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    const port = await freePort();
    const loose = `process.on('SIGUSR2', () => void Promise.reject(new Error('loose')))`;
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(loose)}`, 'dist/server.js'],
      {
        env: {
          ...process.env,
          NODE_ENV: 'test',
          PORT: String(port),
          ORIGIN: `http://localhost:${port}`,
          DATABASE: `file:${join(mkdtempSync(join(tmpdir(), 'loose-')), 'w.db')}`,
          LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    try {
      let log = '';
      child.stderr.on('data', data => {
        log += data;
      });
      const answer = (path: string) => fetch(`http://localhost:${port}${path}`).then(r => r.status);
      const patience = { timeout: 30_000, interval: 50 };
      await vi.waitFor(async () => expect(await answer('/readyz')).toBe(200), patience);
      for (let n = 1; n <= 3; n++) {
        child.kill('SIGUSR2');
        await vi.waitFor(() => expect(log.match(/"unhandled-rejection"/g)?.length).toBe(n), patience);
        expect(await answer('/healthz')).toBe(200);
      }
      expect(child.exitCode).toBeNull();
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  },
);
