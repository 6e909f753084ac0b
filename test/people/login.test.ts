// Signing in at a provider that can be honest and can be anything else. Runs on Node and in workerd.
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasRight } from '../../src/institutions/index.ts';
import { listMemberships } from '../../src/institutions/index.ts';
import { pressOf } from '../../src/people/index.ts';
import { identities, sessions } from '../../src/people/schema.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { type Bends, type Rogue, rogueProvider } from '../support/rogue-provider.ts';
import { jar, type Jar, loginAt, pressIn } from '../support/sign-in.ts';
import { createSchool, type World, worldOn, type WorldOptions } from '../support/world.ts';

const SESSION = '__Host-session';
let rogue: Rogue;
let world: World;

const { db } = createWorld();
/** A service of its own, with what it learnt of its providers, on the one database of this file. */
const service = (options: WorldOptions): World => worldOn(db, options);

beforeEach(async () => {
  rogue = await rogueProvider();
  world = service({ providers: [rogue.config], providerFetch: rogue.fetch });
  rogue.person.eduid = crypto.randomUUID();
});

const countSessions = async () => (await world.db.query.select({ id: sessions.id }).from(sessions)).length;
const isSignedIn = async (browser: Jar) =>
  (await world.request('/account', { headers: { cookie: browser.header } })).status === 200;
const identityOf = async (subject: string) =>
  (await world.db.query.select().from(identities)).find(identity => identity.subject === subject);

/** Nobody is signed in, and nothing broke. */
async function refused(login: { response: Response; browser: Jar }, statuses: number[], before: number) {
  const text = await login.response.text();
  expect(statuses, text).toContain(login.response.status);
  expect(login.browser.has(SESSION)).toBe(false);
  expect(await countSessions()).toBe(before);
  expect(text).not.toContain('eyJ');
}

