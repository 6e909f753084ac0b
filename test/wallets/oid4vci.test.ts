import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/platform/ids.ts';
import { offerBadge } from '../../src/wallets/index.ts';
import { grantTries, walletGrants } from '../../src/wallets/schema.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';
import { didKeyOf, GRANT, walletKey, walletOn } from '../support/wallet.ts';

describe('OpenID4VCI', () => {
  let now = Date.now();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let wallet: ReturnType<typeof walletOn>;

  beforeAll(async () => {
    world = createWorld({ now: () => new Date(now) });
    school = await createCopies(world);
    wallet = walletOn(world);
  });

  /** An offer of a fresh badge of the learner. */
  async function offered(awardId?: string) {
    const id = awardId ?? (await school.give());
    return {
      id,
      ...(await offerBadge(world.deps, { awardId: id, personId: school.person.id, language: 'nl' })),
    };
  }
  /** A wallet that has a token. */
  async function holding(form: Record<string, string> = {}) {
    const offer = await offered();
    const opened = await wallet.open(offer.link);
    const answer = await wallet.token(opened, { tx_code: offer.txCode, ...form });
    return { ...offer, opened, access: answer.json.access_token as string, answer };
  }
  const revoke = (id: string) =>
    world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
  const wrongFor = (txCode: string) => (txCode === '000000' ? '111111' : '000000');

  it('describes each institution as an issuer, where 1.0 and where drafts look for it', async () => {
    const { slug } = school.institution;
    const id = `${world.origin}/i/${slug}`;
    const [inserted, appended] = await Promise.all([
      wallet.ask(`/.well-known/openid-credential-issuer/i/${slug}`),
      wallet.ask(`/i/${slug}/.well-known/openid-credential-issuer`),
    ]);
    expect([inserted.status, inserted.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(inserted.headers.get('access-control-allow-origin')).toBe('*');
    expect(appended.json).toEqual(inserted.json);
    expect(inserted.json.credential_issuer).toBe(id);
    expect(inserted.json.batch_credential_issuance.batch_size).toBeGreaterThanOrEqual(2);
    for (const configuration of Object.values(inserted.json.credential_configurations_supported)) {
      expect(configuration).toMatchObject({
        format: expect.any(String),
        cryptographic_binding_methods_supported: ['did:key', 'did:jwk', 'jwk'],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: expect.arrayContaining(['ES256']) } },
        credential_metadata: {
          display: [expect.objectContaining({ locale: 'nl' }), expect.objectContaining({ locale: 'en' })],
          claims: expect.any(Array),
        },
      });
      expect(configuration).not.toHaveProperty('display');
    }
    const servers = await Promise.all(
      [
        `/.well-known/oauth-authorization-server/i/${slug}`,
        `/.well-known/oauth-authorization-server/i/${slug}/`,
        `/i/${slug}/.well-known/oauth-authorization-server`,
      ].map(path => wallet.ask(path)),
    );
    for (const { json } of servers)
      expect([json.issuer, json['pre-authorized_grant_anonymous_access_supported']]).toEqual([id, true]);
    expect((await wallet.ask('/.well-known/openid-credential-issuer/i/nergens')).status).toBe(404);
  });

  it('an offer goes by a short reference, is JSON, and holds no tx_code', async () => {
    const { link, txCode, expires } = await offered();
    expect(link.length).toBeLessThan(130);
    expect(txCode).toMatch(/^\d{6}$/);
    expect(expires.getTime() - now).toBe(600_000);
    const uri = new URL(link).searchParams.get('credential_offer_uri')!;
    const { status, headers, json } = await wallet.ask(uri);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json.grants[GRANT].tx_code).toMatchObject({ input_mode: 'numeric', length: 6 });
    expect(JSON.stringify(json)).not.toContain(txCode);
    const kept = JSON.stringify(await world.db.query.select().from(walletGrants));
    expect([kept.includes(json.grants[GRANT]['pre-authorized_code']), kept.includes(txCode)]).toEqual([false, false]);
  });

  it.each([
    ['badge', 'ES256', 'jwk'],
    ['badge', 'EdDSA', 'did:key'],
    ['badge', 'ES256', 'did:key'],
    ['badge', 'ES256', 'did:jwk'],
    ['badge-jwt', 'ES256', 'jwk'],
    ['badge-jwt', 'EdDSA', 'did:key'],
    ['badge-sd-jwt', 'ES256', 'jwk'],
    ['badge-sd-jwt', 'ES256', 'did:key'],
    ['badge-sd-jwt', 'EdDSA', 'did:jwk'],
  ] as const)(
    '%s is bound to a key of %s that is named as %s, is valid, and turns with its award',
    async (...given) => {
      const [configuration, alg, method] = given;
      const key = await walletKey(alg);
      const didKey = didKeyOf(key.jwk);
      const kid = { 'did:key': `${didKey}#${didKey.slice(8)}`, 'did:jwk': `${key.did}#0`, jwk: undefined }[method];
      const parts = kid ? { header: { jwk: undefined, kid } } : {};
      const { id, link, txCode } = await offered();
      const { opened, access, answer } = await wallet.receive(link, txCode, configuration, key, parts);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const { credential } = answer.json.credentials[0];
      const badge =
        typeof credential === 'string'
          ? JSON.parse(Buffer.from(credential.split('.')[1]!, 'base64url').toString())
          : credential;
      const subject = badge.credentialSubject.id as string;
      // In an SD-JWT the DID can be left out; the key cannot.
      if (badge.cnf) expect(badge.cnf.jwk).toEqual(key.jwk);
      else if (kid && method === 'did:key') expect(subject).toBe(didKey);
      else {
        expect(subject).toMatch(/^did:jwk:/);
        expect(JSON.parse(Buffer.from(subject.slice(8), 'base64url').toString())).toEqual(key.jwk);
      }
      const text = typeof credential === 'string' ? credential : JSON.stringify(credential);
      expect((await school.verdict(text)).verdict).toBe('valid');

      const told = { notification_id: answer.json.notification_id, event: 'credential_accepted' };
      expect((await wallet.notify(opened, access, told)).status).toBe(204);
      expect((await wallet.notify(opened, access, told)).status).toBe(204);
      await revoke(id);
      expect((await school.verdict(text)).code).toBe('revoked');
    },
  );

  it('a batch gives each key a copy of its own, with a status of its own', async () => {
    const { opened, access } = await holding();
    const keys = await Promise.all([1, 2, 3].map(() => walletKey()));
    const c_nonce = await wallet.nonce(opened);
    const jwt = await Promise.all(keys.map(key => wallet.proof(opened, key, c_nonce)));
    const { json } = await wallet.credential(opened, access, { credential_configuration_id: 'badge', proofs: { jwt } });
    const places = json.credentials.map(
      (c: { credential: { credentialStatus: { id: string } } }) => c.credential.credentialStatus.id,
    );
    expect(new Set(places).size).toBe(3);
    const many = { credential_configuration_id: 'badge', proofs: { jwt: Array(11).fill(jwt[0]) } };
    expect((await wallet.credential(opened, access, many)).json.error).toBe('invalid_credential_request');
  });

  it('authorization_details come back with the identifiers that the wallet then has to use', async () => {
    const authorization_details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: 'badge' }]);
    const { opened, access, answer } = await holding({ authorization_details });
    const [{ credential_identifiers }] = answer.json.authorization_details;
    const ask = async (name: object) => {
      const jwt = [await wallet.proof(opened, await key, await wallet.nonce(opened))];
      return (await wallet.credential(opened, access, { ...name, proofs: { jwt } })).json;
    };
    const key = walletKey();
    expect((await ask({ credential_configuration_id: 'badge' })).error).toBe('invalid_credential_request');
    expect((await ask({ credential_identifier: 'x' })).error).toBe('unknown_credential_identifier');
    expect((await ask({ credential_identifier: credential_identifiers[0] })).credentials).toHaveLength(1);
    const odd = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: 'niets' }]);
    expect((await holding({ authorization_details: odd })).answer.json.error).toBe('invalid_authorization_details');
  });

  it('is asked in the way of draft 13 too', async () => {
    const { opened, access, answer } = await holding();
    const jwt = await wallet.proof(opened, await walletKey(), answer.json.c_nonce);
    const { json } = await wallet.credential(opened, access, {
      format: 'ldp_vc',
      credential_definition: { type: ['VerifiableCredential', 'OpenBadgeCredential'] },
      proof: { proof_type: 'jwt', jwt },
    });
    expect([json.format, json.credential.type]).toEqual(['ldp_vc', ['VerifiableCredential', 'OpenBadgeCredential']]);
  });

  it.each([
    ['no tx_code', 'invalid_request', { tx_code: '' }],
    ['a wrong tx_code', 'invalid_grant', { tx_code: 'x' }],
    ['another code', 'invalid_grant', { 'pre-authorized_code': 'A'.repeat(22) }],
    ['no code', 'invalid_request', { 'pre-authorized_code': '' }],
    ['no grant_type', 'invalid_request', { grant_type: '' }],
    ['another grant_type', 'unsupported_grant_type', { grant_type: 'password' }],
  ])('the token endpoint refuses %s with %s', async (_, error, form) => {
    const { answer } = await holding(form);
    expect([answer.status, answer.json.error, answer.headers.get('cache-control')]).toEqual([400, error, 'no-store']);
    expect(answer.json).not.toHaveProperty('access_token');
  });

  it('the token endpoint takes forms alone, no parameter twice, and no code of another institution', async () => {
    const { link, txCode } = await offered();
    const opened = await wallet.open(link);
    const { server, code } = opened;
    expect((await wallet.post(server.token_endpoint, {})).json.error).toBe('invalid_request');
    const twice = `grant_type=${GRANT}&pre-authorized_code=${code}&tx_code=${txCode}&tx_code=${txCode}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await wallet.ask(server.token_endpoint, { method: 'POST', headers, body: twice });
    expect(answer.json.error).toBe('invalid_request');
    const other = await createCopies(world);
    const elsewhere = { ...opened, server: { token_endpoint: `/api/oid4vci/${other.institution.slug}/token` } };
    expect((await wallet.token(elsewhere, { tx_code: txCode })).json.error).toBe('invalid_grant');
    const { access_token } = (await wallet.token(opened, { tx_code: txCode })).json;
    const there = { ...opened, issuer: { credential_endpoint: `/api/oid4vci/${other.institution.slug}/credential` } };
    expect((await wallet.credential(there as never, access_token, {})).json.error).toBe('invalid_token');
  });

  it('O12: of fifty wallets that redeem one code at once, one gets a token', async () => {
    const { link, txCode } = await offered();
    const opened = await wallet.open(link);
    const answers = await Promise.all(Array.from({ length: 50 }, () => wallet.token(opened, { tx_code: txCode })));
    expect(answers.filter(a => a.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(a => a.status !== 200).map(a => a.json.error))).toEqual(new Set(['invalid_grant']));
    const again = await wallet.token(opened, { tx_code: txCode });
    expect(again.json.error).toBe('invalid_grant');
    expect((await wallet.ask(opened.uri)).status).toBe(404);
  });

  it('O12: guesses at an offer that is burnt are not even kept', async () => {
    const opened = await wallet.open((await offered()).link);
    for (let i = 0; i < 12; i++) await wallet.token(opened, { tx_code: `${i}00000x` });
    const kept = await world.db.query.select().from(grantTries);
    const grant = await sha256Hex(opened.code);
    expect(kept.filter(one => one.grantId === grant)).toHaveLength(6);
  });

  it('O12: five wrong codes burn the offer, one after another and at the same moment', async () => {
    for (const together of [false, true]) {
      const { link, txCode } = await offered();
      const opened = await wallet.open(link);
      const guess = (i: number) => wallet.token(opened, { tx_code: together ? `9${i}0000x` : wrongFor(txCode) });
      if (together) await Promise.all([1, 2, 3, 4, 5].map(guess));
      else for (const i of [1, 2, 3, 4, 5]) expect((await guess(i)).json.error).toBe('invalid_grant');
      expect((await wallet.token(opened, { tx_code: txCode })).json.error).toBe('invalid_grant');
    }
    const { link, txCode } = await offered();
    const opened = await wallet.open(link);
    for (const _ of [1, 2, 3, 4]) await wallet.token(opened, { tx_code: wrongFor(txCode) });
    expect((await wallet.token(opened, { tx_code: txCode })).status).toBe(200);
  });

  it('an offer ends after ten minutes, a token after five, and a newer offer ends the one before', async () => {
    const first = await offered();
    const opened = await wallet.open(first.link);
    const second = await offered(first.id);
    expect((await wallet.token(opened, { tx_code: first.txCode })).json.error).toBe('invalid_grant');
    expect((await wallet.ask(opened.uri)).status).toBe(404);
    const newer = await wallet.open(second.link);
    const { opened: held, access } = await holding();
    now += 300_001;
    const late = await wallet.credential(held, access, {});
    expect([late.status, late.json.error]).toEqual([401, 'invalid_token']);
    expect(late.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    now += 300_001;
    expect((await wallet.token(newer, { tx_code: second.txCode })).json.error).toBe('invalid_grant');
    expect((await wallet.ask(newer.uri)).status).toBe(404);
    now = Date.now();
  });

  it('the credential endpoint wants a token, in its header', async () => {
    const { opened, access } = await holding();
    const none = await wallet.post(opened.issuer.credential_endpoint, {});
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer, DPoP algs="ES256 /),
    ]);
    const query = await wallet.post(`${opened.issuer.credential_endpoint}?access_token=${access}`, {});
    expect([query.status, query.json.error]).toEqual([400, 'invalid_request']);
    expect((await wallet.credential(opened, 'A'.repeat(43), {})).json.error).toBe('invalid_token');
    // The code is no token.
    expect((await wallet.credential(opened, opened.code, {})).json.error).toBe('invalid_token');
  });

  it.each([
    ['nothing that is named', 'invalid_credential_request', {}],
    [
      'two names',
      'invalid_credential_request',
      { credential_configuration_id: 'badge', credential_identifier: 'badge' },
    ],
    ['an unknown configuration', 'unknown_credential_configuration', { credential_configuration_id: 'niets' }],
    ['an inherited name', 'unknown_credential_configuration', { credential_configuration_id: 'constructor' }],
    ['an identifier that was not given', 'unknown_credential_identifier', { credential_identifier: 'badge' }],
    ['another vct', 'unknown_credential_configuration', { format: 'dc+sd-jwt', vct: 'https://evil.example/vct' }],
    ['an unknown format', 'unknown_credential_configuration', { format: 'mso_mdoc' }],
    ['no proof', 'invalid_proof', { credential_configuration_id: 'badge' }],
    ['an empty list of proofs', 'invalid_proof', { credential_configuration_id: 'badge', proofs: { jwt: [] } }],
    ['a proof of another kind', 'invalid_proof', { credential_configuration_id: 'badge', proofs: { di_vp: [{}] } }],
    [
      'two kinds of proof',
      'invalid_proof',
      { credential_configuration_id: 'badge', proofs: { jwt: ['x'], di_vp: [{}] } },
    ],
    ['a proof that is no JWT', 'invalid_proof', { credential_configuration_id: 'badge', proofs: { jwt: ['x.y.z'] } }],
    ['proofs that are no list', 'invalid_credential_request', { credential_configuration_id: 'badge', proofs: 'x' }],
    [
      'encryption',
      'invalid_encryption_parameters',
      { credential_configuration_id: 'badge', credential_response_encryption: {} },
    ],
  ])('the credential endpoint refuses %s with %s', async (_, error, body) => {
    const { opened, access } = await holding();
    const answer = await wallet.credential(opened, access, body);
    expect([answer.status, answer.json.error, answer.headers.get('cache-control')]).toEqual([400, error, 'no-store']);
  });

  it('the credential endpoint refuses every proof that is not whole, and says invalid_nonce of a nonce alone', async () => {
    const { opened, access } = await holding();
    const key = await walletKey();
    const other = await walletKey();
    const didKey = didKeyOf(key.jwk);
    const seconds = Math.floor(now / 1000);
    const ask = async (jwt: string) => {
      const body = { credential_configuration_id: 'badge', proofs: { jwt: [jwt] } };
      return (await wallet.credential(opened, access, body)).json;
    };
    const cases: [string, object][] = [
      ['another typ', { header: { typ: 'JWT' } }],
      ['no typ', { header: { typ: undefined } }],
      ['no key', { header: { jwk: undefined } }],
      ['a kid and a jwk', { header: { kid: `${key.did}#0` } }],
      ['x5c', { header: { jwk: undefined, x5c: ['MA=='] } }],
      ['jku', { header: { jku: 'https://evil.example/keys' } }],
      ['a private key', { header: { jwk: key.secret } }],
      ["somebody else's key", { header: { jwk: other.jwk } }],
      ["somebody else's DID", { header: { jwk: undefined, kid: `${other.did}#0` } }],
      ['a key that the DID has not', { header: { jwk: undefined, kid: `${didKey}#key-1` } }],
      ['a DID that is fetched', { header: { jwk: undefined, kid: 'did:web:evil.example#key-1' } }],
      ['another audience', { claims: { aud: 'https://evil.example' } }],
      ['two audiences', { claims: { aud: [opened.issuer.credential_issuer, 'https://evil.example'] } }],
      ['an iss', { claims: { iss: 'did:example:wallet' } }],
      ['no iat', { claims: { iat: undefined } }],
      ['an old iat', { claims: { iat: seconds - 3600 } }],
      ['an iat of tomorrow', { claims: { iat: seconds + 86_400 } }],
      ['an exp that has passed', { claims: { exp: seconds - 3600 } }],
      ['no nonce', { claims: { nonce: undefined } }],
    ];
    for (const [name, parts] of cases) {
      const answer = await ask(await wallet.proof(opened, key, await wallet.nonce(opened), parts));
      expect([name, answer.error]).toEqual([name, 'invalid_proof']);
    }
    const good = await wallet.proof(opened, key, await wallet.nonce(opened));
    const [head, body] = good.split('.') as [string, string];
    expect((await ask(`${head}.${body}.`)).error).toBe('invalid_proof');
    expect(
      (await ask(`${Buffer.from('{"alg":"none","typ":"openid4vci-proof+jwt"}').toString('base64url')}.${body}.`)).error,
    ).toBe('invalid_proof');

    const stale = await wallet.nonce(opened);
    const elsewhere = await wallet.ask(`/api/oid4vci/${(await createCopies(world)).institution.slug}/nonce`, {
      method: 'POST',
    });
    for (const nonce of ['x', `${stale}x`, 'a.b.c', elsewhere.json.c_nonce])
      expect([nonce, (await ask(await wallet.proof(opened, key, nonce))).error]).toEqual([nonce, 'invalid_nonce']);
    expect((await ask(good)).credentials).toHaveLength(1);
    // A proof that was used, and its nonce in another.
    expect((await ask(good)).error).toBe('invalid_nonce');
  });

  it('a nonce is good for five minutes and for one request of fifty', async () => {
    const { opened, access } = await holding();
    const key = await walletKey();
    const old = await wallet.nonce(opened);
    now += 299_000;
    const jwt = await wallet.proof(opened, key, old, { claims: { iat: Math.floor(now / 1000) } });
    const body = { credential_configuration_id: 'badge', proofs: { jwt: [jwt] } };
    const answers = await Promise.all(Array.from({ length: 50 }, () => wallet.credential(opened, access, body)));
    expect(answers.filter(a => a.status === 200)).toHaveLength(1);
    expect(answers.filter(a => a.json.error === 'invalid_nonce')).toHaveLength(49);
    now = Date.now();
    const late = await holding();
    const nonce = await wallet.nonce(late.opened);
    now += 290_000;
    const fresh = await offered();
    const again = await wallet.open(fresh.link);
    const token = (await wallet.token(again, { tx_code: fresh.txCode })).json.access_token;
    now += 20_000;
    const proof = await wallet.proof(again, key, nonce, { claims: { iat: Math.floor(now / 1000) } });
    const answer = await wallet.credential(again, token, {
      credential_configuration_id: 'badge',
      proofs: { jwt: [proof] },
    });
    expect(answer.json.error).toBe('invalid_nonce');
    now = Date.now();
  });

  it('a token is for the keys that it was used for first; for those it gives the same copy again', async () => {
    const { opened, access } = await holding();
    const [mine, theirs] = [await walletKey(), await walletKey()];
    const ask = async (key: typeof mine) => {
      const jwt = [await wallet.proof(opened, key, await wallet.nonce(opened))];
      return (await wallet.credential(opened, access, { credential_configuration_id: 'badge', proofs: { jwt } })).json;
    };
    const first = await ask(mine);
    expect(await ask(mine)).toEqual(first);
    expect((await ask(theirs)).error).toBe('credential_request_denied');
  });

  it('a badge that was revoked meanwhile is denied, and is not offered again', async () => {
    const { id, opened, access } = await holding();
    await revoke(id);
    const jwt = [await wallet.proof(opened, await walletKey(), await wallet.nonce(opened))];
    const answer = await wallet.credential(opened, access, { credential_configuration_id: 'badge', proofs: { jwt } });
    expect([answer.status, answer.json.error]).toEqual([400, 'credential_request_denied']);
    await expect(offered(id)).rejects.toMatchObject({ code: 'award-state' });
  });

  it('the notification endpoint refuses what it did not hand out', async () => {
    const { opened, access } = await holding();
    const event = 'credential_accepted';
    expect((await wallet.notify(opened, access, { notification_id: 'x', event })).json.error).toBe(
      'invalid_notification_id',
    );
    const odd = await wallet.notify(opened, access, { notification_id: 'x', event: 'credential_sold' });
    expect(odd.json.error).toBe('invalid_notification_request');
    expect((await wallet.notify(opened, 'A'.repeat(43), {})).status).toBe(401);
  });

  it('a wallet in a browser of another site can do all of it, and reads why not', async () => {
    const { opened } = await holding();
    const headers = { origin: 'https://wallet.example', 'sec-fetch-site': 'cross-site' };
    for (const url of [opened.server.token_endpoint, opened.issuer.credential_endpoint, opened.issuer.nonce_endpoint]) {
      const before = await world.request(url, { method: 'OPTIONS', headers });
      expect(before.status).toBe(204);
      expect(before.headers.get('access-control-allow-headers')).toContain('authorization');
      const answer = await world.request(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{',
      });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('a token that was fetched with DPoP is of no use without that key, and no proof is used twice', async () => {
    const { link, txCode } = await offered();
    const opened = await wallet.open(link);
    const key = await walletKey();
    const tokenUrl = opened.server.token_endpoint as string;
    const url = opened.issuer.credential_endpoint as string;
    const form = { grant_type: GRANT, 'pre-authorized_code': opened.code, tx_code: txCode };
    const fetchToken = (dpop: string) =>
      wallet.ask(tokenUrl, { method: 'POST', headers: { dpop }, body: new URLSearchParams(form) });
    for (const claims of [{ htu: url }, { htm: 'GET' }, { iat: 1 }, { jti: undefined }]) {
      const { status, json } = await fetchToken(await wallet.dpop(key, tokenUrl, claims));
      expect([claims, status, json.error]).toEqual([claims, 400, 'invalid_dpop_proof']);
    }
    expect((await fetchToken(await wallet.dpop(key, tokenUrl, {}, { typ: 'JWT' }))).json.error).toBe(
      'invalid_dpop_proof',
    );
    expect((await fetchToken(await wallet.dpop(key, tokenUrl, {}, { jwk: key.secret }))).json.error).toBe(
      'invalid_dpop_proof',
    );
    const first = await wallet.dpop(key, tokenUrl);
    const { access_token: access, token_type } = (await fetchToken(first)).json;
    expect(token_type).toBe('DPoP');

    const jwt = [await wallet.proof(opened, key, await wallet.nonce(opened))];
    const body = JSON.stringify({ credential_configuration_id: 'badge', proofs: { jwt } });
    const ask = (authorization: string, dpop?: string) => {
      const headers = { 'content-type': 'application/json', authorization, ...(dpop ? { dpop } : {}) };
      return wallet.ask(url, { method: 'POST', headers, body });
    };
    const ath = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(access))).toString(
      'base64url',
    );
    expect((await ask(`Bearer ${access}`)).json.error).toBe('invalid_token');
    const refused = [undefined, await wallet.dpop(key, url), await wallet.dpop(key, tokenUrl, { ath })];
    for (const dpop of refused) {
      const answer = await ask(`DPoP ${access}`, dpop);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'DPoP error="invalid_dpop_proof"']);
    }
    const stranger = await wallet.dpop(await walletKey(), url, { ath });
    expect((await ask(`DPoP ${access}`, stranger)).json.error).toBe('invalid_token');
    const good = await wallet.dpop(key, url, { ath });
    expect((await ask(`DPoP ${access}`, good)).json.credentials).toHaveLength(1);
    expect((await ask(`DPoP ${access}`, good)).json.error).toBe('invalid_dpop_proof');
    const bearer = await holding();
    expect((await ask(`DPoP ${bearer.access}`, await wallet.dpop(key, url, { ath }))).json.error).toBe('invalid_token');
  });

  it('its owner chooses a way, and gets a QR code, a link and digits on a page that is kept nowhere; a stranger gets nothing', async () => {
    const id = await school.give();
    const { headers } = school.person;
    const press = (way: string, who: { headers: Record<string, string> } = school.person) =>
      world.request(`/badges/${id}/wallet`, {
        method: 'POST',
        headers: who.headers,
        body: new URLSearchParams({ way }),
      });
    const arrived = async () => (await world.request(`/badges/${id}/wallet/arrived`, { headers })).text();
    const before = await world.request(`/badges/${id}/wallet`, { headers });
    expect([before.status, before.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await arrived()).toContain('Er staat niets klaar');
    const page = await press('code');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const html = await page.text();
    expect(await arrived()).toContain('Nog niet opgehaald');
    const [, link] = /href="(openid-credential-offer:[^"]+)"/.exec(html)!;
    const [, txCode] = /<strong>(\d{6})<\/strong>/.exec(html)!;
    expect(html).toContain('class="qr"');
    expect(link!.length).toBeLessThan(120);
    const { answer } = await wallet.receive(link!, txCode!, 'badge', await walletKey());
    expect(answer.json.credentials).toHaveLength(1);
    expect(await arrived()).toContain('Je badge is in je wallet');

    now += 1000;
    const signIn = await (await press('sign-in')).text();
    expect(signIn).not.toMatch(/<strong>\d{6}/);
    const [, byLogin] = /href="(openid-credential-offer:[^"]+)"/.exec(signIn)!;
    expect(Object.keys((await wallet.open(byLogin!)).offer.grants)).toEqual(['authorization_code']);
    expect(await arrived()).toContain('Nog niet opgehaald');
    const learner = await (await press('learner')).text();
    for (const opens of ['https://lcw.app/request', 'https://learncard.app/', 'asuprequest:', 'msprequest:'])
      expect(learner).toContain(`href="${opens}`);
    expect((await press('duif')).status).toBe(400);

    const stranger = await createPerson(world);
    const paths = [`/badges/${id}/wallet`, `/badges/${id}/wallet/arrived`];
    for (const path of paths) expect((await world.request(path, { headers: stranger.headers })).status).toBe(404);
    for (const way of ['code', 'sign-in', 'learner']) expect((await press(way, stranger)).status).toBe(404);
    await revoke(id);
    for (const way of ['code', 'sign-in', 'learner']) expect((await press(way)).status).toBe(409);
    now = Date.now();
  });

  it('what has ended is swept, with the guesses at it', async () => {
    const { link, txCode } = await offered();
    await wallet.token(await wallet.open(link), { tx_code: wrongFor(txCode) });
    const { retain } = await import('../../src/privacy/index.ts');
    now += 3_600_000;
    await retain(world.deps);
    now = Date.now();
    const { query } = world.db;
    expect([await query.select().from(walletGrants), await query.select().from(grantTries)]).toEqual([[], []]);
  });
});
