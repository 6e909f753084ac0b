import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { afterRestore, makeCopy, type PublishedList, sweep } from '../../src/credentials/index.ts';
import {
  assertOnlySealed,
  compromiseKey,
  createApiKey,
  createInstitution,
  institutionProfile,
  listKeys,
  revokeApiKey,
  rotateJoseKey,
  rotateKey,
} from '../../src/institutions/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { backupDatabase, restoreDatabase } from '../../src/platform/backup-node.ts';
import { unseal } from '../../src/platform/seal.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward, exampleProfile, worldOn } from '../support/world.ts';

const migrations = 'migrations';
const operator = { kind: 'operator' } as const;

describe('backup and restore', () => {
  let folder: string;
  let file: string;
  let copy: string;
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backup-'));
    file = join(folder, 'waarmerk.db');
    copy = join(folder, 'copy.db');
    world = createWorld({ file });
    school = await createSchool(world, 'linde');
  });

  /** As a start of the service does. */
  const reopen = async () => {
    world = createWorld({ file });
    await sweep(world.deps, { all: true });
  };
  async function award(email: string, where = school) {
    const made = await world.api('/api/v1/awards', {
      key: where.keys.awarder,
      body: exampleAward(where.achievement, { recipient: { email } }),
    });
    expect(made.status).toBe(201);
    const path = new URL(made.json.credential).pathname;
    return { id: made.json.id as string, badge: (await world.api(path, { key: where.keys.awarder })).json };
  }
  const revoke = (id: string, reason = 'fraud') =>
    world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason } });
  const check = async (credential: unknown) => {
    const { json } = await world.api('/api/v1/verifications', { body: { credential } });
    return json.verdict === json.code ? json.verdict : `${json.verdict} ${json.code}`;
  };
  const listOf = (badge: { credentialStatus: { statusListCredential: string } }) =>
    new URL(badge.credentialStatus.statusListCredential).pathname;
  const restore = (options: { force?: boolean; published?: PublishedList[]; keyEncryptionKey?: Uint8Array } = {}) =>
    restoreDatabase(
      { from: copy, to: file, force: options.force ?? false, migrations, now: new Date() },
      (fresh, before) => {
        const { keyEncryptionKey, published } = options;
        const { deps } = worldOn(fresh, keyEncryptionKey ? { keyEncryptionKey } : {});
        return afterRestore(deps, { before, ...(published ? { published } : {}) });
      },
    );

  it('D8: a copy made while badges are issued is whole, and every badge in it checks valid after a restore', async () => {
    const before = [];
    for (let n = 0; n < 5; n++) before.push(await award(`before${n}@example.org`));
    const during = Promise.all(Array.from({ length: 20 }, (_, n) => award(`during${n}@example.org`)));
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(await backupDatabase(world.db, copy)).toBe(statSync(copy).size);
    const all = [...before, ...(await during)];
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    world.db.close();

    file = join(folder, 'fresh', 'waarmerk.db');
    const { result, kept } = await restore();
    expect(kept).toBeUndefined();
    expect(result.warnings).toEqual([expect.stringContaining('is not known here')]);
    await reopen();
    const documents = world.db.sqlite.prepare('select document from credentials').pluck().all() as string[];
    expect(documents.length).toBeGreaterThanOrEqual(5);
    for (const document of documents) expect(await check(JSON.parse(document))).toBe('valid');
    const stored = new Set(documents.map(d => JSON.parse(d).id));
    for (const { badge } of before) expect(stored.has(badge.id)).toBe(true);
    // What the copy does not hold was signed nevertheless, and goes on checking.
    for (const { badge } of all) expect(await check(badge)).toBe('valid');
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
    world.db.close();
  });

  it('D8: a backup overwrites nothing, and leaves nothing half-written', async () => {
    await backupDatabase(world.db, copy);
    const bytes = readFileSync(copy);
    await expect(backupDatabase(world.db, copy)).rejects.toMatchObject({ code: 'request-invalid' });
    expect(readFileSync(copy).equals(bytes)).toBe(true);
    await expect(backupDatabase(world.db, join(folder, 'nowhere', 'copy.db'))).rejects.toThrow();
    expect(readdirSync(folder).filter(name => name.includes('partial'))).toEqual([]);
    world.db.close();
  });

  it('K1: a backup holds no key that is not sealed; one that is not is not copied', async () => {
    await award('k1@example.org');
    await assertOnlySealed(world.db);
    await backupDatabase(world.db, copy);
    const [row] = await listKeys(world.deps, school.institution.id);
    const place = `waarmerk|${school.institution.id}|${row!.id}|${row!.version}`;
    const seed = await unseal(world.deps.config.keyEncryptionKey, Buffer.from(row!.sealed, 'base64url'), place);
    const secrets = [Buffer.from(seed), Buffer.from(world.deps.config.keyEncryptionKey)].flatMap(secret => [
      secret,
      ...(['hex', 'base64', 'base64url'] as const).map(form => Buffer.from(secret.toString(form))),
    ]);
    const haystack = readFileSync(copy);
    for (const secret of secrets) expect(haystack.includes(secret)).toBe(false);
    world.db.sqlite.prepare('update institution_keys set sealed = ?').run(Buffer.from(seed).toString('base64url'));
    await expect(assertOnlySealed(world.db)).rejects.toMatchObject({ code: 'database-unusable' });
    world.db.close();
  });

  it('D9: no index is given again after a restore, and the audit log shows the gap', async () => {
    const first = await award('a@example.org');
    await backupDatabase(world.db, copy);
    const lost = [];
    for (let n = 0; n < 3; n++) lost.push(await award(`lost${n}@example.org`));
    world.db.close();
    const { result, kept } = await restore({ force: true });
    expect(result).toMatchObject({ awardsLost: 3, listsClosed: 1, listsAdvanced: 0 });
    expect(existsSync(kept!)).toBe(true);
    await reopen();
    const again = await award('lost0@example.org');
    expect(listOf(again.badge)).not.toBe(listOf(first.badge));
    for (const { badge } of [first, again, ...lost]) expect(await check(badge)).toBe('valid');
    const gap = world.db.sqlite
      .prepare("select seq, subject from audit_log where action = 'database.restore' and institution = ?")
      .get(school.institution.id) as { seq: number; subject: string };
    // Each award is two rows: an intent and an issue.
    expect(gap.subject).toBe(`${gap.seq}..${gap.seq + 5}`);
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
    world.db.close();
  });

  it('S12, D9: what was revoked after the copy stays revoked, with its reason, also for lists that the copy lacks', async () => {
    const old = await award('old@example.org');
    await backupDatabase(world.db, copy);
    world.db.sqlite.exec('update status_lists set next = 65536');
    const young = await award('young@example.org');
    expect(listOf(young.badge)).not.toBe(listOf(old.badge));
    await revoke(old.id);
    const etag = (await world.request(listOf(old.badge))).headers.get('etag')!;
    await revoke(young.id);
    world.db.close();
    const { result } = await restore({ force: true });
    expect(result).toMatchObject({ listsAdvanced: 2, awardsChanged: 1, awardsLost: 1 });
    await reopen();
    expect(await check(old.badge)).toBe('invalid revoked');
    expect(await check(young.badge)).toBe('invalid revoked');
    const history = world.db.sqlite.prepare('select state, reason from award_changes where award_id = ?').all(old.id);
    expect(history.at(-1)).toEqual({ state: 'revoked', reason: 'fraud' });
    expect((await revoke(old.id)).status).toBe(409);
    // A cache that asks whether its list is still the newest must not be told so of another list.
    const answer = await world.request(listOf(old.badge), { headers: { 'if-none-match': etag } });
    expect([answer.status, (await world.request(listOf(old.badge))).headers.get('etag') === etag]).toEqual([
      200,
      false,
    ]);
    world.db.close();
  });

  it('S12: without the database before, revocations come back from lists that others kept; a forged list is refused', async () => {
    const red = await award('red@example.org');
    const blue = await award('blue@example.org');
    await backupDatabase(world.db, copy);
    await revoke(red.id);
    const kept = (await world.api(listOf(red.badge))).json;
    const forged = structuredClone(kept);
    forged.validUntil = '2099-01-01T00:00:00Z';
    world.db.close();
    truncateSync(file, 1000);
    const list = (document: unknown) => ({ force: true, published: [{ source: 'list.json', document }] });
    for (const bad of [forged, { ...kept, id: 'https://other.example/status/1' }, 5, red.badge])
      await expect(restore(list(bad))).rejects.toMatchObject({ code: 'request-invalid' });
    expect(statSync(file).size).toBe(1000);
    const { result, kept: aside } = await restore(list(kept));
    expect(result).toMatchObject({ listsAdvanced: 1, awardsChanged: 1 });
    expect(statSync(aside!).size).toBe(1000);
    await reopen();
    expect(await check(red.badge)).toBe('invalid revoked');
    expect(await check(blue.badge)).toBe('valid');
    await revoke(blue.id);
    expect(await check(red.badge)).toBe('invalid revoked');
    world.db.close();
  });

  it('S12: bits of two histories of one list are put together', async () => {
    const [a, b] = [await award('a@example.org'), await award('b@example.org')];
    await backupDatabase(world.db, copy);
    await revoke(a.id);
    const seen = (await world.api(listOf(a.badge))).json;
    world.db.close();
    truncateSync(file, 0);
    await restore({ force: true });
    await reopen();
    await revoke(b.id);
    world.db.close();
    await restore({ force: true, published: [{ source: 'seen.json', document: seen }] });
    await reopen();
    expect([await check(a.badge), await check(b.badge)]).toEqual(['invalid revoked', 'invalid revoked']);
    world.db.close();
  });

  it('a suspension follows the newest list, in both directions', async () => {
    const pausing = await createSchool(world, 'pauze', { ...exampleAchievement, suspendable: true });
    const [a, b] = [await award('a@example.org', pausing), await award('b@example.org', pausing)];
    const suspend = (id: string, method = 'POST') =>
      world.api(`/api/v1/awards/${id}/suspension`, {
        key: pausing.keys.awarder,
        method,
        ...(method === 'POST' ? { body: {} } : {}),
      });
    await suspend(a.id);
    await backupDatabase(world.db, copy);
    await suspend(a.id, 'DELETE');
    await suspend(b.id);
    world.db.close();
    expect((await restore({ force: true })).result).toMatchObject({ awardsChanged: 2 });
    await reopen();
    expect([await check(a.badge), await check(b.badge)]).toEqual(['valid', 'invalid suspended']);
    expect((await suspend(b.id, 'DELETE')).json.state).toBe('released');
    expect(await check(b.badge)).toBe('valid');
    world.db.close();
  });

  it('K6: a key that was withdrawn or rotated in after the copy, and an API key that was ended, stay so', async () => {
    const stolen = await award('stolen@example.org');
    await backupDatabase(world.db, copy);
    await rotateKey(world.deps, school.institution, operator);
    await compromiseKey(world.deps, school.institution, operator, 'key-2026-1');
    const fresh = await award('fresh@example.org');
    const late = await createInstitution(world.deps, {
      slug: 'laat',
      profile: institutionProfile.parse(exampleProfile),
    });
    const ended = school.keys.admin.split('_')[1]!;
    await revokeApiKey(world.deps, school.institution, ended, operator);
    const made = await createApiKey(world.deps, school.institution, { role: 'awarder' }, operator);
    world.db.close();
    expect((await restore({ force: true })).result).toMatchObject({ institutions: 1, keys: 4, apiKeys: 2 });
    await reopen();
    expect([await check(stolen.badge), await check(fresh.badge)]).toEqual(['invalid key-revoked', 'valid']);
    expect((await world.api('/api/v1/awards', { key: school.keys.admin })).status).toBe(401);
    expect((await world.api('/api/v1/awards', { key: made.key })).status).toBe(200);
    expect((await world.api(`/i/${late.slug}/did.json`)).json.id).toBe(late.did);
    const next = await award('next@example.org');
    expect(next.badge.proof[0].verificationMethod).toBe(fresh.badge.proof[0].verificationMethod);
    world.db.close();
  });

  it('S12, K6: what was copied for wallets after the copy is known again, with the keys for tokens, and revoked with its badge', async () => {
    const { id } = await award('copied@example.org');
    const person = await createPerson(world);
    world.db.sqlite.prepare(`update awards set state = 'claimed', person_id = ? where id = ?`).run(person.id, id);
    const copyAs = (format: 'jwt_vc_json' | 'dc+sd-jwt', algorithm: 'ES256' | 'RS256' = 'ES256') =>
      makeCopy(world.deps, { awardId: id, personId: person.id, format, algorithm, holder: null });
    const first = await copyAs('dc+sd-jwt');
    await backupDatabase(world.db, copy);
    const second = await copyAs('jwt_vc_json', 'RS256');
    await rotateJoseKey(world.deps, school.institution, operator, 'ES256');
    world.db.close();
    await restore({ force: true });
    await reopen();
    expect([await check(first.document), await check(second.document)]).toEqual(['valid', 'valid']);
    await revoke(id);
    expect([await check(first.document), await check(second.document)]).toEqual(['invalid revoked', 'invalid revoked']);
    world.db.close();
  });

  it('S12: a list for tokens comes back from who kept it, and a forged one is refused', async () => {
    const { id } = await award('token@example.org');
    const person = await createPerson(world);
    world.db.sqlite.prepare(`update awards set state = 'claimed', person_id = ? where id = ?`).run(person.id, id);
    const { document } = await makeCopy(world.deps, {
      awardId: id,
      personId: person.id,
      format: 'dc+sd-jwt',
      holder: null,
    });
    await backupDatabase(world.db, copy);
    await revoke(id);
    const { uri } = JSON.parse(Buffer.from(document.split('.')[1]!, 'base64url').toString()).status.status_list;
    const kept = (await world.api(new URL(uri).pathname)).text;
    world.db.close();
    truncateSync(file, 1000);
    const list = (text: string) => ({ force: true, published: [{ source: 'list.jwt', document: text }] });
    for (const bad of [kept.replace(/.{8}$/, 'AAAAAAAA'), document.split('~')[0]!, 'x.y.z'])
      await expect(restore(list(bad))).rejects.toMatchObject({ code: 'request-invalid' });
    expect((await restore(list(kept))).result).toMatchObject({ listsAdvanced: 1 });
    await reopen();
    expect(await check(document)).toBe('invalid revoked');
    world.db.close();
  });

  it('K3: without the key-encryption key a restore still serves, checks and keeps revocations; it signs nothing', async () => {
    const { id, badge } = await award('a@example.org');
    await backupDatabase(world.db, copy);
    await revoke(id);
    world.db.close();
    await restore({ force: true, keyEncryptionKey: new Uint8Array(32).fill(8) });
    world = worldOn(createWorld({ file }).db, { keyEncryptionKey: new Uint8Array(32).fill(8) });
    expect(await check(badge)).toBe('invalid revoked');
    const answer = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: 'b@example.org' } }),
    });
    expect([answer.status, answer.json.code]).toEqual([503, 'key-not-opened']);
    world.db.close();
  });

  describe('a restore changes nothing when', () => {
    it.each([
      ['a database stands there', {}, 'request-invalid', () => world.db.close()],
      ['the service has the database open', { force: true }, 'database-busy', () => undefined],
      ['the copy is cut short', { force: true }, 'database-unusable', () => truncateSync(copy, 20_000)],
      ['the copy is no database', { force: true }, 'database-unusable', () => copyFileSync('package.json', copy)],
      [
        'the copy is of a newer version',
        { force: true },
        'database-unusable',
        () => {
          world.db.close();
          const newer = new BetterSqlite3(copy);
          newer.exec('create table loose (a)');
          newer.close();
        },
      ],
    ] as [string, object, string, () => void][])('%s', async (_, options, code, spoil) => {
      await award('a@example.org');
      await backupDatabase(world.db, copy);
      const names = readdirSync(folder).filter(name => !/-(wal|shm)$/.test(name));
      spoil();
      await expect(restore(options)).rejects.toMatchObject({ code });
      expect(readdirSync(folder).filter(name => !/-(wal|shm)$/.test(name))).toEqual(names);
      world.db.close();
      await reopen();
      expect((await world.api('/readyz')).status).toBe(200);
      expect(world.db.sqlite.prepare('select count(*) from awards').pluck().get()).toBe(1);
      world.db.close();
    });
  });
});
