import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { VC1_CONTEXT } from '../../src/vc/contexts.ts';
import { badge, type Json, minutes, NOW } from '../support/badges.ts';
import { DID, DID_URL, line, world } from '../support/check-world.ts';
import { type JwtKey, jwt, jwtKey, unsigned } from '../support/jwts.ts';

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

describe('a badge in a JWT', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let keys: Record<'ES256' | 'ES384' | 'EdDSA' | 'RS256', JwtKey>;
  let stranger: JwtKey;
  const kid = (alg: string) => `${DID}#${alg}`;

  beforeAll(async () => {
    w = await world();
    const [ES256, ES384, EdDSA, RS256] = await Promise.all([
      jwtKey('ES256'),
      jwtKey('ES384'),
      jwtKey('EdDSA'),
      jwtKey('RS256'),
    ]);
    keys = { ES256, ES384, EdDSA, RS256 };
    stranger = await jwtKey('ES256');
    const methods = Object.values(keys).map(({ alg, jwk }) => ({
      id: kid(alg),
      type: 'JsonWebKey',
      controller: DID,
      publicKeyJwk: jwk,
    }));
    w.answers[DID_URL] = {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: DID,
      verificationMethod: [...methods, { ...methods[0], id: `${DID}#login` }],
      authentication: [`${DID}#login`],
      assertionMethod: methods.map(({ id }) => id),
    };
  });

  const make = (header: Json = {}, claims: Json = badge(DID), key = keys.ES256) =>
    jwt(key, { kid: kid(key.alg), typ: 'vc+jwt', ...header }, claims);
  const claims = (changes: Json = {}): Json => ({ ...badge(DID), ...changes });

  it.each(['ES256', 'ES384', 'EdDSA', 'RS256'] as const)('is checked with %s', async alg => {
    const signed = await make({}, badge(DID), keys[alg]);
    expect(await w.verdict(signed)).toBe('valid');
    const [header, , signature] = signed.split('.');
    const other = encodeBase64url(utf8(JSON.stringify(badge(DID, { name: 'Iets anders' }))));
    expect(await w.verdict(`${header}.${other}.${signature}`)).toBe('invalid signature-invalid');
  });

  it('is read with its claims, as OB 3.0 and VC 1.1 have them', async () => {
    const { id, credentialSubject } = badge(DID) as { id: string; credentialSubject: Json };
    const nbf = seconds(new Date('2026-10-01T09:00:00Z'));
    const registered = { iss: DID, jti: id, sub: credentialSubject.id, nbf, iat: nbf };
    expect(await w.verdict(await make({ typ: 'JWT' }, claims(registered)))).toBe('valid');
    const {
      id: _,
      validFrom: _from,
      issuer,
      ...rest
    } = badge(DID, { '@context': [VC1_CONTEXT, 'https://purl.imsglobal.org/spec/ob/v3p0/context.json'] });
    const { id: _id, ...named } = issuer as Json;
    const report = await w.check(await make({ typ: 'JWT' }, { ...registered, vc: { ...rest, issuer: named } }));
    expect(report).toMatchObject({ verdict: 'valid', credential: { id, issuer: { id: DID } } });
    expect(line(report, 'schema').outcome).toBe('not-applicable');
  });

  it('is read in an EnvelopedVerifiableCredential', async () => {
    const type = 'EnvelopedVerifiableCredential';
    const envelope = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      id: `data:application/vc+jwt,${await make()}`,
      type,
    };
    expect(await w.verdict(envelope)).toBe('valid');
    await expect(w.verdict({ ...envelope, id: await make() })).rejects.toMatchObject({ code: 'credential-unreadable' });
    await expect(w.verdict({ ...envelope, '@context': [] })).rejects.toMatchObject({ code: 'credential-unreadable' });
  });

  it('V19c: no signature, or one that whoever checks it can make, is none', async () => {
    for (const alg of ['none', 'None', 'NONE'])
      expect(await w.verdict(unsigned({ alg, kid: kid('ES256') }, badge(DID)))).toBe('invalid proof-malformed');
    for (const alg of ['HS256', 'hs256', 'HS512', undefined, 5])
      expect(await w.verdict(await make({ alg }))).toBe('invalid proof-malformed');
    expect(await w.verdict(await make({ alg: '' }))).toBe('indeterminate unsupported-suite');
    expect(await w.verdict(await make({ alg: 'toString' }))).toBe('indeterminate unsupported-suite');
  });

  it('V19c: a key is for one algorithm, whatever the header says', async () => {
    for (const alg of ['ES384', 'RS256', 'EdDSA'])
      expect(await w.verdict(await make({ alg }))).toBe('invalid signature-invalid');
    expect(await w.verdict(await make({ kid: kid('RS256') }))).toBe('invalid signature-invalid');
  });

  it('V19c: a key in the header counts only if it is the issuer’s', async () => {
    const own = { kid: undefined, jwk: keys.ES256.jwk };
    expect(await w.verdict(await make(own))).toBe('valid');
    expect(await w.verdict(await make({ kid: undefined, jwk: stranger.jwk }, badge(DID), stranger))).toBe(
      'invalid key-not-found',
    );
    expect(await w.verdict(await make({ jwk: stranger.jwk }, badge(DID), stranger))).toBe('invalid signature-invalid');
    const secret = { ...keys.ES256.jwk, d: 'AAAA' };
    expect(await w.verdict(await make({ kid: undefined, jwk: secret }))).toBe('invalid key-malformed');
    expect(await w.verdict(await make({ kid: undefined }))).toBe('invalid proof-malformed');
  });

  it('V19c: nothing in the header is followed', async () => {
    w.asked.length = 0;
    for (const member of ['jku', 'x5u', 'x5c', 'crit', 'b64', 'zip'])
      expect(await w.verdict(await make({ [member]: 'https://evil.example/' }))).toBe('invalid proof-malformed');
    expect(w.asked).toEqual([]);
    expect(await w.verdict(await make({ kid: 'https://evil.example/key' }))).toBe('invalid key-not-authorized');
    expect(w.asked).toEqual([DID_URL]);
    expect(await w.verdict(await make({ kid: 'did:web:evil.example#1' }))).toBe('invalid issuer-key-mismatch');
    expect(await w.verdict(await make({ kid: `${DID}#login` }))).toBe('invalid key-not-authorized');
    expect(await w.verdict(await make({ kid: `${DID}#none` }))).toBe('invalid key-not-found');
    expect(await w.verdict(await make({ kid: '#ES256' }))).toBe('valid');
    expect(await w.verdict(await make({ kid: ['x'] }))).toBe('invalid proof-malformed');
  });

  it('V19c: typ is of a credential', async () => {
    for (const typ of ['vc+jwt', 'VC+JWT', 'JWT', 'application/vc+jwt', undefined])
      expect(await w.verdict(await make({ typ }))).toBe('valid');
    for (const typ of ['vp+jwt', 'at+jwt', 'bad+typ', '', 5])
      expect(await w.verdict(await make({ typ }))).toBe('invalid proof-malformed');
  });

  it('V19c: claims say what the document says', async () => {
    for (const claim of [
      { iss: 'did:web:vreemd.example' },
      { iss: [DID] },
      { jti: 'urn:uuid:other' },
      { sub: 'urn:x' },
    ])
      expect(await w.verdict(await make({}, claims(claim)))).toBe('invalid malformed');
  });

  it('V19c: nbf and exp hold beside the dates of the badge', async () => {
    expect(await w.verdict(await make({}, claims({ nbf: seconds(minutes(6)) })))).toBe('invalid not-yet-valid');
    expect(await w.verdict(await make({}, claims({ exp: seconds(minutes(-6)) })))).toBe('invalid expired');
    expect(await w.verdict(await make({}, claims({ exp: seconds(minutes(60)), nbf: seconds(NOW) })))).toBe('valid');
    for (const exp of ['2099-01-01', null, 1e300])
      await expect(w.verdict(await make({}, claims({ exp })))).rejects.toMatchObject({ code: 'credential-unreadable' });
  });

  it('V19c: a header or a payload with a member twice is not read', async () => {
    const twice = await jwt(keys.ES256, `{"alg":"none","alg":"ES256","kid":"${kid('ES256')}"}`, badge(DID));
    await expect(w.verdict(twice)).rejects.toMatchObject({ code: 'credential-unreadable' });
    const text = JSON.stringify(badge(DID)).replace('{', '{"name":"Ander",');
    const payload = await jwt(keys.ES256, { kid: kid('ES256') }, text);
    await expect(w.verdict(payload)).rejects.toMatchObject({ code: 'credential-unreadable' });
  });

  it('has one document and one signature', async () => {
    const both = { ...badge(DID), vc: badge(DID) };
    await expect(w.verdict(await make({}, both))).rejects.toMatchObject({ code: 'credential-unreadable' });
    await expect(w.verdict(await make({}, { vp: {} }))).rejects.toMatchObject({ code: 'credential-unreadable' });
    expect(await w.verdict(await make({}, await w.issue()))).toBe('invalid proof-malformed');
  });

  it('an issuer that is no DID is not bound to the key in the header, but a broken signature still shows', async () => {
    const header = { kid: undefined, jwk: stranger.jwk };
    const signed = await make(header, badge('https://linde.example/i/linde'), stranger);
    expect(await w.verdict(signed)).toBe('indeterminate issuer-unbound');
    const [first, payload] = signed.split('.');
    expect(await w.verdict(`${first}.${payload}.${encodeBase64url(new Uint8Array(64))}`)).toBe(
      'invalid signature-invalid',
    );
  });

  it('V9, V13: what it says is judged as in any badge', async () => {
    const hidden = { 'https://www.w3.org/2018/credentials#validUntil': '2020-01-01T00:00:00Z' };
    expect(await w.verdict(await make({}, claims(hidden)))).not.toBe('valid');
    expect(await w.verdict(await make({}, claims({ grade: 8 })))).toBe('invalid undefined-term');
  });
});
