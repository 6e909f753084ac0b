// Wallets that are careless, old or up to something, each in the small: what they are told, and that it costs them nothing.
import { base64url, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { offerBadge } from '../../src/wallets/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { didKeyOf, GRANT, type ProofParts, walletKey, type WalletKey, walletOn } from '../support/wallet.ts';

type Opened = Awaited<ReturnType<ReturnType<typeof walletOn>['open']>>;
const NAMED = { credential_configuration_id: 'badge' };
const FORM = 'application/x-www-form-urlencoded';
const TYP = 'openid4vci-proof+jwt';

describe('an odd wallet', () => {
  const world = createWorld();
  const wallet = walletOn(world);
  let school: Awaited<ReturnType<typeof createCopies>>;
  let key: WalletKey;
  let opened: Opened;
  let txCode: string;
  let access: string;

  const offered = async () => {
    const awardId = await school.give();
    const offer = await offerBadge(world.deps, { awardId, personId: school.person.id, language: 'nl' });
    return { ...offer, opened: await wallet.open(offer.link) };
  };
  const redeem = (offer: Awaited<ReturnType<typeof offered>>, more: Record<string, string> = {}) =>
    wallet.token(offer.opened, { tx_code: offer.txCode, ...more });
  const good = async (parts: ProofParts = {}) => wallet.proof(opened, key, await wallet.nonce(opened), parts);
  const told = ({ status, json }: { status: number; json: { error?: string } }) => [status, json?.error];

  beforeAll(async () => {
    [school, key] = [await createCopies(world), await walletKey()];
    ({ opened, txCode } = await offered());
    access = (await redeem(await offered())).json.access_token;
  });

  describe('at the token endpoint', () => {
    const form = () => new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': opened.code, tx_code: txCode });
    const details = (value: string) => ({ type: FORM, body: `${form()}&authorization_details=${value}` });
    const post = ({ type, body }: { type: string; body: RequestInit['body'] }, headers: Record<string, string> = {}) =>
      wallet.ask(opened.server.token_endpoint, { method: 'POST', headers: { 'content-type': type, ...headers }, body });

    it.each<[string, string, () => Parameters<typeof post>[0]]>([
      [
        'JSON',
        'invalid_request',
        () => ({ type: 'application/json', body: JSON.stringify(Object.fromEntries(form())) }),
      ],
      ['a form of another kind', 'invalid_request', () => ({ type: 'multipart/form-data; boundary=x', body: '--x--' })],
      ['bytes that are no text', 'invalid_request', () => ({ type: FORM, body: Buffer.from([0x78, 0x3d, 0xff]) })],
      ['the code twice', 'invalid_request', () => ({ type: FORM, body: `${form()}&pre-authorized_code=x` })],
      [
        'a space before the tx_code',
        'invalid_grant',
        () => ({ type: FORM, body: String(form()).replace('tx_code=', 'tx_code=+') }),
      ],
      [
        'the tx_code under its old name',
        'invalid_request',
        () => ({ type: FORM, body: String(form()).replace('tx_code', 'user_pin') }),
      ],
      [
        'the code as one of the other grant',
        'invalid_grant',
        () => ({
          type: FORM,
          body: `grant_type=authorization_code&code=${opened.code}&client_id=x&redirect_uri=https://x.example/&code_verifier=${'A'.repeat(43)}`,
        }),
      ],
      [
        'a refresh token',
        'unsupported_grant_type',
        () => ({ type: FORM, body: 'grant_type=refresh_token&refresh_token=x' }),
      ],
      ['details that are no JSON', 'invalid_authorization_details', () => details('{')],
      ['details that are no list', 'invalid_authorization_details', () => details('{"type":"openid_credential"}')],
      ['details of nothing', 'invalid_authorization_details', () => details('[]')],
    ])('%s: %s', async (_, error, sent) => {
      expect(told(await post(sent()))).toEqual([400, error]);
    });

    it.each([
      ['no jwk', {}, { jwk: undefined }],
      ['a kid besides', {}, { kid: 'x' }],
      ['htm in small letters', { htm: 'post' }, {}],
      ['an iat of later', { iat: Math.floor(Date.now() / 1000) + 600 }, {}],
      ['an iat that is a text', { iat: 'now' }, {}],
      ['a jti without end', { jti: 'x'.repeat(201) }, {}],
      ['another alg', {}, { alg: 'none' }],
    ])('a DPoP proof with %s', async (_, claims, header) => {
      const { alg, ...rest } = header as { alg?: string };
      let dpop = await wallet.dpop(key, opened.server.token_endpoint, claims, rest);
      if (alg)
        dpop = `${base64url.encode(JSON.stringify({ typ: 'dpop+jwt', alg, jwk: key.jwk }))}.${dpop.split('.')[1]}.`;
      expect(told(await post({ type: FORM, body: form() }, { dpop }))).toEqual([400, 'invalid_dpop_proof']);
    });

    it('is told that only POST is used, and how large a body may be', async () => {
      for (const method of ['GET', 'PUT']) {
        const answer = await world.request(opened.server.token_endpoint, { method });
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST, OPTIONS']);
      }
      expect((await post({ type: FORM, body: `${form()}&x=${'x'.repeat(1_000_000)}` })).status).toBe(413);
    });

    it('and after all that the code is still good, with a charset, a client and a resource that nobody asked for', async () => {
      const dpop = await wallet.dpop(key, `${opened.server.token_endpoint}?from=here`);
      const body = `${form()}&client_id=me&resource=https://x.example/&redirect_uri=`;
      const answer = await post({ type: 'Application/X-WWW-Form-urlencoded; charset=UTF-8', body }, { dpop });
      expect([answer.status, answer.json.token_type]).toEqual([200, 'DPoP']);
    });
  });

  describe('at the credential endpoint', () => {
    const post = (body: string, type = 'application/json', authorization = `Bearer ${access}`) =>
      wallet.ask(opened.issuer.credential_endpoint, {
        method: 'POST',
        headers: { 'content-type': type, authorization },
        body,
      });
    const ask = (body: unknown) => post(JSON.stringify(body));

    it.each(['null', '[]', '1', '"x"', '{', '', '{"a":1,"a":2}'])('a body of %j', async body => {
      expect(told(await post(body))).toEqual([400, 'invalid_credential_request']);
    });
    it.each([FORM, 'application/jwt', 'text/plain'])('a body that is %s', async type => {
      expect(told(await post('{}', type))).toEqual([400, 'invalid_credential_request']);
    });
    it.each(['Token T', 'Bearer', 'Bearer T, Bearer T', 'Bearer Tx', 'Basic T', 'DPoP T'])(
      'a token sent as %s',
      async sent => {
        const answer = await post('{}', undefined, sent.replaceAll('T', access));
        const scheme = sent.startsWith('DPoP') ? 'DPoP' : 'Bearer';
        expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([
          401,
          'invalid_token',
          `${scheme} error="invalid_token"`,
        ]);
      },
    );

    const sent = { a: async () => [await good()], many: async () => Array(11).fill(await good()) as string[] };
    it.each<[string, string, () => Promise<object>]>([
      [
        'proof and proofs',
        'invalid_credential_request',
        async () => ({ proof: { proof_type: 'jwt', jwt: await good() }, proofs: { jwt: await sent.a() } }),
      ],
      ['a proof without its kind', 'invalid_credential_request', async () => ({ proof: { jwt: await good() } })],
      ['a proof of no known kind', 'invalid_proof', async () => ({ proof: { proof_type: 'cwt', cwt: 'x' } })],
      ['a kind of proof without one', 'invalid_proof', async () => ({ proof: { proof_type: 'jwt' } })],
      ['proofs of no kind', 'invalid_proof', async () => ({ proofs: {} })],
      ['an attestation of a key', 'invalid_proof', async () => ({ proofs: { attestation: ['x.y.z'] } })],
      ['proofs that are numbers', 'invalid_proof', async () => ({ proofs: { jwt: [1] } })],
      ['eleven proofs', 'invalid_credential_request', async () => ({ proofs: { jwt: await sent.many() } })],
      [
        'a good and a bad proof',
        'invalid_proof',
        async () => ({ proofs: { jwt: [await good(), await good({ claims: { aud: 'x' } })] } }),
      ],
      [
        'a good proof and one with an old nonce',
        'invalid_nonce',
        async () => ({ proofs: { jwt: [await good(), await wallet.proof(opened, key, 'x')] } }),
      ],
      [
        'a format and a configuration',
        'invalid_credential_request',
        async () => ({ format: 'ldp_vc', proofs: { jwt: await sent.a() } }),
      ],
      [
        'a configuration that is null',
        'invalid_credential_request',
        async () => ({ credential_configuration_id: null, proofs: { jwt: await sent.a() } }),
      ],
      [
        'an identifier that is a number',
        'invalid_credential_request',
        async () => ({ credential_configuration_id: undefined, credential_identifier: 1 }),
      ],
      [
        'encryption that is null',
        'invalid_encryption_parameters',
        async () => ({ credential_response_encryption: null }),
      ],
    ])('%s: %s', async (_, error, body) => {
      expect(told(await ask({ ...NAMED, ...(await body()) }))).toEqual([400, error]);
    });

    const bare = () => key.jwk as JWK;
    const did = (jwk: object) => `did:jwk:${base64url.encode(JSON.stringify(jwk))}`;
    const by = (kid: unknown) => ({ header: { jwk: undefined, kid } });
    it.each<[string, () => ProofParts | Promise<ProofParts>]>([
      ['a key for encryption', () => ({ header: { jwk: { ...bare(), use: 'enc' } } })],
      ['a key that may do something else', () => ({ header: { jwk: { ...bare(), key_ops: ['deriveBits'] } } })],
      ['a key for another algorithm', () => ({ header: { jwk: { ...bare(), alg: 'ES384' } } })],
      ['a point that is not on its curve', () => ({ header: { jwk: { ...bare(), x: 'A'.repeat(43) } } })],
      ['a key that is a text', () => ({ header: { jwk: 'x' } })],
      ['a did:jwk with the private key', () => by(`${did(key.secret)}#0`)],
      ['a did:jwk for encryption', () => by(`${did({ ...bare(), use: 'enc' })}#0`)],
      ['a did:key of another kind of key', async () => by(didKeyOf((await walletKey('EdDSA')).jwk))],
      ['a kid that is a number', () => by(1)],
      ['a kid without its DID', () => by('#0')],
      ['a kid that is no DID', () => by('key-1')],
      ['a DID of a machine nearby', () => by('did:web:127.0.0.1#key-1')],
      ['certificates that nobody asked for', () => ({ header: { trust_chain: ['x'] } })],
      ['a nonce that is a number', () => ({ claims: { nonce: 1 } })],
      ['a nonce in a list', () => ({ claims: { nonce: ['x'] } })],
      ['an iat that is a text', () => ({ claims: { iat: 'now' } })],
      ['a beginning in an hour', () => ({ claims: { nbf: Math.floor(Date.now() / 1000) + 3_600 } })],
      ['the issuer with a slash', () => ({ claims: { aud: `${opened.issuer.credential_issuer}/` } })],
      ['the endpoint for the issuer', () => ({ claims: { aud: opened.issuer.credential_endpoint } })],
    ])('a proof with %s', async (_, parts) => {
      const jwt = [await good(await parts())];
      expect(told(await ask({ ...NAMED, proofs: { jwt } }))).toEqual([400, 'invalid_proof']);
    });

    it.each(['RS256', 'ES512', 'HS256', 'none', 'None'])('a proof by %s', async alg => {
      const pair = /^[RE]S/.test(alg) ? await generateKeyPair(alg) : undefined;
      const jwk = pair ? await exportJWK(pair.publicKey) : key.jwk;
      const claims = JSON.parse(Buffer.from((await good()).split('.')[1]!, 'base64url').toString()) as object;
      const jwt = pair
        ? await new SignJWT({ ...claims }).setProtectedHeader({ alg, typ: TYP, jwk }).sign(pair.privateKey)
        : `${base64url.encode(JSON.stringify({ alg, typ: TYP, jwk }))}.${base64url.encode(JSON.stringify(claims))}.`;
      expect(told(await ask({ ...NAMED, proofs: { jwt: [jwt] } }))).toEqual([400, 'invalid_proof']);
    });

    it('a proof in another dress: padded, with a line behind it, in four parts, none, flattened', async () => {
      const jwt = await good();
      const [head, body, signature] = jwt.split('.') as [string, string, string];
      const der = base64url.encode(Buffer.concat([Buffer.from([0x30, 0x44]), Buffer.from(signature, 'base64url')]));
      const flat = JSON.stringify({ protected: head, payload: body, signature });
      for (const one of [`${jwt}=`, `${jwt}\n`, `${jwt}.x`, '', flat, `${head}.${body}.${der}`])
        expect(told(await ask({ ...NAMED, proofs: { jwt: [one] } }))).toEqual([400, 'invalid_proof']);
      // After all that the token is still good; what says who made the key is passed over.
      const attested = await good({ header: { key_attestation: 'a.b.c' } });
      const answer = await post(
        JSON.stringify({ ...NAMED, proofs: { jwt: [attested] } }),
        'application/json; charset=utf-8',
      );
      expect([answer.status, answer.json.credentials.length]).toEqual([200, 1]);
    });
  });

  it('of draft 13 gets a nonce along with each badge, and all three by one token', async () => {
    const offer = await offered();
    const { json } = await redeem(offer);
    let nonce = json.c_nonce as string;
    for (const format of ['ldp_vc', 'jwt_vc_json', 'dc+sd-jwt']) {
      const proof = { proof_type: 'jwt', jwt: await wallet.proof(offer.opened, key, nonce) };
      const answer = await wallet.credential(offer.opened, json.access_token, { format, proof });
      expect([answer.status, answer.json.format, answer.json.c_nonce_expires_in]).toEqual([200, format, 300]);
      nonce = answer.json.c_nonce;
    }
  });

  it('tells of a delivery twice, of both ends of it, and not of that of another', async () => {
    const [one, other] = [await offered(), await offered()];
    const [mine, theirs] = [(await redeem(one)).json.access_token, (await redeem(other)).json.access_token];
    const jwt = [await wallet.proof(one.opened, key, await wallet.nonce(one.opened))];
    const { notification_id } = (await wallet.credential(one.opened, mine, { ...NAMED, proofs: { jwt } })).json;
    const tell = (token: string, body: object) => wallet.notify(one.opened, token, body).then(told);
    const event = 'credential_accepted';
    expect(await tell(mine, { notification_id, event })).toEqual([204, undefined]);
    expect(await tell(mine, { notification_id, event, event_description: 'x' })).toEqual([204, undefined]);
    expect(await tell(mine, { notification_id, event: 'credential_deleted' })).toEqual([204, undefined]);
    expect(await tell(theirs, { notification_id, event })).toEqual([400, 'invalid_notification_id']);
    for (const body of [{ event }, { notification_id }, { notification_id: 1, event }, []])
      expect(await tell(mine, body)).toEqual([400, 'invalid_notification_request']);
  });

  it('in a browser reads what is not there too', async () => {
    const slug = school.institution.slug;
    for (const path of [
      `/.well-known/openid-configuration/i/${slug}`,
      `/i/${slug}/.well-known/openid-configuration`,
      '/.well-known/openid-credential-issuer/i/niemand',
      `/api/oid4vci/${slug}/niets`,
      '/o/niets',
    ]) {
      const answer = await world.request(path, { headers: { origin: 'https://wallet.example' } });
      expect([path, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([path, 404, '*']);
    }
    for (const method of ['HEAD', 'OPTIONS'])
      expect((await world.request(`/i/${slug}/.well-known/openid-credential-issuer`, { method })).status).toBeLessThan(
        300,
      );
  });
});
