import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTeam, readTeamMates, renewTeamCode, TEAM_PEOPLE } from '../../src/portfolio/index.ts';
import { experiences, portfolios, teams, teamShares } from '../../src/portfolio/schema.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { erasePerson, heldAbout } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, submit, withEmail } from '../support/offers.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool, exampleAward } from '../support/world.ts';

type World = ReturnType<typeof createWorld>;

describe('a team', () => {
  let world: World;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let other: Awaited<ReturnType<typeof createSchool>>;
  let coordinator: Browser;
  const from = (headers: Record<string, string>) => browserOf(world, headers);

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world, 'team-een', claimable());
    other = await createSchool(world, 'team-twee');
    coordinator = from((await createMember(world, school.institution, ['coordinator'])).headers);
  });

  /** Someone who told one experience, signed in. */
  async function someone(name: string, title: string) {
    const email = `${name.toLowerCase().replaceAll('ë', 'e')}@example.org`;
    const person = await withEmail(world, email, { name });
    const browser = from(person.headers);
    await browser.upload('/portfolio/new', {
      ...{ title, kind: 'informal', context: 'work', story: `Geheim verhaal van ${name}.` },
    });
    const book = (await browser.get('/portfolio')).text;
    const experience = /\/portfolio\/experiences\/([\w-]+)/.exec(book)![1]!;
    return { ...person, email, browser, experience };
  }
  async function badgeFor({ headers, email }: { headers: Record<string, string>; email: string }): Promise<string> {
    const { json } = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email, name: 'Iemand' } }),
    });
    expect((await submit(world, new URL(json.claim).pathname, headers)).status).toBe(303);
    return json.id;
  }
  /** A team as its coordinator makes it. */
  async function team(name = 'Ploeg Noord') {
    const made = await coordinator.post('/console/team-een/teams', { name });
    const path = made.location.split('?')[0]!;
    const page = (await coordinator.get(path)).text;
    return { path, id: path.split('/').at(-1)!, door: `/team/${/\/team\/([\w-]{22})/.exec(page)![1]!}` };
  }

  it('is made by a coordinator, and people show each other what they choose: no story, no score, by the alphabet', async () => {
    const { path, id, door } = await team();
    const zoe = await someone('Zoë', 'Nachtdienst geregeld');
    const ali = await someone('Ali', 'Kas bijgehouden');
    const badge = await badgeFor(ali);
    expect((await from({}).get(door)).text).toContain('/login?return=');
    expect((await zoe.browser.get(door)).text).toContain('Nachtdienst geregeld');

    const joined = await zoe.browser.post(door, { name: 'Zoë', experience: zoe.experience });
    expect(joined.location).toBe(`/teams/${id}?done=joined`);
    await ali.browser.post(door, { name: 'Ali', experience: ali.experience, badge });
    for (const page of [(await zoe.browser.get(`/teams/${id}`)).text, (await coordinator.get(path)).text]) {
      for (const text of ['Nachtdienst geregeld', 'Kas bijgehouden', 'Samenwerken', 'Zelf verteld', 'Laten zien: Ali'])
        expect(page).toContain(text);
      expect(page).not.toContain('Geheim verhaal');
      const people = page.slice(page.indexOf('id="people"'));
      expect(people.indexOf('Ali')).toBeLessThan(people.indexOf('Zoë'));
    }
    expect((await zoe.browser.get('/teams')).text).toContain('Ploeg Noord');
    // Who comes by the link again is in already.
    expect((await zoe.browser.get(door)).location).toBe(`/teams/${id}`);
    expect((await coordinator.get('/console/team-een/teams')).text).toMatch(/Ploeg Noord[^]*<td[^>]*>2</);
  });

  it('shows what is changed and taken back at once, and who took all back sees nothing more', async () => {
    const { path, id, door } = await team('Ploeg Zuid');
    const [sam, kim] = [await someone('Samuel', 'Tuin aangelegd'), await someone('Kimberley', 'Fietsen gemaakt')];
    const badge = await badgeFor(sam);
    await sam.browser.post(door, { name: 'Samuel', experience: sam.experience });
    await kim.browser.post(door, { name: 'Kimberley', experience: kim.experience });
    await sam.browser.post(`/teams/${id}`, { name: 'Sam', badge });
    const after = (await kim.browser.get(`/teams/${id}`)).text;
    expect(after).not.toContain('Tuin aangelegd');
    expect(after).toContain('Laten zien: Sam');

    const left = await sam.browser.post(`/teams/${id}/leave`);
    expect(left.location).toBe('/teams?done=left');
    for (const page of [(await kim.browser.get(`/teams/${id}`)).text, (await coordinator.get(path)).text])
      expect(page).not.toMatch(/Samuel|Sam</);
    expect((await sam.browser.get(`/teams/${id}`)).status).toBe(404);
    expect((await sam.browser.post(`/teams/${id}`, { name: 'Sam', badge })).status).toBe(404);
    expect((await sam.browser.post(`/teams/${id}/leave`)).status).toBe(404);
  });

  it('does not show what its owner took away, nor a badge that was revoked', async () => {
    const { id, door } = await team('Ploeg West');
    const [eva, bo] = [await someone('Eva', 'Feest gegeven'), await someone('Bodil', 'Boot gevaren')];
    const badge = await badgeFor(eva);
    await eva.browser.post(door, { name: 'Eva', experience: eva.experience, badge });
    await bo.browser.post(door, { name: 'Bodil', experience: bo.experience });
    await eva.browser.post(`/portfolio/experiences/${eva.experience}/remove`);
    expect((await bo.browser.get(`/teams/${id}`)).text).not.toContain('Feest gegeven');
    await world.api(`/api/v1/awards/${badge}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    // Nothing of those who show nothing, not their name either.
    expect((await bo.browser.get(`/teams/${id}`)).text).not.toContain('Eva');
  });

  it('takes nothing that is not theirs, and nobody who shows nothing', async () => {
    const { id, door } = await team('Ploeg Oost');
    const [ina, tom] = [await someone('Ina', 'Zaal beheerd'), await someone('Tom', 'Krant bezorgd')];
    const badge = await badgeFor(ina);
    for (const fields of [{}, { experience: ina.experience }, { badge }, { experience: 'niets' }] as Record<
      string,
      string
    >[])
      expect((await tom.browser.post(door, { name: 'Tom', ...fields })).status).toBe(400);
    const wrong = await tom.browser.post(door, { name: '', experience: tom.experience });
    expect([wrong.status, wrong.text.includes('Vul een naam in')]).toEqual([400, true]);
    expect(await world.db.query.select().from(teamShares)).not.toContainEqual(expect.objectContaining({ teamId: id }));
    expect((await tom.browser.get(`/teams/${id}`)).status).toBe(404);
  });

  it('is a 404 for another institution, and forbidden without the role', async () => {
    const { path, id } = await team('Ploeg Midden');
    const stranger = from((await createMember(world, other.institution, ['coordinator', 'admin'])).headers);
    for (const rest of ['', '/code', '/end', '/take-out']) {
      const there = `/console/team-twee/teams/${id}${rest}`;
      expect((await (rest ? stranger.post(there) : stranger.get(there))).status, rest).toBe(404);
    }
    expect((await stranger.get(path)).status).toBe(404);
    const assessor = from((await createMember(world, school.institution, ['assessor'])).headers);
    expect((await assessor.get(path)).status).toBe(403);
    expect((await assessor.post('/console/team-een/teams', { name: 'Eigen' })).status).toBe(403);
    const admin = from((await createMember(world, school.institution, ['admin'])).headers);
    expect((await admin.get(path)).status).toBe(200);
    expect((await coordinator.post('/console/team-een/teams', { name: ' ' })).status).toBe(400);
  });

  it('with a new code the old link opens nothing, and whoever is in stays', async () => {
    const { path, id, door } = await team('Ploeg Nieuw');
    const [jan, piet] = [await someone('Jan', 'Brood gebakken'), await someone('Piet', 'Post gesorteerd')];
    await jan.browser.post(door, { name: 'Jan', experience: jan.experience });
    await coordinator.post(`${path}/code`);
    for (const answer of [
      await piet.browser.get(door),
      await piet.browser.post(door, { name: 'Piet', experience: piet.experience }),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('Deze link werkt niet meer');
    }
    expect((await jan.browser.get(`/teams/${id}`)).status).toBe(200);
    expect((await coordinator.post(`${path}/take-out`, { person: piet.id })).status).toBe(404);
    const page = (await coordinator.get(path)).text;
    const renewed = `/team/${/\/team\/([\w-]{22})/.exec(page)![1]!}`;
    await coordinator.post(`${path}/take-out`, { person: jan.id });
    expect((await jan.browser.get(`/teams/${id}`)).status).toBe(404);
    expect((await jan.browser.post(renewed, { name: 'Jan', experience: jan.experience })).status).toBe(404);
  });

  it('shows nothing to who shows nothing there any more, since it left their portfolio', async () => {
    const { id, door } = await team('Ploeg Leeg');
    const [ebru, roos] = [await someone('Ebru', 'Fietsen gemaakt'), await someone('Roosje', 'Buurthuis geopend')];
    for (const one of [ebru, roos]) await one.browser.post(door, { name: 'Iemand', experience: one.experience });
    expect((await ebru.browser.get(`/teams/${id}`)).text).toContain('Buurthuis geopend');
    await world.db.query.delete(experiences).where(eq(experiences.id, ebru.experience));
    const { status, text } = await ebru.browser.get(`/teams/${id}`);
    expect([status, text.includes('Buurthuis geopend'), text.includes('Je laat hier nu niets zien')]).toEqual([
      200,
      false,
      true,
    ]);
  });

  it('ends for everyone, with all that was shown', async () => {
    const { path, id, door } = await team('Ploeg Af');
    const [mo, pia] = [await someone('Mo', 'Kok geweest'), await someone('Pia', 'Mantelzorg gedaan')];
    await mo.browser.post(door, { name: 'Mo', experience: mo.experience });
    expect((await coordinator.post(`${path}/end`)).location).toBe('/console/team-een/teams?done=team-ended');
    for (const answer of [
      await mo.browser.get(`/teams/${id}`),
      await coordinator.get(path),
      await pia.browser.get(door),
    ])
      expect(answer.status).toBe(404);
    expect((await world.db.query.select().from(teamShares)).filter(share => share.teamId === id)).toEqual([]);
  });

  it('that gets a new code, or ends, at the very moment that someone comes in, lets nobody in', async () => {
    const { id, door } = await team('Ploeg Tegelijk');
    const lot = await someone('Lotte', 'Markt gedaan');
    const { batch } = world.db;
    const ctx = { ...school.ctx, now: world.deps.clock() };
    let once = true;
    world.db.batch = async statements => {
      if (once) {
        once = false;
        await renewTeamCode(ctx, id);
      }
      return batch(statements);
    };
    const late = await lot.browser.post(door, { name: 'Lotte', experience: lot.experience });
    world.db.batch = batch;
    expect([once, late.status]).toEqual([false, 404]);
    expect((await lot.browser.get(`/teams/${id}`)).status).toBe(404);
  });

  it(`has room for ${TEAM_PEOPLE} people, and says so to the next`, async () => {
    const full = await createTeam({ ...school.ctx, now: world.deps.clock() }, { name: 'Vol' });
    const late = await someone('Laat', 'Te laat gekomen');
    for (let n = 0; n < TEAM_PEOPLE; n++) {
      const { id } = await createPerson(world);
      const share = { teamId: full.id, personId: id, name: `N ${n}`, experiences: [], badges: [], sharedAt: 'x' };
      await world.db.query.insert(teamShares).values(share);
    }
    const door = `/team/${full.code}`;
    const refused = await late.browser.post(door, { name: 'Laat', experience: late.experience });
    expect([refused.status, refused.text.includes('Dit team is vol')]).toEqual([422, true]);
    expect((await readTeamMates(world.deps, full)).map(mate => mate.name)).not.toContain('Laat');
  });

  it('is in what someone takes along, and goes when they are erased; the log holds no name and no words', async () => {
    const { id, door } = await team('Ploeg Kwartel');
    const roos = await someone('Rozemarijn', 'Kwartels gehouden');
    await roos.browser.post(door, { name: 'Rozemarijn', experience: roos.experience });
    expect((await heldAbout(world.deps, roos.id)).shownInTeams).toEqual([
      expect.objectContaining({ team: 'Ploeg Kwartel', name: 'Rozemarijn', experiences: [roos.experience] }),
    ]);
    expect((await roos.browser.get('/account/data')).text).toContain('Ploeg Kwartel');
    await erasePerson(world.deps, roos.id, { kind: 'operator' });
    expect((await world.db.query.select().from(teamShares)).filter(share => share.teamId === id)).toEqual([]);
    expect((await world.db.query.select().from(portfolios)).filter(row => row.personId === roos.id)).toEqual([]);
    const log = JSON.stringify(await world.db.query.select().from(auditLog));
    expect(log).toContain('team.join');
    for (const words of ['Rozemarijn', 'Kwartel', (await world.db.query.select().from(teams)).at(-1)!.code])
      expect(log).not.toContain(words);
  });
});
