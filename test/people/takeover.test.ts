// An equal e-mail address is no reason to think that two logins are one person's.
import { beforeEach, describe, expect, it } from 'vitest';
import { levelsOf, proofOf, provenAddresses } from '../../src/people/index.ts';
import { identities, people } from '../../src/people/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { idleMailer, submit, waiting } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { rogueProvider, type Rogue } from '../support/rogue-provider.ts';
import { jar, loginAt, pressIn } from '../support/sign-in.ts';

const VICTIM = 'victim@example.org';

describe('the address of a victim', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Rogue;
  let other: Rogue;

  beforeEach(async () => {
    school = await rogueProvider();
    other = await rogueProvider({ id: 'other', issuer: 'https://other.example', profile: 'oidc' });
    const byHost: typeof fetch = (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      return (url.startsWith('https://other.example') ? other : school).fetch(input, init);
    };
    world = createWorld({ providers: [school.config, other.config], providerFetch: byHost, mailer: idleMailer });
    school.person.eduid = 'victim-eduid';
    Object.assign(school.person, {
      sub: 'victim-sub',
      email: VICTIM,
      eduperson_assurance: ['https://eduid.nl/validated/email-validated'],
    });
    Object.assign(other.person, { sub: 'attacker', email: VICTIM });
  });

  const login = async (rogue: Rogue) => (await loginAt(world, rogue, { browser: jar() })).response.status;
  const accounts = async () => {
    const all = await world.db.query.select().from(identities);
    return {
      people: (await world.db.query.select().from(people)).length,
      owners: new Set(all.map(i => i.personId)).size,
      all,
    };
  };
  const byLink = async () => {
    await submit(world, '/login/email', {}, { email: VICTIM }, 'text/html');
    const token = /\/login\/link\/([\w-]+)/.exec(waiting(world).at(-1)!.letter.text)![1]!;
    return (await submit(world, '/login/link', {}, { token })).status;
  };

  it('O5: that an attacker registered before gives them nothing of the victim, and the victim nothing of theirs', async () => {
    expect([await login(other), await login(school), await byLink()]).toEqual([303, 303, 303]);
    const { people: persons, owners, all } = await accounts();
    expect([persons, owners, all.length]).toEqual([3, 3, 3]);
    expect(all.map(i => [i.kind, i.issuer, i.subject])).toEqual([
      ['institution', 'https://other.example', 'attacker'],
      ['eduid', school.config.issuer, 'victim-eduid'],
      ['email', 'mailto:', VICTIM],
    ]);
  });

  it('O1: a browser that was signed in by an attacker’s link is not led on to add the victim’s eduID to that account', async () => {
    await submit(
      world,
      '/login/email',
      {},
      { email: 'evil@example.net', return: '/login/eduid?purpose=link' },
      'text/html',
    );
    const token = /\/login\/link\/([\w-]+)/.exec(waiting(world).at(-1)!.letter.text)![1]!;
    const followed = await submit(world, '/login/link', {}, { token });
    const browser = jar();
    browser.take(followed);
    // As far as the attacker can make the address themselves; what their own page gives them is of another session.
    const theirs = jar();
    await submit(world, '/login/email', {}, { email: 'evil@example.net' }, 'text/html');
    const second = /\/login\/link\/([\w-]+)/.exec(waiting(world).at(-1)!.letter.text)![1]!;
    theirs.take(await submit(world, '/login/link', {}, { token: second }));
    const press = await pressIn(world, theirs);
    expect(press).not.toBe('');
    for (const query of ['?purpose=link', `?purpose=link&press=${press}`]) {
      const led = await world.request(`/login/eduid${query}`, { headers: { cookie: browser.header } });
      expect(led.headers.get('location')).toBe('/account/add?return=%2Fstart');
    }
    const { all } = await accounts();
    expect(all.map(i => i.kind)).toEqual(['email']);
    const page = await world.request('/account/add', { headers: { cookie: browser.header, accept: 'text/html' } });
    expect(await page.text()).toContain('evil@example.net');
  });

  it.each([
    ['"false"', 'false'],
    ['"true"', 'true'],
    ['1', 1],
    ['nothing', undefined],
    ['false', false],
  ])('O5: email_verified: %s proves no address', async (_, verified) => {
    other.person.email_verified = verified;
    expect(await login(other)).toBe(303);
    const { all } = await accounts();
    expect(all[0]!.email).toBeNull();
    expect((await provenAddresses(world.deps, all[0]!.personId)).emails).toEqual([]);
  });

  it('O7: a level of eduID in the answer of another, or of an institution, counts for nothing', async () => {
    const mfa = 'https://refeds.org/profile/mfa';
    const acr = `https://eduid.nl/trust/validate-names-external ${mfa}`;
    await loginAt(world, other, { acr });
    Object.assign(school.person, { eduid: undefined, schac_home_organization: 'uni.example' });
    const { response } = await loginAt(world, school, { query: '?level=validate-names&return=/account', acr });
    expect(response.headers.get('location')).toBe('/account?short=validate-names');
    const { all } = await accounts();
    expect(all.map(identity => [identity.kind, identity.acr, ...levelsOf(proofOf(identity))])).toEqual([
      ['institution', mfa, 'login'],
      ['institution', mfa, 'login'],
    ]);
  });

  it('I11: an address that an eduID had when it was last seen is proven for as long as any other, the eduID for ever', async () => {
    const proven = { kind: 'eduid', issuer: school.config.issuer, subject: 'old', email: 'old@example.org' } as const;
    const seen = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const links = [{ eppn: 'old@uni.example', home: 'uni.example', validatedName: null, preferred: true }];
    const { id } = await createPerson(world, { ...proven, links, provenAt: seen(181) });
    const addresses = () => provenAddresses(world.deps, id);
    expect(await addresses()).toEqual({ emails: ['old@example.org'], eppns: [], eduids: ['old'], dids: [] });
    await world.db.query.update(identities).set({ provenAt: seen(366) });
    expect(await addresses()).toEqual({ emails: [], eppns: [], eduids: ['old'], dids: [] });
  });

  it('O5: from a second provider makes a second account; nothing is merged and nothing deleted', async () => {
    other.person.email_verified = true;
    expect(await login(school)).toBe(303);
    const before = (await accounts()).all;
    expect(await login(other)).toBe(303);
    const after = await accounts();
    expect(after.people).toBe(2);
    expect(after.all.filter(i => i.id === before[0]!.id)).toEqual(before);
    // Each comes back to their own.
    await login(other);
    await login(school);
    expect((await accounts()).people).toBe(2);
  });
});
