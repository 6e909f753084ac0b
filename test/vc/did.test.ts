import { describe, expect, it } from 'vitest';
import { encodeBase58 } from '../../src/vc/bytes.ts';
import { didDocument, didWebFor, parseDidWeb, resolveDid } from '../../src/vc/did.ts';
import { decodeMultikey, encodeMultikey } from '../../src/vc/multikey.ts';
import { findVerificationMethod } from '../../src/vc/verification-method.ts';
import { keySigner, NOW, network } from '../support/badges.ts';

const did = 'did:web:linde.example:i:zorg';
const ED25519 = 'z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z';
const P256 = 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv';
const method = (changes = {}) => ({
  id: `${did}#key-1`,
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: ED25519,
  ...changes,
});
const document = (changes: object = {}, key: object = {}) => ({
  id: did,
  verificationMethod: [method(key)],
  assertionMethod: [`${did}#key-1`],
  ...changes,
});
const find = (doc: object, id = `${did}#key-1`) => {
  try {
    return findVerificationMethod(doc as { id: string }, id, 'assertionMethod', NOW).publicKeyMultibase;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('did:web', () => {
  it.each([
    ['did:web:example.nl', 'https://example.nl/.well-known/did.json'],
    ['did:web:example.nl:i:zorg', 'https://example.nl/i/zorg/did.json'],
    ['did:web:localhost%3A8787:i:zorg', 'https://localhost:8787/i/zorg/did.json'],
    ['did:web:a-b.example.nl%3a443:x_1', 'https://a-b.example.nl/x_1/did.json'],
  ])('reads %s', (id, url) => expect(parseDidWeb(id).href).toBe(url));

  it.each([
    'did:web:a.nl%2Fadmin%3Fx=',
    'did:web:user%40a.nl',
    'did:web:user@a.nl',
    'did:web:a.nl:..:..:x',
    'did:web:a.nl:.:x',
    'did:web:a.nl:%2e%2e:x',
    'did:web:%5B%3A%3A1%5D',
    'did:web:[::1]',
    'did:web:127.0.0.1',
    'did:web:127.1',
    'did:web:2130706433',
    'did:web:0x7f.1',
    'did:web:0177.0.0.1',
    'did:web:a.0x7f',
    'did:web:127。0。0。1',
    'did:web:a.nl.',
    'did:web:a..nl',
    'did:web:-a.nl',
    'did:web:a.nl:',
    'did:web:a.nl::x',
    'did:web:a.nl:x/y',
    'did:web:a.nl/x',
    'did:web:a.nl?x=1',
    'did:web:a.nl#key',
    'did:web:a.nl%3A',
    'did:web:a.nl%3A0',
    'did:web:a.nl%3A65536',
    'did:web:a.nl%3A80%3A80',
    'did:web:',
    'did:web',
    'did:WEB:a.nl',
    'did:web:a.nl\n',
  ])('F5: refuses %j before anything is asked', async id => {
    expect(() => parseDidWeb(id)).toThrow(expect.objectContaining({ code: 'did-malformed' }));
    const { asked, fetchJson } = network();
    await expect(resolveDid(id, { fetchJson })).rejects.toMatchObject({ code: expect.stringMatching(/^did-m/) });
    expect(asked).toEqual([]);
  });

  it('F6: refuses a document that speaks of another DID, or of none', async () => {
    const url = parseDidWeb(did).href;
    for (const found of [
      { ...document(), id: 'did:web:other.example' },
      { ...document(), id: undefined },
      [],
      'x',
      null,
    ]) {
      const { fetchJson } = network({ [url]: () => found });
      await expect(resolveDid(did, { fetchJson })).rejects.toMatchObject({ code: 'did-id-mismatch' });
    }
    const { fetchJson } = network({ [url]: document() });
    expect(await resolveDid(did, { fetchJson })).toEqual(document());
  });

  it('says of an unreachable document that it is unresolvable', async () => {
    await expect(resolveDid(did, network())).rejects.toMatchObject({ code: 'did-unresolvable' });
    await expect(resolveDid('did:ion:abc', network())).rejects.toMatchObject({ code: 'did-method-unsupported' });
  });

  it('is named after our origin', () => {
    expect(didWebFor('http://localhost:8787', 'zorg')).toBe('did:web:localhost%3A8787:i:zorg');
    expect(didWebFor('https://badges.example.nl', 'zorg')).toBe('did:web:badges.example.nl:i:zorg');
    expect(parseDidWeb(didWebFor('https://badges.example.nl', 'zorg')).href).toBe(
      'https://badges.example.nl/i/zorg/did.json',
    );
  });
});

describe('did:key', () => {
  it('makes its own document', async () => {
    const { id, controller, publicKeyMultibase } = await keySigner(1);
    const resolved = await resolveDid(controller, network());
    expect(findVerificationMethod(resolved, id, 'assertionMethod', NOW)).toMatchObject({
      type: 'Ed25519',
      publicKeyMultibase,
    });
  });

  it('recognises a P-256 key as one', async () => {
    const resolved = await resolveDid(`did:key:${P256}`, network());
    expect(findVerificationMethod(resolved, `did:key:${P256}#${P256}`, 'assertionMethod', NOW).type).toBe('P-256');
  });

  it.each(['did:key:', 'did:key:z', 'did:key:z6M0', 'did:key:u7QEx', `did:key:${ED25519}#${ED25519}`])(
    'refuses %s',
    async id => {
      await expect(resolveDid(id, network())).rejects.toMatchObject({ code: 'did-malformed' });
    },
  );
});

describe('verification method', () => {
  it('is found by its exact id, absolute or relative, referenced or embedded', () => {
    expect(find(document())).toBe(ED25519);
    expect(find(document({ assertionMethod: ['#key-1'] }, { id: '#key-1' }))).toBe(ED25519);
    expect(find(document({ verificationMethod: [], assertionMethod: [method()] }))).toBe(ED25519);
    expect(find(document({ verificationMethod: method(), assertionMethod: `${did}#key-1` }))).toBe(ED25519);
    expect(find(document(), `${did}#key-2`)).toBe('key-not-found');
    expect(find(document(), did)).toBe('key-not-found');
  });

  it('V2: a key in the fragment is not believed', () => {
    expect(find(document(), `${did}#${ED25519}`)).toBe('key-not-found');
  });

  it('V5: a key for another relationship is not for this one', () => {
    const elsewhere = { assertionMethod: [], authentication: [`${did}#key-1`] };
    expect(find(document(elsewhere))).toBe('key-not-authorized');
    expect(find(document({ assertionMethod: undefined, authentication: [method()], verificationMethod: [] }))).toBe(
      'key-not-authorized',
    );
  });

  it('F6: a key under a foreign or unnamed controller is not the issuer’s', () => {
    expect(find(document({}, { controller: 'did:web:other.example' }))).toBe('key-not-authorized');
    expect(find(document({}, { controller: undefined }))).toBe('key-not-authorized');
  });

  it('V7: a revoked or expired key is not used, and a date that cannot be read is no permission', () => {
    expect(find(document({}, { revoked: '2020-01-01T00:00:00Z' }))).toBe('key-revoked');
    expect(find(document({}, { revoked: 'last year' }))).toBe('key-revoked');
    expect(find(document({}, { revoked: '2099-01-01T00:00:00Z' }))).toBe(ED25519);
    expect(find(document({}, { expires: '2020-01-01T00:00:00Z' }))).toBe('key-expired');
    expect(find(document({}, { expires: '2099-01-01T00:00:00Z' }))).toBe(ED25519);
  });

  it('refuses a key that it cannot read', () => {
    expect(find(document({}, { type: 'RsaVerificationKey2018' }))).toBe('key-type-unsupported');
    expect(find(document({}, { publicKeyMultibase: undefined }))).toBe('key-malformed');
  });
});

describe('our own document', () => {
  const keys = [
    { id: 'key-1', publicKeyMultibase: ED25519, state: 'compromised', revoked: '2026-10-31T00:00:00Z' },
    { id: 'key-2', publicKeyMultibase: ED25519, state: 'retired' },
    { id: 'key-3', publicKeyMultibase: ED25519, state: 'active' },
    { id: 'key-4', publicKeyMultibase: ED25519, state: 'published' },
  ] as const;

  it('keeps a retired key for assertion and withdraws a compromised one', () => {
    const ours = didDocument({ did, keys });
    expect((ours['@context'] as string[])[0]).toBe('https://www.w3.org/ns/did/v1');
    expect(ours.assertionMethod).toEqual([`${did}#key-2`, `${did}#key-3`, `${did}#key-4`]);
    expect(keys.map(key => find(ours, `${did}#${key.id}`))).toEqual(['key-revoked', ED25519, ED25519, ED25519]);
  });
});

describe('Multikey', () => {
  it('writes and reads an Ed25519 key', () => {
    const publicKey = crypto.getRandomValues(new Uint8Array(32));
    expect(encodeMultikey(publicKey)).toMatch(/^z6Mk/);
    expect(decodeMultikey(encodeMultikey(publicKey))).toEqual({ type: 'Ed25519', publicKey });
  });

  it('V18: refuses another multibase and another length', () => {
    const short = `z${encodeBase58(new Uint8Array([0xed, 0x01, ...new Uint8Array(31)]))}`;
    for (const wrong of [`u${ED25519.slice(1)}`, short, 'z', '', null, 5, [ED25519]]) {
      expect(() => decodeMultikey(wrong)).toThrow(expect.objectContaining({ code: 'key-malformed' }));
    }
    expect(() => encodeMultikey(new Uint8Array(33))).toThrow(expect.objectContaining({ code: 'key-malformed' }));
  });
});
