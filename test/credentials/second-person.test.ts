import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Batch,
  awardCredential,
  awardInput,
  confirmRevocation,
  rejectRevocation,
  releaseBatch,
  releaseDue,
  revokeAward,
  sweep,
  withdrawOffer,
} from '../../src/credentials/index.ts';
import { createApiKey, updatePolicy } from '../../src/institutions/index.ts';
import { type Actor, actorName, type Ctx } from '../../src/platform/context.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward, operatorOf } from '../support/world.ts';

let now: Date;
let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
let key: string;
const letters: string[] = [];
const one = (sql: string, ...values: unknown[]) =>
  world.db.sqlite
    .prepare(sql)
    .pluck()
    .get(...values);
const api = (path: string, over: object = {}) => world.api(`/api/v1/awards${path}`, { key, ...over });
const policy = (over: { confirmRevocation?: boolean; releaseBatchAbove?: number | null }) =>
  updatePolicy(operatorOf(world.deps, school.institution), {
    confirmRevocation: false,
    releaseBatchAbove: null,
    ...over,
  });
/** Someone of the institution, as a verb knows them. */
async function member(role: 'awarder' | 'board' | 'examiner', email?: string): Promise<Ctx> {
  const { id: person } = await createMember(world, school.institution, [role]);
  if (email) world.db.sqlite.prepare('update identities set email = ? where person_id = ?').run(email, person);
  const actor: Actor = { kind: 'member', person, roles: [{ role, achievements: null }] };
  return { ...operatorOf(world.deps, school.institution), actor };
}

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  letters.length = 0;
  world = createWorld({ now: () => now, mailer: { send: async ({ subject }) => void letters.push(subject) } });
  school = await createSchool(world);
  key = school.keys.awarder;
});

