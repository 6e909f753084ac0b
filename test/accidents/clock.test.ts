// The clock jumps: D7. What was signed is dated by the clock of its moment, order is by sequence, tolerance is 5 minutes.
import { beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { rotateKey } from '../../src/institutions/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('D7: the clock', () => {
  let now: Date;
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const shift = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const issue = async (email: string, over: object = {}) => {
    const body = exampleAward(school.achievement, { recipient: { email }, ...over });
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    if (made.status !== 201) return { status: made.status, code: made.json.code as string };
    const badge = await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder });
    return { status: 201, id: made.json.id as string, badge: badge.json };
  };
  const revoke = (id: string) =>
    world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
  const check = async (credential: unknown) => {
    const { json } = await world.api('/api/v1/verifications', { body: { credential } });
    return json.verdict === json.code ? json.verdict : `${json.verdict} ${json.code}`;
  };
  const decided = (decidedOn: string) => ({ decision: { basis: 'assessment', decidedBy: 'E', decidedOn } });
  const log = () =>
    world.db.sqlite
      .prepare('select seq, at from audit_log where institution = ? order by seq')
      .all(school.institution.id) as { seq: number; at: string }[];

  beforeEach(async () => {
    now = new Date('2026-11-20T12:00:00Z');
    world = createWorld({ now: () => now });
    school = await createSchool(world);
  });

  it('an hour back: issuing, revoking and checking go on, and the log is in order by sequence', async () => {
    const first = await issue('a@example.org');
    shift(-HOUR);
    const second = await issue('b@example.org');
    // Within a minute the list is no longer one from the future.
    await sweep(world.deps);
    expect(await check(second.badge)).toBe('valid');
    expect((await revoke(first.id!)).status).toBe(200);
    expect((await revoke(second.id!)).status).toBe(200);
    expect(await check(second.badge)).toBe('invalid revoked');
    shift(HOUR);
    expect(await check(first.badge)).toBe('invalid revoked');
    const rows = log();
    expect(rows.map(r => r.seq)).toEqual(rows.map((_, i) => i + 1));
    expect(rows.map(r => r.at)).not.toEqual(rows.map(r => r.at).sort());
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
  });

  it('no validFrom lies in the future of the clock that signed; five minutes are forgiven, ten are told', async () => {
    const { badge } = await issue('a@example.org');
    expect(Date.parse(badge.validFrom)).toBeLessThanOrEqual(now.getTime());
    expect(Date.parse(badge.proof[0].created)).toBeLessThanOrEqual(now.getTime());
    shift(-4 * MINUTE);
    expect(await check(badge)).toBe('valid');
    shift(-6 * MINUTE);
    expect(await check(badge)).toMatch(/^(invalid|indeterminate) (not-yet-valid|proof-from-future)$/);
    shift(20 * MINUTE);
    expect(await check(badge)).toBe('valid');
  });

  it('year 2099 and back: lists that were dated in the future are signed again', async () => {
    const { badge, id } = await issue('a@example.org');
    now = new Date('2099-06-01T12:00:00Z');
    await sweep(world.deps);
    expect(await check(badge)).toBe('valid');
    const late = await issue('late@example.org', decided('2099-06-01'));
    expect([late.status, await check(late.badge)]).toEqual([201, 'valid']);
    expect((await rotateKey(world.deps, school.institution, { kind: 'operator' })).id).toBe('key-2099-1');
    now = new Date('2026-11-20T13:00:00Z');
    expect((await sweep(world.deps)).renewed).toBe(1);
    expect((await sweep(world.deps)).renewed).toBe(0);
    expect(await check(badge)).toBe('valid');
    expect(await check(late.badge)).not.toBe('valid');
    await revoke(id!);
    expect(await check(badge)).toBe('invalid revoked');
  });

  it('an intent and an Idempotency-Key that a crash left are taken up, also when the clock was set back since', async () => {
    const headers = { 'idempotency-key': 'k' };
    const body = exampleAward(school.achievement);
    const post = () => world.api('/api/v1/awards', { key: school.keys.awarder, body, headers });
    world.db.sqlite.exec(`create trigger broken before insert on credentials begin select raise(abort, 'no'); end`);
    expect((await post()).status).toBe(500);
    world.db.sqlite.exec('drop trigger broken');
    expect((await sweep(world.deps)).finished).toBe(0);
    shift(-HOUR);
    expect((await post()).status).toBe(201);
    expect(world.db.sqlite.prepare('select state from awards').pluck().all()).toEqual(['released']);
  });

  it.each([
    ['2026-03-28T23:30:00Z', '2026-03-29', '2026-03-29T00:00:00+01:00'],
    ['2026-03-29T01:30:00Z', '2026-03-29', '2026-03-29T00:00:00+01:00'],
    ['2026-03-29T22:30:00Z', '2026-03-30', '2026-03-30T00:00:00+02:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '2026-10-25T00:00:00+02:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '2026-10-25T00:00:00+02:00'],
    ['2026-10-25T23:30:00Z', '2026-10-26', '2026-10-26T00:00:00+01:00'],
    ['2028-02-29T12:00:00Z', '2028-02-29', '2028-02-29T00:00:00+01:00'],
    ['2028-02-28T23:30:00Z', '2028-02-29', '2028-02-29T00:00:00+01:00'],
  ])('summer time and leap days: at %s the day in Amsterdam is %s', async (at, day, awardedDate) => {
    now = new Date(at);
    await sweep(world.deps);
    const made = await issue('a@example.org', decided(day));
    expect([made.status, made.badge?.awardedDate, await check(made.badge)]).toEqual([201, awardedDate, 'valid']);
    const tomorrow = new Date(Date.parse(`${day}T12:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10);
    expect(await issue('b@example.org', decided(tomorrow))).toEqual({ status: 422, code: 'award-not-allowed' });
  });

  it('a leap day of a year that has none is refused', async () => {
    now = new Date('2027-03-01T12:00:00Z');
    expect(await issue('a@example.org', decided('2027-02-29'))).toEqual({ status: 400, code: 'request-invalid' });
  });
});