describe('a login', () => {
  it('signs a learner in by the eduid claim, and keeps what the provider said', async () => {
    rogue.links = [{ eppn: 'Sam@Student.HU.nl', schac_home_organization: 'hu.nl', preferred: true }];
    const { response, browser, url } = await loginAt(world, rogue, { query: '?return=/account?x=1' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/account?x=1');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await isSignedIn(browser)).toBe(true);
    expect(Object.fromEntries(url!.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid eduid.nl/links',
      code_challenge_method: 'S256',
      redirect_uri: `${world.origin}/login/eduid/callback`,
    });
    expect(JSON.parse(url!.searchParams.get('claims')!).id_token).toHaveProperty('eduid', null);
    expect(await identityOf(rogue.person.eduid as string)).toMatchObject({
      kind: 'eduid',
      issuer: rogue.config.issuer,
      email: 'sam@example.org',
      eppn: null,
      name: 'Sam de Vries',
      nameSource: 'self',
      links: [{ eppn: 'sam@student.hu.nl', home: 'hu.nl', preferred: true, validatedName: null }],
      lapsesAt: null,
    });
  });

  it('finds the same person again by the eduid alone, whatever else has changed', async () => {
    await loginAt(world, rogue);
    const first = await identityOf(rogue.person.eduid as string);
    Object.assign(rogue.person, { sub: 'another', email: 'new@example.org', given_name: 'Samira' });
    await loginAt(world, rogue);
    const second = await identityOf(rogue.person.eduid as string);
    expect(second).toMatchObject({ id: first!.id, personId: first!.personId, email: 'new@example.org' });
    expect(second!.name).toBe('Samira de Vries');
  });

  it('makes one person of two first logins in the same moment', async () => {
    const both = await Promise.all([loginAt(world, rogue), loginAt(world, rogue)]);
    for (const { browser } of both) expect(await isSignedIn(browser)).toBe(true);
    const mine = (await world.db.query.select().from(identities)).filter(i => i.subject === rogue.person.eduid);
    expect(mine).toHaveLength(1);
    const people = (await world.db.query.select().from(sessions)).filter(s => s.identityId === mine[0]!.id);
    expect(people.map(s => s.personId)).toEqual([mine[0]!.personId, mine[0]!.personId]);
  });

  it('refuses a learner without an eduid: the other numbers of eduID are not theirs to keep', async () => {
    delete rogue.person.eduid;
    const before = await countSessions();
    const login = await loginAt(world, rogue);
    expect(JSON.parse(await login.response.clone().text()).code).toBe('sign-in-incomplete');
    await refused(login, [403], before);
  });

  it.each([[['a', 'b']], [7], [{}], [''], ['   '], ['x'.repeat(2000)]])(
    'refuses an eduid that is no text: %j',
    async eduid => {
      rogue.person.eduid = eduid;
      await refused(await loginAt(world, rogue), [403], await countSessions());
    },
  );

  it('knows an institution account by issuer and subject, also when it carries an eduid', async () => {
    const sub = `urn:collab:person:${crypto.randomUUID()}`;
    Object.assign(rogue.person, { sub, schac_home_organization: 'hu.nl', eduperson_principal_name: 'Noor@HU.nl' });
    expect((await loginAt(world, rogue)).response.status).toBe(303);
    expect(await identityOf(sub)).toMatchObject({ kind: 'institution', eppn: 'noor@hu.nl', home: 'hu.nl' });
    expect(await identityOf(rogue.person.eduid as string)).toBeUndefined();
  });

  it('lets an institution account lapse after 180 days, and opens the same account with it even then', async () => {
    const sub = crypto.randomUUID();
    Object.assign(rogue.person, { sub, schac_home_organization: 'hu.nl' });
    await loginAt(world, rogue);
    const first = (await identityOf(sub))!;
    const days = (Date.parse(first.lapsesAt!) - Date.parse(first.provenAt)) / 86_400_000;
    // The clock runs on between the two.
    expect(Math.round(days * 1000) / 1000).toBe(180);
    const now = () => new Date(Date.now() + 200 * 86_400_000);
    const later = service({ providers: [rogue.config], providerFetch: rogue.fetch, now });
    await loginAt(later, rogue);
    expect((await identityOf(sub))!.personId).toBe(first.personId);
  });

  it('goes on when the links cannot be had, and then says of the name that nobody vouches for it', async () => {
    rogue.bends.answer = { links: () => new Response('no', { status: 500 }) };
    const acr = 'https://eduid.nl/trust/validate-names';
    const { response } = await loginAt(world, rogue, { query: '?level=validate-names', acr });
    expect(response.headers.get('location')).toBe('/start');
    expect(await identityOf(rogue.person.eduid as string)).toMatchObject({ acr, nameSource: 'self', links: [] });
  });

  it.each([
    [[{ preferred: true, validated_name: 'S. de Vries' }], 'external', 'S. de Vries'],
    [
      [{ eppn: 'a@hu.nl', schac_home_organization: 'hu.nl', preferred: true, validated_name: 'Sam Vries' }],
      'institution',
      'Sam Vries',
    ],
    [[], 'unstated', 'Sam de Vries'],
    [[{ preferred: 'true', validated_name: 'Mallory' }], 'unstated', 'Sam de Vries'],
  ])('tells who validated a name: %j', async (links, nameSource, name) => {
    rogue.links = links;
    await loginAt(world, rogue, { query: '?level=validate-names', acr: 'https://eduid.nl/trust/validate-names' });
    expect(await identityOf(rogue.person.eduid as string)).toMatchObject({ nameSource, name });
  });

  it.each([
    [{ email_verified: true, eduperson_assurance: [] }, 'sam@example.org'],
    [{ email_verified: 'true', eduperson_assurance: [] }, null],
    [{ email_verified: 1, eduperson_assurance: ['https://eduid.nl/validated/email-validated/x'] }, null],
    [{ eduperson_assurance: 'https://eduid.nl/validated/email-validated' }, 'sam@example.org'],
  ])('takes an address for proven only when it is said to be: %j', async (claims, email) => {
    Object.assign(rogue.person, claims);
    await loginAt(world, rogue);
    expect((await identityOf(rogue.person.eduid as string))!.email).toBe(email);
  });

  it('writes no personal data into the audit log or the log', async () => {
    await loginAt(world, rogue);
    rogue.bends.claims = claims => ({ ...claims, nonce: 'x' });
    await loginAt(world, rogue);
    const rows = JSON.stringify(await world.db.query.select().from(auditLog)) + world.lines.join('\n');
    for (const secret of [
      'sam@example',
      'de Vries',
      rogue.person.eduid as string,
      'urn:collab',
      'eyJ',
      'an-access-token',
    ])
      expect(rows).not.toContain(secret);
  });

  it('is known at a provider of another profile by issuer and subject', async () => {
    const other = await rogueProvider({ id: 'other', issuer: 'https://other.example', profile: 'oidc' });
    const own = service({ providers: [other.config], providerFetch: other.fetch });
    other.person = { sub: crypto.randomUUID(), name: 'Kim', email: 'kim@example.org', email_verified: true };
    const { url } = await loginAt(own, other, { query: '?level=validate-names' });
    expect(url!.searchParams.get('acr_values')).toBeNull();
    world = own;
    expect(await identityOf(other.person.sub as string)).toMatchObject({
      kind: 'institution',
      email: 'kim@example.org',
    });
  });
});

describe('O1: the answer of a login belongs to the browser that began it', () => {
  const begin = async (query = '') => {
    const browser = jar();
    const start = browser.take(await world.request(`/login/eduid${query}`));
    return { browser, back: rogue.authorize(new URL(start.headers.get('location')!)) };
  };
  const come = async (path: string, browser: Jar) => ({
    browser,
    response: browser.take(await world.request(path, { headers: { cookie: browser.header } })),
  });

  it('O1: a state of another browser is refused', async () => {
    const mine = await begin();
    const theirs = await begin();
    await refused(await come(theirs.back, mine.browser), [400], await countSessions());
    await refused(await come(mine.back, jar()), [400], await countSessions());
  });

  it('O1: a missing, a made-up and a repeated state are refused', async () => {
    const { browser, back } = await begin();
    const [path, query] = back.split('?') as [string, string];
    for (const state of [[], ['x'], ['', ''], [new URLSearchParams(query).get('state')!, 'x']]) {
      const bent = new URLSearchParams(query);
      bent.delete('state');
      for (const value of state) bent.append('state', value);
      await refused(await come(`${path}?${bent}`, jar(browser.header)), [400], await countSessions());
    }
  });

  it('O1: an answer that was used once is refused, also from a browser that kept its cookies', async () => {
    rogue.bends.codesLast = true;
    const { browser, back } = await begin();
    const kept = jar(browser.header);
    expect((await come(back, browser)).response.status).toBe(303);
    const before = await countSessions();
    await refused(await come(back, kept), [400], before);
  });

  it('O1: of 20 answers to one attempt at the same moment, one opens a session', async () => {
    const { browser, back } = await begin();
    rogue.bends.codesLast = true;
    const before = await countSessions();
    const all = await Promise.all(Array.from({ length: 20 }, () => come(back, jar(browser.header))));
    expect(all.filter(({ response }) => response.status === 303)).toHaveLength(1);
    expect(all.map(({ response }) => response.status).filter(status => ![303, 400].includes(status))).toEqual([]);
    expect(await countSessions()).toBe(before + 1);
  });

  it('O1: an attempt ends after ten minutes, and one that was sealed for another provider or with another key is none', async () => {
    let now = Date.now();
    const other = await rogueProvider({ id: 'other', issuer: 'https://other.example' });
    const timed = service({
      providers: [rogue.config, other.config],
      providerFetch: (input, init) => (String(input).includes('other.example') ? other : rogue).fetch(input, init),
      now: () => new Date(now),
    });
    const start = await timed.request('/login/eduid');
    const browser = jar();
    browser.take(start);
    const back = rogue.authorize(new URL(start.headers.get('location')!));
    const ask = (path: string, cookie: string) => timed.request(path, { headers: { cookie } });
    expect((await ask(back.replace('/eduid/', '/other/'), browser.header)).status).toBe(400);
    const turned = browser.header.replace(
      /(=.{40})(.)/,
      (_, head: string, c: string) => head + (c === 'A' ? 'B' : 'A'),
    );
    expect((await ask(back, turned)).status).toBe(400);
    now += 10 * 60_000 + 1;
    expect((await ask(back, browser.header)).status).toBe(400);
    now -= 20 * 60_000;
    expect((await ask(back, browser.header)).status).toBe(400);
    now = Date.parse(new Date().toISOString());
    expect((await ask(back, browser.header)).status).toBe(303);
  });

  it('O1: holds a few attempts of one browser, and forgets the oldest', async () => {
    const browser = jar();
    for (let i = 0; i < 8; i++)
      browser.take(await world.request('/login/eduid', { headers: { cookie: browser.header } }));
    expect(browser.header.split('; ').filter(pair => pair.startsWith('__Host-login-'))).toHaveLength(4);
    expect(browser.header.length).toBeLessThan(6_000);
  });
});

const far = 3600;
const jwtAnswer = (jwt: string) => new Response(jwt, { headers: { 'content-type': 'application/jwt' } });
const nowS = () => Math.floor(Date.now() / 1000);
const without =
  (name: string) =>
  ({ [name]: _, ...rest }: Record<string, unknown>) =>
    rest;

/** What a provider can say that must not be believed, with the status that tells so. */
const lies: [string, Bends, number[]?][] = [
  ['another issuer', { claims: c => ({ ...c, iss: 'https://evil.example' }) }],
  ['the issuer with a slash', { claims: c => ({ ...c, iss: `${c.iss}/` }) }],
  ['no issuer', { claims: without('iss') }],
  ['another audience', { claims: c => ({ ...c, aud: 'somebody-else' }) }],
  ['an empty audience', { claims: c => ({ ...c, aud: [] }) }],
  ['no audience', { claims: without('aud') }],
  ['an audience that is no text', { claims: c => ({ ...c, aud: { waarmerk: true } }) }],
  ['more audiences without azp', { claims: c => ({ ...c, aud: ['waarmerk', 'other'] }) }],
  ['more audiences, the azp of another', { claims: c => ({ ...c, aud: ['waarmerk', 'other'], azp: 'other' }) }],
  ['one audience, the azp of another', { claims: c => ({ ...c, azp: 'other' }) }],
  ['another nonce', { claims: c => ({ ...c, nonce: 'another' }) }],
  ['no nonce', { claims: without('nonce') }],
  ['a nonce in a list', { claims: c => ({ ...c, nonce: [c.nonce] }) }],
  ['no sub', { claims: without('sub') }],
  ['a sub that is a number', { claims: c => ({ ...c, sub: 7 }) }],
  ['an empty sub', { claims: c => ({ ...c, sub: '' }) }],
  [
    'a sub without end',
    { claims: c => ({ ...c, sub: 'x'.repeat(5000) }), userinfo: u => ({ ...u, sub: 'x'.repeat(5000) }) },
  ],
  ['no iat', { claims: without('iat') }],
  ['an iat that is a text', { claims: c => ({ ...c, iat: String(c.iat) }) }],
  ['an iat in an hour', { claims: c => ({ ...c, iat: nowS() + far, exp: nowS() + 2 * far }) }],
  ['no exp', { claims: without('exp') }],
  ['an exp in the past', { claims: c => ({ ...c, iat: nowS() - 2 * far, exp: nowS() - far }) }],
  ['an exp that is a text', { claims: c => ({ ...c, exp: String(nowS() + far) }) }],
  ['an nbf in an hour', { claims: c => ({ ...c, nbf: nowS() + far }) }],
  ['an unknown kid', { header: h => ({ ...h, kid: 'unknown' }) }],
  ['no kid, with two keys', { header: without('kid') as never, keys: keys => [...keys, { ...keys[0], kid: 'two' }] }],
  ['a critical header', { header: h => ({ ...h, crit: ['exp'], b64: true }), sign: () => 'e30.e30.e30' }],
  ['a signature that was changed', { sign: async (h, c) => turn(await rogue.sign(h, c)) }],
  ['no signature', { sign: async (h, c) => (await rogue.sign(h, c)).replace(/[^.]+$/, '') }],
  ['the algorithm none', { sign: (h, c) => `${part({ ...h, alg: 'none' })}.${part(c)}.` }],
  ['the algorithm None', { sign: (h, c) => `${part({ ...h, alg: 'None' })}.${part(c)}.` }],
  ['another algorithm than was announced', { sign: async (h, c) => (await es256()).sign(h, c), keys: () => [] }],
  [
    'a signature by another key under a known kid',
    {
      sign: async (h, c) =>
        new SignJWT(c).setProtectedHeader(h as never).sign((await generateKeyPair('RS256')).privateKey),
    },
  ],
  [
    'a signature by a key that the token brings along',
    {
      sign: async (h, c) => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(c)
          .setProtectedHeader({ ...h, jwk: rogue.jwk, jku: 'https://evil.example/keys' } as never)
          .sign(privateKey);
      },
    },
  ],
  ['HS256 with the public key', { sign: async (h, c) => hmac(h, c, await publicPem()) }],
  ['HS256 with the client secret', { sign: (h, c) => hmac(h, c, 'a-secret-of-the-client') }],
  [
    'HS256 with the client secret, announced',
    {
      sign: (h, c) => hmac(h, c, 'a-secret-of-the-client'),
      discovery: d => ({ ...d, id_token_signing_alg_values_supported: ['HS256', 'none', 'RS256'] }),
    },
  ],
  ['an access token that does not belong', { token: t => ({ ...t, access_token: 'another' }) }],
  ['an at_hash that is wrong', { claims: c => ({ ...c, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) }],
  ['an at_hash that is a number', { claims: c => ({ ...c, at_hash: 7 }) }],
  ['a token of the kind mac', { token: t => ({ ...t, token_type: 'mac' }) }],
  ['a token of the kind DPoP', { token: t => ({ ...t, token_type: 'DPoP' }) }],
  ['no kind of token', { token: without('token_type') as never }],
  ['no ID token', { token: without('id_token') as never }],
  ['an ID token that is a number', { token: t => ({ ...t, id_token: 7 }) }],
  ['an ID token that is an object', { token: t => ({ ...t, id_token: { sub: 'sam' } }) }],
  ['an ID token that is empty', { token: t => ({ ...t, id_token: '' }) }],
  ['an ID token of two parts', { token: t => ({ ...t, id_token: 'a.b' }) }],
  ['an ID token of five parts', { token: t => ({ ...t, id_token: 'a.b.c.d.e' }) }],
  ['an ID token of which the payload is a list', { sign: h => `${part(h)}.${part([])}.c2ln` }],
  ['an ID token of which the header is null', { sign: (_h, c) => `${part(null)}.${part(c)}.c2ln` }],
  ['no access token', { token: without('access_token') as never }],
  ['an access token that is a list', { token: t => ({ ...t, access_token: ['a'] }) }],
  ['a list of tokens', { token: t => [t] }, [401, 503]],
  ['null instead of tokens', { token: () => null }, [401, 503]],
  ['userinfo of another subject', { userinfo: u => ({ ...u, sub: 'mallory' }) }],
  ['userinfo without a subject', { userinfo: without('sub') as never }],
  ['userinfo that is a list', { userinfo: () => [] }, [401, 503]],
  [
    'userinfo in a JWT that nobody signed',
    { answer: { userinfo: () => jwtAnswer(`${part({ alg: 'none' })}.${part({ ...rogue.person })}.`) } },
  ],
  [
    'userinfo in a JWT that another signed',
    {
      answer: {
        userinfo: async () =>
          jwtAnswer(
            await new SignJWT({ ...rogue.person })
              .setProtectedHeader({ alg: 'RS256', kid: 'one' })
              .sign((await generateKeyPair('RS256')).privateKey),
          ),
      },
      discovery: d => ({ ...d, userinfo_signing_alg_values_supported: ['RS256', 'none'] }),
    },
  ],
  ['keys that are no list', { keys: () => 'keys' }, [401, 503]],
  ['a key set with nonsense in it', { keys: () => [null, 7, 'x'] }, [401, 503]],
  ['a key that is private and symmetric', { keys: () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'one' }] }],
  ['a key of 512 bits', { keys: () => [{ kty: 'RSA', kid: 'one', e: 'AQAB', n: 'A'.repeat(86) }] }],
];

