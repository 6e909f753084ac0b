import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { badge, type Json, keySigner, signAny } from '../support/badges.ts';
import { DID, DID_URL, entry, issuerDocument, LIST_URL, line, world } from '../support/check-world.ts';
import { type JwtKey, jwt, jwtKey } from '../support/jwts.ts';

const PAGE = 'https://linde.example/i/linde';
const KEY = 'https://sleutels.example/linde#1';
const KEY_URL = 'https://sleutels.example/linde';

describe('whose key it is', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let signer: Signer;
  beforeAll(async () => {
    w = await world();
    signer = await keySigner(61);
  });
  beforeEach(() => {
    for (const url of Object.keys(w.answers)) delete w.answers[url];
    w.answers[DID_URL] = issuerDocument(w.signer);
    w.asked.length = 0;
  });
  const multikey = (id: string, controller: string, changes: Json = {}): Json => ({
    id,
    type: 'Multikey',
    controller,
    publicKeyMultibase: signer.publicKeyMultibase,
    ...changes,
  });
  const signedBy = (issuer: string, verificationMethod: string, changes: Json = {}) =>
    signAny(badge(issuer, changes), signer, { verificationMethod });

  describe('of an issuer at an https address', () => {
    const own = `${PAGE}#key-1`;
    const page = (changes: Json = {}): Json => ({
      '@context': [VC2_CONTEXT, OB_CONTEXT],
      id: PAGE,
      type: ['Profile'],
      name: 'Zorgcollege De Linde',
      verificationMethod: [multikey(own, PAGE)],
      assertionMethod: [own],
      ...changes,
    });

    it('it is the one that the document at that address gives', async () => {
      w.answers[PAGE] = page();
      const report = await w.check(await signedBy(PAGE, own));
      expect(report.verdict).toBe('valid');
      expect(line(report, 'key')).toMatchObject({ outcome: 'ok', code: 'key-authorized' });
      expect(w.asked).toEqual([PAGE]);
      w.answers[PAGE] = page({ assertionMethod: [multikey(own, PAGE)], verificationMethod: undefined });
      expect(await w.verdict(await signedBy(PAGE, own))).toBe('valid');
      expect(await w.verdict({ ...(await signedBy(PAGE, own)), name: 'Iets anders' })).toBe(
        'invalid signature-invalid',
      );
    });

    it('V4: one that the document lacks is not theirs', async () => {
      w.answers[PAGE] = page({ verificationMethod: [], assertionMethod: [] });
      expect(await w.verdict(await signedBy(PAGE, own))).toBe('invalid key-not-found');
      w.answers[PAGE] = page();
      for (const method of ['https://evil.example/key', signer.id, signer.controller])
        expect(await w.verdict(await signedBy(PAGE, method))).toBe('invalid key-not-authorized');
      expect(await w.verdict(await signedBy(PAGE, `${PAGE}#${signer.publicKeyMultibase}`))).toBe(
        'invalid key-not-found',
      );
      expect(new Set(w.asked)).toEqual(new Set([PAGE]));
    });

    it('V5, V7: the document decides for what it is, and until when', async () => {
      for (const [changes, code] of [
        [{ assertionMethod: [], authentication: [own] }, 'key-not-authorized'],
        [{ verificationMethod: [multikey(own, 'https://evil.example/')] }, 'key-not-authorized'],
        [{ verificationMethod: [multikey(own, PAGE, { revoked: '2026-01-01T00:00:00Z' })] }, 'key-revoked'],
        [{ verificationMethod: [multikey(own, PAGE, { expires: '2026-01-01T00:00:00Z' })] }, 'key-expired'],
      ] as const) {
        w.answers[PAGE] = page(changes);
        expect(await w.verdict(await signedBy(PAGE, own))).toBe(`invalid ${code}`);
      }
    });

    it('a document that cannot be had, is of another or says nothing of keys, binds nobody', async () => {
      const { verificationMethod: _, assertionMethod: _own, ...profile } = page();
      const signed = await signedBy(PAGE, `${PAGE}#${signer.publicKeyMultibase}`);
      for (const answer of [
        undefined,
        'text',
        [],
        { ...page(), id: 'https://evil.example/' },
        { name: 'Linde' },
        profile,
      ]) {
        if (answer === undefined) delete w.answers[PAGE];
        else w.answers[PAGE] = answer;
        expect(await w.verdict(signed)).toBe('indeterminate issuer-unbound');
        expect(await w.verdict({ ...signed, name: 'Iets anders' })).toBe('invalid signature-invalid');
      }
    });

    it('a key elsewhere is asked for once the document names it, and names the issuer back', async () => {
      const signed = await signedBy(PAGE, KEY);
      w.answers[KEY_URL] = multikey(KEY, PAGE);
      w.answers[PAGE] = page();
      expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
      expect(w.asked).toEqual([PAGE]);
      w.answers[PAGE] = page({ assertionMethod: [own, KEY] });
      expect(await w.verdict(signed)).toBe('valid');
      for (const [answer, verdict] of [
        [multikey(KEY, 'https://evil.example/'), 'invalid key-not-authorized'],
        [multikey('https://sleutels.example/ander', PAGE), 'invalid key-not-found'],
        [multikey(KEY, PAGE, { revoked: '2026-01-01T00:00:00Z' }), 'invalid key-revoked'],
        ['text', 'invalid key-not-found'],
        [undefined, 'indeterminate issuer-unresolvable'],
      ] as const) {
        if (answer === undefined) delete w.answers[KEY_URL];
        else w.answers[KEY_URL] = answer;
        expect(await w.verdict(signed)).toBe(verdict);
      }
      // What is a DID and a key at once needs no asking.
      w.answers[PAGE] = page({ assertionMethod: [signer.id] });
      expect(await w.verdict(await signedBy(PAGE, signer.id))).toBe('valid');
    });

    it('its lists are its own too', async () => {
      w.answers[PAGE] = page();
      const signed = await signedBy(PAGE, own, { credentialStatus: entry() });
      const options = { signer, verificationMethod: own, changes: { issuer: PAGE } };
      w.answers[LIST_URL] = await w.list(options);
      expect(await w.verdict(signed)).toBe('valid');
      w.answers[LIST_URL] = await w.list({ ...options, set: [5] });
      expect(await w.verdict(signed)).toBe('invalid revoked');
      w.answers[LIST_URL] = await w.list({ ...options, signer: w.stranger });
      expect(await w.verdict(signed)).toBe('indeterminate status-list-invalid');
    });
  });

  it('V4: of an issuer with a DID, a key at an https address counts when the document of the DID names it', async () => {
    const signed = await signedBy(DID, KEY);
    w.answers[KEY_URL] = multikey(KEY, DID);
    expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
    expect(w.asked).toEqual([DID_URL]);
    w.answers[DID_URL] = issuerDocument(w.signer, {}, { assertionMethod: [`${DID}#key-1`, KEY] });
    expect(await w.verdict(signed)).toBe('valid');
    w.answers[KEY_URL] = multikey(KEY, 'did:web:vreemd.example');
    expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
    w.answers[DID_URL] = issuerDocument(w.signer, {}, { authentication: [KEY] });
    expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
    const plain = 'http://sleutels.example/linde';
    w.answers[DID_URL] = issuerDocument(w.signer, {}, { assertionMethod: [plain] });
    expect(await w.verdict(await signedBy(DID, plain))).toBe('indeterminate unsupported-suite');
    expect(w.asked).not.toContain(plain);
  });

  describe('of a JWT', () => {
    let keys: Record<'ES256' | 'ES384' | 'EdDSA' | 'RS256', JwtKey>;
    beforeAll(async () => {
      const [ES256, ES384, EdDSA, RS256] = await Promise.all([
        jwtKey('ES256'),
        jwtKey('ES384'),
        jwtKey('EdDSA'),
        jwtKey('RS256'),
      ]);
      keys = { ES256, ES384, EdDSA, RS256 };
    });
    const didOf = (jwk: Json) => `did:jwk:${encodeBase64url(utf8(JSON.stringify(jwk)))}`;
    const make = (key: JwtKey, header: Json, issuer: string) => jwt(key, { typ: 'vc+jwt', ...header }, badge(issuer));

    it.each(['ES256', 'ES384', 'EdDSA', 'RS256'] as const)('did:jwk is one key, for %s', async alg => {
      const key = keys[alg];
      const did = didOf(key.jwk);
      for (const kid of [undefined, did, `${did}#0`, '#0'])
        expect(await w.verdict(await make(key, { kid }, did))).toBe('valid');
      expect(await w.verdict(await make(key, { jwk: key.jwk }, did))).toBe('valid');
      expect(await w.verdict(await make(key, { kid: `${did}#1` }, did))).toBe('invalid key-not-found');
      const other = keys[alg === 'ES256' ? 'RS256' : 'ES256'];
      expect(await w.verdict(await make(other, { kid: did }, did))).toBe('invalid signature-invalid');
      expect(w.asked).toEqual([]);
    });

    it('V18: did:jwk holds a public key for signing, and says so once', async () => {
      const { ES256 } = keys;
      const verdict = async (jwk: Json) => w.verdict(await make(ES256, {}, didOf(jwk)));
      expect(await verdict({ ...ES256.jwk, use: 'sig', alg: 'ES256' })).toBe('valid');
      expect(await verdict({ ...ES256.jwk, use: 'enc' })).toBe('invalid key-not-authorized');
      expect(await verdict({ ...ES256.jwk, d: 'AAAA' })).toBe('invalid did-malformed');
      expect(await verdict({ kty: 'oct', k: 'AAAA' })).toBe('invalid did-malformed');
      expect(await verdict({ ...ES256.jwk, y: ES256.jwk.x })).toBe('invalid did-malformed');
      const named = (text: string) => `did:jwk:${encodeBase64url(utf8(text))}`;
      const twice = named(JSON.stringify(ES256.jwk).replace('{', '{"crv":"P-384",'));
      for (const did of [
        twice,
        named('[]'),
        named('null'),
        named('{'),
        'did:jwk:',
        'did:jwk:!',
        `${didOf(ES256.jwk)}=`,
      ])
        expect(await w.verdict(await make(ES256, {}, did))).toMatch(/^invalid/);
      expect(await w.verdict(await make(ES256, {}, named(`{"kty":"EC","x":"${'A'.repeat(5_000)}"}`)))).toBe(
        'invalid did-malformed',
      );
    });

    it('Data Integrity proofs go by did:jwk as well', async () => {
      const { x, ...rest } = keys.EdDSA.jwk;
      const did = didOf({ ...rest, x });
      const by = { ...signer, id: `${did}#0`, sign: keys.EdDSA.sign };
      expect(await w.verdict(await signAny(badge(did), by))).toBe('valid');
      expect(await w.verdict(await signAny(badge(did), by, { verificationMethod: did }))).toBe('valid');
      expect(await w.verdict(await signAny(badge(DID), by))).toBe('invalid issuer-key-mismatch');
    });

    it('V19c: a kid at an https address counts when the issuer’s own document names it', async () => {
      const { RS256, ES256 } = keys;
      const kid = 'https://linde.example/keys/1';
      const signed = await make(RS256, { kid, typ: 'JWT' }, DID);
      w.answers[kid] = RS256.jwk;
      expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
      expect(w.asked).toEqual([DID_URL]);
      w.answers[DID_URL] = issuerDocument(w.signer, {}, { assertionMethod: [`${DID}#key-1`, kid] });
      expect(await w.verdict(signed)).toBe('valid');
      w.answers[kid] = ES256.jwk;
      expect(await w.verdict(signed)).toBe('invalid signature-invalid');
      w.answers[kid] = { ...RS256.jwk, d: 'AAAA' };
      expect(await w.verdict(signed)).toBe('invalid key-malformed');
      // The same in a set of keys.
      const set = 'https://linde.example/jwks.json';
      const inSet = await make(RS256, { kid: `${set}#r` }, DID);
      w.answers[DID_URL] = issuerDocument(w.signer, {}, { assertionMethod: [`${set}#r`] });
      w.answers[set] = {
        keys: [
          { ...ES256.jwk, kid: 'e' },
          { ...RS256.jwk, kid: 'r' },
        ],
      };
      expect(await w.verdict(inSet)).toBe('valid');
      w.answers[set] = { keys: [{ ...RS256.jwk, kid: 'r', use: 'enc' }] };
      expect(await w.verdict(inSet)).toBe('invalid key-not-found');
    });

    it('an issuer at https may answer with a set of keys', async () => {
      const { RS256, ES256 } = keys;
      w.answers[PAGE] = { keys: [{ ...RS256.jwk, kid: 'r' }] };
      expect(await w.verdict(await make(RS256, { kid: `${PAGE}#r` }, PAGE))).toBe('valid');
      expect(await w.verdict(await make(RS256, { kid: 'r' }, PAGE))).toBe('valid');
      expect(await w.verdict(await make(RS256, { jwk: RS256.jwk }, PAGE))).toBe('valid');
      expect(await w.verdict(await make(ES256, { jwk: ES256.jwk }, PAGE))).toBe('invalid key-not-found');
      expect(await w.verdict(await make(RS256, { kid: 'x' }, PAGE))).toBe('invalid key-not-found');
    });
  });

  it('V12: a context that we do not have leaves it open, is named, and is not asked for', async () => {
    const unknown = 'https://context.example/badges.json';
    const signed = await w.issue();
    for (const contexts of [
      [VC2_CONTEXT, OB_CONTEXT, unknown],
      [VC2_CONTEXT, unknown, OB_CONTEXT],
      [unknown, VC2_CONTEXT],
    ]) {
      const report = await w.check({ ...signed, '@context': contexts });
      expect(report).toMatchObject({ verdict: 'indeterminate', code: 'context-not-allowed', credential: null });
      expect(line(report, 'form').evidence).toMatchObject({ context: unknown });
    }
    expect(w.asked).toEqual([]);
  });
});
