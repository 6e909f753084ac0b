import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const file = join(mkdtempSync(join(tmpdir(), 'api-keys-')), 'keys.db');

describe('API keys over the API', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let time = Date.parse('2026-11-22T10:00:00Z');
  const asked = { role: 'awarder', label: 'studentensysteem' };
  const make = (body: object = asked, headers = {}) =>
    world.api('/api/v1/api-keys', { key: school.keys.admin, body, headers });
  const list = async () =>
    (await world.api('/api/v1/api-keys', { key: school.keys.admin })).json.items as Record<string, unknown>[];
  const works = async (key: string) => (await world.api('/api/v1/achievements', { key })).status === 200;
  const rotate = (id: string, body: object = {}, headers = {}) =>
    world.api(`/api/v1/api-keys/${id}/rotation`, { key: school.keys.admin, body, headers });

  beforeAll(async () => {
    world = createWorld({ file, now: () => new Date(time) });
    school = await createSchool(world);
  });

  it('are made by an admin key, of a role that a program can have, and shown once', async () => {
    const made = await make({ ...asked, expiresAt: '2027-01-01T00:00:00+01:00' });
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.json).toMatchObject({ ...asked, expiresAt: '2026-12-31T23:00:00.000Z', lastUsedAt: null });
    expect(made.json.key.startsWith(made.json.prefix)).toBe(true);
    expect(await works(made.json.key)).toBe(true);
    expect(JSON.stringify(await list())).not.toContain(made.json.key.slice(-43));
    for (const role of ['examiner', 'board', 'assessor', 'guide', 'operator'])
      expect((await make({ role })).status).toBe(400);
    for (const key of [school.keys.awarder, school.keys.coordinator]) {
      const refused = await world.api('/api/v1/api-keys', { key, body: asked });
      expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
      expect((await world.api('/api/v1/api-keys', { key })).status).toBe(403);
    }
  });

  it('the same Idempotency-Key makes one key, and its secret is told to the first answer alone', async () => {
    const headers = { 'idempotency-key': 'make-1' };
    const before = (await list()).length;
    const [first, again] = [await make(asked, headers), await make(asked, headers)];
    expect([first.status, again.status, again.json.id]).toEqual([201, 201, first.json.id]);
    expect(first.json.key).toBeDefined();
    expect(again.json).not.toHaveProperty('key');
    expect(await list()).toHaveLength(before + 1);
    const rotated = { 'idempotency-key': 'rotate-1' };
    const [one, two] = [await rotate(first.json.id, {}, rotated), await rotate(first.json.id, {}, rotated)];
    expect([one.status, two.status, two.json.id]).toEqual([201, 201, one.json.id]);
    expect(two.json).not.toHaveProperty('key');
    expect((await make({ role: 'admin' }, headers)).json.code).toBe('idempotency-key-reused');
  });

  it('rotate with an overlap: the new one works at once, the old one ends by itself a day later', async () => {
    const old = (await make()).json;
    const next = (await rotate(old.id)).json;
    expect(next).toMatchObject({ role: 'awarder', label: 'studentensysteem', replacedBy: null });
    expect([await works(old.key), await works(next.key)]).toEqual([true, true]);
    expect((await list()).find(k => k.id === old.id)).toMatchObject({
      replacedBy: next.id,
      expiresAt: new Date(time + 24 * HOUR_MS).toISOString(),
    });
    expect((await rotate(old.id)).json.code).toBe('key-state');
    time += 24 * HOUR_MS;
    expect([await works(old.key), await works(next.key)]).toEqual([false, true]);
    expect((await rotate(old.id)).json.code).toBe('key-state');
  });

  it('rotate without an overlap ends the old one at once; an earlier end is never put off', async () => {
    const old = (await make()).json;
    const next = (await rotate(old.id, { overlapHours: 0 })).json;
    expect([await works(old.key), await works(next.key)]).toEqual([false, true]);
    const soon = (await make({ ...asked, expiresAt: new Date(time + HOUR_MS).toISOString() })).json;
    const after = (await rotate(soon.id, { overlapHours: 48 })).json;
    expect((await list()).find(k => k.id === soon.id)!.expiresAt).toBe(soon.expiresAt);
    expect(after.expiresAt).toBe(new Date(time + HOUR_MS).toISOString());
    for (const overlapHours of [-1, 721, 1.5, '24'])
      expect((await rotate(next.id, { overlapHours })).json.code).toBe('request-invalid');
  });

  it('are replaced once, also when five ask for it in the same moment', async () => {
    const old = (await make()).json;
    const tries = await Promise.all(Array.from({ length: 5 }, () => rotate(old.id)));
    expect(tries.filter(t => t.status === 201)).toHaveLength(1);
    expect(tries.filter(t => t.json.code === 'key-state')).toHaveLength(4);
  });

  it('I6: a revoked key is refused by the next request, and by no scheme but Bearer is a good one taken', async () => {
    const made = (await make()).json;
    for (const scheme of [`Basic ${made.key}`, `Basic ${btoa(`${made.key}:`)}`, made.key, `bearer  ${made.key}`])
      expect((await world.api('/api/v1/achievements', { headers: { authorization: scheme } })).status).toBe(401);
    const ended = await world.api(`/api/v1/api-keys/${made.id}`, { key: school.keys.admin, method: 'DELETE' });
    expect([ended.status, ended.json.revokedAt]).toEqual([200, new Date(time).toISOString()]);
    expect(await works(made.key)).toBe(false);
    const again = await world.api(`/api/v1/api-keys/${made.id}`, { key: school.keys.admin, method: 'DELETE' });
    expect([again.status, again.json.revokedAt]).toEqual([200, ended.json.revokedAt]);
  });

  it('say when they were last used, to within minutes, and a failure to write that down fails nothing', async () => {
    const made = (await make()).json;
    const lastUse = async () => (await list()).find(k => k.id === made.id)!.lastUsedAt;
    const first = time;
    await works(made.key);
    await expect.poll(lastUse).toBe(new Date(first).toISOString());
    time += 60_000;
    await works(made.key);
    expect(await lastUse()).toBe(new Date(first).toISOString());
    time += 5 * 60_000;
    await works(made.key);
    await expect.poll(lastUse).toBe(new Date(time).toISOString());
    world.db.sqlite.exec('alter table api_key_uses rename to gone');
    time += 10 * 60_000;
    expect(await works(made.key)).toBe(true);
    world.db.sqlite.exec('alter table gone rename to api_key_uses');
  });

  it('I6: no secret of a key stands in the database, a log or a later answer', async () => {
    const first = await make(asked, { 'idempotency-key': 'make-2' });
    const next = await rotate(first.json.id, {}, { 'idempotency-key': 'rotate-2' });
    const failed = await world.api('/api/v1/api-keys', { key: `${next.json.key}x`, body: asked });
    world.db.sqlite.pragma('wal_checkpoint(FULL)');
    const places = [
      readFileSync(file),
      readFileSync(`${file}-wal`),
      Buffer.from(world.lines.join('\n')),
      Buffer.from(failed.text + JSON.stringify(await list())),
    ];
    for (const { key } of [first.json, next.json])
      for (const place of places) expect(place.includes(key.slice(-43))).toBe(false);
  });
});

