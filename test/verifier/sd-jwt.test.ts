import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { PRODUCT } from '../../src/verifier/policy.ts';
import { answerCredential } from '../../src/verifier/vc-api.ts';
import { badge, type Json, minutes, NOW } from '../support/badges.ts';
import { DID, DID_URL, entry, LIST_URL, line, world } from '../support/check-world.ts';
import { type JwtKey, jwt, jwtKey, unsigned } from '../support/jwts.ts';
import { badgeClaims, bind, digestOf, disclosure, hide, sdJwt, seconds } from '../support/sd-jwts.ts';

const ISSUER = 'https://linde.example/i/linde';
const METADATA = 'https://linde.example/.well-known/jwt-vc-issuer/i/linde';

describe('an SD-JWT', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let key: JwtKey;
  let holder: JwtKey;
  let stranger: JwtKey;
  beforeAll(async () => {
    w = await world();
    [key, holder, stranger] = await Promise.all([jwtKey('ES256'), jwtKey('ES256'), jwtKey('ES256')]);
  });
  beforeEach(() => {
    w.asked.length = 0;
    w.answers[METADATA] = { issuer: ISSUER, jwks: { keys: [{ ...key.jwk, kid: 'k1' }] } };
    w.answers[DID_URL] = {
      id: DID,
      verificationMethod: [{ id: `${DID}#k1`, type: 'JsonWebKey', controller: DID, publicKeyJwk: key.jwk }],
      assertionMethod: [`${DID}#k1`],
    };
  });
  const make = (claims: unknown = badgeClaims(ISSUER), disclosures: string[] = [], header: Json = {}) =>
    sdJwt(key, { kid: 'k1', ...header }, claims, disclosures);
  /** A badge of which the subject can be left out, and the disclosure of what is shown of it. */
  const withSubjectHidden = async (names = ['id', 'achievement'], changes: Json = {}) => {
    const subject = { ...(badgeClaims(ISSUER).credentialSubject as Json), id: 'urn:uuid:1' };
    const hidden = await hide(subject, names);
    const { id = '', achievement = '' } = hidden.disclosures;
    return { claims: badgeClaims(ISSUER, { credentialSubject: hidden.claims, ...changes }), id, achievement };
  };

  describe('with claims of its own (SD-JWT VC)', () => {
    it('is a badge when it has an achievement, disclosed or not', async () => {
      expect(await w.verdict(await make())).toBe('valid');
      const { claims, achievement } = await withSubjectHidden();
      const report = await w.check(await make(claims, [achievement]));
      expect(report.verdict).toBe('valid');
      expect(line(report, 'form')).toMatchObject({
        code: 'form-sound',
        evidence: { vct: 'https://linde.example/vct/ob3' },
      });
      expect(line(report, 'schema')).toMatchObject({ outcome: 'not-applicable', code: 'schema-other-form' });
      expect(report.notChecked.map(({ id }) => id)).toContain('withheld');
      const shown = report.credential as { credentialSubject: Json };
      expect(Object.keys(shown.credentialSubject).sort()).toEqual(['achievement', 'type']);
      expect(JSON.stringify(shown)).not.toContain('_sd');
    });

    it('is told as what it is when it is no badge', async () => {
      const { credentialSubject: _, ...claims } = badgeClaims(ISSUER, { vct: 'https://linde.example/vct/pas' });
      const report = await w.check(await make({ ...claims, given_name: 'Ada' }));
      expect(report).toMatchObject({ verdict: 'valid', credential: { given_name: 'Ada' } });
      expect(line(report, 'form')).toMatchObject({
        code: 'form-other-credential',
        evidence: { vct: 'https://linde.example/vct/pas' },
      });
      expect(line(report, 'schema').code).toBe('schema-not-asked');
    });

    it('a change in the claims or in a disclosure is found', async () => {
      const { claims, achievement, id } = await withSubjectHidden();
      const signed = await make(claims, [achievement]);
      const [jws, ...rest] = signed.split('~');
      const [header, , signature] = jws!.split('.');
      const other = encodeBase64url(utf8(JSON.stringify({ ...claims, name: 'Iets anders' })));
      expect(await w.verdict([`${header}.${other}.${signature}`, ...rest].join('~'))).toBe('invalid signature-invalid');
      const changed = disclosure('id', 'urn:uuid:2');
      expect(await w.verdict(`${signed}${changed}~`)).toBe('invalid disclosure-invalid');
      expect(await w.verdict(`${signed}${id}~`)).toBe('valid');
    });

    it('the keys of an issuer at https are those of its metadata, by kid, or the only one', async () => {
      const signed = await make();
      expect(await w.verdict(signed)).toBe('valid');
      expect(w.asked).toEqual([METADATA]);
      expect(await w.verdict(await make(undefined, [], { kid: undefined }))).toBe('valid');
      expect(await w.verdict(await make(undefined, [], { kid: undefined, jwk: key.jwk }))).toBe('valid');
      expect(await w.verdict(await make(undefined, [], { kid: 'k2' }))).toBe('invalid key-not-found');
      const forged = await sdJwt(stranger, { jwk: stranger.jwk }, badgeClaims(ISSUER));
      expect(await w.verdict(forged)).toBe('invalid key-not-found');
      const set = 'https://linde.example/jwks.json';
      w.answers[METADATA] = { issuer: ISSUER, jwks_uri: set };
      w.answers[set] = {
        keys: [
          { ...stranger.jwk, kid: 'k0' },
          { ...key.jwk, kid: 'k1' },
        ],
      };
      expect(await w.verdict(signed)).toBe('valid');
      expect(await w.verdict(await make(undefined, [], { kid: undefined }))).toBe('invalid key-not-found');
      w.answers[METADATA] = { issuer: 'https://evil.example', jwks: { keys: [key.jwk] } };
      expect(await w.verdict(signed)).toBe('indeterminate did-id-mismatch');
      delete w.answers[METADATA];
      expect(await w.verdict(signed)).toBe('indeterminate issuer-unresolvable');
    });

    it('a certificate in the header is told and not trusted', async () => {
      const header = { x5c: ['MIIB'] };
      const report = await w.check(await make(undefined, [], header));
      expect(report.verdict).toBe('valid');
      expect(line(report, 'signature').evidence.proofs).toMatchObject([{ certificate: 'not-checked' }]);
      const forged = await sdJwt(stranger, { ...header, kid: 'k1' }, badgeClaims(ISSUER));
      expect(await w.verdict(forged)).toBe('invalid signature-invalid');
      delete w.answers[METADATA];
      expect(await w.verdict(await make(undefined, [], header))).toBe('indeterminate issuer-unresolvable');
    });

    it('an issuer that only a certificate names is one that nobody here can tell', async () => {
      const { iss: _, issuer: _issuer, ...claims } = badgeClaims(ISSUER);
      const report = await w.check(await make(claims, [], { x5c: ['MIIB'], kid: undefined }));
      expect(report).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unbound', credential: null });
      expect(await w.verdict(await make(claims))).toBe('invalid malformed');
    });

    it('an issuer with a DID is looked up by it', async () => {
      for (const kid of [`${DID}#k1`, '#k1', 'k1']) {
        expect(await w.verdict(await make(badgeClaims(DID), [], { kid }))).toBe('valid');
      }
      const did = `did:jwk:${encodeBase64url(utf8(JSON.stringify(key.jwk)))}`;
      w.asked.length = 0;
      expect(await w.verdict(await make(badgeClaims(did), [], { kid: undefined }))).toBe('valid');
      expect(w.asked).toEqual([]);
      expect(await w.verdict(await make(badgeClaims(DID), [], { kid: 'did:web:evil.example#k1' }))).toBe(
        'invalid issuer-key-mismatch',
      );
    });

    it('its dates and its status are judged', async () => {
      const verdict = async (changes: Json) => w.verdict(await make(badgeClaims(ISSUER, changes)));
      expect(await verdict({ exp: seconds(minutes(-6)) })).toBe('invalid expired');
      expect(await verdict({ nbf: seconds(minutes(6)) })).toBe('invalid not-yet-valid');
      const current = await w.check(await make());
      expect(line(current, 'dates').evidence).toMatchObject({ validUntil: minutes(24 * 60).toISOString() });
      expect(await verdict({ exp: 'morgen' })).toBe('invalid malformed');
      expect(await verdict({ validUntil: minutes(-6).toISOString() })).toBe('invalid expired');
      const status = { status_list: { uri: 'https://linde.example/token-status', idx: 7 } };
      const report = await w.check(await make(badgeClaims(ISSUER, { status })));
      expect(report.verdict).toBe('indeterminate');
      expect(line(report, 'status').evidence).toMatchObject({ list: 'https://linde.example/token-status', index: 7 });
      expect(await verdict({ status: {} })).toMatch(/^indeterminate status/);
      expect(await verdict({ status: { other_way: { uri: 'https://x.example' } } })).toMatch(/^indeterminate status/);
      expect(await verdict({ credentialStatus: entry() })).toBe('indeterminate status-unreachable');
    });

    it('S1: its place in a token status list is looked up, by the keys of the same metadata', async () => {
      const uri = 'https://linde.example/token-status';
      const list = async (byte: number, by = key) => {
        const stream = new Blob([Uint8Array.of(byte)]).stream().pipeThrough(new CompressionStream('deflate'));
        const lst = encodeBase64url(new Uint8Array(await new Response(stream).arrayBuffer()));
        const claims = {
          sub: uri,
          iat: seconds(minutes(-30)),
          exp: seconds(minutes(60)),
          status_list: { bits: 1, lst },
        };
        return jwt(by, { typ: 'statuslist+jwt', kid: 'k1' }, claims);
      };
      const signed = await make(badgeClaims(ISSUER, { status: { status_list: { uri, idx: 7 } } }));
      w.answers[uri] = await list(0);
      expect(await w.verdict(signed)).toBe('valid');
      w.answers[uri] = await list(0b1000_0000);
      expect(await w.verdict(signed)).toBe('invalid revoked');
      w.answers[uri] = await list(0, stranger);
      expect(await w.verdict(signed)).toBe('indeterminate status-list-invalid');
    });

    it('what repeats a claim says the same, and what has no context has no keywords', async () => {
      const verdict = async (changes: Json) => w.verdict(await make(badgeClaims(ISSUER, changes)));
      expect(await verdict({ issuer: { id: 'https://evil.example' } })).toBe('invalid malformed');
      expect(await verdict({ jti: 'urn:a', id: 'urn:b' })).toBe('invalid malformed');
      expect(await verdict({ iss: undefined, issuer: undefined })).toBe('invalid malformed');
      expect(await verdict({ issuer: { name: 'Linde' } })).toBe('valid');
      expect(await verdict({ iss: 'linde' })).toBe('invalid malformed');
      expect(await verdict({ vct: undefined })).toBe('invalid malformed');
      expect(await verdict({ vct: 5 })).toBe('invalid malformed');
      expect(await verdict({ '@nest': { validUntil: '2020-01-01T00:00:00Z' } })).toBe('invalid keyword-not-allowed');
    });
  });

  describe('with a credential of VC 2.0 in it', () => {
    const header = { typ: 'vc+sd-jwt', kid: `${DID}#k1` };

    it('is judged as JSON-LD once everything is in its place', async () => {
      const { claims, disclosures } = await hide(badge(DID), ['name']);
      const signed = await make(claims, Object.values(disclosures), header);
      const report = await w.check(signed);
      expect(report).toMatchObject({ verdict: 'valid', credential: { name: 'Valpreventie in de thuiszorg' } });
      expect(line(report, 'schema').code).toBe('schema-match');
      const envelope = {
        '@context': 'https://www.w3.org/ns/credentials/v2',
        id: `data:application/vc+sd-jwt,${signed}`,
        type: 'EnvelopedVerifiableCredential',
      };
      expect(await w.verdict(envelope)).toBe('valid');
    });

    it('V9, V13: a disclosure can hide no meaning', async () => {
      const verdict = async (name: string, value: unknown) => {
        const { claims, disclosures } = await hide({ ...badge(DID), [name]: value }, [name]);
        return w.verdict(await make(claims, Object.values(disclosures), header));
      };
      expect(await verdict('https://www.w3.org/2018/credentials#validUntil', '2026-10-31T00:00:00Z')).toBe(
        'invalid expired',
      );
      expect(await verdict('@nest', { validUntil: '2026-10-31T00:00:00Z' })).toBe('invalid keyword-not-allowed');
      expect(await verdict('grade', 10)).toBe('invalid undefined-term');
      expect(await verdict('proof', { type: 'DataIntegrityProof' })).toBe('invalid proof-malformed');
    });

    it('V12: a context cannot be left out', async () => {
      const [base, own] = badge(DID)['@context'] as [string, string];
      const text = disclosure(own);
      const claims = badge(DID, { '@context': [base, { '...': await digestOf(text) }] });
      expect(await w.verdict(await make(claims, [text], header))).toBe('valid');
      expect(await w.verdict(await make(claims, [], header))).toBe('invalid disclosure-invalid');
    });

    it('a rule of badges is only broken by what is shown', async () => {
      const subject = badge(DID).credentialSubject as Json & { achievement: Json };
      const { claims, disclosures } = await hide(subject.achievement, ['description']);
      const shows = (achievement: Json) => badge(DID, { credentialSubject: { ...subject, achievement } });
      const report = await w.check(await make(shows(claims), [], header));
      expect(report.verdict).toBe('valid');
      expect(line(report, 'schema')).toMatchObject({ outcome: 'not-applicable', code: 'schema-partial' });
      const wrong = { ...claims, achievementType: 'Trofee' };
      expect(await w.verdict(await make(shows(wrong), [], header))).toBe('invalid schema-mismatch');
      expect(line(await w.check(await make(shows(claims), Object.values(disclosures), header)), 'schema').code).toBe(
        'schema-match',
      );
    });

    it('S1, S9: one status that was left out is not made up for by another that is shown', async () => {
      w.answers[LIST_URL] = { ...(await w.list({ set: [5] })) };
      const clear = entry({ id: `${LIST_URL}#6`, statusListIndex: '6', statusPurpose: 'revocation' });
      const set = disclosure(entry());
      const claims = badge(DID, { credentialStatus: [clear, { '...': await digestOf(set) }] });
      w.answers[DID_URL] = {
        id: DID,
        verificationMethod: [
          { id: `${DID}#k1`, type: 'JsonWebKey', controller: DID, publicKeyJwk: key.jwk },
          { id: `${DID}#key-1`, type: 'Multikey', controller: DID, publicKeyMultibase: w.signer.publicKeyMultibase },
        ],
        assertionMethod: [`${DID}#k1`, `${DID}#key-1`],
      };
      expect(await w.verdict(await make(claims, [set], header))).toBe('invalid revoked');
      const report = await w.check(await make(claims, [], header));
      expect(line(report, 'status')).toMatchObject({ outcome: 'unknown', code: 'status-maybe-withheld' });
    });
  });

  describe('V19d: what an SD-JWT can get wrong', () => {
    it('a disclosure that no digest refers to', async () => {
      const { claims, achievement } = await withSubjectHidden();
      const other = disclosure('name', 'Diploma geneeskunde');
      expect(await w.verdict(await make(claims, [achievement, other]))).toBe('invalid disclosure-invalid');
      expect(await w.verdict(await make(badgeClaims(ISSUER), [other]))).toBe('invalid disclosure-invalid');
    });

    it('the same digest or the same disclosure twice', async () => {
      const text = disclosure('nickname', 'Ada');
      const digest = await digestOf(text);
      const verdict = async (changes: Json, given = [text]) =>
        w.verdict(await make(badgeClaims(ISSUER, changes), given));
      expect(await verdict({ _sd: [digest] })).toBe('valid');
      expect(await verdict({ _sd: [digest] }, [text, text])).toBe('invalid disclosure-invalid');
      expect(await verdict({ _sd: [digest, digest] })).toBe('invalid disclosure-invalid');
      expect(await verdict({ _sd: [digest], more: { _sd: [digest] } })).toBe('invalid disclosure-invalid');
      expect(await verdict({ _sd: [digest], list: [{ '...': digest }] })).toBe('invalid disclosure-invalid');
      // Also of one that nobody disclosed.
      expect(await verdict({ _sd: ['x', digest], more: { _sd: ['x'] } })).toBe('invalid disclosure-invalid');
    });

    it('a claim named _sd or ..., or one that is there already', async () => {
      for (const name of ['_sd', '...', '_sd_alg', '__proto__', 'name', 5, null]) {
        const text = disclosure(name, ['x']);
        const claims = badgeClaims(ISSUER, { _sd: [await digestOf(text)] });
        expect(await w.verdict(await make(claims, [text]))).toBe('invalid disclosure-invalid');
      }
      const [one, two] = [disclosure('nickname', 'Ada'), disclosure('nickname', 'Grace')];
      const twice = badgeClaims(ISSUER, { more: { _sd: [await digestOf(one), await digestOf(two)] } });
      expect(await w.verdict(await make(twice, [one, two]))).toBe('invalid disclosure-invalid');
      expect(await w.verdict(await make(twice, [one]))).toBe('valid');
    });

    it('a date, a status or an issuer that can be left out, and is', async () => {
      const late = { exp: seconds(minutes(-6)) };
      for (const name of ['exp', 'nbf', 'iss', 'vct', 'cnf', 'status']) {
        const value = { ...badgeClaims(ISSUER, late), cnf: {}, status: {} }[name];
        const { claims, disclosures } = await hide({ ...badgeClaims(ISSUER), [name]: value }, [name]);
        expect(await w.verdict(await make(claims, Object.values(disclosures)))).toBe('invalid disclosure-invalid');
        const report = await w.check(await make(claims));
        expect(report.verdict).not.toBe('valid');
        if (name === 'exp') expect(line(report, 'dates').code).toBe('dates-maybe-withheld');
        if (name === 'status') expect(line(report, 'status').code).toBe('status-maybe-withheld');
      }
      const inside = disclosure('idx', 7);
      const status = { status_list: { uri: 'https://linde.example/s', _sd: [await digestOf(inside)] } };
      expect(await w.verdict(await make(badgeClaims(ISSUER, { status }), [inside]))).toBe('invalid disclosure-invalid');
      // RFC 9901 §9.7: an end that is there cannot have been left out, and no more can a status.
      const { claims } = await hide(badgeClaims(ISSUER, { nickname: 'Ada' }), ['nickname']);
      expect(await w.verdict(await make(claims))).toBe('indeterminate status-maybe-withheld');
      const told = await w.check(await make(claims), { policy: { ...PRODUCT, withheld: 'told' } });
      expect(told.verdict).toBe('valid');
      expect(line(told, 'status').evidence).toMatchObject({ maybeWithheld: true });
    });

    it('a hash that is cut short, broken or unknown', async () => {
      const verdict = async (_sd_alg: unknown) => {
        const { claims, achievement } = await withSubjectHidden(['achievement'], { _sd_alg });
        return w.verdict(await make(claims, [achievement]));
      };
      for (const name of ['sha-256-32', 'sha-256-128', 'md5', 'SHA-256', '', 5, null, 'toString'])
        expect(await verdict(name)).toBe('invalid disclosure-invalid');
      expect(await verdict('sha-256')).toBe('valid');
      for (const name of ['sha-384', 'sha-512']) {
        const text = disclosure('nickname', 'Ada');
        const claims = badgeClaims(ISSUER, { _sd_alg: name, _sd: [await digestOf(text, name)] });
        expect(await w.verdict(await make(claims, [text]))).toBe('valid');
      }
    });

    it('digests in the wrong place or of the wrong kind', async () => {
      const three = disclosure('nickname', 'Ada');
      const two = disclosure('Ada');
      const verdict = async (changes: Json, given: string[]) =>
        w.verdict(await make(badgeClaims(ISSUER, changes), given));
      expect(await verdict({ list: [{ '...': await digestOf(two) }, 'x'] }, [two])).toBe('valid');
      expect(await verdict({ list: [{ '...': await digestOf(three) }] }, [three])).toBe('invalid disclosure-invalid');
      expect(await verdict({ _sd: [await digestOf(two)] }, [two])).toBe('invalid disclosure-invalid');
      expect(await verdict({ list: { '...': await digestOf(two) } }, [two])).toBe('invalid disclosure-invalid');
      expect(await verdict({ list: [{ '...': await digestOf(two), more: 1 }] }, [two])).toBe(
        'invalid disclosure-invalid',
      );
      for (const _sd of ['x', { a: 1 }, [5], [null], [['x']]])
        expect(await verdict({ _sd }, [])).toBe('invalid disclosure-invalid');
      for (const parts of [[], ['a'], [5, 'name', 'x'], ['s', 'a', 'b', 'c'], 'text', { 0: 'a', 1: 'b', length: 2 }]) {
        const text = encodeBase64url(utf8(JSON.stringify(parts)));
        expect(await verdict({ _sd: [await digestOf(text)] }, [text])).toBe('invalid disclosure-invalid');
      }
      for (const text of ['', '!', 'A', `${three}=`, encodeBase64url(utf8('["s","a",{"x":1,"x":2}]'))])
        expect(await verdict({ _sd: [await digestOf(text)] }, [text])).toBe('invalid disclosure-invalid');
    });

    it('disclosures inside disclosures are put in their place, decoys are left out, and depth has an end', async () => {
      const inner = disclosure('city', 'Utrecht');
      const item = disclosure('een');
      const outer = disclosure('address', {
        _sd: [await digestOf(inner), 'decoy'],
        list: [{ '...': await digestOf(item) }],
      });
      const claims = badgeClaims(ISSUER, { more: { _sd: [await digestOf(outer), 'other-decoy'] } });
      const report = await w.check(await make(claims, [item, outer, inner]));
      expect(report.verdict).toBe('valid');
      expect((report.credential as Json).more).toEqual({ address: { list: ['een'], city: 'Utrecht' } });
      expect(((await w.check(await make(claims, [outer]))).credential as Json).more).toEqual({ address: { list: [] } });
      // What belongs to a disclosure that is not there belongs to nothing.
      expect(await w.verdict(await make(claims, [inner]))).toBe('invalid disclosure-invalid');

      let text = disclosure('end', 1);
      const chain = [text];
      for (let level = 0; level < 60; level++) {
        text = disclosure('next', { _sd: [await digestOf(text)] });
        chain.push(text);
      }
      const deep = badgeClaims(ISSUER, { more: { _sd: [await digestOf(text)] } });
      expect(await w.verdict(await make(deep, chain))).toBe('invalid disclosure-invalid');
      const many = Array.from({ length: 501 }, (_, i) => disclosure(`n${i}`, i));
      await expect(make(badgeClaims(ISSUER), many).then(w.verdict)).rejects.toMatchObject({ code: 'limit-broken' });
    });
  });

  describe('V19d: key binding', () => {
    const audience = 'https://checker.example';
    const required = { keyBinding: { required: true, nonce: 'n-1', audience } };
    const bound = () => make(badgeClaims(ISSUER, { cnf: { jwk: holder.jwk } }));

    it('is checked when it is there, and required when it is asked', async () => {
      const presented = await bound();
      const shown = await bind(presented, holder);
      const report = await w.check(shown);
      expect(report.verdict).toBe('valid');
      expect((line(report, 'signature').evidence.proofs as Json[])[1]).toMatchObject({
        outcome: 'ok',
        code: 'key-binding-valid',
        nonce: 'n-1',
        audience,
      });
      expect(await w.verdict(shown, required)).toBe('valid');
      expect(await w.verdict(presented)).toBe('valid');
      // Taken off, it is not there.
      expect(await w.verdict(presented, required)).toBe('invalid key-binding-missing');
      const policy = { ...PRODUCT, keyBinding: 'required' as const };
      expect(await w.verdict(presented, { policy })).toBe('invalid key-binding-missing');
      expect(await w.verdict(shown, { policy })).toBe('valid');
      expect(await w.verdict(shown, { keyBinding: { required: true, nonce: 'n-2' } })).toBe(
        'invalid key-binding-invalid',
      );
      expect(await w.verdict(shown, { keyBinding: { audience: 'https://other.example' } })).toBe(
        'invalid key-binding-invalid',
      );
    });

    it('is what the VC-API asks for with a challenge', async () => {
      const presented = await bound();
      const ask = async (verifiableCredential: string, options: Json) => {
        const deps = { now: NOW, fetchJson: w.fetchJson };
        const { status, body } = await answerCredential({ verifiableCredential, options }, deps);
        return `${status} ${body.code as string}`;
      };
      const shown = await bind(presented, holder);
      expect(await ask(presented, {})).toBe('200 valid');
      expect(await ask(shown, { challenge: 'n-1', domain: audience })).toBe('200 valid');
      expect(await ask(shown, { challenge: 'n-2', domain: audience })).toBe('400 key-binding-invalid');
      expect(await ask(presented, { challenge: 'n-1' })).toBe('400 key-binding-missing');
      expect(await ask(shown, { challenge: 5 })).toBe('400 request-invalid');
    });

    it('is of the holder, of this and of now', async () => {
      const presented = await bound();
      const verdict = async (claims: Json = {}, header: Json = {}, by = holder) =>
        w.verdict(await bind(presented, by, claims, header));
      expect(await verdict({}, {}, stranger)).toBe('invalid key-binding-invalid');
      expect(await verdict({ sd_hash: await digestOf('x') })).toBe('invalid key-binding-invalid');
      expect(await verdict({ iat: seconds(minutes(6)) })).toBe('invalid key-binding-invalid');
      for (const name of ['iat', 'aud', 'nonce', 'sd_hash'])
        expect(await verdict({ [name]: undefined })).toBe('invalid key-binding-invalid');
      for (const typ of [undefined, 'JWT', 'dc+sd-jwt'])
        expect(await verdict({}, { typ })).toBe('invalid key-binding-invalid');
      expect(await verdict({}, { alg: 'none' })).toBe('invalid key-binding-invalid');
      expect(await verdict({}, { crit: ['x'] })).toBe('invalid key-binding-invalid');
      const none = unsigned({ alg: 'none', typ: 'kb+jwt' }, { iat: 1, aud: audience, nonce: 'n-1' });
      expect(await w.verdict(presented + none)).toBe('invalid key-binding-invalid');
      for (const text of ['x', 'a.b', 'a.b.c', '!'])
        expect(await w.verdict(presented + text)).toBe('invalid key-binding-invalid');
    });

    it('is of what is shown: a disclosure less is another text', async () => {
      const { claims, achievement, id } = await withSubjectHidden(['id', 'achievement'], { cnf: { jwk: holder.jwk } });
      const shown = await bind(await make(claims, [achievement, id]), holder);
      expect(await w.verdict(shown)).toBe('valid');
      expect(await w.verdict(shown.replace(`${id}~`, ''))).toBe('invalid key-binding-invalid');
    });

    it('needs a key that the issuer put in', async () => {
      expect(await w.verdict(await bind(await make(), holder))).toBe('invalid key-binding-invalid');
      const secret = await make(badgeClaims(ISSUER, { cnf: { jwk: { ...holder.jwk, d: 'AAAA' } } }));
      expect(await w.verdict(await bind(secret, holder))).toBe('invalid key-binding-invalid');
      const did = `did:jwk:${encodeBase64url(utf8(JSON.stringify(holder.jwk)))}`;
      const byDid = await make(badgeClaims(ISSUER, { cnf: { kid: `${did}#0` } }));
      expect(await w.verdict(await bind(byDid, holder))).toBe('valid');
      expect(await w.verdict(await bind(byDid, stranger))).toBe('invalid key-binding-invalid');
    });
  });

  it('V19c: the JWT in it follows the rules of all JWTs', async () => {
    const tail = '~';
    expect(await w.verdict(unsigned({ alg: 'none', typ: 'dc+sd-jwt', kid: 'k1' }, badgeClaims(ISSUER)) + tail)).toBe(
      'invalid proof-malformed',
    );
    for (const alg of ['HS256', undefined])
      expect(await w.verdict(await make(undefined, [], { alg }))).toBe('invalid proof-malformed');
    for (const typ of ['JWT', 'vp+jwt', undefined, 'kb+jwt'])
      expect(await w.verdict(await make(undefined, [], { typ }))).toBe('invalid proof-malformed');
    for (const name of ['jku', 'x5u', 'crit', 'b64'])
      expect(await w.verdict(await make(undefined, [], { [name]: 'https://evil.example/' }))).toBe(
        'invalid proof-malformed',
      );
    expect(w.asked.filter(url => url.includes('evil'))).toEqual([]);
    await expect(w.verdict('a.b.c~')).rejects.toMatchObject({ code: 'credential-unreadable' });
  });
});
