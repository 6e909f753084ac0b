import { beforeEach, describe, expect, it } from 'vitest';
import { tendOffers } from '../../src/credentials/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, waiting, withEmail } from '../support/offers.ts';

const DAY = 24 * 3_600_000;

describe('the life of an offer', () => {
  let now: Date;
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
  const later = (days: number) => {
    now = new Date(now.getTime() + days * DAY);
  };
  const state = async (id: string) => (await world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder })).json;
  const keys = () => waiting(world).map(l => l.key);
  const linkIn = (text: string) => new URL(/http\S+\/claim\/\S+/.exec(text)![0]);

  beforeEach(async () => {
    now = new Date('2026-11-22T12:00:00Z');
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world, { remindAfterDays: [21, 7], lapseAfterDays: 60 });
  });

  it('reminds on the days of its achievement, once each, also when two timers run, and then lapses', async () => {
    const { id, path } = await school.offer({ email: 'sam@example.org' });
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 0 });
    later(7);
    expect((await Promise.all([tendOffers(world.deps), tendOffers(world.deps)])).length).toBe(2);
    expect(keys()).toEqual([`claim:${id}:1`, `reminder:${id}:1:1`]);
    later(13);
    await tendOffers(world.deps);
    expect(keys()).toHaveLength(2);
    later(1);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 1, lapsed: 0 });
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 0 });
    expect(keys()).toEqual([`claim:${id}:1`, `reminder:${id}:1:1`, `reminder:${id}:1:2`]);
    const reminder = waiting(world).at(-1)!.letter;
    expect([reminder.subject, linkIn(reminder.text).pathname]).toEqual(['Je badge ligt nog klaar: Samenwerken', path]);
    later(38.9);
    expect((await tendOffers(world.deps)).lapsed).toBe(0);
    later(0.1);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 1 });
    expect((await state(id)).state).toBe('lapsed');
    // What still waited would lead nowhere.
    expect(keys()).toEqual([]);
    later(400);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 0 });
  });

  it('one that slept through its days is reminded of each once, and not of a lapsed one', async () => {
    const { id } = await school.offer({ email: 'sam@example.org' });
    later(30);
    await tendOffers(world.deps);
    await tendOffers(world.deps);
    expect(keys().filter(k => k.startsWith('reminder'))).toEqual([`reminder:${id}:1:1`, `reminder:${id}:1:2`]);
    const second = await school.offer({ email: 'kim@example.org' });
    later(70);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 2 });
    expect((await state(second.id)).state).toBe('lapsed');
  });

  it('one that is withdrawn while its reminder is made is not reminded, and its address goes', async () => {
    const { id } = await school.offer({ email: 'sam@example.org' });
    later(7);
    const { db } = world.deps;
    const run = db.batch.bind(db);
    db.batch = async statements => {
      db.batch = run;
      await world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder, method: 'DELETE' });
      return run(statements);
    };
    await tendOffers(world.deps);
    expect(one('select count(*) from offers')).toBe(0);
    expect(keys()).toEqual([]);
    expect(one("select count(*) from outbox where letter like '%sam@example.org%'")).toBe(0);
  });

  it('a claimed, withdrawn or declined one is not reminded', async () => {
    const sam = await withEmail(world, 'sam@example.org');
    const kim = await withEmail(world, 'kim@example.org');
    const [a, b, c] = [
      await school.offer({ email: 'sam@example.org' }),
      await school.offer({ email: 'kim@example.org' }),
      await school.offer({ email: 'gone@example.org' }),
    ];
    await submit(world, a.path, sam.headers);
    expect((await submit(world, `${b.path}/decline`, kim.headers)).status).toBe(303);
    await world.api(`/api/v1/awards/${c.id}`, { key: school.keys.awarder, method: 'DELETE' });
    later(30);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 0 });
    expect(keys()).toEqual([]);
  });

  it('an offer to an eppn lapses without a letter', async () => {
    const { id } = await school.offer({ eppn: 'sam@school.nl' });
    later(30);
    expect(await tendOffers(world.deps)).toEqual({ reminded: 0, lapsed: 0 });
    later(30);
    await tendOffers(world.deps);
    expect([(await state(id)).state, keys()]).toEqual(['lapsed', []]);
  });

  describe('a new link', () => {
    const lapse = async (email: string) => {
      const made = await school.offer({ email });
      later(61);
      await tendOffers(world.deps);
      return made;
    };

    it('goes to the address of the recipient only; the old one is dead; the decision stands', async () => {
      const { id, path } = await lapse('sam@example.org');
      const page = await (await world.request(path)).text();
      expect(page).toContain('De tijd om deze badge op te halen is voorbij');
      expect(page).toContain(`action="${path}/link"`);
      expect((await submit(world, `${path}/link`, {}, { email: 'evil@example.org' })).status).toBe(200);
      expect(keys()).toEqual([`claim:${id}:2`]);
      const { letter } = waiting(world)[0]!;
      expect(letter.to).toBe('sam@example.org');
      const link = linkIn(letter.text);
      expect(link.pathname).not.toBe(path);
      expect((await world.request(path)).status).toBe(404);
      expect(await state(id)).toMatchObject({ state: 'released', claim: `${world.origin}${link.pathname}` });
      // Reminders begin anew.
      later(7);
      await tendOffers(world.deps);
      expect(keys()).toEqual([`claim:${id}:2`, `reminder:${id}:2:1`]);
      const sam = await withEmail(world, 'sam@example.org');
      expect((await submit(world, link.pathname, sam.headers)).status).toBe(303);
    });

    it('W11: the answer is the same for a link that leads nowhere, that is dead, and that was answered before', async () => {
      const { path } = await lapse('sam@example.org');
      const eppn = await school.offer({ eppn: 'sam@school.nl' });
      const ask = async (p: string) => {
        const answer = await submit(world, `${p}/link`, {});
        // The address of the page, for the switch of language, is all that differs.
        return [answer.status, (await answer.text()).replaceAll(p, '')];
      };
      const first = await ask(path);
      expect(await ask(path)).toEqual(first);
      expect(await ask('/claim/AAAAAAAAAAAAAAAAAAAAAA')).toEqual(first);
      expect(await ask(eppn.path)).toEqual(first);
      expect((await world.request(eppn.path)).status).toBe(200);
      expect(waiting(world)).toHaveLength(1);
    });

    it('asked for fifty times at once is one letter', async () => {
      const { id, path } = await lapse('sam@example.org');
      await Promise.all(Array.from({ length: 50 }, () => submit(world, `${path}/link`, {})));
      expect(keys()).toEqual([`claim:${id}:2`]);
      expect(one('select links from offers')).toBe(2);
    });

    it('also while it is offered, for whoever has the wrong account and the right mailbox', async () => {
      const { id, path } = await school.offer({ email: 'sam@example.org' });
      const page = await (
        await world.request(path, { headers: (await withEmail(world, 'kim@example.org')).headers })
      ).text();
      expect(page).toContain('Stuur een link naar s•••@example.org');
      await submit(world, `${path}/link`, {});
      expect(keys()).toEqual([`claim:${id}:2`]);
    });

    it('the proven recipient of one that lapsed or was declined needs no letter; nobody else can do it', async () => {
      const { id } = await lapse('sam@example.org');
      const sam = await withEmail(world, 'sam@example.org');
      const kim = await withEmail(world, 'kim@example.org');
      expect((await submit(world, `/badges/offers/${id}/again`, kim.headers)).status).toBe(404);
      const again = await submit(world, `/badges/offers/${id}/again`, sam.headers);
      const path = again.headers.get('location')!;
      expect([again.status, keys()]).toEqual([303, []]);
      expect((await submit(world, `${path}/decline`, sam.headers)).status).toBe(303);
      expect((await state(id)).state).toBe('declined');
      expect((await submit(world, path, sam.headers)).status).toBe(409);
      const third = await submit(world, `/badges/offers/${id}/again`, sam.headers);
      expect((await submit(world, third.headers.get('location')!, sam.headers)).status).toBe(303);
      expect((await state(id)).state).toBe('claimed');
    });

    it('is not given for a badge that would have ended', async () => {
      const { path } = await school.offer({ email: 'sam@example.org' }, { validUntil: '2026-12-01T00:00:00Z' });
      later(30);
      expect(await (await world.request(path)).text()).toContain('Deze badge kun je niet meer ophalen');
      await submit(world, `${path}/link`, {});
      expect(keys().filter(k => k.startsWith('claim') && k.endsWith(':2'))).toEqual([]);
    });
  });

  it('declining asks for the recipient, not for a level, and the institution sees it', async () => {
    const strict = await createOffers(world, { assurance: 'validate-names' });
    const { id, path } = await strict.offer({ email: 'sam@example.org' });
    const kim = await withEmail(world, 'kim@example.org');
    expect((await submit(world, `${path}/decline`, kim.headers)).status).toBe(403);
    expect((await submit(world, `${path}/decline`, {})).status).toBe(401);
    const sam = await withEmail(world, 'sam@example.org');
    expect((await submit(world, `${path}/decline`, sam.headers)).status).toBe(303);
    expect((await submit(world, `${path}/decline`, sam.headers)).status).toBe(303);
    const list = await world.api('/api/v1/awards', { key: strict.keys.awarder });
    expect(list.json.items).toEqual([expect.objectContaining({ id, state: 'declined' })]);
    expect(one("select count(*) from audit_log where action = 'offer.decline'")).toBe(1);
  });

  it('whatever happens to one offer at once, its log tells one story that fits its end', async () => {
    for (let n = 0; n < 15; n++) {
      const email = `all-${n}@example.org`;
      const person = await withEmail(world, email);
      const { id, path } = await school.offer({ email });
      await Promise.all([
        submit(world, path, person.headers),
        submit(world, `${path}/decline`, person.headers),
        submit(world, `${path}/link`, {}),
        world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder, method: 'DELETE' }),
      ]);
      const told = world.db.sqlite
        .prepare('select action from audit_log where subject = ? order by seq')
        .pluck()
        .all(id);
      const end = { 'award.claim': 'claimed', 'offer.decline': 'declined', 'offer.link': 'released' }[
        told.at(-1) as string
      ];
      const found = await state(id);
      expect(told.at(-1) === 'offer.withdraw' ? found.code : found.state).toBe(end ?? 'not-found');
      expect(told.filter(a => a === 'award.claim' || a === 'offer.withdraw').length).toBeLessThanOrEqual(1);
    }
    expect((await verifyAudit(world.db)).filter(f => f.firstBad)).toEqual([]);
  });
});
