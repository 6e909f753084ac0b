// The process dies at hand-placed points: a real process, a real SIGKILL, and what the next start makes of it.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import { sweep } from '../../src/credentials/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, withEmail } from '../support/offers.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'die-'));
const base = join(folder, 'base.db');
// Beside the packages, which are not bundled.
const entry = `node_modules/.die-at-${process.pid}.mjs`;

/** Does the job in a process of its own; resolves to the signal that ended it. */
const dieAt = (file: string, job: object, point: string) =>
  new Promise<string | null>(resolve => {
    const child = spawn(process.execPath, [entry, file, JSON.stringify(job), point], { stdio: 'inherit' });
    child.once('exit', (_, signal) => resolve(signal));
  });

describe('D2: the process dies', () => {
  let key: string;
  let achievement: string;
  let award: { id: string; path: string; credential: unknown };
  let offer: { id: string; path: string; headers: Record<string, string> };

  beforeAll(async () => {
    await build({
      entryPoints: ['test/accidents/die-at.ts'],
      outfile: entry,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      packages: 'external',
      logLevel: 'warning',
    });
    const world = createWorld({ file: base });
    const school = await createSchool(world);
    key = school.keys.awarder;
    achievement = school.achievement;
    const made = await world.api('/api/v1/awards', { key, body: exampleAward(achievement) });
    const path = new URL(made.json.credential).pathname;
    award = { id: made.json.id, path, credential: (await world.api(path, { key })).json };
    const claimed = await importAchievement(school.ctx, claimable());
    await publishAchievement(school.ctx, claimed.id);
    const body = exampleAward(claimed.id, { recipient: { email: 'die@example.org' } });
    const offered = (await world.api('/api/v1/awards', { key, body })).json;
    const { headers } = await withEmail(world, 'die@example.org');
    offer = { id: offered.id, path: new URL(offered.claim).pathname, headers };
    world.db.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    world.db.close();
  });
  afterAll(() => {
    rmSync(entry, { force: true });
    rmSync(folder, { recursive: true });
  });

  const jobs = {
    award: () => ({ kind: 'award', key, body: exampleAward(achievement, { recipient: { email: 'die@example.org' } }) }),
    revoke: () => ({ kind: 'revoke', key, body: { reason: 'fraud' }, id: award.id }),
    renew: () => ({ kind: 'renew' }),
    claim: () => ({ kind: 'claim', claim: offer }),
  };
  // What stands in the database when the process is gone: was the intent made, was the effect made?
  const points: [keyof typeof jobs, string, string, boolean, boolean][] = [
    ['award', 'before the intent', 'before:1', false, false],
    ['award', 'in the midst of the intent', 'inside:status_entries', false, false],
    ['award', 'after the intent, before the signature', 'after:1', true, false],
    ['award', 'after the signature', 'before:2', true, false],
    ['award', 'in the midst of the record', 'inside:claims', true, false],
    ['award', 'after the record', 'after:2', true, true],
    ['award', 'before the answer', 'answer', true, true],
    ['claim', 'before the intent', 'before:1', false, false],
    ['claim', 'in the midst of the intent', 'inside:claims', false, false],
    ['claim', 'after the intent, before the signature', 'after:1', true, false],
    ['claim', 'in the midst of the record', 'inside:shares', true, false],
    ['claim', 'after the record', 'after:2', true, true],
    ['claim', 'before the answer', 'answer', true, true],
    ['revoke', 'after the list was signed', 'before:1', false, false],
    ['revoke', 'in the midst of publishing the list', 'inside:audit_log', false, false],
    ['revoke', 'after the list was published', 'after:1', true, true],
    ['renew', 'in the midst of renewing a list', 'inside:status_list_versions', false, false],
    ['renew', 'after a list was renewed', 'after:1', true, true],
  ];

  it.concurrent.each(points)('%s: %s', async (kind, _, point, intent, effect) => {
    const file = join(folder, `${kind}-${point.replace(':', '-')}.db`);
    copyFileSync(base, file);
    expect(await dieAt(file, jobs[kind](), point)).toBe('SIGKILL');

    // The next start.
    const later = kind === 'renew' ? 13 * 3_600_000 : 0;
    const world = createWorld({ file, now: () => new Date(Date.now() + later) });
    const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
    const check = async (credential: unknown) =>
      (await world.api('/api/v1/verifications', { body: { credential } })).json.code;
    expect(one('pragma integrity_check')).toBe('ok');
    const state = () =>
      one(`select state from awards where recipient_key = 'email:die@example.org' and id <> '${offer.id}'`);
    const claimed = () => one(`select state from awards where id = '${offer.id}'`);
    const offers = () => one(`select count(*) from offers where id = '${offer.id}'`);
    if (kind === 'claim') {
      expect(claimed()).toBe(effect ? 'claimed' : intent ? 'reserved' : undefined);
      expect(offers()).toBe(intent ? 0 : 1);
    }
    if (kind === 'award') expect(state()).toBe(effect ? 'released' : intent ? 'reserved' : undefined);
    const version = () => one('select max(version) from status_list_versions');
    if (kind === 'renew') expect(version()).toBe(effect ? 2 : 1);
    await sweep(world.deps, { all: true });
    if (kind === 'award') expect(state()).toBe(intent ? 'released' : undefined);
    if (kind === 'claim') {
      expect(claimed()).toBe(intent ? 'claimed' : undefined);
      const again = await world.request(offer.path, { method: 'POST', headers: offer.headers });
      expect(again.headers.get('location')).toBe(`/badges/${offer.id}?done=claimed`);
      expect([claimed(), offers(), one('select count(*) from shares')]).toEqual(['claimed', 0, 1]);
    }
    if (kind === 'revoke') expect(await check(award.credential)).toBe(effect ? 'revoked' : 'valid');
    if (kind === 'renew') expect(version()).toBe(2);
    expect(one("select count(*) from awards where state = 'reserved'")).toBe(0);

    // The client sends it again, under its key, and is not kept waiting.
    const from = performance.now();
    const headers = { 'idempotency-key': 'once' };
    if (kind === 'award') {
      const again = await world.api('/api/v1/awards', { key, body: jobs.award().body, headers });
      expect([again.status, one('select count(*) from awards')]).toEqual([201, 2]);
      const badge = (await world.api(new URL(again.json.credential).pathname, { key })).json;
      expect(await check(badge)).toBe('valid');
    }
    if (kind === 'revoke') {
      const body = { reason: 'fraud' };
      const again = await world.api(`/api/v1/awards/${award.id}/revocation`, { key, body, headers });
      expect([again.status, again.json.state]).toEqual([200, 'revoked']);
      expect(await check(award.credential)).toBe('revoked');
      expect(one('select max(bits_set) from status_list_versions')).toBe(1);
    }
    expect(performance.now() - from).toBeLessThan(4_000);
    const places = "select count(*) - count(distinct status_list_id || '#' || status_index) from awards";
    expect(one(places)).toBe(0);
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
    world.db.close();
  });
});