describe('O2: an answer that cannot be trusted signs nobody in', () => {
  it.each(lies)('O2: %s', async (_what, bends, statuses = [401]) => {
    rogue.bends = bends;
    await refused(await loginAt(world, rogue), statuses, await countSessions());
  });

  it('O2: and the same provider signs in again once it is honest', async () => {
    rogue.bends = { claims: c => ({ ...c, nonce: 'another' }) };
    expect((await loginAt(world, rogue)).response.status).toBe(401);
    rogue.bends = {};
    expect((await loginAt(world, rogue)).response.status).toBe(303);
  });

  it('O2: a token without a kid is read where there is one key', async () => {
    rogue.bends = { header: without('kid') as never };
    expect((await loginAt(world, rogue)).response.status).toBe(303);
  });

  it('O2: an audience in a list of one, and our own azp, are right', async () => {
    rogue.bends = { claims: c => ({ ...c, aud: ['waarmerk'], azp: 'waarmerk' }) };
    expect((await loginAt(world, rogue)).response.status).toBe(303);
  });

  it('O2: what is signed goes before what the userinfo adds', async () => {
    rogue.bends = { userinfo: u => ({ ...u, eduid: 'of-mallory', acr: 'https://eduid.nl/trust/validate-names' }) };
    expect((await loginAt(world, rogue)).response.status).toBe(303);
    expect(await identityOf('of-mallory')).toBeUndefined();
    expect((await identityOf(rogue.person.eduid as string))!.acr).toBe(rogue.person.acr);
  });
});

