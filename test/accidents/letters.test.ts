// The sender dies at hand-placed points: a real process, a real SIGKILL, a real mail server, and what the next one does.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendLetters } from '../../src/jobs/index.ts';
import { composeLetter } from '../../src/platform/letter.ts';
import { letter } from '../../src/platform/outbox.ts';
import { createWorld } from '../support/create-world.ts';
import { startSmtp } from '../support/smtp.ts';

const folder = mkdtempSync(join(tmpdir(), 'letters-'));
// Beside the packages, which are not bundled.
const entry = `node_modules/.send-and-die-${process.pid}.mjs`;

const dieAt = (file: string, port: number, point: string) =>
  new Promise<string | null>(resolve => {
    const child = spawn(process.execPath, [entry, file, String(port), point], { stdio: 'inherit' });
    child.once('exit', (_, signal) => resolve(signal));
  });

describe('B1: the process that sends letters is killed', () => {
  beforeAll(() =>
    build({
      entryPoints: ['test/accidents/send-and-die.ts'],
      outfile: entry,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      packages: 'external',
      logLevel: 'warning',
    }),
  );
  afterAll(() => {
    rmSync(entry, { force: true });
    rmSync(folder, { recursive: true });
  });

  // How often the mail server has the first letter in the end; the second is always there once.
  it.each([
    ['with the lease taken', 'leased', 1],
    ['when the server had it and the record was not made', 'handed-over', 2],
    ['when the record was made', 'recorded', 1],
  ])('%s: each letter arrives, under one Message-ID', async (_, point, times) => {
    const smtp = await startSmtp();
    const file = join(folder, `${point}.db`);
    let now = new Date();
    const world = createWorld({ file, now: () => now, mailer: smtp.mailer });
    for (const n of [1, 2]) {
      const words = {
        language: 'nl' as const,
        to: `l${n}@example.org`,
        subject: `Brief ${n}`,
        paragraphs: ['x'],
        footer: 'y',
      };
      const dueAt = new Date(now.getTime() - 10_000 + n);
      await world.db.batch([
        letter(world.db, { key: `k${n}`, kind: 'claim', institution: 'i', letter: composeLetter(words), now, dueAt }),
      ]);
    }
    expect(await dieAt(file, smtp.port, point)).toBe('SIGKILL');
    // The next sender leaves the lease of the dead one alone for five minutes, and sends the other letter meanwhile.
    await sendLetters(world.deps);
    expect(smtp.received.map(r => r.mail.subject)).toContain('Brief 2');
    now = new Date(Date.now() + 5 * 60_000 + 1_000);
    await sendLetters(world.deps);
    const received = (n: number) => smtp.received.filter(r => r.mail.subject === `Brief ${n}`);
    expect([received(1).length, received(2).length]).toEqual([times, 1]);
    expect(new Set(received(1).map(r => r.mail.messageId)).size).toBe(1);
    expect(world.db.sqlite.prepare('select count(*) from outbox where letter is not null').pluck().get()).toBe(0);
    world.db.close();
    await smtp.stop();
  });
});
