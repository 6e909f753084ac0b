import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'migrating-'));
const entry = `node_modules/.die-migrating-${process.pid}.mjs`;
let files = 0;
const newFile = () => join(folder, `${++files}.db`);

const migrateAndDie = (file: string, n: number) =>
  new Promise<{ signal: string | null; out: string }>(resolve => {
    const child = spawn(process.execPath, [entry, file, 'migrations', String(n)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', data => {
      out += data;
    });
    child.once('close', (_, signal) => resolve({ signal, out }));
  });

beforeAll(async () => {
  await build({
    entryPoints: ['test/accidents/die-migrating.ts'],
    outfile: entry,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
});
afterAll(() => {
  rmSync(entry, { force: true });
  rmSync(folder, { recursive: true });
});

it('D6: killed at any step of the migrations, the next start completes them', async () => {
  const steps = Number((await migrateAndDie(newFile(), 0)).out);
  expect(steps).toBeGreaterThan(20);
  const points = Array.from({ length: steps }, (_, n) => n + 1).filter(n => n % 4 === 1 || n === steps);
  for (const n of points) {
    const file = newFile();
    expect((await migrateAndDie(file, n)).signal).toBe('SIGKILL');
    const world = createWorld({ file });
    expect(world.db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    await createSchool(world);
    expect((await world.api('/readyz')).status).toBe(200);
    world.db.close();
  }
});

it('D6: processes that start in the same moment on a new database all start', async () => {
  const file = newFile();
  const started = await Promise.all([1, 2, 3, 4].map(() => migrateAndDie(file, 0)));
  expect(started.map(s => [s.signal, Number(s.out) > 0])).toEqual(Array(4).fill([null, true]));
});