const hang = () => new Promise<Response>(() => undefined);
const html = () => new Response('<html>Log in</html>', { headers: { 'content-type': 'text/html' } });
const broken: [string, (request: Request) => Response | Promise<Response>][] = [
  ['500', () => new Response('no', { status: 500 })],
  ['a page', html],
  ['nothing', () => new Response(null, { status: 204 })],
  ['half a JSON', () => new Response('{"a":', { headers: { 'content-type': 'application/json' } })],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
  ['a body without end', () => new Response(endless(), { headers: { 'content-type': 'application/json' } })],
  [
    'a challenge',
    () =>
      new Response('{}', { status: 401, headers: { 'www-authenticate': 'Basic realm="x", error="invalid_client"' } }),
  ],
  ['an error of the protocol', () => Response.json({ error: 'invalid_grant', error_description: 7 }, { status: 400 })],
  ['an error that is none', () => Response.json({ error: {} }, { status: 400 })],
  ['an error of the network', () => Promise.reject(new TypeError('fetch failed'))],
];

describe('O11: a provider that is down', () => {
  afterEach(() => vi.useRealTimers());

  for (const endpoint of ['discovery', 'jwks', 'token', 'userinfo'] as const)
    it.each(broken)(`O11: answers ${endpoint} with %s: a clear page, no session, no 500`, async (_what, answer) => {
      rogue.bends.answer = { [endpoint]: answer };
      await refused(await loginAt(world, rogue), [400, 401, 503], await countSessions());
    });

  it.each(['discovery', 'token', 'userinfo', 'jwks'] as const)(
    'O11: hangs at %s: it is given up within seconds',
    async endpoint => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      rogue.bends.answer = { [endpoint]: hang };
      const before = await countSessions();
      const login = loginAt(world, rogue);
      const timer = setIntervalReal(() => void vi.advanceTimersByTime(1_000), 5);
      const done = await login;
      clearInterval(timer);
      await refused(done, [503], before);
    },
  );

  it('O11: hangs in the middle of its answer: it is given up within seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    rogue.bends.answer = { token: () => new Response(new ReadableStream({ pull: () => hang() as never })) };
    const login = loginAt(world, rogue);
    const timer = setIntervalReal(() => void vi.advanceTimersByTime(1_000), 5);
    const done = await login;
    clearInterval(timer);
    expect(done.response.status).toBe(503);
  });

  it('O11: a thousand tokens with random kids lead to one request for keys a minute', async () => {
    let now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    const timed = service({
      providers: [rogue.config],
      providerFetch: rogue.fetch,
      now: () => new Date(now),
    });
    rogue.bends.header = h => ({ ...h, kid: crypto.randomUUID() });
    for (let round = 0; round < 20; round++) {
      const all = await Promise.all(Array.from({ length: 50 }, () => loginAt(timed, rogue)));
      for (const { response } of all) expect(response.status).toBe(401);
      expect(rogue.asked.jwks).toBe(1);
      now += 2_900;
    }
    now += 3_000;
    await loginAt(timed, rogue);
    expect(rogue.asked.jwks).toBe(2);
    vi.restoreAllMocks();
  });

  it('O11: new keys of a provider are found', async () => {
    let now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    const timed = service({
      providers: [rogue.config],
      providerFetch: rogue.fetch,
      now: () => new Date(now),
    });
    expect((await loginAt(timed, rogue)).response.status).toBe(303);
    rogue.bends = { header: h => ({ ...h, kid: 'new' }), keys: keys => keys.map(key => ({ ...key, kid: 'new' })) };
    expect((await loginAt(timed, rogue)).response.status).toBe(401);
    now += 61_000;
    expect((await loginAt(timed, rogue)).response.status).toBe(303);
    vi.restoreAllMocks();
  });

  it('O11: discovery is asked again after a while and not by everyone, and what was read once is kept', async () => {
    let now = Date.now();
    const timed = service({
      providers: [rogue.config],
      providerFetch: rogue.fetch,
      now: () => new Date(now),
    });
    rogue.bends.answer = { discovery: () => new Response('no', { status: 500 }) };
    await Promise.all(Array.from({ length: 20 }, () => timed.request('/login/eduid')));
    expect(rogue.asked.discovery).toBe(1);
    rogue.bends.answer = {};
    expect((await timed.request('/login/eduid')).status).toBe(503);
    now += 10_001;
    expect((await loginAt(timed, rogue)).response.status).toBe(303);
    rogue.bends.answer = { discovery: () => new Response('no', { status: 500 }) };
    now += 3_600_001;
    expect((await timed.request('/login/eduid')).status).toBe(303);
    expect(rogue.asked.discovery).toBe(3);
  });

  it('O11: the page to sign in says so, and who was signed in stays so', async () => {
    const { browser } = await loginAt(world, rogue);
    const down = service({ providers: [rogue.config] });
    const page = await down.request('/login', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('eduID is nu niet bereikbaar');
    expect(text).not.toContain('href="/login/eduid');
    const start = await down.request('/login/eduid', { headers: { accept: 'text/html' } });
    expect(start.status).toBe(503);
    expect(start.headers.get('retry-after')).toBe('10');
    expect(await start.text()).toContain('De inlogdienst is niet bereikbaar');
    expect((await down.request('/verify', { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await down.request('/account', { headers: { cookie: browser.header } })).status).toBe(200);
  });

  it.each([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['the issuer with a slash', { issuer: 'https://idp.example/' }],
    ['no issuer', { issuer: undefined }],
    ['no way to authorize', { authorization_endpoint: undefined }],
    ['a script to authorize', { authorization_endpoint: 'javascript:alert(1)' }],
    ['data as keys', { jwks_uri: 'data:application/json,{"keys":[]}' }],
    ['a list as token endpoint', { token_endpoint: ['https://idp.example/token'] }],
  ])('O11: describes itself with %s: it is not used', async (_what, over) => {
    rogue.bends.discovery = d => ({ ...d, ...over });
    await refused(await loginAt(world, rogue), [503], await countSessions());
  });

  it('O11: in production an http endpoint is not used', async () => {
    rogue.bends.discovery = d => ({ ...d, token_endpoint: 'http://idp.example/token' });
    world.deps.config.production = true;
    await refused(await loginAt(world, rogue), [503], await countSessions());
  });
});

describe('O3: tokens never pass through the browser', () => {
  it('O3: no route takes a token, and no redirect, page or log holds one', async () => {
    for (const path of ['/login/eduid/eyJhbGciOiJSUzI1NiJ9.e30.x', '/login/token/eyJhbGciOiJSUzI1NiJ9', '/token'])
      expect((await world.request(path)).status).toBe(404);
    const browser = jar();
    const start = browser.take(await world.request('/login/eduid'));
    const back = rogue.authorize(new URL(start.headers.get('location')!));
    for (const name of ['id_token', 'token', 'response']) {
      const jwt = `${part({ alg: 'RS256' })}.${part({ sub: 'sam' })}.c2ln`;
      const bent = `${back}&${name}=${jwt}`;
      const own = jar(browser.header);
      const response = own.take(await world.request(bent, { headers: { cookie: own.header } }));
      await refused({ response, browser: own }, [400, 401], await countSessions());
    }
    const { response } = await loginAt(world, rogue);
    expect(response.headers.get('location')).not.toContain('eyJ');
    expect(world.lines.join('\n')).not.toContain('eyJ');
  });
});

describe('O4: two providers are not mixed up', () => {
  it('O4: an answer of provider B at the callback of A is refused, and one that names another or nobody', async () => {
    const b = await rogueProvider({ id: 'b', issuer: 'https://b.example' });
    world = service({
      providers: [rogue.config, b.config],
      providerFetch: (input, init) => (String(input).includes('b.example') ? b : rogue).fetch(input, init),
    });
    const browser = jar();
    const start = browser.take(await world.request('/login/eduid'));
    const atA = rogue.authorize(new URL(start.headers.get('location')!));
    const state = new URLSearchParams(atA.split('?')[1]).get('state')!;
    const cases = [
      `/login/eduid/callback?code=x&state=${state}&iss=${encodeURIComponent('https://b.example')}`,
      `/login/eduid/callback?code=x&state=${state}`,
      `/login/eduid/callback?code=x&state=${state}&iss=`,
      `${atA}&iss=${encodeURIComponent('https://b.example')}`,
      atA.replace('/login/eduid/', '/login/b/'),
      `/login/eduid/callback?error=access_denied&state=${state}&iss=${encodeURIComponent('https://b.example')}`,
    ];
    for (const path of cases) {
      const own = jar(browser.header);
      const response = own.take(await world.request(path, { headers: { cookie: own.header } }));
      await refused({ response, browser: own }, [400], await countSessions());
    }
    expect(b.asked.token + rogue.asked.token).toBe(0);
    expect((await world.request('/login/nobody')).status).toBe(404);
    expect((await world.request('/login/nobody/callback?code=x&state=y')).status).not.toBe(500);
  });
});

describe('an error of a provider', () => {
  const words: [string, string, string][] = [
    ['access_denied', '', 'Je bent gestopt'],
    ['login_required', '', 'Begin opnieuw'],
    ['server_error', '', 'heeft een storing'],
    ['access_denied', 'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext', 'meer nodig om je te herkennen'],
    ['unmet_authentication_requirements', '', 'meer nodig om je te herkennen'],
    ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'Begin opnieuw'],
  ];
  it.each(words)('%s leads to a page that says what to do', async (error, description, told) => {
    rogue.bends.back = back => {
      back.delete('code');
      back.set('error', error);
      back.set('error_description', description);
    };
    const browser = jar();
    const start = browser.take(await world.request('/login/eduid'));
    const back = rogue.authorize(new URL(start.headers.get('location')!));
    const response = await world.request(back, { headers: { cookie: browser.header, accept: 'text/html' } });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain(told);
    expect(text).toContain('href="/login"');
    expect(text).not.toContain('alert(1)');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('O7: a level that was asked for and not given', () => {
  const TRUST = 'https://eduid.nl/trust';
  it.each([
    ['validate-names', 'http://test.surfconext.nl/assurance/loa1', true],
    ['validate-names', `${TRUST}/linked-institution`, true],
    ['validate-names', `${TRUST}/validate-names/../x`, true],
    ['validate-names', `${TRUST}/Validate-Names`, true],
    ['validate-names', `${TRUST}/validate-names`, false],
    ['validate-names', `${TRUST}/validate-names/mfa`, false],
    ['validate-names', `x ${TRUST}/validate-names-external`, false],
    ['linked-institution', `${TRUST}/validate-names`, true],
    ['linked-institution', `${TRUST}/affiliation-student`, false],
  ])('O7: asked %s, answered %s: told short is %s', async (level, acr, short) => {
    const { response, url } = await loginAt(world, rogue, { query: `?level=${level}&return=/claim/x?a=b`, acr });
    expect(url!.searchParams.get('acr_values')).toBe(`${TRUST}/${level}`);
    expect(response.headers.get('location')).toBe(short ? `/claim/x?a=b&short=${level}` : '/claim/x?a=b');
    const identity = (await identityOf(rogue.person.eduid as string))!;
    expect(identity.acr).toBe(acr);
    const validated = acr
      .split(' ')
      .some(value => new RegExp(`^${TRUST}/validate-names(-external)?(/mfa)?$`).test(value));
    expect(identity.nameSource).not.toBe(validated ? 'self' : 'institution');
    expect(identity.nameSource === 'self').toBe(!validated);
  });

  it('O7: a fresh login is asked of the provider, and one that is not fresh is refused', async () => {
    const { response, url, browser } = await loginAt(world, rogue, { query: '?fresh=1' });
    expect(url!.searchParams.get('prompt')).toBe('login');
    expect(url!.searchParams.get('max_age')).toBe('0');
    expect(response.status).toBe(303);
    expect(await isSignedIn(browser)).toBe(true);
    for (const auth_time of [nowS() - 3600, undefined, 'now', -5]) {
      rogue.bends.claims = claims => ({ ...claims, auth_time });
      await refused(await loginAt(world, rogue, { query: '?fresh=1' }), [401], await countSessions());
    }
  });

  it('O7: when the person proved it is what the provider says, and unknown where it does not say', async () => {
    const provenAt = async () => {
      const { browser } = await loginAt(world, rogue);
      const all = await world.db.query.select().from(sessions);
      const mine = (await identityOf(rogue.person.eduid as string))!.id;
      expect(browser.has(SESSION)).toBe(true);
      return all
        .filter(s => s.identityId === mine)
        .map(s => s.provenAt)
        .sort()[0];
    };
    const long = nowS() - 7200;
    rogue.bends.claims = claims => ({ ...claims, auth_time: long });
    expect(await provenAt()).toBe(new Date(long * 1000).toISOString());
    rogue.bends.claims = without('auth_time');
    expect(await provenAt()).toBe(new Date(0).toISOString());
  });
});

describe('O8: the session', () => {
  it('O8: has a new id at each login, the one before it ends, and its cookie is as strict as cookies are', async () => {
    const first = await loginAt(world, rogue);
    const old = first.browser.header;
    const again = await loginAt(world, rogue, { browser: first.browser });
    expect(again.browser.header).not.toBe(old);
    expect(await isSignedIn(again.browser)).toBe(true);
    expect(await isSignedIn(jar(old))).toBe(false);
    const [cookie] = again.response.headers.getSetCookie().filter(line => line.startsWith(SESSION));
    for (const word of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=43200'])
      expect(cookie).toContain(word);
    expect(cookie).not.toContain('Domain');
  });

  it('O8: an id that was planted before the login is no session after it', async () => {
    const planted = `${SESSION}=${'A'.repeat(43)}`;
    const { browser } = await loginAt(world, rogue, { browser: jar(planted) });
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(jar(planted))).toBe(false);
  });

  it('O8: ends at signing out, which goes on to the provider', async () => {
    const { browser } = await loginAt(world, rogue);
    const old = browser.header;
    const headers = { cookie: old, origin: world.origin };
    const out = browser.take(await world.request('/logout', { method: 'POST', headers }));
    expect(out.status).toBe(303);
    expect(out.headers.get('location')).toBe('/logged-out?at=eduid');
    expect(browser.has(SESSION)).toBe(false);
    expect(await isSignedIn(jar(old))).toBe(false);
    const page = await world.request('/logged-out?at=eduid', { headers: { accept: 'text/html' } });
    const url = new URL(page.headers.get('refresh')!.replace('0; url=', ''));
    expect(url.origin + url.pathname).toBe('https://idp.example/logout');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'waarmerk',
      post_logout_redirect_uri: `${world.origin}/logged-out`,
    });
    expect((await world.request('/logged-out?at=evil')).headers.get('refresh')).toBeNull();
    expect((await world.request('/logout', { method: 'POST', headers })).status).toBe(303);
  });

  it('O8: W4: another site can neither sign anyone out nor be told', async () => {
    const { browser } = await loginAt(world, rogue);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await world.request('/logout', {
        method: 'POST',
        headers: { ...headers, cookie: browser.header } as unknown as Record<string, string>,
      });
      expect(response.status).toBe(403);
    }
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('D7: O8: a clock that jumps does not revive a session, and does not lengthen it', async () => {
    let now = Date.now();
    const timed = service({
      providers: [rogue.config],
      providerFetch: rogue.fetch,
      now: () => new Date(now),
    });
    const start = now;
    const { browser } = await loginAt(timed, rogue);
    const status = async (at: number) => {
      now = at;
      return (await timed.request('/account', { headers: { cookie: browser.header } })).status;
    };
    expect(await status(start + 10 * 60_000)).toBe(200);
    expect(await status(start - 3_600_000)).toBe(303);
    expect(await status(Date.parse('2099-01-01T00:00:00Z'))).toBe(303);
    expect(await status(start + 12 * 3_600_000 - 1)).toBe(200);
    expect(await status(start + 12 * 3_600_000)).toBe(303);
  });
});

describe('O9: where a login leads to', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https:evil.example',
    'https://evil.example',
    '%2F%2Fevil.example',
    '/%2F/evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/a/..//evil.example',
    '/\t/evil.example',
    '/\u0000/evil.example',
    'evil.example',
    '///evil.example',
    '@evil.example',
    '/login/../..//evil.example',
    `/${'a'.repeat(3000)}`,
  ])('O9: %j leads to the front page', async path => {
    const { response } = await loginAt(world, rogue, { query: `?return=${encodeURIComponent(path)}` });
    expect(response.headers.get('location')).toBe('/');
    const page = await (await world.request(`/login?return=${encodeURIComponent(path)}`)).text();
    expect(page).toContain('href="/login/eduid?return=%2F"');
  });

  it.each(['/', '/account', '/claim/abc?x=%2F%2Fy#z', '/a/../b'])('O9: %j is ours', async path => {
    const { response } = await loginAt(world, rogue, { query: `?return=${encodeURIComponent(path)}` });
    const there = new URL(response.headers.get('location')!, world.origin);
    expect(there.origin).toBe(world.origin);
    expect(there.href).toBe(new URL(path, world.origin).href);
  });
});

