import { beforeAll, describe, expect, it } from 'vitest';
import { readCandidate } from '../../src/verifier/read.ts';
import type { Report } from '../../src/verifier/report.ts';
import { type VerifyDeps, verify } from '../../src/verifier/verify.ts';
import { type Json, NOW, network } from '../support/badges.ts';
import { line } from '../support/check-world.ts';
import { type JwtKey, jwt, jwtKey } from '../support/jwts.ts';
import {
  ASSERTION,
  assertion,
  badgeClass,
  CLASS,
  ISSUER,
  issuer,
  KEY,
  pemOf,
  REVOKED,
  signedBadge,
  SITE,
  site,
} from '../support/ob2.ts';

type Net = ReturnType<typeof network>;
const check = (net: Net, document: unknown = assertion(), deps: Partial<VerifyDeps> = {}): Promise<Report> =>
  verify(readCandidate(document), { now: NOW, fetchJson: net.fetchJson, ...deps });
const verdict = async (net: Net, document?: unknown, deps?: Partial<VerifyDeps>) => {
  const { verdict: is, code } = await check(net, document, deps);
  return is === code ? is : `${is} ${code}`;
};
const failing = (error: Json) => () => {
  throw Object.assign(new Error('no'), error);
};

describe('a hosted badge of Open Badges 2.0', () => {
  it('is valid when the issuer’s own site says the same now', async () => {
    const net = site();
    const report = await check(net);
    expect(report.verdict).toBe('valid');
    expect(report.checks.map(({ id, outcome, code }) => [id, outcome, code])).toEqual([
      ['form', 'ok', 'form-sound'],
      ['signature', 'ok', 'hosted-confirmed'],
      ['key', 'ok', 'hosted-at-issuer'],
      ['issuer', 'unknown', 'issuer-unknown'],
      ['dates', 'ok', 'dates-current'],
      ['status', 'ok', 'status-clear'],
      ['schema', 'ok', 'schema-match-older'],
      ['endorsements', 'not-applicable', 'no-endorsements'],
      ['recipient', 'skipped', 'recipient-not-asked'],
    ]);
    // Neither the picture nor the evidence is looked at.
    expect(net.asked).toEqual([ASSERTION, CLASS, ISSUER]);
    expect(line(report, 'issuer').evidence).toMatchObject({ issuer: ISSUER, domain: 'badges.linde.example' });
  });

  it('is shown with its badge class and its issuer', async () => {
    const { credential } = await check(site());
    expect(credential).toMatchObject({
      id: ASSERTION,
      badge: { name: 'Valpreventie in de thuiszorg', issuer: { name: 'Zorgcollege De Linde' } },
    });
  });

  it('S2: is no answer while the site gives none', async () => {
    expect(await verdict(network())).toBe('indeterminate hosted-unreachable');
    expect(await verdict(site({ [ASSERTION]: () => 'a page' }))).toBe('indeterminate hosted-unreachable');
    expect(await verdict(site({ [CLASS]: undefined }))).toBe('indeterminate issuer-unresolvable');
    expect(await verdict(site({ [ISSUER]: undefined }))).toBe('indeterminate issuer-unresolvable');
    const missing = failing({ code: 'fetch-status', status: 404 });
    expect(await verdict(site({ [ASSERTION]: missing }))).toBe('indeterminate hosted-unreachable');
  });

  it('S1: is revoked when the site says so, in JSON or by being gone', async () => {
    const revoked = { id: ASSERTION, revoked: true, revocationReason: 'Vergissing' };
    const report = await check(site({ [ASSERTION]: revoked }));
    expect(report).toMatchObject({ verdict: 'invalid', code: 'revoked' });
    expect(line(report, 'status').evidence).toMatchObject({ listReason: 'Vergissing' });
    expect(await verdict(site({ [ASSERTION]: { ...assertion(), revoked: true } }))).toBe('invalid revoked');
    const gone = failing({ code: 'fetch-status', status: 410 });
    expect(await verdict(site({ [ASSERTION]: gone }))).toBe('invalid revoked');
  });

  it('V1: a copy that says something else of whom, what or when is not the issuer’s', async () => {
    const { recipient } = assertion() as { recipient: Json };
    for (const [changes, member] of [
      [{ recipient: { ...recipient, identity: 'evil@example.org', hashed: false } }, 'recipient'],
      [{ badge: `${SITE}/public/badges/other` }, 'badge'],
      [{ issuedOn: '2020-05-01T10:00:00Z' }, 'issuedOn'],
      [{ expires: '2030-01-01T00:00:00Z' }, 'expires'],
    ] as const) {
      const report = await check(site(), assertion(changes));
      expect(report).toMatchObject({ verdict: 'invalid', code: 'hosted-mismatch' });
      expect(line(report, 'signature').evidence.members).toEqual([member]);
    }
    // The same moment in another spelling, and a class that is written out, are the same.
    const same = assertion({ issuedOn: '2024-05-01T12:00:00+02:00', badge: badgeClass() });
    expect(await verdict(site(), same)).toBe('valid');
  });

  it('V1: a copy that cannot say until when it is valid does not hide that the site does', async () => {
    const expired = assertion({ expires: '2025-01-01T00:00:00Z' });
    expect(await verdict(site({ [ASSERTION]: expired }))).toBe('invalid hosted-mismatch');
    expect(await verdict(site({ [ASSERTION]: expired }), expired)).toBe('invalid expired');
    expect(await verdict(site({ [ASSERTION]: expired }), expired, { at: new Date('2024-12-01T00:00:00Z') })).toBe(
      'valid',
    );
  });

  it('what else the copy says is shown as the site says it', async () => {
    const report = await check(site(), assertion({ narrative: 'Met lof!', evidence: 'https://evil.example/' }));
    expect(report.verdict).toBe('valid');
    expect(line(report, 'signature')).toMatchObject({
      code: 'hosted-changed',
      evidence: { members: ['evidence', 'narrative'] },
    });
    expect(report.credential).not.toHaveProperty('narrative');
    expect(report.credential).toMatchObject({ evidence: 'https://elders.example/werk.html' });
  });

  it('V1: a badge on a site of a stranger is not the issuer’s, whatever it says', async () => {
    const id = 'https://evil.example/a/1';
    const net = site({ [id]: assertion({ id }) });
    expect(await verdict(net, assertion({ id }))).toBe('invalid hosted-elsewhere');
    // Unless the issuer lets that site speak for it.
    for (const [verification, said] of [
      [{ allowedOrigins: 'evil.example' }, 'valid'],
      [{ allowedOrigins: ['other.example', 'EVIL.example'] }, 'valid'],
      [{ startsWith: 'https://evil.example/a/' }, 'valid'],
      [{ startsWith: ['https://evil.example/b/'] }, 'invalid hosted-elsewhere'],
      [{ startsWith: 'https://evil.exam' }, 'invalid hosted-elsewhere'],
      [{ allowedOrigins: [] }, 'invalid hosted-elsewhere'],
      [{ startsWith: 'https://evil.example/', allowedOrigins: 'other.example' }, 'invalid hosted-elsewhere'],
    ] as const) {
      net.answers[ISSUER] = issuer({ verification: { type: 'VerificationObject', ...verification } });
      expect([verification, await verdict(net, assertion({ id }))]).toEqual([verification, said]);
    }
  });

  it('F6: a part that says it is another is not taken for the one that was asked for', async () => {
    expect(await verdict(site({ [ISSUER]: issuer({ id: 'https://hu.example/issuer' }) }))).toBe(
      'indeterminate did-id-mismatch',
    );
    expect(await verdict(site({ [ASSERTION]: assertion({ id: `${SITE}/public/assertions/other` }) }))).toBe(
      'invalid hosted-mismatch',
    );
  });

  it('V1: an issuer that is written out is asked at its own address', async () => {
    const forged = issuer({
      id: 'https://hu.example/issuer',
      name: 'Hogeschool',
      verification: { allowedOrigins: SITE },
    });
    const net = site({
      [CLASS]: badgeClass({ issuer: forged }),
      'https://hu.example/issuer': { ...forged, verification: undefined },
    });
    expect(await verdict(net)).toBe('invalid hosted-elsewhere');
    expect(await verdict(site({ [CLASS]: badgeClass({ issuer: { name: 'Hogeschool' } }) }))).toBe(
      'indeterminate issuer-unbound',
    );
  });

  it('is read in the spellings of Open Badges 1.1', async () => {
    const old = (changes: Json = {}) => ({
      '@context': 'https://w3id.org/openbadges/v1',
      type: 'Assertion',
      id: ASSERTION,
      uid: 'vX1',
      recipient: { type: 'email', hashed: false, identity: 'sam@example.org' },
      issuedOn: 1_400_000_000,
      badge: CLASS,
      verify: { type: 'hosted', url: ASSERTION },
      ...changes,
    });
    expect(await verdict(site({ [ASSERTION]: old() }), old())).toBe('valid');
    const { id: _, '@context': __, ...bare } = old() as { id: unknown; '@context': unknown };
    expect(await verdict(site({ [ASSERTION]: bare }), bare)).toBe('valid');
    const day = old({ issuedOn: '2014-05-13', expires: '2026-11-01' });
    expect(await verdict(site({ [ASSERTION]: day }), day)).toBe('valid');
  });

  it('V16: an assertion that lacks what it cannot do without is malformed, and a class is no badge', async () => {
    for (const name of ['recipient', 'badge', 'verification', 'issuedOn'])
      expect(await verdict(site(), { ...assertion(), [name]: undefined })).toBe('invalid malformed');
    for (const expires of [null, 'soon', '2026-02-30T00:00:00Z', [], {}])
      expect(await verdict(site(), assertion({ expires }))).toBe('invalid malformed');
    expect(await verdict(site(), badgeClass())).toBe('invalid badge-not-awarded');
    expect(await verdict(site(), issuer())).toBe('invalid badge-not-awarded');
  });

  it('says what it lacks beside the verdict, as many an older badge does', async () => {
    const net = site({ [ISSUER]: issuer({ email: undefined }) });
    const report = await check(net);
    expect(report.verdict).toBe('valid');
    expect(line(report, 'schema')).toMatchObject({
      outcome: 'not-applicable',
      evidence: { members: ['issuer.email'] },
    });
  });

  it('F11: nothing is fetched for an issuer that is on no list, when that was asked', async () => {
    const net = site();
    expect(await verdict(net, undefined, { onlyTrusted: true })).toBe('indeterminate issuer-not-listed');
    expect(net.asked).toEqual([]);
    const known = async (id: string) =>
      new URL(id).host === 'badges.linde.example'
        ? [{ list: 'Scholen', owner: 'Sector', name: 'De Linde', by: 'domain' as const }]
        : [];
    expect(await verdict(net, undefined, { onlyTrusted: true, known })).toBe('valid');
    const led = assertion({ badge: 'https://evil.example/class' });
    const before = net.asked.length;
    expect(await verdict(net, led, { onlyTrusted: true, known })).toBe('indeterminate issuer-not-listed');
    expect(net.asked.length).toBe(before);
  });

  it('F4: an address without https is refused by the fetcher, and then nothing is known', async () => {
    const id = 'http://badges.linde.example/public/assertions/vX1';
    const refused = failing({ code: 'fetch-refused' });
    const report = await check(site({ [id]: refused }), assertion({ id }));
    expect(report).toMatchObject({ verdict: 'indeterminate', code: 'hosted-unreachable' });
    expect(line(report, 'signature').evidence).toMatchObject({ reason: 'fetch-refused' });
  });
});

