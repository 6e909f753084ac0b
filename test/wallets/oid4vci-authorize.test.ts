import { beforeAll, describe, expect, it } from 'vitest';
import { awards } from '../../src/credentials/schema.ts';
import type { AwardState } from '../../src/credentials/schema.ts';
import { offerBySignIn } from '../../src/wallets/index.ts';
import { eq } from 'drizzle-orm';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';
import { learnerWallet } from '../support/lcw.ts';
import { CLIENT, REDIRECT, s256, walletKey, walletOn } from '../support/wallet.ts';

describe('OpenID4VCI by signing in', () => {
  let now = Date.now();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let wallet: ReturnType<typeof walletOn>;
  let server: Record<string, string>;
  let issuer: Record<string, string>;
  const start = () => ({ offer: { grants: {} }, server });

  beforeAll(async () => {
    world = createWorld({ now: () => new Date(now) });
    school = await createCopies(world);
    wallet = walletOn(world);
    const path = `/i/${school.institution.slug}`;
    server = (await wallet.ask(`/.well-known/oauth-authorization-server${path}`)).json;
    issuer = (await wallet.ask(`/.well-known/openid-credential-issuer${path}`)).json;
  });

  async function offered(awardId?: string) {
    const id = awardId ?? (await school.give());
    const offer = await offerBySignIn(world.deps, { awardId: id, personId: school.person.id, language: 'nl' });
    return { id, ...offer };
  }
  /** A code for a badge, as a wallet gets it after its owner allowed it. */
  async function allowed(over: object = {}, headers: object = {}) {
    const { id, link } = await offered();
    const opened = await wallet.open(link);
    const pushed = await wallet.push(opened, over, headers);
    const { to, html } = await wallet.answerIn(school.person.headers, pushed.url, 'allow');
    return { id, opened, ...pushed, html, to: to!, code: to?.searchParams.get('code') ?? '' };
  }
  const put = (id: string, state: AwardState) =>
    world.db.batch([world.db.query.update(awards).set({ state }).where(eq(awards.id, id))]);

  it('an offer names the award to us alone, and leads to a badge that is bound to the key of the wallet', async () => {
    const { id, opened, answer, html, to, code, verifier } = await allowed();
    expect(Object.keys(opened.offer.grants)).toEqual(['authorization_code']);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(answer.json.expires_in).toBe(600);
    expect(html).toContain('wallet.example');
    expect(to.href.startsWith(`${REDIRECT}&code=`)).toBe(true);
    expect([to.searchParams.get('state'), to.searchParams.get('iss')]).toEqual(['zo begon het', server.issuer]);

    const token = await wallet.exchange(server, code, verifier);
    expect([token.status, token.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(token.json).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'badge' });
    const key = await walletKey();
    const jwt = [await wallet.proof(opened, key, await wallet.nonce(opened), { claims: { iss: CLIENT } })];
    const ask = (name: string) =>
      wallet.credential(opened, token.json.access_token, { credential_configuration_id: name, proofs: { jwt } });
    const narrow = await ask('badge-jwt');
    expect([narrow.status, narrow.json.error]).toEqual([403, 'insufficient_scope']);
    expect(narrow.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope"');
    const { credential } = (await ask('badge')).json.credentials[0];
    expect((await school.verdict(JSON.stringify(credential))).verdict).toBe('valid');
    await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    expect((await school.verdict(JSON.stringify(credential))).code).toBe('revoked');
  });

  it('a wallet may begin: its owner chooses one of their badges of that institution, and of no other', async () => {
    const [one, two] = [await school.give(), await school.give()];
    const other = await createCopies(world);
    const elsewhere = await other.give();
    const details = [{ type: 'openid_credential', credential_configuration_id: 'badge-sd-jwt' }];
    const wanted = { scope: 'openid badge badge-sd-jwt', authorization_details: JSON.stringify(details) };
    const { url, verifier } = await wallet.push(start(), wanted);
    const { headers } = school.person;
    const refused = await wallet.answerIn(headers, url, 'allow', elsewhere);
    expect([refused.status, refused.to]).toEqual([404, undefined]);
    expect([refused.html.includes(one), refused.html.includes(two), refused.html.includes(elsewhere)]).toEqual([
      true,
      true,
      false,
    ]);
    const { to } = await wallet.answerIn(headers, url, 'allow', two);
    const token = await wallet.exchange(server, to!.searchParams.get('code')!, verifier);
    expect(token.json).toMatchObject({
      scope: 'badge',
      authorization_details: [{ ...details[0], credential_identifiers: ['badge-sd-jwt'] }],
    });
    const opened = { issuer } as never;
    const ask = async (name: object) => {
      const jwt = [await wallet.proof(opened, await walletKey(), await wallet.nonce(opened))];
      return (await wallet.credential(opened, token.json.access_token, { ...name, proofs: { jwt } })).json;
    };
    expect((await ask({ credential_identifier: 'badge' })).error).toBe('unknown_credential_identifier');
    expect((await ask({ credential_configuration_id: 'badge-sd-jwt' })).error).toBe('invalid_credential_request');
    expect((await ask({ credential_identifier: 'badge-sd-jwt' })).credentials).toHaveLength(1);
  });

  it('who is not signed in signs in first; who has nothing to give, or wants nothing given, says so', async () => {
    const { link } = await offered();
    const opened = await wallet.open(link);
    const { url } = await wallet.push(opened);
    const path = new URL(url).pathname + new URL(url).search;
    const stranger = await world.request(url);
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      303,
      `/login?return=${encodeURIComponent(path)}`,
    ]);
    const other = await createPerson(world);
    const theirs = await wallet.answerIn(other.headers, url, 'allow');
    expect([theirs.page.status, theirs.html.includes('value="allow"'), theirs.status]).toEqual([200, false, 404]);
    const denied = await wallet.answerIn(other.headers, url, 'deny');
    expect(Object.fromEntries(denied.to!.searchParams)).toEqual({
      app: '1',
      error: 'access_denied',
      state: 'zo begon het',
      iss: server.issuer,
    });
    // Answered once, by whomever.
    expect((await wallet.answerIn(school.person.headers, url, 'allow')).to).toBeUndefined();
  });

  it('a page that leads back to a wallet lets its form go there, and says nothing to search engines or caches', async () => {
    for (const [redirect_uri, source] of [
      ['https://wallet.example:8443/cb', 'https://wallet.example:8443'],
      ['http://127.0.0.1:9999/cb', 'http://127.0.0.1:9999'],
      ['nl.wallet.app:/cb', 'nl.wallet.app:'],
    ] as const) {
      const { url } = await wallet.push(start(), { redirect_uri });
      const { page } = await wallet.answerIn(school.person.headers, url, 'deny');
      expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${source};`);
      expect([page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
    }
  });

  it.each([
    ['no client', 'invalid_request', { client_id: undefined }],
    ['no response_type', 'invalid_request', { response_type: undefined }],
    ['the implicit grant', 'unsupported_response_type', { response_type: 'token' }],
    ['an answer in the fragment', 'invalid_request', { response_mode: 'fragment' }],
    ['no code_challenge', 'invalid_request', { code_challenge: undefined }],
    ['PKCE plain', 'invalid_request', { code_challenge_method: 'plain' }],
    ['PKCE plain by saying nothing', 'invalid_request', { code_challenge_method: undefined }],
    ['a code_challenge that is no hash', 'invalid_request', { code_challenge: 'kort' }],
    ['no redirect_uri', 'invalid_request', { redirect_uri: undefined }],
    ['a script', 'invalid_request', { redirect_uri: 'javascript:alert(1)' }],
    ['data', 'invalid_request', { redirect_uri: 'data:text/html,x' }],
    ['an intent', 'invalid_request', { redirect_uri: 'intent://x#Intent;end' }],
    ['http', 'invalid_request', { redirect_uri: 'http://wallet.example/cb' }],
    ['a fragment', 'invalid_request', { redirect_uri: 'https://wallet.example/cb#x' }],
    ['a user in the address', 'invalid_request', { redirect_uri: 'https://a:b@wallet.example/cb' }],
    ['a host that would end a policy', 'invalid_request', { redirect_uri: "https://a;script-src'x'/cb" }],
    ['a request that refers on', 'invalid_request', { request_uri: 'urn:x' }],
    ['a request object', 'invalid_request', { request: 'e30.e30.' }],
    ['nothing that is asked for', 'invalid_scope', { scope: 'openid' }],
    ['details of nothing here', 'invalid_authorization_details', { authorization_details: '[{"type":"payment"}]' }],
    ['an issuer_state that is not ours', 'invalid_request', { issuer_state: 'x.y' }],
    ['a dpop_jkt that is no thumbprint', 'invalid_request', { dpop_jkt: 'x' }],
  ])('a pushed request is refused for %s with %s', async (_, error, over) => {
    const { answer } = await wallet.push(start(), over);
    expect([answer.status, answer.json.error, answer.headers.get('cache-control')]).toEqual([400, error, 'no-store']);
    expect(answer.json).not.toHaveProperty('request_uri');
  });

  it('an issuer_state is of its institution', async () => {
    const other = await createCopies(world);
    const theirs = await offerBySignIn(world.deps, {
      awardId: await other.give(),
      personId: other.person.id,
      language: 'nl',
    });
    const { offer } = await wallet.open(theirs.link);
    expect((await wallet.push({ offer, server })).answer.json.error).toBe('invalid_request');
  });

  it('a request leads nowhere when it was not pushed, is of another client or institution, too old, or answered', async () => {
    const { headers } = school.person;
    const look = async (url: string) => (await world.request(url, { headers })).status;
    const { url } = await wallet.push(start());
    expect(await look(url)).toBe(200);
    expect(await look(url)).toBe(200);
    const bare = new URL(server.authorization_endpoint!);
    bare.search = String(
      new URLSearchParams({
        response_type: 'code',
        client_id: CLIENT,
        redirect_uri: REDIRECT,
        scope: 'badge',
        code_challenge: await s256('x'.repeat(43)),
        code_challenge_method: 'S256',
      }),
    );
    const other = await createCopies(world);
    const swapped = url.replace(encodeURIComponent(CLIENT), 'https%3A%2F%2Fevil.example');
    const elsewhere = url.replace(`/i/${school.institution.slug}/`, `/i/${other.institution.slug}/`);
    for (const bad of [bare.href, swapped, elsewhere, `${url}x`, `${url}&client_id=x`])
      expect([bad, await look(bad)]).toEqual([bad, 410]);
    now += 600_001;
    expect(await look(url)).toBe(410);
    now = Date.now();
    const fresh = await wallet.push(start());
    await wallet.answerIn(headers, fresh.url, 'deny');
    expect(await look(fresh.url)).toBe(410);
  });

  it.each([
    ['no verifier', 'invalid_request', { code_verifier: undefined }],
    ['a verifier that is none', 'invalid_request', { code_verifier: 'kort' }],
    ['a wrong verifier', 'invalid_grant', { code_verifier: 'A'.repeat(43) }],
    ['no client', 'invalid_request', { client_id: undefined }],
    ['another client', 'invalid_grant', { client_id: 'https://evil.example' }],
    ['no redirect_uri', 'invalid_request', { redirect_uri: undefined }],
    ['another redirect_uri', 'invalid_grant', { redirect_uri: 'https://wallet.example/cb' }],
    ['no code', 'invalid_request', { code: undefined }],
    ['another code', 'invalid_grant', { code: 'A'.repeat(43) }],
    [
      'more than was granted',
      'invalid_authorization_details',
      {
        authorization_details: '[{"type":"openid_credential","credential_configuration_id":"badge-jwt"}]',
      },
    ],
  ])('the token endpoint refuses %s with %s, and the code is not used up by it', async (_, error, over) => {
    const { code, verifier } = await allowed();
    const answer = await wallet.exchange(server, code, verifier, over);
    expect([answer.status, answer.json.error]).toEqual([400, error]);
    expect((await wallet.exchange(server, code, verifier)).status).toBe(200);
  });

  it('O12: of fifty wallets that redeem one code at once, one gets a token; then it is spent, and after a minute it is old', async () => {
    const { code, verifier } = await allowed();
    const answers = await Promise.all(Array.from({ length: 50 }, () => wallet.exchange(server, code, verifier)));
    expect(answers.filter(a => a.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(a => a.status !== 200).map(a => a.json.error))).toEqual(new Set(['invalid_grant']));
    const late = await allowed();
    const other = await createCopies(world);
    const elsewhere = { token_endpoint: `/api/oid4vci/${other.institution.slug}/token` };
    expect((await wallet.exchange(elsewhere, late.code, late.verifier)).json.error).toBe('invalid_grant');
    now += 60_001;
    expect((await wallet.exchange(server, late.code, late.verifier)).json.error).toBe('invalid_grant');
    now = Date.now();
  });

  it('O12: of fifty presses on one page, one gives a code', async () => {
    const { link } = await offered();
    const { url } = await wallet.push(await wallet.open(link));
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => wallet.answerIn(school.person.headers, url, 'allow')),
    );
    expect(answers.filter(a => a.to)).toHaveLength(1);
  });

  it('a code can be bound to a key beforehand, and is then of no use without it', async () => {
    const [key, other] = [await walletKey(), await walletKey()];
    const par = server.pushed_authorization_request_endpoint!;
    const token = server.token_endpoint!;
    const odd = await wallet.push(start(), { dpop_jkt: other.thumbprint }, { dpop: await wallet.dpop(key, par) });
    expect(odd.answer.json.error).toBe('invalid_dpop_proof');
    for (const [over, headers] of [
      [{ dpop_jkt: key.thumbprint }, {}],
      [{}, { dpop: await wallet.dpop(key, par) }],
    ] as const) {
      const { code, verifier } = await allowed(over, headers);
      const redeem = (sent: Record<string, string>) => wallet.exchange(server, code, verifier, {}, sent);
      expect((await redeem({})).json.error).toBe('invalid_dpop_proof');
      expect((await redeem({ dpop: await wallet.dpop(other, token) })).json.error).toBe('invalid_dpop_proof');
      expect((await redeem({ dpop: await wallet.dpop(key, token) })).json.token_type).toBe('DPoP');
    }
  });

  it('a badge that is not signed yet is fetched later, once, with the same token', async () => {
    const id = await school.give();
    await put(id, 'reserved');
    const { link } = await offered(id);
    const opened = await wallet.open(link);
    const { url, verifier } = await wallet.push(opened);
    const { to } = await wallet.answerIn(school.person.headers, url, 'allow');
    const { access_token: access, expires_in } = (
      await wallet.exchange(server, to!.searchParams.get('code')!, verifier)
    ).json;
    expect(expires_in).toBe(86_400);
    const jwt = [await wallet.proof(opened, await walletKey(), await wallet.nonce(opened))];
    const first = await wallet.credential(opened, access, { credential_configuration_id: 'badge', proofs: { jwt } });
    expect([first.status, first.json, first.headers.get('cache-control')]).toEqual([
      202,
      { transaction_id: expect.any(String), interval: 5 },
      'no-store',
    ]);
    const { transaction_id } = first.json;
    const again = await wallet.deferred(opened, access, { transaction_id });
    expect([again.status, again.json]).toEqual([202, first.json]);
    const stranger = await allowed();
    const theirs = (await wallet.exchange(server, stranger.code, stranger.verifier)).json.access_token as string;
    expect((await wallet.deferred(opened, theirs, { transaction_id })).json.error).toBe('invalid_transaction_id');
    expect((await wallet.deferred(opened, 'A'.repeat(43), { transaction_id })).status).toBe(401);
    expect((await wallet.deferred(opened, access, {})).json.error).toBe('invalid_credential_request');
    now += 3_600_000;
    await put(id, 'claimed');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => wallet.deferred(opened, access, { transaction_id })),
    );
    const [ready, ...more] = answers.filter(a => a.status === 200);
    expect([more.length, ready!.json.credentials.length]).toEqual([0, 1]);
    expect((await school.verdict(JSON.stringify(ready!.json.credentials[0].credential))).verdict).toBe('valid');
    const spent = await wallet.deferred(opened, access, { transaction_id });
    expect([spent.status, spent.json.error]).toEqual([400, 'invalid_transaction_id']);
    now = Date.now();
  });

  it('a badge that is revoked, suspended or replaced while a wallet waits is denied for good', async () => {
    for (const state of ['revoked', 'suspended', 'superseded'] as const) {
      const id = await school.give();
      await put(id, 'reserved');
      const { link } = await offered(id);
      const opened = await wallet.open(link);
      const { url, verifier } = await wallet.push(opened);
      const { to } = await wallet.answerIn(school.person.headers, url, 'allow');
      const { access_token } = (await wallet.exchange(server, to!.searchParams.get('code')!, verifier)).json;
      const jwt = [await wallet.proof(opened, await walletKey(), await wallet.nonce(opened))];
      const body = { credential_configuration_id: 'badge', proofs: { jwt } };
      const { transaction_id } = (await wallet.credential(opened, access_token, body)).json;
      await put(id, state);
      const answer = await wallet.deferred(opened, access_token, { transaction_id });
      expect([state, answer.status, answer.json.error]).toEqual([state, 400, 'credential_request_denied']);
      await expect(offered(id)).rejects.toMatchObject({ code: 'award-state' });
      expect((await wallet.answerIn(school.person.headers, (await wallet.push(opened)).url, 'allow')).status).toBe(404);
    }
  });

  it('V19b: a key is proven by a presentation too, made out to us, with our nonce, of nothing and by nobody else', async () => {
    const { opened, code, verifier } = await allowed();
    const { access_token } = (await wallet.exchange(server, code, verifier)).json;
    const holder = await learnerWallet(world);
    const domain = issuer.credential_issuer!;
    const ask = async (di_vp: unknown[]) =>
      (await wallet.credential(opened, access_token, { credential_configuration_id: 'badge', proofs: { di_vp } })).json;
    const sign = async (over: object = {}) =>
      holder.sign({ suite: 'eddsa-rdfc-2022', challenge: await wallet.nonce(opened), domain, ...over });
    const good = await sign();
    const cases: [string, unknown][] = [
      ['another domain', await sign({ domain: 'https://evil.example' })],
      ['no domain', await sign({ domain: undefined })],
      ['a changed holder', { ...good, holder: 'did:example:x' }],
      ['a changed proof', { ...good, proof: { ...good.proof, challenge: await wallet.nonce(opened) } }],
      ['something that it shows', { ...good, verifiableCredential: [{}] }],
      ['a DID that is fetched', { ...good, proof: { ...good.proof, verificationMethod: 'did:web:evil.example#k' } }],
      ['no proof', { ...good, proof: undefined }],
      ['a text', 'x'],
    ];
    for (const [name, vp] of cases) expect([name, (await ask([vp])).error]).toEqual([name, 'invalid_proof']);
    expect((await ask([await sign({ challenge: 'x' })])).error).toBe('invalid_nonce');
    const { credentials } = await ask([good]);
    expect(credentials[0].credential.credentialSubject.id).toBe(holder.did);
    expect((await ask([good])).error).toBe('invalid_nonce');
  });
});