describe('O10: what a provider says of someone gives no role', () => {
  it('O10: affiliations and entitlements, however written, make nobody a member', async () => {
    await createSchool(world);
    const sub = crypto.randomUUID();
    Object.assign(rogue.person, {
      sub,
      schac_home_organization: 'uni.nl',
      eduperson_scoped_affiliation: ['employee@uni.nl', 'EMPLOYEE@UNI.NL', 'employee@evil.uni.nl.attacker.com'],
      eduperson_entitlement: ['urn:mace:waarmerk:role:admin'],
      roles: ['admin'],
      edumember_is_member_of: ['admin'],
    });
    await loginAt(world, rogue);
    const { personId } = (await identityOf(sub))!;
    expect(await listMemberships(world.deps, personId)).toEqual([]);
    expect(hasRight({ kind: 'person', person: personId }, 'award.make')).toBe(false);
  });

  it.each([
    ['noor@uni.nl', 'uni.nl', 'noor@uni.nl'],
    ['Noor@Student.Uni.NL', 'UNI.nl', 'noor@student.uni.nl'],
    ['noor@uni.nl.attacker.com', 'uni.nl', null],
    ['noor@eviluni.nl', 'uni.nl', null],
    ['noor@attacker.com@uni.nl', 'uni.nl', null],
    ['noor@uni.nl', 'nl', null],
    ['noor@uni.nl', '.nl', null],
    ['noor@uni.nl', '*', null],
    ['noor@uni.nl', ['uni.nl'], null],
    [['noor@uni.nl'], 'uni.nl', null],
    ['noor@uni.nl', 'uni.nl/x', null],
  ])('O10: the account name %j of %j proves %j', async (eppn, home, proven) => {
    const sub = crypto.randomUUID();
    Object.assign(rogue.person, { sub, schac_home_organization: home, eduperson_principal_name: eppn });
    delete rogue.person.eduid;
    const { response } = await loginAt(world, rogue);
    const identity = await identityOf(sub);
    if (response.status === 303) expect(identity!.eppn).toBe(proven);
    else expect([response.status, proven, identity]).toEqual([403, null, undefined]);
  });

  it('O10: a linked account counts only within its own institution', async () => {
    rogue.links = [
      { eppn: 'sam@hu.nl.attacker.com', schac_home_organization: 'hu.nl', preferred: true },
      { eppn: 'sam@hu.nl', preferred: false },
      'nonsense',
      null,
    ];
    await loginAt(world, rogue);
    expect((await identityOf(rogue.person.eduid as string))!.links).toEqual([
      { eppn: null, home: 'hu.nl', preferred: true, validatedName: null },
      { eppn: null, home: null, preferred: false, validatedName: null },
    ]);
  });
});

