import { beforeEach, describe, expect, it } from 'vitest';
import { enterBy, identitiesOf, openSession, SESSION_COOKIE, unlinkIdentity } from '../../src/people/index.ts';
import { identities, people, sessions, spent } from '../../src/people/schema.ts';
import type { Letter } from '../../src/platform/mail.ts';
import { outbox } from '../../src/platform/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';

const provider = { id: 'idp', name: 'Idp', issuer: 'https://idp.example', clientId: 'c', clientSecret: 's' } as const;
const MINUTE = 60_000;

describe('a one-time link', () => {
  let world: ReturnType<typeof createWorld>;
  let now: Date;

  beforeEach(() => {
    now = new Date('2026-11-22T10:00:00Z');
    world = createWorld({
      now: () => now,
      mailer: { send: async () => {} },
      providers: [{ ...provider, profile: 'oidc' }],
    });
  });

  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    world.request(path, {
      method: 'POST',
      headers: { origin: world.origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  const letters = async (): Promise<Letter[]> =>
    (await world.db.query.select().from(outbox).orderBy(outbox.createdAt)).map(row => row.letter!);
  const ask = (email: string, headers?: Record<string, string>, then = '/') =>
    form('/login/email', { email, return: then }, headers);
  /** The token in the newest letter to an address. */
  const tokenFor = async (email: string) => {
    const found = (await letters()).filter(letter => letter.to === email.toLowerCase()).at(-1);
    return /\/login\/link\/([\w-]+)/.exec(found?.text ?? '')?.[1];
  };
  const tokenAsked = async (email: string, then?: string) => {
    await ask(email, {}, then);
    return (await tokenFor(email))!;
  };
  const follow = (token: string, headers?: Record<string, string>) => form('/login/link', { token }, headers);
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const count = async (table: typeof people | typeof identities | typeof sessions) =>
    (await world.db.query.select().from(table)).length;

  it('makes a stranger a person when it is followed, and not when it is asked for or looked at', async () => {
    const token = await tokenAsked('Nieuw@Example.org', '/account?x=1');
    expect(await count(people)).toBe(0);
    const looked = await world.request(`/login/link/${token}`, { headers: { accept: 'text/html' } });
    expect(looked.status).toBe(200);
    expect(looked.headers.get('cache-control')).toBe('no-store');
    expect(await looked.text()).toContain('nieuw@example.org');
    expect([await count(people), await count(sessions)]).toEqual([0, 0]);

    const followed = await follow(token);
    expect([followed.status, followed.headers.get('location')]).toEqual([303, '/account?x=1']);
    expect(cookieOf(followed)).toMatch(/^__Host-session=/);
    const [identity] = await world.db.query.select().from(identities);
    expect(identity).toMatchObject({
      kind: 'email',
      subject: 'nieuw@example.org',
      email: 'nieuw@example.org',
      name: null,
      lapsesAt: '2027-11-22T10:00:00.000Z',
    });
    const account = await world.request('/account', { headers: { cookie: cookieOf(followed) } });
    expect(await account.text()).toContain('nieuw@example.org');
  });

  it('opens the same account a second time, and ends what this browser had open', async () => {
    const first = await follow(await tokenAsked('sam@example.org'));
    now = new Date(now.getTime() + 61 * MINUTE);
    const second = await follow(await tokenAsked('sam@example.org'), { cookie: cookieOf(first) });
    expect(second.status).toBe(303);
    expect([await count(people), await count(sessions)]).toEqual([1, 1]);
    expect(cookieOf(second)).not.toBe(cookieOf(first));
    const left = await world.request('/account', { headers: { cookie: cookieOf(first) } });
    expect(left.headers.get('location')).toContain('/login');
  });

  it('O12: 50 redemptions at the same moment are one', async () => {
    const token = await tokenAsked('sam@example.org');
    const all = await Promise.all(Array.from({ length: 50 }, () => follow(token)));
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 410)).toHaveLength(49);
    expect([await count(people), await count(sessions)]).toEqual([1, 1]);
    expect((await world.request(`/login/link/${token}`)).status).toBe(410);
  });

  it('is good for half an hour, on a clock that runs on and on one that is set back', async () => {
    const token = await tokenAsked('sam@example.org');
    const start = now.getTime();
    for (const minutes of [30, -1, 600]) {
      now = new Date(start + minutes * MINUTE);
      expect((await follow(token)).status, `${minutes} minutes`).toBe(410);
    }
    now = new Date(start + 29 * MINUTE);
    expect((await follow(token)).status).toBe(303);
  });

  it.each(['', 'x', 'A'.repeat(5_000), 'AAAA'.repeat(20)])('is not made up: %#', async token => {
    expect((await follow(token)).status).toBe(410);
    expect((await world.request(`/login/link/${token || 'x'}`)).status).toBe(410);
  });

  it('does not lead to another site', async () => {
    for (const evil of [
      '//evil.example',
      '/\\evil.example',
      'https:evil.example',
      '/%2F%2Fevil',
      'javascript:alert(1)',
    ]) {
      now = new Date(now.getTime() + 61 * MINUTE);
      const followed = await follow(await tokenAsked('sam@example.org', evil));
      expect(followed.headers.get('location'), evil).toBe('/');
    }
  });

  it('W11: a known, an unknown and a mistyped address have the same answer after the same work', async () => {
    await follow(await tokenAsked('known@example.org'));
    const statementsOf = async (email: string) => {
      const before = world.db.sqlite.prepare('select total_changes() as n').pluck().get() as number;
      const response = await ask(email);
      const after = world.db.sqlite.prepare('select total_changes() as n').pluck().get() as number;
      return { status: response.status, body: await response.text(), rows: after - before };
    };
    const known = await statementsOf('known@example.org');
    const unknown = await statementsOf('nobody@example.org');
    expect(unknown).toEqual(known);
    expect(known).toMatchObject({ status: 200, rows: 2 });
    // Nothing can be sent to these; that is the one row less, and nothing that the asker sees.
    for (const mistyped of ['a@b', 'x"y@example.org', 'a@exa mple', 'a@[192.0.2.1]'].filter(a => !/\s/.test(a)))
      expect(await statementsOf(mistyped)).toMatchObject({ status: 200, body: known.body });
    // Nor does an answer repeat the address, or say whether there is an account.
    expect(known.body).not.toContain('known@example.org');
  });

  it('tells at once what can be no address', async () => {
    for (const email of ['', 'sam', 'sam @example.org', '@example.org']) expect((await ask(email)).status).toBe(400);
    expect(await letters()).toEqual([]);
  });

  it('fills no mailbox: three letters an hour, also when they are asked for at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('Sam@Example.org')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await letters()).length).toBeLessThanOrEqual(3);
    for (let i = 0; i < 5; i++) await ask('sam@example.org');
    expect(await letters()).toHaveLength(3);
    now = new Date(now.getTime() + 60 * MINUTE);
    await ask('sam@example.org');
    expect(await letters()).toHaveLength(4);
  });

  it('fills no mailbox by other spellings of its address', async () => {
    for (const email of [
      'sam@example.org',
      'Sam@EXAMPLE.org.',
      ' sam@ex%61mple.org',
      'sam@ｅxample.org',
      'SAM@example.org.',
    ])
      await ask(email);
    expect((await letters()).map(letter => letter.to)).toEqual(Array(3).fill('sam@example.org'));
  });

  it('is asked for a limited number of times from one address of the network', async () => {
    const limited = createWorld({ mailer: { send: async () => {} }, rateLimit: { take: () => ({ ok: true }) } });
    const statuses: number[] = [];
    for (let i = 0; i < 35; i++) {
      const response = await limited.request('/login/email', {
        method: 'POST',
        headers: { origin: limited.origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: `email=somebody${i}%40example.org`,
      });
      statuses.push(response.status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(200));
    expect(statuses.at(-1)).toBe(429);
  });

  it('leaves nothing behind from which an address can be read', async () => {
    const token = await tokenAsked('sam@example.org');
    expect(JSON.stringify(await world.db.query.select().from(spent))).not.toContain('sam');
    expect(atob(token.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('sam');
    expect(world.lines.join('\n')).not.toMatch(/sam@example|login\/link/);
  });

  it('is not offered where no mail can be sent', async () => {
    const mute = createWorld();
    expect((await mute.request('/login/email')).status).toBe(404);
    const posted = await mute.request('/login/email', {
      method: 'POST',
      headers: { origin: mute.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=sam%40example.org',
    });
    expect(posted.status).toBe(404);
  });

  describe('to add an address', () => {
    const add = (headers: Record<string, string>, email: string) => form('/account/email', { email }, headers);

    it('adds it to whoever asked, in the browser where they are signed in', async () => {
      const sam = await createPerson(world);
      expect((await add(sam.headers, 'sam@example.org')).headers.get('location')).toBe('/account?done=sent');
      const token = (await tokenFor('sam@example.org'))!;
      // Whoever reads the mail elsewhere does not add their address to an account of a stranger by pressing a button.
      expect((await follow(token)).status).toBe(401);
      const other = await createPerson(world, { subject: 'other' });
      expect((await follow(token, other.headers)).status).toBe(403);
      // Half an hour later it still counts as asked for in a fresh session: this one.
      now = new Date(now.getTime() + 20 * MINUTE);
      const followed = await follow(token, sam.headers);
      expect(followed.headers.get('location')).toBe('/account?done=linked');
      expect(followed.headers.get('set-cookie')).toBeNull();
      const mine = (await world.db.query.select().from(identities)).filter(i => i.personId === sam.id);
      expect(mine.map(i => i.kind).sort()).toEqual(['eduid', 'email']);
      expect((await follow(token, sam.headers)).status).toBe(410);
    });

    it('asks for a fresh proof first', async () => {
      const sam = await createPerson(world);
      now = new Date(now.getTime() + 6 * MINUTE);
      expect((await add(sam.headers, 'sam@example.org')).status).toBe(403);
      expect(await letters()).toEqual([]);
    });

    it('leaves an address with the account that has it', async () => {
      await follow(await tokenAsked('sam@example.org'));
      const other = await createPerson(world);
      await add(other.headers, 'sam@example.org');
      const refused = await follow((await tokenFor('sam@example.org'))!, other.headers);
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ code: 'identity-taken' });
      expect(await count(identities)).toBe(2);
    });
  });

  it('O5: an address that another account showed earlier leads to no account but its own', async () => {
    // Someone has an account whose provider tells the address of the victim, verified or not.
    const attacker = await createPerson(world, { kind: 'institution', email: 'victim@example.org' });
    const followed = await follow(await tokenAsked('victim@example.org'));
    const all = await world.db.query.select().from(identities);
    expect(all).toHaveLength(2);
    expect(new Set(all.map(i => i.personId)).size).toBe(2);
    expect(all.find(i => i.kind === 'email')!.personId).not.toBe(attacker.id);
    expect(followed.status).toBe(303);
  });

  it('O8: opens nothing by a tie that is cut in the same moment', async () => {
    const sam = await createPerson(world);
    await form('/account/email', { email: 'sam@example.org' }, sam.headers);
    await follow((await tokenFor('sam@example.org'))!, sam.headers);
    const proven = (await identitiesOf(world.deps, sam.id)).find(i => i.kind === 'email')!;
    let secret = '';
    await enterBy(world.deps, proven, 'nl', async ({ personId, identityId }) => {
      await unlinkIdentity(world.deps, sam.id, identityId);
      const opened = await openSession(world.deps, { personId, identityId, provider: null }, undefined);
      secret = opened.secret;
      return [opened.statement];
    });
    const account = await world.request('/account', { headers: { cookie: `${SESSION_COOKIE}=${secret}` } });
    expect(account.status).toBe(303);
    expect(await count(sessions)).toBe(1);
  });

  describe('to an address that lapsed', () => {
    const YEAR = 366 * 24 * 60 * MINUTE;

    it('begins a new account, since a host of mail gives addresses to others; the old one keeps its other way in', async () => {
      const sam = await createPerson(world);
      await form('/account/email', { email: 'sam@example.org' }, sam.headers);
      await follow((await tokenFor('sam@example.org'))!, sam.headers);
      now = new Date(now.getTime() + YEAR);
      const token = await tokenAsked('sam@example.org');
      const looked = await (await world.request(`/login/link/${token}`, { headers: { accept: 'text/html' } })).text();
      expect(looked).toContain('Nieuw account beginnen');
      await follow(token);
      const all = await world.db.query.select().from(identities);
      expect(all.filter(i => i.personId === sam.id).map(i => i.kind)).toEqual(['eduid']);
      expect(all.filter(i => i.kind === 'email')).toHaveLength(1);
      expect(await count(people)).toBe(2);
    });

    it('opens the account when there is no other way into it', async () => {
      await follow(await tokenAsked('sam@example.org'));
      now = new Date(now.getTime() + YEAR);
      await follow(await tokenAsked('sam@example.org'));
      expect(await count(people)).toBe(1);
      const [identity] = await world.db.query.select().from(identities);
      expect(Date.parse(identity!.lapsesAt!)).toBeGreaterThan(now.getTime());
    });
  });
});