describe('a revocation that a second person confirms', () => {
  const reason = { reason: 'fraud', text: 'Het portfolio was van een ander.' } as const;
  let id: string;
  let badge: unknown;
  const verdict = async () => (await world.api('/api/v1/verifications', { body: { credential: badge } })).json.code;
  beforeEach(async () => {
    id = (await api('', { body: exampleAward(school.achievement) })).json.id;
    badge = (await api(`/${id}/credential`)).json;
    await policy({ confirmRevocation: true });
  });

  it('only asks: nobody outside hears of it, and the answer says that it waits', async () => {
    const asked = await api(`/${id}/revocation`, { body: reason });
    expect([asked.status, asked.json.state]).toEqual([202, 'released']);
    expect(asked.json.revocation).toEqual({ reason: 'fraud', askedAt: now.toISOString() });
    expect(await verdict()).toBe('valid');
    expect(one('select count(*) from outbox')).toBe(0);
    const again = await api(`/${id}/revocation`, { body: reason });
    expect([again.status, again.json.code]).toEqual([409, 'confirmation-needed']);
  });

  it('the same request under its key is answered the same, byte for byte', async () => {
    const headers = { 'idempotency-key': 'k' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api(`/${id}/revocation`, { body: reason, headers })),
    );
    expect(new Set(answers.map(a => `${a.status} ${a.text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(202);
  });

  it('is done by another one, with the reason that was asked for, and the learner is told then', async () => {
    await api(`/${id}/revocation`, { body: reason });
    const own = await api(`/${id}/revocation/confirmation`, { method: 'POST' });
    expect([own.status, own.json.code]).toEqual([403, 'forbidden']);
    const second = await createApiKey(world.deps, school.institution, { role: 'awarder' }, { kind: 'operator' });
    const done = await world.api(`/api/v1/awards/${id}/revocation/confirmation`, { key: second.key, method: 'POST' });
    expect([done.status, done.json.state]).toEqual([200, 'revoked']);
    expect(await verdict()).toBe('revoked');
    expect(one('select words from award_changes order by seq desc')).toBe(reason.text);
    expect(one('select kind from outbox')).toBe('revocation');
    expect(one('select letter from outbox')).toContain(reason.text);
    expect(one('select count(*) from revocation_requests')).toBe(0);
  });

  it('never by the same person, also when they have both roles; by the board it may', async () => {
    const awarder = await member('awarder');
    await revokeAward(awarder, id, reason);
    const roles = [
      { role: 'awarder' as const, achievements: null },
      { role: 'board' as const, achievements: null },
    ];
    const both: Ctx = { ...awarder, actor: { ...awarder.actor, roles } as Actor };
    await expect(confirmRevocation(both, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(confirmRevocation(await member('examiner'), id)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await confirmRevocation(await member('board'), id)).state).toBe('revoked');
  });

  it('is not turned down by whoever the badge is about', async () => {
    await api(`/${id}/revocation`, { body: reason });
    const { email } = (exampleAward(school.achievement) as { recipient: { email: string } }).recipient;
    const own = await member('awarder', email);
    await expect(rejectRevocation(own, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(confirmRevocation(own, id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(one('select count(*) from revocation_requests')).toBe(1);
  });

  it('is turned down by another, or taken back, and then nothing waits', async () => {
    await api(`/${id}/revocation`, { body: reason });
    expect((await rejectRevocation(await member('board'), id)).state).toBe('released');
    now = new Date(now.getTime() + 1);
    await api(`/${id}/revocation`, { body: reason });
    const back = await api(`/${id}/revocation`, { method: 'DELETE' });
    expect([back.status, back.json.state]).toEqual([200, 'released']);
    expect(await verdict()).toBe('valid');
    for (const method of ['POST', 'DELETE']) {
      const path = `/${id}/revocation${method === 'POST' ? '/confirmation' : ''}`;
      const nothing = await api(path, { method });
      expect([nothing.status, nothing.json.code]).toEqual([404, 'not-found']);
    }
    expect(one("select count(*) from audit_log where action = 'award.reject-revocation'")).toBe(2);
  });

  it('I10: a yes and a no at the same moment: one of them counts', async () => {
    for (let n = 0; n < 5; n++) {
      const made = await api('', {
        body: exampleAward(school.achievement, { recipient: { email: `r${n}@example.org` } }),
      });
      await api(`/${made.json.id}/revocation`, { body: reason });
      const [board, other] = [await member('board'), await member('awarder')];
      const [yes, no] = await Promise.allSettled([
        confirmRevocation(board, made.json.id),
        rejectRevocation(other, made.json.id),
      ]);
      expect([yes.status, no.status].filter(s => s === 'fulfilled')).toHaveLength(1);
      expect((await api(`/${made.json.id}`)).json.state).toBe(yes.status === 'fulfilled' ? 'revoked' : 'released');
      expect(one('select count(*) from revocation_requests')).toBe(0);
    }
  });

  it('the operator of the service stands above it', async () => {
    const { award, waiting } = await revokeAward(operatorOf(world.deps, school.institution), id, reason);
    expect([award.state, waiting]).toEqual(['revoked', undefined]);
  });

  it('once the policy is off anyone may, and what waited is gone', async () => {
    await api(`/${id}/revocation`, { body: reason });
    await policy({});
    expect((await api(`/${id}/revocation`, { body: reason })).json.state).toBe('revoked');
    expect(one('select count(*) from revocation_requests')).toBe(0);
  });

  it('of another institution reads as not there', async () => {
    await api(`/${id}/revocation`, { body: reason });
    const other = await createSchool(world);
    for (const [path, method] of [
      ['revocation/confirmation', 'POST'],
      ['revocation', 'DELETE'],
    ] as const) {
      const answer = await world.api(`/api/v1/awards/${id}/${path}`, { key: other.keys.awarder, method });
      expect(answer.status).toBe(404);
    }
  });
});

describe('an award that can be undone', () => {
  const minutes = (n: number) => {
    now = new Date(now.getTime() + n * 60_000);
  };
  const hold = async (over: object = {}) => {
    school = await createSchool(world, undefined, { ...exampleAchievement, undoMinutes: 30, ...over });
    key = school.keys.awarder;
    return api('', { body: exampleAward(school.achievement) });
  };

  it('is held: no index, no letter, no link; after its minutes it is signed under the same id', async () => {
    const made = await hold();
    expect([made.status, made.json.state, made.json.claim]).toEqual([201, 'held', null]);
    expect([one('select count(*) from status_entries'), one('select count(*) from outbox')]).toEqual([0, 0]);
    expect((await api(`/${made.json.id}/credential`)).status).toBe(409);
    minutes(29);
    expect(await releaseDue(world.deps)).toEqual({ released: 0, failed: 0 });
    minutes(1);
    expect(await releaseDue(world.deps)).toEqual({ released: 1, failed: 0 });
    const after = await api(`/${made.json.id}`);
    expect(after.json).toMatchObject({
      id: made.json.id,
      state: 'released',
      claim: expect.stringContaining('/claim/'),
    });
    const badge = (await api(`/${made.json.id}/credential`)).json;
    expect((await world.api('/api/v1/verifications', { body: { credential: badge } })).json.verdict).toBe('valid');
    expect(one('select count(*) from offers')).toBe(0);
  });

  it('is offered instead where its achievement asks for a claim; its term begins then, and the letter goes then', async () => {
    const made = await hold({ claim: { assurance: 'login' } });
    minutes(31);
    await releaseDue(world.deps);
    expect((await api(`/${made.json.id}`)).json.state).toBe('released');
    expect(one('select offered_at from offers')).toBe(now.toISOString());
    expect(one('select kind from outbox')).toBe('claim');
  });

  it('leaves no trace when it is undone in time, and cannot be undone after', async () => {
    const made = await hold();
    expect((await api(`/${made.json.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await api(`/${made.json.id}`)).status).toBe(404);
    minutes(31);
    expect((await releaseDue(world.deps)).released).toBe(0);
    const next = await api('', { body: exampleAward(school.achievement) });
    minutes(31);
    await releaseDue(world.deps);
    expect((await api(`/${next.json.id}`, { method: 'DELETE' })).json.code).toBe('award-state');
  });

  it('B2: undone, and released by two timers at once: one of them counts', async () => {
    for (let n = 0; n < 6; n++) {
      const made = await hold();
      minutes(31);
      const ctx = operatorOf(world.deps, school.institution);
      const [, , undone] = await Promise.allSettled([
        releaseDue(world.deps),
        releaseDue(world.deps),
        withdrawOffer(ctx, made.json.id),
      ]);
      await sweep(world.deps, { all: true });
      const left = one('select count(*) from awards where id = ?', made.json.id);
      expect(left).toBe(undone.status === 'fulfilled' ? 0 : 1);
      expect(one('select count(*) from offers')).toBe(0);
      expect(one("select count(*) from awards where state = 'reserved'")).toBe(0);
    }
  });

  it('I2: a crash between the release and the signature is finished by the sweep', async () => {
    const made = await hold();
    minutes(31);
    world.db.sqlite.exec("create trigger broken before insert on credentials begin select raise(abort, 'no'); end");
    expect(await releaseDue(world.deps)).toEqual({ released: 0, failed: 1 });
    expect((await api(`/${made.json.id}`)).json.state).toBe('reserved');
    world.db.sqlite.exec('drop trigger broken');
    expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 1, failed: 0 });
    expect((await api(`/${made.json.id}`)).json.state).toBe('released');
  });

  it('the same decision again is refused while the first is held', async () => {
    const made = await hold();
    const again = await api('', { body: exampleAward(school.achievement) });
    expect([again.status, again.json.code, again.json.award]).toEqual([409, 'award-exists', made.json.id]);
  });
});

