// What is between two steps of award, revoke and publish, and what is left when the second does not come.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { localSigner, type Signer } from '../../src/vc/signer.ts';
import { openAnew } from '../support/open-anew.ts';
import { createWorld } from '../support/create-world.ts';
import { worlds } from '../support/worlds.ts';
import { createSchool, exampleAward } from '../support/world.ts';

vi.mock('../../src/vc/signer.ts', async original => {
  const real = await original<typeof import('../../src/vc/signer.ts')>();
  return { localSigner: vi.fn(real.localSigner) };
});

/** The signers that are made from now on sign in another way. */
async function signWith(sign: (real: Signer['sign'], bytes: Uint8Array) => Promise<Uint8Array>) {
  const real = await vi.importActual<typeof import('../../src/vc/signer.ts')>('../../src/vc/signer.ts');
  vi.mocked(localSigner).mockImplementation(async key => {
    const signer = await real.localSigner(key);
    return { ...signer, sign: bytes => sign(signer.sign, bytes) };
  });
  worlds.forEach(openAnew);
  return () => {
    vi.mocked(localSigner).mockImplementation(real.localSigner);
    worlds.forEach(openAnew);
  };
}

describe('accidents between two steps', () => {
  let now: Date;
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
  const issue = (email: string, headers: Record<string, string> = {}) =>
    world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email } }),
      headers,
    });
  const revoke = (id: string) =>
    world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
  const badgeOf = async (made: { json: { credential: string } }) =>
    (await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder })).json;
  const check = async (credential: unknown) =>
    (await world.api('/api/v1/verifications', { body: { credential } })).json.code;
  /** Nothing is half: a signed badge for each released award, an index once, a whole chain, bits as the rows say. */
  const assertConsistent = async () => {
    expect(
      one(`select count(*) from awards a left join credentials c on c.award_id = a.id
                where (a.state = 'reserved') <> (c.award_id is null)`),
    ).toBe(0);
    expect(one('select count(*) from awards') as number).toBeLessThanOrEqual(
      one('select count(*) from status_entries') as number,
    );
    expect(one('select count(*) from claims')).toBe(one('select count(*) from credentials'));
    expect(one("select count(*) from awards where state = 'revoked'")).toBe(
      one(`select coalesce(sum(bits_set), 0) from status_list_versions v
           where version = (select max(version) from status_list_versions w where w.list_id = v.list_id)`),
    );
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
  };

  beforeEach(async () => {
    now = new Date('2026-11-20T12:00:00Z');
    world = createWorld({ now: () => now });
    school = await createSchool(world);
  });

  describe('the second commit fails', () => {
    const tables = ['awards', 'award_changes', 'status_entries', 'status_lists', 'status_list_versions', 'audit_log'];
    it.each([...tables, 'audit_heads', 'idempotency_keys'])(
      'I2: at the intent, in %s: nothing is left, and the same request again is served',
      async table => {
        world.db.sqlite.exec(`create trigger broken before insert on ${table} begin select raise(abort, 'no'); end`);
        const answer = await issue('a@example.org', { 'idempotency-key': 'k' });
        expect([answer.status, answer.json.code]).toEqual([500, 'internal']);
        expect([one('select count(*) from awards'), one('select count(*) from credentials')]).toEqual([0, 0]);
        await assertConsistent();
        world.db.sqlite.exec('drop trigger broken');
        const again = await issue('a@example.org', { 'idempotency-key': 'k' });
        expect([again.status, await check(await badgeOf(again))]).toEqual([201, 'valid']);
        await assertConsistent();
      },
    );

    it.each([
      ['credentials', 'insert'],
      ['claims', 'insert'],
      ['awards', 'update'],
    ])('I2: at the record, in %s: the intent stays and is finished under its key', async (table, verb) => {
      world.db.sqlite.exec(`create trigger broken before ${verb} on ${table} begin select raise(abort, 'no'); end`);
      expect((await issue('a@example.org', { 'idempotency-key': 'k' })).status).toBe(500);
      expect(one('select state from awards')).toBe('reserved');
      await assertConsistent();
      world.db.sqlite.exec('drop trigger broken');
      // Whoever sends it again after the first try was cut off gets the first award, signed.
      now = new Date(now.getTime() + 11_000);
      const again = await issue('a@example.org', { 'idempotency-key': 'k' });
      expect([again.status, again.json.id]).toEqual([201, one('select id from awards')]);
      expect(await check(await badgeOf(again))).toBe('valid');
      await assertConsistent();
    });

    it.each([
      ['status_list_versions', 'insert'],
      ['award_changes', 'insert'],
      ['awards', 'update'],
      ['audit_log', 'insert'],
    ])('at a revocation, in %s: row, bit and log stay as they were, together', async (table, verb) => {
      const made = await issue('a@example.org');
      const badge = await badgeOf(made);
      world.db.sqlite.exec(`create trigger broken before ${verb} on ${table} begin select raise(abort, 'no'); end`);
      expect((await revoke(made.json.id)).status).toBe(500);
      expect(await check(badge)).toBe('valid');
      await assertConsistent();
      world.db.sqlite.exec('drop trigger broken');
      expect((await revoke(made.json.id)).status).toBe(200);
      expect(await check(badge)).toBe('revoked');
      await assertConsistent();
    });

    it('at the renewal of a list: the one before is served, and the next sweep renews it', async () => {
      const badge = await badgeOf(await issue('a@example.org'));
      now = new Date(now.getTime() + 13 * 3_600_000);
      world.db.sqlite.exec(`create trigger broken before insert on audit_log begin select raise(abort, 'no'); end`);
      expect(await sweep(world.deps)).toMatchObject({ renewed: 0, failed: 1 });
      expect(await check(badge)).toBe('valid');
      world.db.sqlite.exec('drop trigger broken');
      expect(await sweep(world.deps)).toMatchObject({ renewed: 1, failed: 0 });
      await assertConsistent();
    });
  });

  it('D4: the disk fills at whatever statement: all or nothing, told as 507, and room brings it back', async () => {
    await issue('first@example.org');
    const statuses = new Set<number>();
    for (let n = 0; n < 14; n++) {
      world.db.sqlite.pragma(`max_page_count = ${(one('pragma page_count') as number) + n}`);
      const body = exampleAward(school.achievement, {
        recipient: { email: `${n}@example.org` },
        narrative: 'x'.repeat(9_000),
      });
      const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
      statuses.add(made.status);
      if (made.status !== 201) expect([made.status, made.json.code]).toEqual([507, 'storage-full']);
      await assertConsistent();
      if (made.status === 201) {
        world.db.sqlite.pragma(`max_page_count = ${one('pragma page_count')}`);
        const revoked = await revoke(made.json.id);
        expect([200, 507]).toContain(revoked.status);
        await assertConsistent();
      }
      world.db.sqlite.pragma('max_page_count = 1000000');
    }
    expect([...statuses].sort()).toEqual([201, 507]);
    expect(await sweep(world.deps, { all: true })).toMatchObject({ failed: 0 });
    expect(one("select count(*) from awards where state = 'reserved'")).toBe(0);
    await assertConsistent();
  });

  it('D5: the database is locked by another process: a revocation and a renewal change nothing and can be done again', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'locked-')), 'locked.db');
    world = createWorld({ file, now: () => now });
    school = await createSchool(world);
    const made = await issue('a@example.org');
    const badge = await badgeOf(made);
    const other = new BetterSqlite3(file);
    other.exec('begin immediate');
    const refused = await revoke(made.json.id);
    expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'database-busy',
      '1',
    ]);
    expect(await check(badge)).toBe('valid');
    now = new Date(now.getTime() + 13 * 3_600_000);
    expect(await sweep(world.deps)).toMatchObject({ renewed: 0, failed: 1 });
    other.exec('rollback');
    other.close();
    expect(await sweep(world.deps)).toMatchObject({ renewed: 1, failed: 0 });
    expect((await revoke(made.json.id)).status).toBe(200);
    await assertConsistent();
    world.db.close();
  });

  describe('K7: the signer', () => {
    const failures: [string, Parameters<typeof signWith>[0]][] = [
      ['answers with an error', () => Promise.reject(new Error('500'))],
      ['signs something else', real => real(new Uint8Array(64))],
      ['gives too few bytes', async () => new Uint8Array(63)],
      ['gives nothing', async () => undefined as never],
    ];
    it.each(failures)(
      '%s: 503, nothing unsigned or wrong is kept, and it goes on when the signer does',
      async (_, how) => {
        const first = await issue('first@example.org');
        const restore = await signWith(how);
        const answer = await issue('a@example.org');
        expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([
          503,
          'signing-failed',
          '5',
        ]);
        const revoked = await revoke(first.json.id);
        expect([revoked.status, revoked.json.code]).toEqual([503, 'signing-failed']);
        await assertConsistent();
        restore();
        expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 1, failed: 0 });
        expect((await revoke(first.json.id)).status).toBe(200);
        await assertConsistent();
      },
    );

    it('does not answer: 503 within seconds, also for whoever waits behind', async () => {
      await issue('first@example.org');
      const restore = await signWith(() => new Promise(() => undefined));
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const waiting = Promise.all([issue('a@example.org'), issue('b@example.org')]);
      const answers = await vi.waitFor(
        async () => {
          await vi.advanceTimersByTimeAsync(6_000);
          return Promise.race([waiting, Promise.reject(new Error('waits'))]);
        },
        { timeout: 10_000 },
      );
      vi.useRealTimers();
      for (const { status, json } of answers) expect([status, json.code]).toEqual([503, 'signing-failed']);
      restore();
      expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 2 });
      await assertConsistent();
    });

    it('K5: a key that was retired while a badge waited for its signature does not sign it', async () => {
      await issue('first@example.org');
      const { rotateKey } = await import('../../src/institutions/index.ts');
      const { signerFor } = await import('../../src/institutions/index.ts');
      const kept = await signerFor(world.deps, school.institution);
      await expect(kept.sign(new Uint8Array(64))).resolves.toHaveLength(64);
      await rotateKey(world.deps, school.institution, { kind: 'operator' });
      await expect(kept.sign(new Uint8Array(64))).rejects.toMatchObject({ code: 'key-state' });
      await expect((await signerFor(world.deps, school.institution)).sign(new Uint8Array(64))).resolves.toHaveLength(
        64,
      );
    });
  });
});
