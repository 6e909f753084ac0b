// Of our own lists it is known what they said at any moment; of those of others only what they say now.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../support/badges.ts';
import { DID_URL, entry, LIST_URL, world as checkWorld } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('a badge as of a date', () => {
  let now = new Date('2026-11-03T09:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const issue = async (email: string, more: Json = {}) => {
    const body = { ...exampleAward(school.achievement, { recipient: { email } }), ...more };
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    const credential = await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder });
    return { id: made.json.id, credential: credential.json };
  };
  const check = async (credential: unknown, at?: string) => {
    const { json } = await world.api(`/api/v1/verifications${at ? `?at=${at}` : ''}`, { body: { credential } });
    const status = json.checks.find(({ id }: Json) => id === 'status');
    const notChecked = json.notChecked.map(({ id }: Json) => id);
    return { verdict: json.verdict, code: json.code, status, notChecked };
  };

  beforeAll(async () => {
    world = createWorld({ now: () => now });
    school = await createSchool(world);
  });

  it('was valid before it was revoked, and is told to be revoked now', async () => {
    const { id, credential } = await issue('then@example.org');
    now = new Date('2026-11-10T09:00:00Z');
    const body = { reason: 'error' };
    const revoked = await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body });
    expect(revoked.status).toBe(200);
    now = new Date('2026-11-10T12:00:00Z');
    expect(await check(credential)).toMatchObject({ verdict: 'invalid', code: 'revoked' });
    const then = await check(credential, '2026-11-05T12:00:00Z');
    expect(then).toMatchObject({
      verdict: 'valid',
      status: { code: 'status-clear', evidence: { asOf: '2026-11-05T12:00:00.000Z', codeNow: 'revoked' } },
    });
    expect(then.notChecked).not.toContain('status-then');
    const after = await check(credential, '2026-11-10T10:00:00Z');
    expect(after).toMatchObject({ verdict: 'invalid', code: 'revoked', status: { evidence: { reason: 'error' } } });
    const before = await check(credential, '2026-10-01');
    expect(before).toMatchObject({ verdict: 'invalid', status: { evidence: { listBegan: 'later' } } });
    expect(before.notChecked).toContain('status-before');
    expect(before.notChecked).not.toContain('status-then');
  });

  it('of a list of others it says that only today is known', async () => {
    const other = await checkWorld();
    other.answers[LIST_URL] = await other.list({});
    const service = createWorld({
      now: () => new Date('2026-11-01T12:00:00Z'),
      network: new Map([DID_URL, LIST_URL].map(url => [url, JSON.stringify(other.answers[url])])),
    });
    const credential = await other.issue({ credentialStatus: entry() });
    const { json } = await service.api('/api/v1/verifications?at=2026-10-15', { body: { credential } });
    expect(json.verdict).toBe('valid');
    expect(json.notChecked.map(({ id }: Json) => id)).toContain('status-then');
    expect(json.checks.find(({ id }: Json) => id === 'status').evidence).not.toHaveProperty('asOf');
  });
});
