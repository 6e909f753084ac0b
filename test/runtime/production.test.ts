// `npm start` in production: nothing that is for development exists there.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';

const secret = (n: number) => Buffer.alloc(32, n).toString('base64url');

describe('the service in production', () => {
  let port: number;
  let stop: () => Promise<number | null>;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    port = await freePort();
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ORIGIN: 'https://badges.example',
      PORT: String(port),
      DATABASE: `file:${join(mkdtempSync(join(tmpdir(), 'production-')), 'production.db')}`,
      KEY_ENCRYPTION_KEY: secret(1),
      SESSION_SECRET: secret(2),
      LOG_LEVEL: 'error',
    };
    const child = spawn(process.execPath, ['dist/server.js'], { env, stdio: 'ignore' });
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
    stop = () => {
      child.kill('SIGTERM');
      return ended;
    };
    while (
      !(await fetch(`http://localhost:${port}/readyz`).then(
        r => r.ok,
        () => false,
      ))
    )
      await new Promise(resolve => setTimeout(resolve, 50));
  });
  afterAll(() => stop());

  it.each(['/dev/mail', '/dev/mail/1', '/dev/idp', '/dev/idp/.well-known/openid-configuration', '/login/eduid'])(
    '%s is not there',
    async path => {
      const answer = await fetch(`http://localhost:${port}${path}`, { redirect: 'manual' });
      expect(answer.status).toBe(404);
    },
  );
});
