import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, waiting } from '../support/offers.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('offering', () => {
  let now = new Date('2026-11-22T12:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
  const get = (path: string) => world.api(path, { key: school.keys.awarder });

  beforeAll(async () => {
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world);
  });

  it('an award that asks for a claim is an offer: no index, no signature, one letter', async () => {
    const before = ['awards', 'status_entries', 'credentials'].map(t => one(`select count(*) from ${t}`));
    const made = await school.offer({ email: 'sam@example.org', name: 'Sam' });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/awards/${made.id}`]);
    expect(made.json).toEqual({
      id: expect.any(String),
      state: 'released',
      credential: `${world.origin}/api/v1/awards/${made.id}/credential`,
      claim: expect.stringMatching(/^http:\/\/localhost:8787\/claim\/[\w-]{22}$/),
    });
    expect(['awards', 'status_entries', 'credentials'].map(t => one(`select count(*) from ${t}`))).toEqual(before);
    const [letter] = waiting(world).filter(l => l.key === `claim:${made.id}:1`);
    expect(letter).toMatchObject({ kind: 'claim', letter: { to: 'sam@example.org', language: 'nl' } });
    expect(letter!.letter.text).toMatch(new RegExp(`${made.json.claim}\\?letter=[\\w-]{22}`));
    expect((await get(`/api/v1/awards/${made.id}`)).json).toEqual(made.json);
  });

  it('its credential is a 409 until it is claimed, and so is whatever is done to a signed badge', async () => {
    const { id } = await school.offer({ email: 'wait@example.org' });
    const credential = await get(`/api/v1/awards/${id}/credential`);
    expect([credential.status, credential.json.code]).toEqual([409, 'not-claimed']);
    const revoked = await world.api(`/api/v1/awards/${id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'error' },
    });
    expect([revoked.status, revoked.json.code]).toEqual([409, 'not-claimed']);
  });

  it('I11: the same decision again is refused, in whatever spelling of the address, and names the first', async () => {
    const first = await school.offer({ email: 'Jan@Köln.example' });
    for (const email of ['jan@köln.example', 'JAN@XN--KLN-SNA.EXAMPLE', ' jan@xn--kln-sna.example ']) {
      const second = await school.offer({ email });
      expect([second.status, second.json.code, second.json.award]).toEqual([409, 'award-exists', first.id]);
      const keyed = await school.offer({ email }, {}, { 'idempotency-key': `again-${email.trim()}`.replace('ö', 'o') });
      expect([keyed.status, keyed.json.award]).toEqual([409, first.id]);
    }
    expect((await school.offer({ email: 'jan+werk@köln.example' })).status).toBe(201);
  });

  it('the same Idempotency-Key gives one offer, one letter and one answer', async () => {
    const headers = { 'idempotency-key': 'offer-once' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => school.offer({ email: 'once@example.org' }, {}, headers)),
    );
    expect(new Set(answers.map(a => `${a.status} ${a.text}`)).size).toBe(1);
    expect(one("select count(*) from offers where recipient_key = 'email:once@example.org'")).toBe(1);
    expect(waiting(world).filter(l => l.letter?.to === 'once@example.org')).toHaveLength(1);
  });

  it('what would not be a good badge is refused when it is offered, not when it is claimed', async () => {
    const answer = await school.offer({ email: 'bad@example.org' }, { results: [{ value: '8' }] });
    expect([answer.status, answer.json.code]).toEqual([422, 'award-not-allowed']);
    expect(one("select count(*) from offers where recipient_key = 'email:bad@example.org'")).toBe(0);
  });

  it('offers and badges stand in one list, page by page, newest first', async () => {
    const bearer = await createSchool(world, undefined, exampleAchievement);
    const { id: claimed } = await world
      .api('/api/v1/achievements', {
        key: bearer.keys.coordinator,
        body: { ...exampleAchievement, name: 'Ophalen', claim: { assurance: 'login' } },
      })
      .then(made => made.json);
    const published = await world.api(`/api/v1/achievements/${claimed}/publication`, {
      key: bearer.keys.coordinator,
      body: {},
    });
    expect(published.status).toBeLessThan(300);
    const made: string[] = [];
    for (let n = 0; n < 7; n++) {
      now = new Date(now.getTime() + 1000);
      const body = exampleAward(n % 2 ? claimed : bearer.achievement, { recipient: { email: `${n}@example.org` } });
      made.unshift((await world.api('/api/v1/awards', { key: bearer.keys.awarder, body })).json.id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await world.api(`/api/v1/awards?limit=2${cursor}`, { key: bearer.keys.awarder });
      expect(page.json.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.json.items.map((i: { id: string }) => i.id));
      cursor = page.json.next && `&cursor=${page.json.next}`;
    } while (cursor);
    expect(seen).toEqual(made);
  });

  it('an offer to an eppn, an eduID or a DID has no letter; without a mail system no offer has', async () => {
    const before = waiting(world).length;
    await school.offer({ eppn: 'sam@school.nl' });
    await school.offer({ eduid: 'b7f3…' });
    await school.offer({ did: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH' });
    expect(waiting(world)).toHaveLength(before);
    const silent = createWorld();
    const quiet = await createOffers(silent);
    expect((await quiet.offer({ email: 'sam@example.org' })).status).toBe(201);
    expect(waiting(silent)).toEqual([]);
  });

  describe('withdrawing', () => {
    const withdraw = (id: string, headers: Record<string, string> = {}) =>
      world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder, method: 'DELETE', headers });

    it('leaves no trace: no row, no letter, no index, and a link that leads nowhere', async () => {
      const entries = one('select count(*) from status_entries');
      const { id, path } = await school.offer({ email: 'gone@example.org' });
      expect((await world.request(path)).status).toBe(200);
      const answer = await withdraw(id);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect([
        one(`select count(*) from offers where id = '${id}'`),
        one('select count(*) from status_entries'),
      ]).toEqual([0, entries]);
      expect(waiting(world).filter(l => l.letter?.to === 'gone@example.org')).toEqual([]);
      expect((await world.request(path)).status).toBe(404);
      expect((await get(`/api/v1/awards/${id}`)).status).toBe(404);
      expect((await withdraw(id)).status).toBe(404);
      // The same decision can be offered again.
      expect((await school.offer({ email: 'gone@example.org' })).status).toBe(201);
    });

    it('the same Idempotency-Key again is the same answer', async () => {
      const { id } = await school.offer({ email: 'gone-once@example.org' });
      const headers = { 'idempotency-key': 'withdraw-once' };
      expect([(await withdraw(id, headers)).status, (await withdraw(id, headers)).status]).toEqual([204, 204]);
    });

    it('a signed badge is not withdrawn, and a coordinator withdraws nothing', async () => {
      const bearer = await createSchool(world);
      const body = exampleAward(bearer.achievement);
      const signed = await world.api('/api/v1/awards', { key: bearer.keys.awarder, body });
      const refused = await world.api(`/api/v1/awards/${signed.json.id}`, {
        key: bearer.keys.awarder,
        method: 'DELETE',
      });
      expect([refused.status, refused.json.code]).toEqual([409, 'award-state']);
      const { id } = await school.offer({ email: 'stays@example.org' });
      const answer = await world.api(`/api/v1/awards/${id}`, { key: school.keys.coordinator, method: 'DELETE' });
      expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    });
  });
});
