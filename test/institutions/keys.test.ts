import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import {
  compromiseKey,
  createInstitution,
  institutionProfile,
  listKeys,
  rotateKey,
  signerFor,
} from '../../src/institutions/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward, exampleProfile } from '../support/world.ts';

const file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys.db');
const operator = { kind: 'operator' } as const;

describe('signing keys', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const award = (email: string) =>
    world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email } }),
    });
  const badgeOf = async (made: { json: { credential: string } }) =>
    (await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder })).json;
  const check = async (credential: unknown) =>
    (await world.api('/api/v1/verifications', { body: { credential } })).json;

  beforeAll(async () => {
    world = createWorld({ file });
    school = await createSchool(world);
  });

  it('K1: no private key, key-encryption key or API key stands in the database, a log or an answer', async () => {
    const { unseal } = await import('../../src/platform/seal.ts');
    const [row] = await listKeys(world.deps, school.institution.id);
    const seed = await unseal(
      world.deps.config.keyEncryptionKey,
      Buffer.from(row!.sealed, 'base64url'),
      `waarmerk|${school.institution.id}|${row!.id}|${row!.version}`,
    );
    expect(seed.length).toBe(32);
    const made = await award('k1@example.org');
    const failed = await world.api('/api/v1/awards', { key: `${school.keys.awarder}x`, body: {} });
    world.db.sqlite.pragma('wal_checkpoint(FULL)');
    const haystacks = [
      readFileSync(file),
      readFileSync(`${file}-wal`),
      Buffer.from(world.lines.join('\n')),
      Buffer.from(made.text + failed.text),
    ];
    const secrets: Buffer[] = [Buffer.from(seed), Buffer.from(world.deps.config.keyEncryptionKey)];
    for (const secret of [...secrets])
      for (const form of ['hex', 'base64', 'base64url'] as const) secrets.push(Buffer.from(secret.toString(form)));
    for (const key of Object.values(school.keys)) secrets.push(Buffer.from(key.slice(-43)));
    for (const haystack of haystacks) for (const secret of secrets) expect(haystack.includes(secret)).toBe(false);
  });

  it('K2: a sealed key that was moved to another institution, id or version does not open', async () => {
    const other = await createInstitution(world.deps, {
      slug: 'other',
      profile: institutionProfile.parse(exampleProfile),
    });
    const sealed = world.db.sqlite.prepare('select sealed from institution_keys where institution_id = ?').pluck();
    const own = sealed.get(other.id);
    const put = world.db.sqlite.prepare('update institution_keys set sealed = ? where institution_id = ?');
    put.run(sealed.get(school.institution.id), other.id);
    await expect(signerFor(world.deps, other)).rejects.toMatchObject({ code: 'key-not-opened' });
    put.run(own, other.id);
    await expect(signerFor(world.deps, other)).resolves.toBeDefined();
    world.db.sqlite.prepare("update institution_keys set version = '2' where institution_id = ?").run(other.id);
    await expect(signerFor(world.deps, other)).rejects.toMatchObject({ code: 'key-not-opened' });
    world.db.sqlite.prepare("update institution_keys set version = '1' where institution_id = ?").run(other.id);
  });

  it('K3: under a wrong key-encryption key it signs nothing, and goes on checking and serving lists', async () => {
    const good = await badgeOf(await award('k3@example.org'));
    const wrong = createWorld({ file, keyEncryptionKey: new Uint8Array(32).fill(8) });
    const awards = () => wrong.db.sqlite.prepare('select count(*) from awards').pluck().get();
    const before = awards();
    const answer = await wrong.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: 'k3b@example.org' } }),
    });
    expect([answer.status, answer.json.code]).toEqual([503, 'key-not-opened']);
    expect(awards()).toBe(before);
    expect((await wrong.api('/api/v1/verifications', { body: { credential: good } })).json.verdict).toBe('valid');
    expect((await wrong.request(new URL(good.credentialStatus.statusListCredential).pathname)).status).toBe(200);
    const ready = await wrong.api('/readyz');
    expect([ready.status, ready.json]).toEqual([200, { database: 'ok', signing: 'key-not-opened' }]);
    expect((await world.api('/readyz')).json).toEqual({ database: 'ok', signing: 'ok' });
    wrong.db.close();
  });

  it('K4: after a rotation old and new badges both check valid, and the lists are signed by the new key', async () => {
    const old = await badgeOf(await award('k4a@example.org'));
    const next = await rotateKey(world.deps, school.institution, operator);
    await sweep(world.deps);
    const fresh = await badgeOf(await award('k4b@example.org'));
    expect(fresh.proof[0].verificationMethod).toBe(`${school.institution.did}#${next.id}`);
    expect(old.proof[0].verificationMethod).not.toBe(fresh.proof[0].verificationMethod);
    expect((await check(old)).verdict).toBe('valid');
    expect((await check(fresh)).verdict).toBe('valid');
    const list = await world.api(new URL(old.credentialStatus.statusListCredential).pathname);
    expect(list.json.proof[0].verificationMethod).toBe(fresh.proof[0].verificationMethod);
  });

  it('K6: what a compromised key signed is refused; what another key signed is not', async () => {
    const stolen = await badgeOf(await award('k6a@example.org'));
    const id = stolen.proof[0].verificationMethod.split('#')[1];
    await compromiseKey(world.deps, school.institution, operator, id);
    await sweep(world.deps);
    const document = await world.api(`/i/${school.institution.slug}/did.json`);
    expect(document.headers.get('content-type')).toBe('application/did+json');
    expect(document.json.assertionMethod).not.toContain(stolen.proof[0].verificationMethod);
    expect(await check(stolen)).toMatchObject({ verdict: 'invalid', code: 'key-revoked' });
    expect((await check(await badgeOf(await award('k6b@example.org')))).verdict).toBe('valid');
    await expect(compromiseKey(world.deps, school.institution, operator, id)).rejects.toMatchObject({
      code: 'key-state',
    });
  });
});
