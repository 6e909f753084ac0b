import { beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('links that are the only key to what they open', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  let sam: Awaited<ReturnType<typeof withEmail>>;
  let offered: { id: string; path: string };
  let claimed: { id: string; path: string };
  let share: string;
  const one = (sql: string, ...values: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...values) as string;

  beforeAll(async () => {
    world = createWorld({ mailer: idleMailer });
    school = await createOffers(world);
    sam = await withEmail(world, 'sam@example.org');
    offered = await school.offer({ email: 'sam@example.org' });
    claimed = await school.offer(
      { email: 'sam@example.org' },
      { decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-02' } },
    );
    await submit(world, claimed.path, sam.headers);
    share = `/c/${one('select token from shares where award_id = ?', claimed.id)}`;
  });

  it('W4: a form of another site does nothing, on every form of claims, badges and confirmations', async () => {
    const forms = new Set(
      world.app.routes
        .filter(r => r.method === 'POST' && /^\/(claim|badges|c)\//.test(r.path))
        .map(r => r.path as string),
    );
    expect(forms.size).toBeGreaterThanOrEqual(8);
    const ids: Record<string, string> = {
      '/claim/': offered.path.split('/').pop()!,
      '/c/': share.split('/').pop()!,
      '/badges/': claimed.id,
    };
    const tables = ['awards', 'offers', 'audit_log', 'confirmations', 'replies', 'outbox'];
    const everything = () =>
      tables.map(table => JSON.stringify(world.db.sqlite.prepare(`select * from ${table}`).all()));
    const before = everything();
    const { cookie } = sam.headers;
    const foreign: Record<string, string>[] = [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, 'sec-fetch-site': 'cross-site', origin: world.origin },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie },
    ];
    for (const form of forms)
      for (const headers of foreign)
        for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
          const path = form.replace(/:\w+/, ids[Object.keys(ids).find(start => form.startsWith(start))!]!);
          const answer = await world.request(path, {
            method: 'POST',
            headers: { ...headers, 'content-type': type },
            body: 'words=x&keep=yes',
          });
          expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
            path,
            403,
            'cross-site',
          ]);
        }
    expect(everything()).toEqual(before);
  });

  it('W6: each token has 128 bits, no two alike, and none of them is the id of anything', async () => {
    const tokens = world.db.sqlite
      .prepare('select token from shares union all select token from claims union all select token from offers')
      .pluck()
      .all() as string[];
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const id of [offered.id, claimed.id])
      for (const path of [`/c/${id}`, `/c/${id}.json`, `/claim/${id}`])
        expect((await world.request(path)).status).toBe(404);
  });

  it('W6: what is there and not for this link reads like what is not there, to the letter', async () => {
    world.db.sqlite.exec(`insert into offers select 'held-1', institution_id, achievement_id, achievement_version,
      'email:held@example.org', decided_on, reference, input, 'held', made_by, batch, 'HELDHELDHELDHELDHELD12', 0,
      created_at, null, null, null, 0 from offers limit 1`);
    const claimToken = claimed.path.split('/').pop()!;
    const shareToken = share.split('/').pop()!;
    const counting = Array.from({ length: 30 }, (_, n) => `AAAAAAAAAAAAAAAAAAAA${String(n).padStart(2, '0')}`);
    const uuids = Array.from({ length: 30 }, () => crypto.randomUUID());
    for (const accept of ['text/html', 'application/json']) {
      const look = async (path: string) => {
        const answer = await world.request(path, { headers: { accept } });
        const text = (await answer.text()).replaceAll(path.split('/').pop()!, 'token');
        return [answer.status, text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')].join('\n');
      };
      const absent = await look('/claim/BBBBBBBBBBBBBBBBBBBBBB');
      // Held, a share token behind the door of claims, and guesses.
      for (const token of ['HELDHELDHELDHELDHELD12', shareToken, ...counting, ...uuids])
        expect(await look(`/claim/${token}`)).toBe(absent);
      const nowhere = await look('/c/BBBBBBBBBBBBBBBBBBBBBB');
      for (const token of [claimToken, offered.path.split('/').pop()!, ...counting, ...uuids])
        expect(await look(`/c/${token}`)).toBe(nowhere);
    }
  });

  it('W6: whoever goes on guessing is told to wait, and a link that works goes on working', async () => {
    const now = () => new Date('2026-11-22T12:00:00Z');
    const limited = createWorld({
      now,
      mailer: idleMailer,
      rateLimit: createRateLimit({ perMinute: 60, burst: 30, now }),
    });
    const place = await createOffers(limited);
    const { path } = await place.offer({ email: 'sam@example.org' });
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++)
      statuses.push(
        (await limited.request(n % 2 ? `/c/${'x'.repeat(20)}${n}` : `/claim/${'x'.repeat(20)}${n}`)).status,
      );
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(statuses.slice(30)).toEqual(Array(10).fill(429));
    const told = await limited.request('/c/xxxxxxxxxxxxxxxxxxxxxx', { headers: { accept: 'text/html' } });
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await limited.request(path)).status).toBe(200);
  });

  it('W6: the link of a claimed badge opens its page for its owner, and shows nobody else where it stands', async () => {
    const kim = await createPerson(world);
    const token = share.split('/').pop()!;
    for (const headers of [{}, kim.headers]) {
      const page = await world.request(claimed.path, { headers: { accept: 'text/html', ...headers } });
      expect([page.status, (await page.text()).includes(token)]).toEqual([200, false]);
      const pressed = await submit(world, claimed.path, headers);
      expect([401, 403]).toContain(pressed.status);
      expect(pressed.headers.get('location')).toBeNull();
    }
  });

  it('W7: no referrer, no index, no cache; and no token in the log, also when something breaks', async () => {
    const bearer = await createSchool(world);
    const made = await world.api('/api/v1/awards', {
      key: bearer.keys.awarder,
      body: exampleAward(bearer.achievement),
    });
    const open = new URL(made.json.claim).pathname;
    for (const path of [
      offered.path,
      claimed.path,
      open,
      share,
      `${share}/confirm`,
      `/badges/${claimed.id}`,
      '/badges',
    ])
      for (const headers of [{}, sam.headers]) {
        const { headers: told } = await world.request(path, { headers: { accept: 'text/html', ...headers } });
        expect([path, told.get('referrer-policy'), told.get('cache-control')]).toEqual([
          path,
          'no-referrer',
          'no-store',
        ]);
        if (told.get('location') === null) expect([path, told.get('x-robots-tag')]).toEqual([path, 'noindex']);
      }
    world.db.sqlite.exec("create trigger broken before insert on awards begin select raise(abort, 'no'); end");
    expect((await submit(world, offered.path, sam.headers)).status).toBe(500);
    world.db.sqlite.exec('drop trigger broken');
    expect(world.lines.length).toBeGreaterThan(0);
    const tokens = [offered.path, claimed.path, share].map(path => path.split('/').pop()!);
    for (const token of tokens) expect(world.lines.join('\n')).not.toContain(token);
  });
});