describe('a large batch', () => {
  const batch: Batch = { id: 'batch-1', size: 3 };
  const make = async (ctx: Ctx, n: number, of = batch) =>
    awardCredential(
      ctx,
      awardInput.parse(exampleAward(school.achievement, { recipient: { email: `b${n}@example.org` } })),
      of,
    );

  it('waits for a second awarder, and then goes', async () => {
    await policy({ releaseBatchAbove: 2 });
    const [first, second] = [await member('awarder'), await member('awarder')];
    for (let n = 0; n < 3; n++) expect((await make(first, n)).state).toBe('held');
    now = new Date(now.getTime() + 7 * 86_400_000);
    expect((await releaseDue(world.deps)).released).toBe(0);
    await expect(releaseBatch(first, batch.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(releaseBatch(await member('board'), batch.id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await releaseBatch(second, batch.id)).toBe(3);
    await expect(releaseBatch(second, batch.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await releaseDue(world.deps)).toEqual({ released: 3, failed: 0 });
    expect(one("select count(*) from awards where state = 'released'")).toBe(3);
  });

  it('is not released by whoever stands in it, nor undone by them', async () => {
    await policy({ releaseBatchAbove: 2 });
    const first = await member('awarder');
    const made = [];
    for (let n = 0; n < 3; n++) made.push(await make(first, n));
    const own = await member('awarder', 'b1@example.org');
    await expect(releaseBatch(own, batch.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withdrawOffer(own, made[1]!.id)).rejects.toMatchObject({ code: 'forbidden' });
    await withdrawOffer(own, made[0]!.id);
    expect(one('select count(*) from offers where release_at is not null')).toBe(0);
    expect(one('select count(*) from offers')).toBe(2);
  });

  it('goes without what whoever releases it added in the same moment', async () => {
    await policy({ releaseBatchAbove: 2 });
    const [first, second] = [await member('awarder'), await member('awarder')];
    for (let n = 0; n < 3; n++) await make(first, n);
    // Between the look and the commit, as another request of theirs would.
    const { db } = world.deps;
    const run = db.batch.bind(db);
    db.batch = async statements => {
      db.batch = run;
      world.db.sqlite
        .prepare("update offers set made_by = ? where recipient_key = 'email:b0@example.org'")
        .run(actorName(second.actor));
      return run(statements);
    };
    await releaseBatch(second, batch.id);
    expect(one('select count(*) from offers where release_at is not null')).toBe(2);
    expect(one('select recipient_key from offers where release_at is null')).toBe('email:b0@example.org');
  });

  it('of the number itself goes at once', async () => {
    await policy({ releaseBatchAbove: 3 });
    expect((await make(await member('awarder'), 1)).state).toBe('released');
  });

  it('of another institution reads as not there', async () => {
    await policy({ releaseBatchAbove: 2 });
    await make(await member('awarder'), 1);
    const other = await createSchool(world);
    await expect(releaseBatch(operatorOf(world.deps, other.institution), batch.id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
