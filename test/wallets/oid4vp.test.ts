import { Openid4vpClient } from '@openid4vc/openid4vp';
import { eq } from 'drizzle-orm';
import { importJWK, type JWK, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { awards } from '../../src/credentials/schema.ts';
import { runJobs } from '../../src/jobs/index.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { jwkOfDid } from '../../src/vc/holder-key.ts';
import { walletGrants } from '../../src/wallets/schema.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { formats, type Otherwise, type Presenter, presenterOn, type QueryId } from '../support/presenter.ts';

const ids = Object.keys(formats) as QueryId[];

describe('OpenID4VP', () => {
  let now = Date.now();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let holder: Presenter;
  const badges = {} as Record<QueryId, { id: string; award: string; document: string }>;

  beforeAll(async () => {
    world = createWorld({ now: () => new Date(now), origin: 'https://badge.example' });
    school = await createCopies(world);
    holder = await presenterOn(world);
    for (const id of ids) {
      const award = await school.give();
      badges[id] = { ...(await school.copy(award, formats[id], { holder: holder.holderOf(id) })), award };
    }
  });

  /** A browser of a checker that asks. */
  async function ask(asked: Record<string, string> = {}) {
    const headers = { origin: world.origin };
    const made = await world.request('/verify/wallet', { method: 'POST', body: new URLSearchParams(asked), headers });
    const path = made.headers.get('location')!;
    const cookie = (made.headers.get('set-cookie') ?? '').split(';')[0]!;
    const look = async (browser: { cookie?: string } = { cookie }, query = '') => {
      const page = await world.request(path + query, {
        headers: { accept: 'text/html', 'accept-language': 'en', ...browser },
      });
      return { status: page.status, headers: page.headers, text: await page.text() };
    };
    const links = [...(await look()).text.matchAll(/href="(openid4vp:[^"]+)"/g)].map(([, link]) =>
      link!.replaceAll('&amp;', '&'),
    );
    const [link, sealed, unsigned] = links as [string, string, string];
    return { status: made.status, path, cookie, look, link, sealed, unsigned };
  }
  /** Shows a badge, as it was asked or otherwise. */
  async function show(link: string, id: QueryId, otherwise: Otherwise & { badge?: string; as?: string } = {}) {
    const request = await holder.open(link);
    const presentation = await holder.present(request, id, otherwise.badge ?? badges[id].document, otherwise);
    return { request, ...(await holder.answer(request, { [otherwise.as ?? id]: [presentation] })) };
  }
  const PROVEN = 'has the key of the one to whom the badge was given';

  it.each(ids.flatMap(id => (['link', 'sealed', 'unsigned'] as const).map(way => [id, way] as const)))(
    'a wallet shows %s by the %s request, and whoever asked reads it',
    async (id, way) => {
      const asked = await ask();
      const { request, status, json } = await show(asked[way], id);
      expect([status, request.response_mode]).toEqual([200, way === 'sealed' ? 'direct_post.jwt' : 'direct_post']);
      expect(json.redirect_uri).toMatch(/^https:\/\/badge\.example\/verify\/wallet\/[\w-]+\?response_code=[\w-]{22}$/);
      const page = await asked.look();
      expect(page.text).toContain(PROVEN);
      expect(page.text).toContain('class="answer valid"');
      expect(page.text).toContain('Samenwerken');
      expect([page.headers.get('refresh'), page.headers.get('cache-control')]).toEqual([null, 'no-store']);
    },
  );

  it('a presentation in the form of VC 1.1, with a JWT in a JWT, is read as well', async () => {
    const { link, look } = await ask();
    const request = await holder.open(link);
    const vp = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [badges['badge-jwt'].document],
    };
    const jwt = await holder.signVp({ vp, iss: holder.key.did, aud: request.client_id, nonce: request.nonce }, 'JWT');
    expect(await holder.answer(request, { 'badge-jwt': [jwt] })).toMatchObject({ status: 200 });
    expect((await look()).text).toContain(PROVEN);
  });

  it('asks by a short reference, is signed as the host, and names neither state nor whoever asks', async () => {
    const { link, status, look } = await ask();
    expect([
      status,
      link.length < 120,
      link.startsWith('openid4vp://?client_id=decentralized_identifier:did:web:'),
    ]).toEqual([303, true, true]);
    expect((await look()).headers.get('refresh')).toBe('5');
    const request = await holder.open(link);
    expect(request).toMatchObject({ response_type: 'vp_token', nonce: expect.stringMatching(/^[\w-]{22}$/) });
    expect(request).not.toHaveProperty('state');
    expect(request.dcql_query.credentials.map((query: { format: string }) => query.format)).toEqual(
      Object.values(formats),
    );
    const uri = new URL(link).searchParams.get('request_uri')!;
    const body = new URLSearchParams({ wallet_nonce: 'of-the-wallet' });
    const posted = await world.request(uri, { method: 'POST', body });
    const client = new URL(link).searchParams.get('client_id')!;
    expect((await holder.verifyRequest(Buffer.from(await posted.arrayBuffer()).toString(), client)).wallet_nonce).toBe(
      'of-the-wallet',
    );
  });

  it.each([
    ['link', undefined, 'EdDSA'],
    ['sealed', undefined, 'ES256'],
    ['link', '{"request_object_signing_alg_values_supported":["ES256","ES384"]}', 'ES256'],
    ['link', '{"request_object_signing_alg_values_supported":["ES256","EdDSA"]}', 'EdDSA'],
    ['sealed', '{"request_object_signing_alg_values_supported":["Ed25519"]}', 'EdDSA'],
    ['link', '{"request_object_signing_alg_values_supported":["RS256"]}', 'EdDSA'],
    ['link', '{', 'EdDSA'],
    ['link', '{"request_object_signing_alg_values_supported":"ES256"}', 'EdDSA'],
  ] as const)('the request by %s to a wallet that says %j is signed with %s', async (way, wallet_metadata, alg) => {
    const { [way]: link } = await ask();
    const { request_uri: uri, client_id: client } = Object.fromEntries(new URL(link).searchParams);
    const body = new URLSearchParams(wallet_metadata ? { wallet_metadata } : {});
    const posted = await world.request(uri!, { method: 'POST', body });
    const jwt = Buffer.from(await posted.arrayBuffer()).toString();
    expect(JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()).alg).toBe(alg);
    expect((await holder.verifyRequest(jwt, client!)).client_id).toBe(client);
  });

  it('the wallet library of the OpenWallet Foundation reads each request, and who signed it', async () => {
    const { verificationMethod: methods } = (await (await world.request('/.well-known/did.json')).json()) as {
      verificationMethod: { id: string; publicKeyJwk?: JWK; publicKeyMultibase?: string }[];
    };
    const not = () => Promise.reject(new Error('nothing is encrypted or signed here'));
    const client = new Openid4vpClient({
      callbacks: {
        fetch: ((url: string, init?: RequestInit) => world.request(url, init)) as typeof fetch,
        hash: async (data, algorithm) => new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(data))),
        decryptJwe: not,
        encryptJwe: not,
        signJwt: not,
        verifyJwt: async (signer, { compact }) => {
          const method = methods.find(({ id }) => signer.method === 'did' && id === signer.didUrl);
          const jwk = method?.publicKeyJwk ?? jwkOfDid(`did:key:${method!.publicKeyMultibase}`);
          await jwtVerify(compact, await importJWK(jwk, signer.alg));
          return { verified: true, signerJwk: jwk as never };
        },
      },
    });
    const asked = await ask();
    const read = async (authorizationRequest: string) => {
      const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest });
      const found = await client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params as never });
      return [found.client.prefix, found.jar?.signer.alg, found.authorizationRequestPayload.response_mode];
    };
    expect(await Promise.all([asked.link, asked.sealed, asked.unsigned].map(read))).toEqual([
      ['decentralized_identifier', 'EdDSA', 'direct_post'],
      ['decentralized_identifier', 'ES256', 'direct_post.jwt'],
      ['redirect_uri', undefined, 'direct_post'],
    ]);
  });

  const wrong: [
    why: string,
    reasons: Record<QueryId, string>,
    otherwise: () => Promise<Otherwise & { badge?: string }>,
  ][] = [
    [
      'a nonce of another request',
      all('challenge-mismatch', 'key-binding-invalid'),
      async () => ({ nonce: 'of-another' }),
    ],
    [
      'an audience that is another verifier',
      all('domain-mismatch', 'key-binding-invalid'),
      async () => ({ audience: 'x509_san_dns:elders.example' }),
    ],
    [
      'an audience without its prefix',
      all('domain-mismatch', 'key-binding-invalid'),
      async () => ({ audience: 'did:web:badge.example' }),
    ],
    ['another holder', all('holder-mismatch', 'key-binding-invalid'), async () => ({ by: await presenterOn(world) })],
  ];
  function all(vp: string, sdJwt: string): Record<QueryId, string> {
    return { badge: vp, 'badge-jwt': vp, 'badge-sd-jwt': sdJwt };
  }

  it.each(ids.flatMap(id => wrong.map(([why, reasons, otherwise]) => [id, why, reasons[id], otherwise] as const)))(
    'V19b: %s for %s is refused, and uses nothing up',
    async (id, _why, reason, otherwise) => {
      const { link, look } = await ask();
      const refused = await show(link, id, await otherwise());
      expect([refused.status, refused.json.error, refused.json.error_description]).toEqual([
        400,
        'invalid_request',
        expect.stringContaining(`(${reason})`),
      ]);
      expect((await look()).text).not.toContain(PROVEN);
      expect((await show(link, id)).status).toBe(200);
    },
  );

  it('V19d: a key binding that is old, from the future or not there is refused', async () => {
    const { link } = await ask();
    const seconds = Math.floor(now / 1000);
    for (const issuedAt of [seconds - 3_600, seconds + 3_600])
      expect((await show(link, 'badge-sd-jwt', { issuedAt })).status).toBe(400);
    const request = await holder.open(link);
    const bare = await holder.answer(request, { 'badge-sd-jwt': [badges['badge-sd-jwt'].document] });
    expect(bare.json.error_description).toContain('(key-binding-missing)');
  });

  it.each(ids)('%s that was changed after it was signed is refused', async id => {
    const { document } = badges[id];
    const changed = {
      badge: () => document.replace('Samenwerken', 'Leidinggeven'),
      'badge-jwt': () => changedClaims(document),
      'badge-sd-jwt': () => changedClaims(document),
    }[id]();
    expect(changed).not.toBe(document);
    const { link } = await ask();
    const { status, json } = await show(link, id, { badge: changed });
    expect([status, json.error_description]).toEqual([400, expect.stringContaining('(signature-invalid)')]);
  });
  function changedClaims(compact: string): string {
    const [header, claims, ...rest] = compact.split('.');
    const text = Buffer.from(claims!, 'base64url').toString().replace('Samenwerken', 'Leidinggeven');
    return [header, Buffer.from(text).toString('base64url'), ...rest].join('.');
  }

  it('an answer to an unknown query, to another format, to none and to several is refused', async () => {
    const { link } = await ask();
    const request = await holder.open(link);
    const one = await holder.present(request, 'badge', badges.badge.document);
    const jwt = await holder.present(request, 'badge-jwt', badges['badge-jwt'].document);
    const tokens: [unknown, string][] = [
      [{ 'some-other': [one] }, 'query-unknown'],
      [{ 'badge-jwt': [one] }, 'other-format'],
      [{ 'badge-sd-jwt': [jwt] }, 'other-format'],
      [{ badge: [jwt] }, 'other-format'],
      [{}, 'not-one-badge'],
      [{ badge: [] }, 'response-malformed'],
      [{ badge: [one, one] }, 'not-one-badge'],
      [{ badge: [one], 'badge-jwt': [jwt] }, 'not-one-badge'],
      [{ badge: ['zomaar wat'] }, 'credential-unreadable'],
      ['', 'response-malformed'],
    ];
    for (const [token, reason] of tokens) {
      const { status, json } = await holder.answer(request, token);
      expect([status, json.error_description]).toEqual([400, expect.stringContaining(`(${reason})`)]);
    }
    for (const body of [{}, { vp_token: '{"badge":[],"badge":[]}' }, { response: 'a.b.c' }, { response: 'a.b.c.d.e' }])
      expect((await holder.post(request, body as Record<string, string>)).status).toBe(400);
    expect((await holder.answer(request, { badge: [one] })).status).toBe(200);
  });

  it('a badge that is bound to nobody, or shown without a signature, proves nothing and is refused', async () => {
    const unbound = await school.copy(badges.badge.award, 'ldp_vc');
    const { link } = await ask();
    const refused = await show(link, 'badge', { badge: unbound.document });
    expect(refused.json.error_description).toContain('(holder-unbound)');
    const request = await holder.open(link);
    const { proof: _, ...bare } = (await holder.present(request, 'badge', badges.badge.document)) as Record<
      string,
      unknown
    >;
    expect((await holder.answer(request, { badge: [bare] })).json.error_description).toContain('(proof-missing)');
  });

  it('O12: an answer is taken once: neither the same again, nor another, nor another at the same moment', async () => {
    const { link } = await ask();
    const request = await holder.open(link);
    const token = { badge: [await holder.present(request, 'badge', badges.badge.document)] };
    const answers = await Promise.all([1, 2, 3].map(() => holder.answer(request, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    const another = { 'badge-jwt': [await holder.present(request, 'badge-jwt', badges['badge-jwt'].document)] };
    const later = [await holder.answer(request, token), await holder.answer(request, another)];
    expect(later.map(({ status }) => status)).toEqual([410, 410]);
    const elsewhere = await holder.open((await ask()).link);
    expect(
      (await holder.answer({ ...elsewhere, response_mode: 'direct_post' }, token)).json.error_description,
    ).toContain('(challenge-mismatch)');
  });

  it('the answer is for the browser that asked and the one that comes back with a fresh code, and no other', async () => {
    const { link, look, path } = await ask();
    const { json } = await show(link, 'badge');
    expect((await look({})).status).toBe(404);
    expect((await look({ cookie: 'asked=of-somebody-else' })).status).toBe(404);
    expect((await look({}, '?response_code=AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    const other = await ask();
    expect((await look({ cookie: other.cookie })).status).toBe(404);
    const { search } = new URL(json.redirect_uri);
    const back = await look({}, search);
    expect([back.status, back.text.includes(PROVEN)]).toEqual([200, true]);
    // The code is used up; the browser that came with it may look again, and who finds it in a log may not.
    const cookie = back.headers.get('set-cookie')!.split(';')[0]!;
    const again = [await look({ cookie }), await look({ cookie }, search), await look(), await look({}, search)];
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 404]);
    expect((await world.request(`${path.slice(0, -1)}_`)).status).toBe(404);
  });

  it('a badge that was revoked is shown as revoked, by whoever holds its key', async () => {
    const award = await school.give();
    const { document } = await school.copy(award, 'ldp_vc', { holder: holder.holderOf('badge') });
    await world.api(`/api/v1/awards/${award}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    const asked = await ask();
    expect((await show(asked.link, 'badge', { badge: document })).status).toBe(200);
    const { text } = await asked.look();
    expect([
      text.includes(PROVEN),
      text.includes('class="answer invalid"'),
      text.includes('the badge itself is not in order'),
    ]).toEqual([true, true, true]);
  });

  it('asks for a badge of one issuer, with one title, or for one badge, and takes no other', async () => {
    const { did } = school.institution;
    const others = await createCopies(world, { name: 'Rekenen' });
    const award = await others.give();
    for (const id of ids) {
      const { document } = await others.copy(award, formats[id], { holder: holder.holderOf(id) });
      for (const asked of [{ issuer: did }, { title: 'Samenwerken' }, { issuer: did, title: 'Samenwerken' }]) {
        const { link } = await ask(asked as Record<string, string>);
        const { status, json } = await show(link, id, { badge: document });
        expect([status, json.error_description]).toEqual([400, expect.stringContaining('(not-what-was-asked)')]);
        expect((await show(link, id)).status).toBe(200);
      }
    }
  });

  it('from the page of a badge its holder is asked for that very badge, in whatever format they have it', async () => {
    const where = eq(awards.id, badges['badge-jwt'].award);
    const [award] = await world.db.query.select({ badge: awards.credentialId }).from(awards).where(where);
    const { badge } = award!;
    const asked = { badge, issuer: school.institution.did, title: 'Samenwerken' };
    const { link } = await ask(asked);
    const refused = await show(link, 'badge');
    expect(refused.json.error_description).toContain('(another-badge)');
    expect((await show(link, 'badge-jwt')).status).toBe(200);
    const form = await world.request(`/verify/wallet?${new URLSearchParams(asked)}`);
    expect(await form.text()).toContain(`value="${badge}"`);
  });

  it('a holder who says no, and one who is too late, are told to whoever asked', async () => {
    const asked = await ask();
    const request = await holder.open(asked.link);
    expect((await holder.post(request, { error: 'access_denied' })).status).toBe(200);
    expect((await asked.look()).text).toContain('The wallet shows no badge');
    const late = await ask();
    const other = await holder.open(late.link);
    const token = { badge: [await holder.present(other, 'badge', badges.badge.document)] };
    now += 10 * 60_000;
    expect([(await holder.answer(other, token)).status, (await holder.open(late.link)).status]).toEqual([410, 410]);
    expect((await late.look()).text).toContain('No answer came');
  });

  it('nothing of who asked whom is left behind, and what was shown is kept sealed until then', async () => {
    const asked = await ask();
    expect((await show(asked.link, 'badge', {})).status).toBe(200);
    const id = await sha256Hex(asked.path.split('/').at(-1)!);
    const kept = JSON.stringify((await requests()).find(request => request.id === id));
    for (const told of ['Samenwerken', holder.lcw.did, asked.path.split('/').at(-1)!, asked.cookie.split('=')[1]!])
      expect(kept).not.toContain(told);
    now += 30 * 60_000;
    expect((await asked.look()).status).toBe(404);
    await runJobs(world.deps);
    expect(await requests()).toEqual([]);
  });
  const requests = () =>
    world.db.query.select().from(walletGrants).where(eq(walletGrants.kind, 'presentation_request'));

  it('what cannot be asked is refused, and makes nothing', async () => {
    const body = new URLSearchParams({ issuer: 'javascript:alert(1)' });
    const refused = await world.request('/verify/wallet', { method: 'POST', body, headers: { origin: world.origin } });
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([400, null]);
  });
});
