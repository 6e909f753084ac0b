import { beforeAll, describe, expect, it } from 'vitest';
import { transition } from '../../src/credentials/change.ts';
import { sweep } from '../../src/credentials/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('revoking and suspending', () => {
  let now = new Date();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;

  beforeAll(async () => {
    world = createWorld({ now: () => now });
    school = await createSchool(world);
  });

  async function award(email: string, where = school) {
    const made = await world.api('/api/v1/awards', {
      key: where.keys.awarder,
      body: exampleAward(where.achievement, { recipient: { email } }),
    });
    const credential = (await world.api(new URL(made.json.credential).pathname, { key: where.keys.awarder })).json;
    return { id: made.json.id as string, credential };
  }
  const check = async (credential: unknown) =>
    (await world.api('/api/v1/verifications', { body: { credential } })).json;
  const status = (report: { checks: { id: string }[] }) =>
    report.checks.find(c => c.id === 'status') as never as { code: string; evidence: Record<string, unknown> };

  it('S1: a revoked badge is invalid at once, everywhere the list is read, and says why', async () => {
    const { id, credential } = await award('red@example.org');
    const list = new URL(credential.credentialStatus.statusListCredential).pathname;
    const before = await world.request(list);
    const etag = before.headers.get('etag')!;
    expect((await world.request(list, { headers: { 'if-none-match': etag } })).status).toBe(304);

    const revoked = await world.api(`/api/v1/awards/${id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'fraud', text: 'Voor jou alleen.' },
    });
    expect([revoked.status, revoked.json.state]).toEqual([200, 'revoked']);

    const report = await check(credential);
    expect([report.verdict, report.code]).toEqual(['invalid', 'revoked']);
    expect(status(report).evidence).toMatchObject({ purpose: 'revocation', reason: 'fraud' });
    expect(JSON.stringify(report)).not.toContain('Voor jou alleen');
    const after = await world.request(list, { headers: { 'if-none-match': etag } });
    expect(after.status).toBe(200);
    expect(after.headers.get('access-control-allow-origin')).toBe('*');
    expect(after.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('a revocation cannot be undone or done twice', async () => {
    const { id } = await award('twice@example.org');
    const revoke = (headers = {}) =>
      world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' }, headers });
    expect((await revoke({ 'idempotency-key': 'a' })).status).toBe(200);
    expect((await revoke({ 'idempotency-key': 'a' })).status).toBe(200);
    const again = await revoke();
    expect([again.status, again.json.code, again.json.state]).toEqual([409, 'award-state', 'revoked']);
    const lift = await world.api(`/api/v1/awards/${id}/suspension`, { key: school.keys.awarder, method: 'DELETE' });
    expect(lift.json.code).toBe('award-state');
  });

  it('a reason that the public does not know is refused', async () => {
    const { id } = await award('reason@example.org');
    const answer = await world.api(`/api/v1/awards/${id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'because' },
    });
    expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid']);
  });

  it('S1: a suspended badge is invalid until the suspension ends', async () => {
    const suspendable = await createSchool(world, 'suspends', { ...exampleAchievement, suspendable: true });
    const { id, credential } = await award('pause@example.org', suspendable);
    expect(credential.credentialStatus.statusPurpose).toBe('suspension');
    const key = suspendable.keys.awarder;
    expect((await world.api(`/api/v1/awards/${id}/suspension`, { key, body: {} })).json.state).toBe('suspended');
    expect(await check(credential)).toMatchObject({ verdict: 'invalid', code: 'suspended' });
    expect((await world.api(`/api/v1/awards/${id}/suspension`, { key, method: 'DELETE' })).json.state).toBe('released');
    expect((await check(credential)).verdict).toBe('valid');
    expect((await world.api(`/api/v1/awards/${id}/revocation`, { key, body: { reason: 'error' } })).json.state).toBe(
      'revoked',
    );
    expect(await check(credential)).toMatchObject({ verdict: 'invalid', code: 'revoked' });
  });

  it('only a suspendable achievement can be suspended', async () => {
    const { id } = await award('never@example.org');
    expect((await world.api(`/api/v1/awards/${id}/suspension`, { key: school.keys.awarder, body: {} })).json.code).toBe(
      'award-state',
    );
  });

  it('lists are signed again at half their life, so that an idle service stays readable', async () => {
    const { credential } = await award('idle@example.org');
    const start = now;
    now = new Date(start.getTime() + 11 * 3_600_000);
    expect((await sweep(world.deps)).renewed).toBe(0);
    now = new Date(start.getTime() + 13 * 3_600_000);
    expect((await sweep(world.deps)).renewed).toBeGreaterThan(0);
    now = new Date(start.getTime() + 30 * 3_600_000);
    expect((await check(credential)).verdict).toBe('valid');
    now = new Date(start.getTime() + 60 * 3_600_000);
    expect(await check(credential)).toMatchObject({ verdict: 'indeterminate', code: 'status-list-expired' });
    now = start;
  });

  it('S12: a list that lost a published revocation is not published again', async () => {
    const { id } = await award('lost@example.org');
    world.db.sqlite.exec(
      'update status_list_versions set bits_set = bits_set + 1 where (list_id, version) in (select list_id, max(version) from status_list_versions group by list_id)',
    );
    const answer = await world.api(`/api/v1/awards/${id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'error' },
    });
    expect([answer.status, answer.json.code]).toEqual([503, 'database-unusable']);
    expect((await world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder })).json.state).toBe('released');
    world.db.sqlite.exec(
      'update status_list_versions set bits_set = bits_set - 1 where (list_id, version) in (select list_id, max(version) from status_list_versions group by list_id)',
    );
  });

  it('a state that allows a change is the only one that is changed', () => {
    const codes = (['reserved', 'held', 'released', 'claimed', 'suspended', 'revoked', 'superseded'] as const).map(
      state =>
        (['revoke', 'suspend', 'lift'] as const).map(kind => {
          try {
            return transition(state, true, { kind, reason: 'error' } as never, 'claimed').state;
          } catch {
            return 'refused';
          }
        }),
    );
    expect(codes).toEqual([
      ['refused', 'refused', 'refused'],
      ['refused', 'refused', 'refused'],
      ['revoked', 'suspended', 'refused'],
      ['revoked', 'suspended', 'refused'],
      ['revoked', 'refused', 'claimed'],
      ['refused', 'refused', 'refused'],
      ['refused', 'refused', 'refused'],
    ]);
  });
});