describe('adding a way in', () => {
  it('asks for a fresh proof first, then of the other side, and adds it to the same person', async () => {
    const other = await rogueProvider({ id: 'b', issuer: 'https://b.example' });
    world = service({
      providers: [rogue.config, other.config],
      providerFetch: (input, init) => (String(input).includes('b.example') ? other : rogue).fetch(input, init),
    });
    other.person.eduid = crypto.randomUUID();
    rogue.bends.claims = claims => ({ ...claims, auth_time: nowS() - 3600 });
    const { browser } = await loginAt(world, rogue);
    const id = await sha256Hex(/__Host-session=([^;]+)/.exec(browser.header)![1]!);
    const { personId: person } = (await identityOf(rogue.person.eduid as string))!;
    const press = await pressOf(world.deps, { id, person } as SignedIn);
    const link = '/login/b?purpose=link&return=%2Faccount';
    const start = await world.request(`${link}&press=${press}`, { headers: { cookie: browser.header } });
    const first = start.headers.get('location')!;
    const add = '/account/add?return=%2Faccount';
    expect(first).toBe(`/login/eduid?purpose=prove&return=${encodeURIComponent(add)}`);
    rogue.bends.claims = claims => claims;
    const proved = await loginAt(world, rogue, { query: first.replace('/login/eduid', ''), browser });
    expect(proved.url!.searchParams.get('prompt')).toBe('login');
    expect(proved.response.headers.get('location')).toBe(add);
    // The session is another one now, and so is the press.
    const late = await world.request(`${link}&press=${press}`, { headers: { cookie: browser.header } });
    expect(late.headers.get('location')).toBe(add);
    const query = `${link.replace('/login/b', '')}&press=${await pressIn(world, browser)}`;
    const added = await loginAt(world, other, { query, browser });
    expect(added.response.status).toBe(303);
    expect(added.response.headers.get('location')).toBe('/account');
    const [mine, theirs] = await Promise.all([rogue, other].map(p => identityOf(p.person.eduid as string)));
    expect(theirs!.personId).toBe(mine!.personId);
  });

  it('does not take what belongs to another, and changes nothing', async () => {
    await loginAt(world, rogue);
    const before = await identityOf(rogue.person.eduid as string);
    const person = await createPerson(world);
    const browser = jar(person.headers.cookie);
    const query = `?purpose=link&press=${await pressIn(world, browser)}`;
    const login = await loginAt(world, rogue, { query, browser });
    expect(login.response.status).toBe(409);
    expect((await login.response.json()) as object).toMatchObject({ code: 'identity-taken' });
    expect((await identityOf(rogue.person.eduid as string))!.personId).toBe(before!.personId);
  });

  it('does not prove someone who comes back as someone else, nor adds to another session', async () => {
    const person = await createPerson(world);
    const proved = await loginAt(world, rogue, { query: '?purpose=prove', browser: jar(person.headers.cookie) });
    expect(proved.response.status).toBe(403);
    const browser = jar(person.headers.cookie);
    const start = browser.take(
      await world.request(`/login/eduid?purpose=link&press=${await pressIn(world, browser)}`, {
        headers: { cookie: browser.header },
      }),
    );
    const back = rogue.authorize(new URL(start.headers.get('location')!));
    const other = await createPerson(world);
    const mixed = browser.header.replace(/__Host-session=[^;]+/, other.headers.cookie);
    expect((await world.request(back, { headers: { cookie: mixed } })).status).toBe(403);
    expect(await identityOf(rogue.person.eduid as string)).toBeUndefined();
    expect((await world.request('/login/eduid?purpose=link')).status).toBe(401);
  });
});