describe('a signed badge of Open Badges 2.0', () => {
  let key: JwtKey;
  let other: JwtKey;
  let pem: string;
  beforeAll(async () => {
    [key, other] = [await jwtKey('RS256'), await jwtKey('RS256')];
    pem = await pemOf(key);
  });

  it('is valid by a key that the issuer names and that names the issuer', async () => {
    const { badge, ...net } = await signedBadge(key, pem);
    const report = await check(net, badge);
    expect(report).toMatchObject({ verdict: 'valid', credential: { badge: { issuer: { id: ISSUER } } } });
    expect(line(report, 'key')).toMatchObject({ code: 'key-authorized', evidence: { verificationMethods: [KEY] } });
    expect(net.asked).toEqual([CLASS, ISSUER, KEY, REVOKED]);
    const ec = await jwtKey('ES256');
    const second = await signedBadge(ec, await pemOf(ec));
    expect(await verdict(second, second.badge)).toBe('valid');
  });

  it('V1, V4: is not the issuer’s by a stranger’s key, however that is written', async () => {
    const { badge, document, ...net } = await signedBadge(key, pem);
    const forged = await jwt(other, { typ: 'JWT' }, document);
    expect(await verdict(net, forged)).toBe('invalid signature-invalid');
    const evil = 'https://evil.example/key';
    const mine = { type: 'CryptographicKey', id: evil, owner: ISSUER, publicKeyPem: await pemOf(other) };
    net.answers[evil] = mine;
    const named = await jwt(
      other,
      { typ: 'JWT' },
      { ...document, verification: { type: 'SignedBadge', creator: evil } },
    );
    const before = net.asked.length;
    expect(await verdict(net, named)).toBe('invalid key-not-found');
    expect(net.asked.slice(before)).not.toContain(evil);
    net.answers[KEY] = { ...(net.answers[KEY] as Json), owner: 'https://evil.example/issuer' };
    expect(await verdict(net, badge)).toBe('invalid key-not-authorized');
    net.answers[KEY] = { ...(net.answers[KEY] as Json), owner: undefined };
    expect(await verdict(net, badge)).toBe('invalid key-not-authorized');
  });

  it('V19c: no algorithm, one for which the key is a secret, and a header that leads elsewhere are refused', async () => {
    const { document, ...net } = await signedBadge(key, pem);
    for (const header of [{ alg: 'none' }, { alg: 'HS256' }, { jku: 'https://evil.example/keys' }, { crit: ['x'] }])
      expect(await verdict(net, await jwt(key, header, document))).toBe('invalid proof-malformed');
    expect(net.asked).toEqual([]);
    // What says that it is signed, and is not.
    expect(await verdict(net, document)).toBe('invalid proof-missing');
  });

  it('V4: of 1.x is the issuer’s only by a key that the issuer names; without one it stays unknown', async () => {
    const uid = 'badge-17';
    const older = { id: undefined, uid, verification: undefined, verify: { type: 'signed', url: KEY } };
    const { badge, ...net } = await signedBadge(key, pem, older);
    net.answers[ISSUER] = { ...(net.answers[ISSUER] as Json), publicKey: [KEY, 'https://badges.linde.example/k2'] };
    net.answers[REVOKED] = { 'badge-18': 'Vergissing' };
    expect(await verdict(net, badge)).toBe('valid');
    net.answers[REVOKED] = { 'badge-18': 'Vergissing', [uid]: 'Dubbel' };
    expect(await verdict(net, badge)).toBe('invalid revoked');
    for (const answer of [{ error: 'no' }, { 'badge-18': 1 }]) {
      net.answers[REVOKED] = answer;
      expect(await verdict(net, badge)).toBe('indeterminate status-list-malformed');
    }
    net.answers[ISSUER] = { ...(net.answers[ISSUER] as Json), publicKey: undefined };
    expect(await verdict(net, badge)).toBe('indeterminate issuer-unbound');
  });

  it('S1: is revoked by the list of the issuer, by id or as an object with a reason', async () => {
    const { badge, document, ...net } = await signedBadge(key, pem);
    const list = net.answers[REVOKED] as Json;
    for (const revoked of [document.id, { id: document.id, revocationReason: 'Vergissing' }, { uid: document.id }]) {
      net.answers[REVOKED] = { ...list, revokedAssertions: ['urn:uuid:another', revoked] };
      expect(await verdict(net, badge)).toBe('invalid revoked');
    }
    net.answers[REVOKED] = { ...list, revokedAssertions: ['urn:uuid:another'] };
    expect(await verdict(net, badge)).toBe('valid');
  });

  it('S2, S3: a list that is away, is no list or is of another is no answer', async () => {
    const { badge, ...net } = await signedBadge(key, pem);
    const list = net.answers[REVOKED] as Json;
    for (const [answer, code] of [
      [undefined, 'status-unreachable'],
      [{ revokedAssertions: 'all' }, 'status-list-malformed'],
      [{ ...list, revokedAssertions: [{}] }, 'status-list-malformed'],
      [{ ...list, issuer: 'https://evil.example/issuer' }, 'status-list-invalid'],
    ] as const) {
      net.answers[REVOKED] = answer;
      expect(await verdict(net, badge)).toBe(`indeterminate ${code}`);
    }
    net.answers[ISSUER] = issuer({ publicKey: [KEY] });
    const report = await check(net, badge);
    expect(line(report, 'status')).toMatchObject({ outcome: 'not-applicable', code: 'no-status' });
  });

  it('is read with a key that is written out in the profile, and one in the older form of a key', async () => {
    const { badge, ...net } = await signedBadge(key, pem);
    net.answers[ISSUER] = issuer({ publicKey: { id: KEY, publicKeyPem: pem } });
    expect(await verdict(net, badge)).toBe('valid');
    expect(net.asked).not.toContain(KEY);
    const spki = Uint8Array.from(atob(pem.split('\n').slice(1, -2).join('')), c => c.charCodeAt(0));
    // RSAPublicKey is what stands in the bit string, after 24 bytes for a key of 2048 bits.
    const rsa = btoa(String.fromCharCode(...spki.slice(24)));
    const pkcs1 = `-----BEGIN RSA PUBLIC KEY-----\n${rsa}\n-----END RSA PUBLIC KEY-----`;
    net.answers[ISSUER] = issuer({ publicKey: { id: KEY, publicKeyPem: pkcs1 } });
    expect(await verdict(net, badge)).toBe('valid');
    for (const bad of ['', 'x', pem.replace('MII', 'AAA'), 5]) {
      net.answers[ISSUER] = issuer({ publicKey: { id: KEY, publicKeyPem: bad } });
      expect(await verdict(net, badge)).not.toBe('valid');
    }
  });
});
