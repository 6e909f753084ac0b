import { eq } from 'drizzle-orm';
import * as oauth from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMyDocument } from '../../src/credentials/index.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { erasePerson, retain } from '../../src/privacy/index.ts';
import { importBadge } from '../../src/wallets/index.ts';
import { connections, importedBadges, oauthClients, walletGrants } from '../../src/wallets/schema.ts';
import { badge, keySigner, signAny } from '../support/badges.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { ALL, BASE, connectService, metadata, REDIRECT, SCOPE } from '../support/ob3-client.ts';
import { submit } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';

const ORIGIN = 'https://waarmerk.example';

describe('the Open Badges API', () => {
  let now = Date.now();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let service: Awaited<ReturnType<typeof connectService>>;
  let signer: Awaited<ReturnType<typeof keySigner>>;

  beforeAll(async () => {
    world = createWorld({ origin: ORIGIN, now: () => new Date(now) });
    school = await createCopies(world);
    service = await connectService(world);
    signer = await keySigner(21);
  });

  const person = (over: object = {}) => createPerson(world, over);
  let count = 0;
  const foreign = async (over: object = {}) =>
    JSON.stringify(await signAny(badge(signer.controller, { id: `urn:example:${++count}`, ...over }), signer));
  const kept = (personId: string) =>
    world.db.query.select().from(importedBadges).where(eq(importedBadges.personId, personId));
  const tokensOf = (personId: string) =>
    world.db.query.select().from(walletGrants).where(eq(walletGrants.personId, personId));

  describe('describes itself', () => {
    it('as an OpenAPI 3 document that is open to all and may be cached', async () => {
      const { json, headers, status } = service.description;
      expect([status, headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
        200,
        '*',
        'public, max-age=3600',
      ]);
      expect(json.openapi).toMatch(/^3\.0\./);
      expect(json.info).toMatchObject({
        title: expect.any(String),
        termsOfService: expect.stringMatching(/^https:/),
        'x-imssf-privacyPolicyUrl': expect.stringMatching(/^https:/),
      });
      const { OAuth2ACG } = json.components.securitySchemes;
      expect(OAuth2ACG).toMatchObject({
        type: 'oauth2',
        'x-imssf-name': 'Waarmerk',
        'x-imssf-registrationUrl': `${ORIGIN}/api/ob3/register`,
        'x-imssf-termsOfServiceUrl': expect.any(String),
        'x-imssf-privacyPolicyUrl': expect.any(String),
        flows: {
          authorizationCode: {
            authorizationUrl: `${ORIGIN}/connect`,
            tokenUrl: `${ORIGIN}/api/ob3/token`,
            refreshUrl: `${ORIGIN}/api/ob3/token`,
          },
        },
      });
      expect(Object.keys(OAuth2ACG.flows.authorizationCode.scopes)).toEqual(Object.values(SCOPE));
      const operations = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>)
        .flatMap(path => Object.values(path))
        .map(({ operationId }) => operationId);
      expect(operations.sort()).toEqual(['getCredentials', 'getProfile', 'getServiceDescription', 'upsertCredential']);
      const server = service.config.serverMetadata();
      expect([server.issuer, server.token_endpoint]).toEqual([ORIGIN, OAuth2ACG.flows.authorizationCode.tokenUrl]);
    });
  });

  describe('registers a service', () => {
    const register = (body: unknown, headers = {}) => world.api('/api/ob3/register', { body, headers });

    it('that nobody knows, and says back what it registered, with a secret that is not kept', async () => {
      const { status, json, headers } = await register(metadata({ more: 'is passed over' }));
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(json).toEqual({
        ...metadata(),
        client_id: expect.any(String),
        client_secret: expect.stringMatching(/^[\w-]{43}$/),
        client_id_issued_at: Math.floor(now / 1000),
        client_secret_expires_at: 0,
      });
      const [row] = await world.db.query.select().from(oauthClients).where(eq(oauthClients.id, json.client_id));
      expect(JSON.stringify(row)).not.toContain(json.client_secret);
    });

    it('and leaves out a scope that cannot be had here', async () => {
      const asked = `${SCOPE.read} https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update`;
      expect((await register(metadata({ scope: asked }))).json.scope).toBe(SCOPE.read);
    });

    const hostOf = (host: string) => JSON.parse(JSON.stringify(metadata()).replaceAll('//rugzak.example', `//${host}`));
    it.each([
      ...Object.keys(metadata())
        .filter(name => !/^(token_|grant_|response_)/.test(name))
        .map(name => [`no ${name}`, { [name]: undefined }, 'invalid_client_metadata']),
      ['http', { client_uri: 'http://rugzak.example/' }, 'invalid_client_metadata'],
      ['a script', { policy_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
      ['a logo of another host', { logo_uri: 'https://elders.example/logo.png' }, 'invalid_client_metadata'],
      ['a redirect to another host', { redirect_uris: [REDIRECT, 'https://evil.example/'] }, 'invalid_redirect_uri'],
      ['a redirect over http', { redirect_uris: ['http://rugzak.example/'] }, 'invalid_redirect_uri'],
      ['a redirect with a fragment', { redirect_uris: [`${REDIRECT}#x`] }, 'invalid_redirect_uri'],
      ['a redirect with a name in it', { redirect_uris: ['https://a:b@rugzak.example/'] }, 'invalid_redirect_uri'],
      ['a redirect to a scheme of its own', { redirect_uris: ['rugzak://terug'] }, 'invalid_redirect_uri'],
      ['a host that no name is', hostOf('rugzak.example;form-action,*'), 'invalid_client_metadata'],
      ['a host for every name', hostOf('*'), 'invalid_client_metadata'],
      ['no redirect', { redirect_uris: [] }, 'invalid_client_metadata'],
      ['a public client', { token_endpoint_auth_method: 'none' }, 'invalid_client_metadata'],
      ['a secret in the body', { token_endpoint_auth_method: 'client_secret_post' }, 'invalid_client_metadata'],
      ['another grant', { grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
      ['another response', { response_types: ['token'] }, 'invalid_client_metadata'],
      ['no scope of ours', { scope: 'openid' }, 'invalid_client_metadata'],
      ['a name without end', { client_name: 'x'.repeat(201) }, 'invalid_client_metadata'],
      [
        'more than anyone needs',
        { redirect_uris: Array.from({ length: 10 }, (_, i) => `${REDIRECT}?${i}${'x'.repeat(400)}`) },
        'invalid_client_metadata',
      ],
    ] as [string, object, string][])('and refuses one with %s', async (_, over, error) => {
      const { status, json } = await register(metadata(over));
      expect([status, json.error]).toEqual([400, error]);
    });

    it('and refuses what is no JSON; localhost is for a machine where this is being developed', async () => {
      expect((await register('{', {})).json.error).toBe('invalid_client_metadata');
      const local = metadata(
        JSON.parse(JSON.stringify(metadata()).replaceAll('https://rugzak.example', 'http://localhost:3000')),
      );
      expect((await register(local)).status).toBe(201);
      world.deps.config.production = true;
      expect((await register(local)).status).toBe(400);
      world.deps.config.production = false;
    });
  });

  describe('asks the person', () => {
    it('who signs in first and comes back to the question', async () => {
      const { url } = await service.begin();
      const started = await world.request(url.href, { headers: { accept: 'text/html' } });
      const page = started.headers.get('location')!;
      expect([started.status, page]).toEqual([303, expect.stringMatching(/^\/account\/connect\/[\w-]{43}$/)]);
      const login = await world.request(page, { headers: { accept: 'text/html' } });
      expect([login.status, login.headers.get('location')]).toEqual([303, `/login?return=${encodeURIComponent(page)}`]);
    });

    it('W5: on a page that says who asks and for what, in no frame, and leads only there', async () => {
      const sam = await person({ label: 'sam@eduid.example' });
      const named = await connectService(world, { client_name: '<b>Waarmerk</b>\u202e' });
      const { text, shown } = await named.decide((await named.begin()).url, sam.headers, 'deny');
      for (const words of [
        'Geef je rugzak.example toegang?',
        '&lt;b&gt;Waarmerk&lt;/b&gt;',
        'U+202E',
        'We kennen deze dienst niet.',
        'Je badges lezen.',
        'Badges bij je bewaren.',
        'Je naam en je e-mailadres lezen.',
        'tot je het stopt',
        'sam@eduid.example',
        'Geef geen toegang',
      ])
        expect(text).toContain(words);
      expect(text).not.toContain('logo.png');
      const policy = shown.headers.get('content-security-policy')!;
      expect(policy).toContain("form-action 'self' https://rugzak.example;");
      expect(policy).toContain("frame-ancestors 'none'");
      expect([shown.headers.get('cache-control'), shown.headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
      const english = await world.request(
        `${(await named.decide((await named.begin()).url, sam.headers, '')).page}?lang=en`,
        {
          headers: { ...sam.headers, accept: 'text/html' },
        },
      );
      expect(await english.text()).toContain('Do you give rugzak.example access?');
    });

    it('and only then comes back, with code, scope, state and who answered', async () => {
      const sam = await person();
      const asked = await service.begin(`${SCOPE.read} ${SCOPE.profile}`);
      const { back, answer } = await service.decide(asked.url, sam.headers);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([303, 'no-store']);
      expect(back.href.startsWith(`${REDIRECT}?`)).toBe(true);
      expect(Object.fromEntries(back.searchParams)).toEqual({
        code: expect.stringMatching(/^[\w-]{43}$/),
        scope: `${SCOPE.read} ${SCOPE.profile}`,
        state: asked.state,
        iss: ORIGIN,
      });
    });

    it('and leaves the address as it was registered, its own query too', async () => {
      const sam = await person();
      const redirect_uri = `${REDIRECT}?van=a%20b`;
      const other = await connectService(world, { redirect_uris: [REDIRECT, redirect_uri] });
      const { verifier, url } = await other.begin(SCOPE.read, { redirect_uri });
      const { back } = await other.decide(url, sam.headers);
      expect(back.href.startsWith(`${redirect_uri}&code=`)).toBe(true);
      const code = back.searchParams.get('code')!;
      const fields = { grant_type: 'authorization_code', code, code_verifier: verifier };
      expect((await other.token({ ...fields, redirect_uri: REDIRECT })).status).toBe(400);
      expect((await other.token({ ...fields, redirect_uri })).status).toBe(200);
    });

    it('and takes no for an answer; a question is answered once', async () => {
      const sam = await person();
      const asked = await service.begin();
      const { back, action } = await service.decide(asked.url, sam.headers, 'deny');
      expect([back.searchParams.get('error'), back.searchParams.get('state'), back.searchParams.get('code')]).toEqual([
        'access_denied',
        asked.state,
        null,
      ]);
      expect((await submit(world, action, sam.headers, { decision: 'allow' })).status).toBe(410);
      expect(await tokensOf(sam.id)).toEqual([]);
      const unclear = await service.decide((await service.begin()).url, sam.headers, 'misschien');
      expect(unclear.answer.status).toBe(400);
      const evil = { ...sam.headers, origin: 'https://evil.example' };
      expect((await submit(world, unclear.action, evil, { decision: 'allow' })).status).toBe(403);
      now += 3_600_000;
      expect((await submit(world, unclear.action, sam.headers, { decision: 'allow' })).status).toBe(404);
    });

    it('O12: a consent that is sent many times at once gives one code', async () => {
      const sam = await person();
      const { action } = await service.decide((await service.begin()).url, sam.headers, '');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => submit(world, action, sam.headers, { decision: 'allow' })),
      );
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(await tokensOf(sam.id)).toHaveLength(1);
    });

    it.each([
      ['PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
      ['a method of PKCE', { code_challenge_method: undefined }, 'invalid_request'],
      ['S256: plain', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['a challenge of the right size', { code_challenge: 'x' }, 'invalid_request'],
      ['a state', { state: undefined }, 'invalid_request'],
      ['a response type', { response_type: 'token' }, 'unsupported_response_type'],
      ['a scope', { scope: undefined }, 'invalid_scope'],
      ['a scope that says what for', { scope: SCOPE.offline }, 'invalid_scope'],
      ['the query', { response_mode: 'fragment' }, 'invalid_request'],
    ] as [string, Record<string, string | undefined>, string][])('not without %s', async (_, change, error) => {
      const { url, state } = await service.begin(ALL, change);
      const answer = await world.request(url.href, { headers: { accept: 'text/html' } });
      const back = new URL(answer.headers.get('location')!);
      expect([answer.status, back.host, back.searchParams.get('error'), back.searchParams.get('iss')]).toEqual([
        303,
        'rugzak.example',
        error,
        ORIGIN,
      ]);
      expect(back.searchParams.get('state')).toBe('state' in change ? null : state);
    });

    it('not for a scope that was not registered, nor for a parameter that stands twice', async () => {
      const small = await connectService(world, { scope: SCOPE.read });
      const { url } = await small.begin(`${SCOPE.read} ${SCOPE.write}`);
      const back = new URL((await world.request(url.href)).headers.get('location')!);
      expect(back.searchParams.get('error')).toBe('invalid_scope');
      const twice = await service.begin();
      twice.url.searchParams.append('scope', SCOPE.read);
      const second = new URL((await world.request(twice.url.href)).headers.get('location')!);
      expect(second.searchParams.get('error')).toBe('invalid_request');
    });

    it('and sends nobody to an address that was not registered as it stands, nor for a service that was not', async () => {
      for (const change of [
        { redirect_uri: undefined },
        { redirect_uri: `${REDIRECT}/` },
        { redirect_uri: `${REDIRECT}?x=1` },
        { redirect_uri: 'https://evil.example/' },
        { client_id: 'x' },
        { client_id: undefined },
      ]) {
        const answer = await world.request((await service.begin(ALL, change)).url.href, {
          headers: { accept: 'text/html' },
        });
        expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      }
    });
  });

  describe('gives tokens', () => {
    it('for a code and its verifier: an hour, and a refresh token where that was allowed', async () => {
      const sam = await person();
      const tokens = await service.connect(sam.headers);
      expect([tokens.token_type, tokens.expires_in, tokens.scope, typeof tokens.refresh_token]).toEqual([
        'bearer',
        3600,
        ALL,
        'string',
      ]);
      const short = await service.connect(sam.headers, SCOPE.read);
      expect([short.scope, short.refresh_token]).toEqual([SCOPE.read, undefined]);
      const rows = JSON.stringify(await tokensOf(sam.id));
      for (const secret of [tokens.access_token, tokens.refresh_token!, tokens.back.searchParams.get('code')!])
        expect(rows).not.toContain(secret);
    });

    it('not for a wrong verifier, address or client, nor for a code that is too old', async () => {
      const sam = await person();
      const other = await connectService(world);
      const asked = await service.begin();
      const code = (await service.decide(asked.url, sam.headers)).back.searchParams.get('code')!;
      const right = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: asked.verifier };
      for (const [fields, error] of [
        [{ ...right, code_verifier: `${asked.verifier.slice(0, -1)}~` }, 'invalid_grant'],
        [{ ...right, code_verifier: '' }, 'invalid_grant'],
        [{ ...right, redirect_uri: `${REDIRECT}/` }, 'invalid_grant'],
        [{ ...right, redirect_uri: '' }, 'invalid_grant'],
        [{ ...right, code: 'A'.repeat(43) }, 'invalid_grant'],
        [{ ...right, code: '' }, 'invalid_request'],
        [{ ...right, grant_type: '' }, 'invalid_request'],
        [{ ...right, grant_type: 'client_credentials' }, 'unsupported_grant_type'],
        [{ ...right, scope: `${ALL} openid` }, 'invalid_scope'],
      ] as [Record<string, string>, string][]) {
        const { status, json, headers } = await service.token(fields);
        expect([status, json.error, headers.get('cache-control')]).toEqual([400, error, 'no-store']);
      }
      const stolen = await other.token(right);
      expect([stolen.status, stolen.json.error]).toEqual([400, 'invalid_grant']);
      const wrong = service.basic().replace(/.{4}$/, 'AAAA');
      for (const authorization of ['', 'Basic x', wrong, 'Bearer x']) {
        const refused = await service.token(right, authorization);
        expect([refused.status, refused.json.error, refused.headers.get('www-authenticate')]).toEqual([
          401,
          'invalid_client',
          expect.stringMatching(/^Basic/),
        ]);
      }
      // None of that used it up.
      now += 599_000;
      expect((await service.token(right)).status).toBe(200);
      const late = await service.begin();
      const lateCode = (await service.decide(late.url, sam.headers)).back.searchParams.get('code')!;
      now += 600_000;
      const expired = await service.token({ ...right, code: lateCode, code_verifier: late.verifier });
      expect([expired.status, expired.json.error]).toEqual([400, 'invalid_grant']);
    });

    it('O12: for fifty redemptions of one code at once to one of them, and that is the end of its tokens', async () => {
      const sam = await person();
      const asked = await service.begin();
      const code = (await service.decide(asked.url, sam.headers)).back.searchParams.get('code')!;
      const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: asked.verifier };
      const answers = await Promise.all(Array.from({ length: 50 }, () => service.token(fields)));
      const good = answers.filter(({ status }) => status === 200);
      expect(good).toHaveLength(1);
      expect((await service.get('/credentials', good[0]!.json.access_token)).status).toBe(401);
      await expect(oauth.refreshTokenGrant(service.config, good[0]!.json.refresh_token)).rejects.toThrow();
    });

    it('and a code that comes again and again is in the log once', async () => {
      const sam = await person();
      const asked = await service.begin();
      const code = (await service.decide(asked.url, sam.headers)).back.searchParams.get('code')!;
      const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: asked.verifier };
      const reuses = async () =>
        (await world.db.query.select().from(auditLog).where(eq(auditLog.action, 'connection.reuse'))).length;
      expect((await service.token(fields)).status).toBe(200);
      const before = await reuses();
      for (let i = 0; i < 3; i++) expect((await service.token(fields)).json.error).toBe('invalid_grant');
      expect((await reuses()) - before).toBe(1);
    });

    it('anew for a refresh token, which changes each time; one that comes again ends all that came of it', async () => {
      const sam = await person();
      const first = await service.connect(sam.headers);
      now += 3_600_000;
      expect((await service.get('/credentials', first.access_token)).status).toBe(401);
      const second = await oauth.refreshTokenGrant(service.config, first.refresh_token!, { scope: SCOPE.read });
      expect([second.scope, second.refresh_token === first.refresh_token]).toEqual([SCOPE.read, false]);
      expect((await service.get('/profile', second.access_token)).status).toBe(403);
      const third = await oauth.refreshTokenGrant(service.config, second.refresh_token!);
      expect(third.scope).toBe(ALL);
      const stranger = await connectService(world);
      await expect(oauth.refreshTokenGrant(stranger.config, third.refresh_token!)).rejects.toThrow();
      expect((await service.get('/profile', third.access_token)).status).toBe(200);
      await expect(oauth.refreshTokenGrant(service.config, first.refresh_token!)).rejects.toThrow();
      expect((await service.get('/profile', third.access_token)).status).toBe(401);
      await expect(oauth.refreshTokenGrant(service.config, third.refresh_token!)).rejects.toThrow();
    });

    it('and takes them back when the service no longer needs them', async () => {
      const sam = await person();
      const tokens = await service.connect(sam.headers);
      const stranger = await connectService(world);
      await expect(oauth.tokenRevocation(stranger.config, tokens.refresh_token!)).rejects.toThrow();
      const { access_token } = await oauth.refreshTokenGrant(service.config, tokens.refresh_token!);
      await oauth.tokenRevocation(service.config, tokens.access_token);
      expect((await service.get('/profile', tokens.access_token)).status).toBe(401);
      expect((await service.get('/profile', access_token)).status).toBe(200);
      await oauth.tokenRevocation(service.config, tokens.refresh_token!);
      expect((await service.get('/profile', access_token)).status).toBe(401);
      await oauth.tokenRevocation(service.config, 'nothing');
    });
  });

  describe('hands badges on', () => {
    it('that are the person’s own, signed and not taken back, and those that they keep here; nobody else’s', async () => {
      const sam = await createCopies(world);
      const kim = await createCopies(world);
      const first = await sam.give();
      now += 1;
      const second = await sam.give();
      const revoked = await sam.give();
      await kim.give();
      now += 1;
      const elsewhere = await foreign();
      await importBadge(world.deps, { person: sam.person.id }, { document: elsewhere, source: 'file' });
      await importBadge(world.deps, { person: kim.person.id }, { document: await foreign(), source: 'file' });
      await world.api(`/api/v1/awards/${revoked}/revocation`, { key: sam.keys.awarder, body: { reason: 'error' } });
      const { access_token } = await service.connect(sam.person.headers);
      const { status, headers, json } = await service.get('/credentials', access_token);
      expect([status, headers.get('x-total-count'), headers.get('cache-control')]).toEqual([200, '3', 'no-store']);
      const signed = await Promise.all(
        [first, second].map(async id => JSON.parse(await readMyDocument(world.deps, sam.person.id, id))),
      );
      expect(json).toEqual({ credential: [...signed, JSON.parse(elsewhere)], compactJwsString: [] });
      expect(headers.get('access-control-expose-headers')).toContain('x-total-count');
    });

    it('page by page, each badge once, with where to go on', async () => {
      const sam = await person();
      for (let i = 0; i < 5; i++)
        await importBadge(world.deps, { person: sam.id }, { document: await foreign(), source: 'file' });
      const { access_token } = await service.connect(sam.headers);
      const seen: string[] = [];
      let path: string | undefined = '/credentials?limit=2';
      const rels: string[][] = [];
      while (path) {
        const answer: Awaited<ReturnType<typeof service.get>> = await service.get(path, access_token);
        expect(answer.headers.get('x-total-count')).toBe('5');
        seen.push(...answer.json.credential.map(({ id }: { id: string }) => id));
        const links = new Map(
          [...answer.headers.get('link')!.matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, to, rel]) => [rel!, to!]),
        );
        rels.push([...links.keys()]);
        expect(links.get('last')).toBe(`${ORIGIN}${BASE}/credentials?limit=2&offset=4`);
        expect(links.get('first')).toBe(`${ORIGIN}${BASE}/credentials?limit=2&offset=0`);
        path = links.get('next')?.slice(`${ORIGIN}${BASE}`.length);
      }
      expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
      expect(rels).toEqual([
        ['next', 'last', 'first'],
        ['next', 'last', 'first', 'prev'],
        ['last', 'first', 'prev'],
      ]);
      const beyond = await service.get('/credentials?limit=2&offset=9', access_token);
      expect([beyond.status, beyond.json.credential]).toEqual([200, []]);
    });

    it('that were issued after a moment, where that is asked', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      for (const validFrom of ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'])
        await service.upsert(access_token, await foreign({ validFrom }));
      const after = async (since: string) =>
        (await service.get(`/credentials?since=${since}`, access_token)).json.credential.length;
      expect([
        await after('2025-01-01T00:00:00Z'),
        await after('2026-01-01T00:00:00Z'),
        await after('2026-02-28T23:30:00-01:00'),
        await after('2026-03-01T00:30:00+01:00'),
      ]).toEqual([2, 1, 0, 1]);
    });

    it.each(['limit=0', 'limit=-1', 'limit=x', 'limit=1.5', 'offset=-1', 'offset=x', 'since=gisteren', 'since=2026'])(
      'and refuses %s',
      async query => {
        const { access_token } = await service.connect((await person()).headers, SCOPE.read);
        const { status, json } = await service.get(`/credentials?${query}`, access_token);
        expect([status, json]).toEqual([
          400,
          {
            imsx_codeMajor: 'failure',
            imsx_severity: 'error',
            imsx_description: expect.any(String),
            imsx_codeMinor: {
              imsx_codeMinorField: [
                {
                  imsx_codeMinorFieldName: query.split('=')[0],
                  imsx_codeMinorFieldValue: 'invalid_query_parameter',
                },
              ],
            },
          },
        ]);
      },
    );
  });

  describe('takes badges', () => {
    it.each(['application/json', 'application/vc+ld+json', 'application/vc'])('as %s', async type => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const document = await foreign();
      const created = await service.upsert(access_token, document, type);
      expect([created.status, created.headers.get('content-type'), created.text]).toEqual([201, type, document]);
      const replaced = await service.upsert(access_token, document, type);
      expect([replaced.status, replaced.text]).toEqual([200, document]);
      expect(await kept(sam.id)).toMatchObject([
        { document, verdict: 'valid', source: 'Rugzak (rugzak.example)', mediaType: 'application/vc' },
      ]);
      expect((await service.get('/credentials', access_token)).json.credential).toEqual([JSON.parse(document)]);
    });

    it('as a compact JWS, which stands in the other list', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const { document } = await school.copy(await school.give(), 'jwt_vc_json', { algorithm: 'RS256' });
      const created = await service.upsert(access_token, `${document}\n`, 'text/plain');
      expect([created.status, created.headers.get('content-type'), created.text]).toEqual([
        201,
        'text/plain',
        document,
      ]);
      const { json } = await service.get('/credentials', access_token);
      expect(json).toEqual({ credential: [], compactJwsString: [document] });
      expect((await kept(sam.id))[0]).toMatchObject({ verdict: 'valid', mediaType: 'application/jwt' });
    });

    it('a newer one in the place of an older, and never the other way; another issuer’s beside it', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const at = (validFrom: string) => foreign({ id: 'urn:example:same', validFrom });
      const [old, young] = [await at('2026-01-01T00:00:00Z'), await at('2026-02-01T00:00:00Z')];
      expect((await service.upsert(access_token, old)).status).toBe(201);
      expect((await service.upsert(access_token, young)).status).toBe(200);
      expect((await service.upsert(access_token, old)).status).toBe(304);
      const other = await keySigner(22);
      const foreignSame = await signAny(badge(other.controller, { id: 'urn:example:same' }), other);
      expect((await service.upsert(access_token, JSON.stringify(foreignSame))).status).toBe(201);
      expect((await kept(sam.id)).map(({ document }) => document).sort()).toEqual(
        [young, JSON.stringify(foreignSame)].sort(),
      );
      const many = await foreign();
      const answers = await Promise.all(Array.from({ length: 5 }, () => service.upsert(access_token, many)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    });

    it('one that was changed or is someone else’s too: kept with what the check said, as if the person had brought it', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const changed = JSON.stringify({ ...JSON.parse(await foreign()), name: 'Iets anders' });
      expect((await service.upsert(access_token, changed)).status).toBe(201);
      expect(await kept(sam.id)).toMatchObject([{ verdict: 'invalid', code: 'signature-invalid' }]);
    });

    it('none that cannot be good in the place of one that is, whatever date it gives itself; a good one in its place', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const at = (validFrom: string) => foreign({ id: 'urn:example:taken', validFrom });
      const [good, newer] = [await at('2026-01-01T00:00:00Z'), await at('2026-02-01T00:00:00Z')];
      const forged = JSON.stringify({ ...JSON.parse(good), validFrom: '2026-03-01T00:00:00Z' });
      expect((await service.upsert(access_token, forged)).status).toBe(201);
      expect((await service.upsert(access_token, good)).status).toBe(200);
      const refused = await service.upsert(access_token, forged);
      expect([refused.status, refused.json.imsx_codeMajor]).toEqual([400, 'failure']);
      expect(await kept(sam.id)).toMatchObject([{ document: good, verdict: 'valid' }]);
      expect((await service.upsert(access_token, newer)).status).toBe(200);
    });

    it('but nothing that is no badge, and says what is wrong as the specification has it', async () => {
      const sam = await person();
      const { access_token } = await service.connect(sam.headers);
      const good = JSON.parse(await foreign());
      for (const [body, type, status] of [
        ['{', 'application/json', 400],
        ['[]', 'application/json', 400],
        ['"https://elders.example/badge"', 'application/json', 400],
        ['{"a":1,"a":2}', 'application/json', 400],
        [JSON.stringify({ ...good, type: ['VerifiableCredential'] }), 'application/json', 400],
        [JSON.stringify({ ...good, id: undefined }), 'application/json', 400],
        [JSON.stringify({ ...good, issuer: undefined }), 'application/json', 400],
        [JSON.stringify({ ...good, proof: [1, 2, 3, 4] }), 'application/json', 400],
        ['https://elders.example/badge', 'text/plain', 400],
        ['a.b.c', 'text/plain', 400],
        ['a.b', 'text/plain', 400],
        [`${btoa('{"alg":"none"}')}.${btoa('{}')}.`, 'text/plain', 400],
        [JSON.stringify(good), 'text/plain', 400],
        [JSON.stringify(good), 'text/html', 415],
        [`{"a":"${'x'.repeat(1_000_001)}"}`, 'application/json', 413],
      ] as [string, string, number][]) {
        const answer = await service.upsert(access_token, body, type);
        expect([body.slice(0, 40), answer.status, answer.json?.imsx_codeMajor]).toEqual([
          body.slice(0, 40),
          status,
          'failure',
        ]);
        expect(answer.json.imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue).toBe('invalid_data');
      }
      expect(await kept(sam.id)).toEqual([]);
    });
  });

  describe('tells who the person is', () => {
    it('by what others vouched for, under another id for each service', async () => {
      const sam = await person({ name: 'Sam de Vries', nameSource: 'institution', email: 'sam@example.org' });
      const { access_token } = await service.connect(sam.headers);
      const { status, json } = await service.get('/profile', access_token);
      expect([status, json]).toEqual([
        200,
        {
          '@context': ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
          id: expect.stringMatching(/^https:\/\/waarmerk\.example\/ims\/ob\/v3p0\/profile#[\w-]{22}$/),
          type: ['Profile'],
          name: 'Sam de Vries',
          email: 'sam@example.org',
        },
      ]);
      const other = await connectService(world);
      const there = await other.get('/profile', (await other.connect(sam.headers)).access_token);
      expect(there.json.id).not.toBe(json.id);
      const nameless = await person();
      const bare = await service.get('/profile', (await service.connect(nameless.headers)).access_token);
      expect(Object.keys(bare.json)).toEqual(['@context', 'id', 'type']);
    });

    it('and changes nothing of it: what is not used here says so', async () => {
      const { access_token } = await service.connect((await person()).headers);
      for (const [method, path, allow] of [
        ['PUT', '/profile', 'GET'],
        ['DELETE', '/credentials', 'GET, POST'],
        ['POST', '/discovery', 'GET'],
      ] as const) {
        const answer = await world.api(`${BASE}${path}`, {
          method,
          body: {},
          headers: { authorization: `Bearer ${access_token}` },
        });
        const [field] = answer.json.imsx_codeMinor.imsx_codeMinorField;
        expect([answer.status, answer.headers.get('allow'), field.imsx_codeMinorFieldValue]).toEqual([
          405,
          allow,
          'not_allowed',
        ]);
      }
      const nothing = await service.get('/nothing', access_token);
      expect([nothing.status, nothing.json.imsx_codeMajor]).toEqual([404, 'failure']);
    });
  });

  describe('lets nobody in', () => {
    const minorOf = (json: { imsx_codeMinor: { imsx_codeMinorField: { imsx_codeMinorFieldValue: string }[] } }) =>
      json.imsx_codeMinor.imsx_codeMinorField[0]!.imsx_codeMinorFieldValue;

    it('without a token that is good now, and none from an address or a cookie', async () => {
      const sam = await person();
      const { access_token, refresh_token } = await service.connect(sam.headers);
      const tries: Record<string, string>[] = [
        {},
        sam.headers,
        { authorization: `Bearer ${'A'.repeat(43)}` },
        { authorization: `Bearer ${refresh_token}` },
        { authorization: `Basic ${access_token}` },
        { authorization: service.basic() },
      ];
      for (const headers of tries)
        for (const path of ['/credentials', '/profile', `/credentials?access_token=${access_token}`]) {
          const { status, json, headers: told } = await world.api(`${BASE}${path}`, { headers });
          expect([status, minorOf(json), told.get('www-authenticate')]).toEqual([
            401,
            'unauthorizedrequest',
            expect.stringMatching(/^Bearer/),
          ]);
        }
    });

    it('to what was not granted', async () => {
      const sam = await person();
      const reading = (await service.connect(sam.headers, SCOPE.read)).access_token;
      const knowing = (await service.connect(sam.headers, SCOPE.profile)).access_token;
      const answers = [
        await service.upsert(reading, await foreign()),
        await service.get('/profile', reading),
        await service.get('/credentials', knowing),
      ];
      for (const { status, json, headers } of answers)
        expect([status, minorOf(json), headers.get('www-authenticate')]).toEqual([
          403,
          'forbidden',
          expect.stringContaining('insufficient_scope'),
        ]);
    });

    it('from another site’s page but with a token: a browser of theirs may ask', async () => {
      const { access_token } = await service.connect((await person()).headers);
      const cross = { origin: 'https://rugzak.example', 'sec-fetch-site': 'cross-site' };
      const preflight = await world.request(`${BASE}/credentials`, { method: 'OPTIONS', headers: cross });
      expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
        204,
        expect.stringContaining('authorization'),
      ]);
      const answer = await world.api(`${BASE}/credentials`, {
        body: await foreign(),
        headers: { ...cross, authorization: `Bearer ${access_token}` },
      });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    });
  });

  describe('is ended by the person', () => {
    const page = async (path: string, headers: Record<string, string>) =>
      (await world.request(path, { headers: { ...headers, accept: 'text/html' } })).text();

    it('who sees what is connected, since when, what it may and when it last did, and stops it at once', async () => {
      const sam = await person();
      const kim = await person();
      expect(await page('/account/connections', sam.headers)).toContain('Je hebt geen dienst toegang gegeven.');
      const { access_token, refresh_token } = await service.connect(sam.headers);
      const waiting = await service.begin();
      const code = (await service.decide(waiting.url, sam.headers)).back.searchParams.get('code')!;
      const theirs = await service.connect(kim.headers);
      const shown = await page('/account/connections', sam.headers);
      for (const words of ['rugzak.example', 'Rugzak', 'je badges lezen', 'badges bij je bewaren', 'nog niet'])
        expect(shown).toContain(words);
      expect(shown.match(/class="tie"/g)).toHaveLength(1);
      await service.get('/credentials', access_token);
      expect(await page('/account/connections', sam.headers)).not.toContain('nog niet');
      const [row] = await world.db.query.select().from(connections).where(eq(connections.personId, sam.id));
      const end = `/account/connections/${row!.id}/end`;
      expect((await submit(world, end, kim.headers)).status).toBe(404);
      expect((await service.get('/credentials', access_token)).status).toBe(200);
      const ended = await submit(world, end, sam.headers);
      expect([ended.status, ended.headers.get('location')]).toEqual([303, '/account/connections?done=ended']);
      expect((await service.get('/credentials', access_token)).status).toBe(401);
      await expect(oauth.refreshTokenGrant(service.config, refresh_token!)).rejects.toThrow();
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT,
        code_verifier: waiting.verifier,
      };
      expect((await service.token(fields)).json.error).toBe('invalid_grant');
      expect(await tokensOf(sam.id)).toEqual([]);
      expect((await service.get('/credentials', theirs.access_token)).status).toBe(200);
      // To be let in again is another connection.
      const again = await service.connect(sam.headers);
      expect((await service.get('/credentials', access_token)).status).toBe(401);
      expect((await service.get('/credentials', again.access_token)).status).toBe(200);
    });

    it('who takes along what we keep of it, and of which nothing is left after an erasure', async () => {
      const sam = await person();
      const { access_token, refresh_token } = await service.connect(sam.headers);
      const data = await world.api('/account/data.json', { headers: sam.headers });
      expect(data.json.services).toEqual([
        expect.objectContaining({ name: 'Rugzak', address: 'https://rugzak.example/', scopes: ALL.split(' ') }),
      ]);
      expect(data.text).not.toContain(access_token);
      expect(await page('/account/data', sam.headers)).toContain('rugzak.example');
      await erasePerson(world.deps, sam.id, { kind: 'operator' });
      expect((await service.get('/credentials', access_token)).status).toBe(401);
      await expect(oauth.refreshTokenGrant(service.config, refresh_token!)).rejects.toThrow();
      expect(await tokensOf(sam.id)).toEqual([]);
      expect(await world.db.query.select().from(connections).where(eq(connections.personId, sam.id))).toEqual([]);
    });

    it('and by time: what can do nothing any more is forgotten, and so is a service that nobody let in', async () => {
      const sam = await person();
      const idle = await connectService(world);
      const used = await connectService(world);
      await used.connect(sam.headers, SCOPE.read);
      const idOf = ({ config }: typeof idle) => config.clientMetadata().client_id;
      const there = async () =>
        (await world.db.query.select().from(oauthClients))
          .map(({ id }) => id)
          .filter(id => [idOf(idle), idOf(used)].includes(id));
      now += 23 * 3_600_000;
      await retain(world.deps);
      expect(await there()).toHaveLength(2);
      now += 2 * 3_600_000;
      await retain(world.deps);
      expect(await there()).toEqual([idOf(used)]);
      now += 88 * 24 * 3_600_000;
      await retain(world.deps);
      expect(await there()).toHaveLength(1);
      expect(await page('/account/connections', (await fresh(sam)).headers)).toContain(
        'De dienst moet het je opnieuw vragen.',
      );
      now += 2 * 24 * 3_600_000;
      await retain(world.deps);
      expect(await there()).toEqual([]);
      const rows = await world.db.query.select().from(connections).where(eq(connections.personId, sam.id));
      expect(rows).toEqual([]);
    });

    /** The session of a while ago has ended. */
    async function fresh({ id: personId, identityId }: Awaited<ReturnType<typeof person>>) {
      const { openSession, SESSION_COOKIE } = await import('../../src/people/index.ts');
      const session = await openSession(world.deps, { personId, identityId, provider: 'eduid' }, 'Firefox/1 Linux');
      await world.deps.db.batch([session.statement]);
      return { headers: { cookie: `${SESSION_COOKIE}=${session.secret}` } };
    }
  });
});
