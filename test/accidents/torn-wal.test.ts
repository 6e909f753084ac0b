import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

it('D3: a log that was cut or scrambled leaves the commits up to some moment, and none after it', () => {
  const answer = execFileSync(process.execPath, ['scripts/torn-wal.mjs', '--n', '60'], { encoding: 'utf8' });
  const { bad, states } = JSON.parse(answer);
  expect(bad).toBe(0);
  expect(states).toBeGreaterThan(20);
});

it('D3: a service whose log was torn starts with a whole audit chain, finishes what was begun, and serves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'torn-'));
  const source = join(folder, 'source.db');
  const world = createWorld({ file: source });
  const school = await createSchool(world);
  world.db.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  world.db.sqlite.pragma('wal_autocheckpoint = 0');
  for (let n = 0; n < 6; n++)
    await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: `${n}@example.org` } }),
    });
  const log = readFileSync(`${source}-wal`);
  const seen = new Set<number>();
  for (let i = 0; i < 12; i++) {
    const file = join(folder, `torn-${i}.db`);
    copyFileSync(source, file);
    writeFileSync(`${file}-wal`, log.subarray(0, Math.floor((log.length * (i + 0.5)) / 12)));
    const torn = createWorld({ file });
    const one = (sql: string) => torn.db.sqlite.prepare(sql).pluck().get();
    expect(one('pragma integrity_check')).toBe('ok');
    expect((await verifyAudit(torn.db)).some(f => f.firstBad)).toBe(false);
    expect(await sweep(torn.deps, { all: true })).toMatchObject({ failed: 0 });
    const emails = torn.db.sqlite.prepare('select recipient_key from awards order by id').pluck().all();
    expect(emails).toEqual(emails.map((_, n) => `email:${n}@example.org`));
    expect(one('select count(*) from credentials')).toBe(emails.length);
    seen.add(emails.length);
    torn.db.close();
  }
  expect(seen.size).toBeGreaterThan(4);
  world.db.close();
  rmSync(folder, { recursive: true });
});
