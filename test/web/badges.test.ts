import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('the badges of a person', () => {
  let now = new Date('2026-11-22T12:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  let bearer: Awaited<ReturnType<typeof createSchool>>;
  const one = (sql: string, ...values: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...values) as string;
  const read = async (path: string, who: { headers: Record<string, string> } = { headers: {} }) => {
    const answer = await world.request(path, { headers: { accept: 'text/html', ...who.headers } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const shareOf = (id: string) => `/c/${one('select token from shares where award_id = ?', id)}`;
  let count = 0;
  const bearerBadge = async (over: object = {}) => {
    const decision = { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-01', reference: `${++count}` };
    const body = exampleAward(bearer.achievement, { decision, ...over });
    const { json } = await world.api('/api/v1/awards', { key: bearer.keys.awarder, body });
    return { id: json.id as string, path: new URL(json.claim).pathname };
  };
  const change = (id: string, what: string, body: object) =>
    world.api(`/api/v1/awards/${id}/${what}`, { key: bearer.keys.awarder, body });

  beforeAll(async () => {
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world);
    bearer = await createSchool(world, undefined, { ...exampleAchievement, name: 'Op hoogte', suspendable: true });
  });

  it('nobody sees badges without signing in, and an empty shelf says what to do', async () => {
    for (const path of ['/badges', '/badges/x', '/badges/x/badge.json']) {
      const answer = await world.request(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `/login?return=${encodeURIComponent(path)}`,
      ]);
    }
    const page = await read('/badges', await createPerson(world));
    expect([page.status, page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual([
      200,
      'no-store',
      'noindex',
    ]);
    expect(page.text).toContain('Voeg een adres toe');
  });

  it('two awards to one person under different addresses meet in one place', async () => {
    const person = await createPerson(world, {
      email: 'two@example.org',
      links: [{ eppn: 'two@school.nl', home: 'school.nl', validatedName: null, preferred: false }],
    });
    const byMail = await school.offer({ email: 'Two@example.org' });
    const byEppn = await school.offer({ eppn: 'TWO@school.nl' });
    const page = await read('/badges', person);
    expect(page.text).toContain(`href="${byMail.path}"`);
    expect(page.text).toContain(`href="${byEppn.path}"`);
    await submit(world, byMail.path, person.headers);
    await submit(world, byEppn.path, person.headers);
    const both = await read('/badges', person);
    for (const { id } of [byMail, byEppn]) expect(both.text).toContain(`href="/badges/${id}"`);
    expect(both.text).not.toContain('/claim/');
  });

  it('one badge: its page, its file, how it was known; for its owner alone', async () => {
    const sam = await withEmail(world, 'sam@example.org');
    const kim = await withEmail(world, 'kim@example.org');
    const { id, path } = await school.offer({ email: 'sam@example.org', name: 'Sam' });
    await submit(world, path, sam.headers);
    const page = await read(`/badges/${id}`, sam);
    expect(page.text).toContain('met een link die naar een e-mailadres');
    expect(page.text).toContain(shareOf(id));
    const file = await world.request(`/badges/${id}/badge.json`, { headers: sam.headers });
    expect([file.headers.get('content-disposition'), file.headers.get('cache-control')]).toEqual([
      'attachment; filename="badge.json"',
      'no-store',
    ]);
    expect(await file.text()).toBe(one('select document from credentials where award_id = ?', id));
    for (const other of ['', '/badge.json'])
      expect((await world.request(`/badges/${id}${other}`, { headers: kim.headers })).status).toBe(404);
    for (const act of ['/reply', '/confirmations/withdraw'])
      expect((await submit(world, `/badges/${id}${act}`, kim.headers, { words: 'x' })).status).toBe(404);
  });

  describe('a badge that came with a link', () => {
    it('is taken into the account of who holds the link, once; nothing signed changes', async () => {
      const { id, path } = await bearerBadge();
      const sam = await withEmail(world, 'keep@example.org');
      const kim = await withEmail(world, 'keep2@example.org');
      expect((await read(path)).text).toContain('Log in om hem in je account te bewaren');
      expect((await submit(world, `${path}/keep`, {})).status).toBe(401);
      const before = one('select document from credentials where award_id = ?', id);
      const picked = await submit(world, path, sam.headers, { keep: 'yes' });
      expect(picked.headers.get('location')).toBe(shareOf(id));
      expect(one('select person_id from awards where id = ?', id)).toBe(sam.id);
      expect(one('select document from credentials where award_id = ?', id)).toBe(before);
      expect(before).toContain('Wie de badge ophaalt, wordt niet gecontroleerd.');
      expect((await read(path, sam)).text).toContain('Deze badge staat in je account');
      const told = await submit(world, `${path}/keep`, kim.headers);
      expect([told.status, ((await told.json()) as { code: string }).code]).toEqual([409, 'award-state']);
      expect((await read(path, kim)).text).toContain('al in het account van iemand anders');
      expect(one('select person_id from awards where id = ?', id)).toBe(sam.id);
      expect((await read('/badges', sam)).text).toContain(`/badges/${id}`);
    });

    it('and of many at once, by one', async () => {
      const { id, path } = await bearerBadge();
      await submit(world, path, {});
      const people = await Promise.all([1, 2, 3, 4, 5].map(() => createPerson(world)));
      const answers = await Promise.all(people.map(p => submit(world, `${path}/keep`, p.headers)));
      expect(answers.map(a => a.status).sort()).toEqual([303, 409, 409, 409, 409]);
      const winner = people[answers.findIndex(a => a.status === 303)]!;
      expect(one('select person_id from awards where id = ?', id)).toBe(winner.id);
    });

    it('the public page does not let anyone take it', async () => {
      const { id, path } = await bearerBadge();
      await submit(world, path, {});
      const sam = await createPerson(world);
      const page = await read(shareOf(id), sam);
      expect(page.text).not.toContain(path);
      expect(page.text).toContain('Open de link waarmee je hem ophaalde');
    });
  });

  describe('suspended, revoked', () => {
    it('the learner reads when and why, and replies; the institution reads that', async () => {
      const sam = await createPerson(world);
      const { id, path } = await bearerBadge();
      await submit(world, path, sam.headers, { keep: 'yes' });
      const reply = (words: string) => submit(world, `/badges/${id}/reply`, sam.headers, { words });
      expect((await reply('nog niets')).status).toBe(409);
      await change(id, 'suspension', { text: 'We zoeken <b>iets</b> uit.' });
      const suspended = await read(`/badges/${id}`, sam);
      expect(suspended.text).toContain('Tijdelijk ongeldig');
      expect(suspended.text).toContain('We zoeken &lt;b&gt;iets&lt;/b&gt; uit.');
      expect((await reply('Dat klopt niet.')).headers.get('location')).toBe(`/badges/${id}?done=replied`);
      await change(id, 'revocation', { reason: 'duplicate', text: 'Hij stond er twee keer.' });
      const revoked = await read(`/badges/${id}`, sam);
      for (const words of ['Ingetrokken', 'Hij was dubbel', 'Hij stond er twee keer.', 'Dat klopt niet.'])
        expect(revoked.text).toContain(words);
      expect((await reply(' ')).status).toBe(400);
      expect((await reply('x'.repeat(5_001))).status).toBe(400);
      const kept = await submit(world, `/badges/${id}/reply`, sam.headers, { words: 'y'.repeat(5_001) }, 'text/html');
      expect([kept.status, (await kept.text()).includes('y'.repeat(5_001))]).toEqual([400, true]);
      const seen = await world.api(`/api/v1/awards/${id}/replies`, { key: bearer.keys.awarder });
      expect(seen.json.items).toEqual([{ id: expect.any(String), words: 'Dat klopt niet.', at: expect.any(String) }]);
      // The public reads none of it.
      expect((await read(shareOf(id))).text).not.toMatch(/twee keer|klopt niet/);
    });
  });

  describe('"this is the holder"', () => {
    const owner = async (over: object = {}, recipient: object = {}) => {
      const email = `owner-${++count}@example.org`;
      const person = await withEmail(world, email, {
        kind: 'eduid',
        issuer: 'https://idp.example',
        subject: `s${count}`,
        ...over,
      });
      const { id, path } = await school.offer({ email, ...recipient });
      await submit(world, path, person.headers);
      return { person, id, share: shareOf(id) };
    };

    it('the owner confirms by a login of a moment ago; the page says when and how sure, and no address', async () => {
      const { person, share } = await owner(
        { acr: 'https://eduid.nl/trust/validate-names', name: 'Olga Ownersma', nameSource: 'institution' },
        { name: 'O. Ownersma' },
      );
      expect((await read(share)).text).not.toContain('Bevestigd door de houder');
      expect((await read(`${share}/confirm`, person)).text).toContain('Ja, deze badge is van mij');
      expect((await submit(world, `${share}/confirm`, person.headers)).headers.get('location')).toBe(share);
      const page = await read(share);
      expect(page.text).toContain(
        'Bevestigd door de houder op 22 november 2026 om 13:00 (Nederlandse tijd); naam gecontroleerd door een instelling',
      );
      expect(page.text).not.toContain('@example.org');
      // The verdict is another matter, and so is the badge as data.
      const data = await world.request(`${share}.json`);
      expect(await data.text()).not.toContain('Bevestigd');
    });

    it('D7: a proof of more than five minutes ago is not enough, and a session from the future is none', async () => {
      const { person, share } = await owner();
      for (const [minutes, status, code] of [
        [5.1, 403, 'proof-needed'],
        [-6, 401, 'not-signed-in'],
      ] as const) {
        const then = now;
        now = new Date(now.getTime() + minutes * 60_000);
        const answer = await submit(world, `${share}/confirm`, person.headers);
        expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
        expect((await read(`${share}/confirm`, person)).text).not.toContain('Ja, deze badge is van mij');
        now = then;
      }
    });

    it('a stranger is told kindly and learns nothing of the owner; nobody at all is asked to sign in', async () => {
      const { share, id } = await owner({ label: 'geheim@example.org' });
      const stranger = await createPerson(world);
      const page = await read(`${share}/confirm`, stranger);
      expect(page.text).toContain('Deze badge staat niet in jouw account');
      expect(page.text).not.toMatch(/geheim|owner-/);
      expect((await submit(world, `${share}/confirm`, stranger.headers)).status).toBe(403);
      expect((await submit(world, `${share}/confirm`, {})).status).toBe(401);
      expect((await read(`${share}/confirm`)).text).toContain('Log in om te bevestigen');
      expect(one('select count(*) from confirmations where award_id = ?', id)).toBe(0);
    });

    it('never overstated: a checked name that is not the one of the badge does not count for it', async () => {
      const { path, id } = await bearerBadge({ recipient: { email: 'x@example.org', name: 'Iemand Anders' } });
      const person = await createPerson(world, {
        acr: 'https://eduid.nl/trust/validate-names',
        name: 'Piet Paulusma',
        nameSource: 'institution',
      });
      await submit(world, path, person.headers, { keep: 'yes' });
      await submit(world, `${shareOf(id)}/confirm`, person.headers);
      const page = await read(shareOf(id));
      expect(page.text).toContain('naam niet gecontroleerd');
      expect(page.text).not.toContain('Piet');
    });

    it('is withdrawn by its owner, and can be given again', async () => {
      const { person, share, id } = await owner();
      await submit(world, `${share}/confirm`, person.headers);
      expect((await read(share)).text).toContain('Bevestigd door de houder');
      const gone = await submit(world, `/badges/${id}/confirmations/withdraw`, person.headers);
      expect(gone.headers.get('location')).toBe(`/badges/${id}?done=withdrawn`);
      expect((await read(share)).text).not.toContain('Bevestigd door de houder');
      now = new Date(now.getTime() + 1000);
      await submit(world, `${share}/confirm`, person.headers);
      expect((await read(share)).text).toContain('Bevestigd door de houder');
    });
  });
});