describe('the page to sign in', () => {
  it('offers each provider, and is kept by nobody', async () => {
    const page = await world.request('/login?return=/claim/x&level=validate-names', {
      headers: { accept: 'text/html' },
    });
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
    expect(await page.text()).toContain('href="/login/eduid?return=%2Fclaim%2Fx&amp;level=validate-names"');
  });

  it('W3: the bar shows what is theirs to who is signed in, and such a page is kept by nobody', async () => {
    const { institution } = await createSchool(world);
    const learner = await createPerson(world);
    const member = await createMember(world, institution, ['board']);
    const bar = async (cookie?: string) => {
      const page = await world.request('/verify', { headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
      const links = [
        ...(await page.text()).split('</nav>')[0]!.matchAll(/href="(\/(?:login|badges|account|console))"/g),
      ];
      return { cache: page.headers.get('cache-control'), links: links.map(([, href]) => href) };
    };
    expect(await bar()).toEqual({ cache: 'no-cache', links: ['/login'] });
    expect(await bar(learner.headers.cookie)).toEqual({ cache: 'no-store', links: ['/badges', '/account'] });
    expect(await bar(member.headers.cookie)).toEqual({ cache: 'no-store', links: ['/badges', '/console', '/account'] });
  });
});

const setIntervalReal = setInterval;
const part = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A JWT with its signature turned. */
function turn(jwt: string): string {
  const at = jwt.lastIndexOf('.') + 3;
  return jwt.slice(0, at) + (jwt[at] === 'A' ? 'B' : 'A') + jwt.slice(at + 1);
}

const publicPem = async () =>
  exportSPKI(
    await crypto.subtle.importKey('jwk', rogue.jwk as never, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, true, [
      'verify',
    ]),
  );

const hmac = (header: object, claims: object, secret: string) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ ...header, alg: 'HS256' })
    .sign(new TextEncoder().encode(secret.padEnd(32, '-').slice(0, Math.max(32, secret.length))));

async function es256() {
  const { privateKey } = await generateKeyPair('ES256');
  return {
    sign: (header: object, claims: object) =>
      new SignJWT({ ...claims }).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey),
  };
}

/** More than anyone would read. */
function endless(): ReadableStream {
  const chunk = new TextEncoder().encode(`{"a":"${'x'.repeat(65_536)}`);
  return new ReadableStream({ pull: controller => controller.enqueue(chunk) });
}