describe('people and policy over the API', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const ask = (path: string, options: Parameters<typeof world.api>[1] = {}) =>
    world.api(path, { key: school.keys.admin, ...options });

  beforeAll(async () => {
    world = createWorld({ file: ':memory:' });
    world.deps.config.operatorKey = 'o'.repeat(43);
    school = await createSchool(world);
  });

  it('an invitation is made, listed, sent again and taken back; a link to a mailbox is in no answer', async () => {
    const body = { addresses: [{ email: 'a@example.org' }, { eppn: 'b@uni.example' }], role: 'board' };
    const headers = { 'idempotency-key': 'invite' };
    const made = await ask('/api/v1/invitations', { body, headers });
    expect(made.status).toBe(201);
    const [letter, account] = made.json.items;
    expect(letter).toMatchObject({ address: { email: 'a@example.org' }, role: 'board', achievements: null });
    expect(letter).not.toHaveProperty('link');
    expect(account.link).toMatch(/\/invitation\/[\w-]{43}$/);
    const again = await ask('/api/v1/invitations', { body, headers });
    expect(again.json.items.map((i: { id: string }) => i.id)).toEqual([letter.id, account.id]);
    expect(again.text).not.toContain('/invitation/');
    const refused = await ask('/api/v1/invitations', { body });
    expect([refused.status, refused.json.code, refused.json.lines.length]).toEqual([422, 'invitation-refused', 2]);
    const resent = await ask(`/api/v1/invitations/${account.id}/letter`, { body: {} });
    expect(resent.json.items[0].link).not.toBe(account.link);
    expect((await ask(`/api/v1/invitations/${letter.id}`, { method: 'DELETE' })).json).toEqual({ id: letter.id });
    const left = (await ask('/api/v1/invitations')).json.items;
    expect(left.map((i: { id: string }) => i.id)).toEqual([account.id]);
    expect((await ask('/api/v1/invitations', { key: school.keys.coordinator })).status).toBe(403);
  });

  it('an admin is one for all of the institution, and a guide is nobody’s to invite', async () => {
    const address = [{ email: 'c@example.org' }];
    for (const body of [
      { addresses: address, role: 'admin', achievements: [school.achievement] },
      { addresses: address, role: 'guide' },
      { addresses: address, role: 'awarder', achievements: [] },
      { addresses: [], role: 'awarder' },
      { addresses: [{ email: 'c@example.org', eppn: 'c@uni.example' }], role: 'awarder' },
      { addresses: Array(101).fill({ email: 'x@example.org' }), role: 'awarder' },
    ])
      expect((await ask('/api/v1/invitations', { body })).json.code).toBe('request-invalid');
  });

  it('the policy is read by every key and replaced by an admin key', async () => {
    const policy = { confirmRevocation: true, releaseBatchAbove: 25 };
    // How dossiers go was left out: that stays as it was.
    const whole = { ...policy, dossier: expect.objectContaining({ replyDays: 14, guideApart: true }) };
    expect((await ask('/api/v1/policy', { method: 'PUT', body: policy })).json).toEqual(whole);
    expect((await ask('/api/v1/policy', { key: school.keys.awarder })).json).toEqual(whole);
    const refused = await ask('/api/v1/policy', { method: 'PUT', body: {}, key: school.keys.coordinator });
    expect(refused.json.code).toBe('forbidden');
    expect((await ask('/api/v1/policy', { method: 'PUT', body: {} })).json).toEqual({
      confirmRevocation: false,
      releaseBatchAbove: null,
      dossier: whole.dossier,
    });
    const slower = { ...policy, dossier: { replyDays: 30 } };
    const answer = (await ask('/api/v1/policy', { method: 'PUT', body: slower })).json;
    expect(answer.dossier).toMatchObject({ replyDays: 30, guideApart: true });
    const again = (await ask('/api/v1/policy', { method: 'PUT', body: policy })).json;
    expect(again.dossier.replyDays).toBe(30);
  });

  it('the operator invites the first admin, and sees and ends members', async () => {
    const operator = { key: 'o'.repeat(43) };
    const place = `/api/v1/institutions/${school.institution.slug}`;
    const body = { addresses: [{ eppn: 'first@uni.example' }], role: 'admin' };
    const made = await ask(`${place}/invitations`, { ...operator, body });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { createPerson } = await import('../support/people.ts');
    const { acceptInvitation } = await import('../../src/institutions/index.ts');
    const first = await createPerson(world, { eppn: 'first@uni.example' });
    await acceptInvitation(world.deps, first.id, made.json.items[0].link.split('/').at(-1));
    const [admin] = (await ask(`${place}/members`, operator)).json.items;
    expect(admin).toMatchObject({ person: first.id, role: 'admin', account: 'first@uni.example' });
    expect((await ask('/api/v1/members')).json.items).toEqual([admin]);
    // A program's admin key keeps to the rule that the operator is above.
    expect((await ask(`/api/v1/members/${admin.id}`, { method: 'DELETE' })).json.code).toBe('last-admin');
    expect((await ask(`${place}/members/${admin.id}`, { ...operator, method: 'DELETE' })).status).toBe(200);
    for (const key of [school.keys.admin, '', 'o'.repeat(42)])
      expect((await ask(`${place}/members`, { key })).status).toBe(401);
  });
});
