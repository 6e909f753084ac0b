import { describe, expect, it } from 'vitest';
import { concat, decodeBase58, encodeBase58, utf8 } from '../../src/vc/bytes.ts';
import { contextLoader } from '../../src/vc/contexts.ts';
import { didKeyDocument } from '../../src/vc/did.ts';
import { compress, type Curve, coordinateSize, decompress, hashFor, verifyEcdsa } from '../../src/vc/ecdsa.ts';
import { decodeMultikey, encodeMultikey } from '../../src/vc/multikey.ts';
import { findVerificationMethod } from '../../src/vc/verification-method.ts';
import { verifyProofs } from '../../src/vc/verify-proofs.ts';
import { type Json, NOW } from '../support/badges.ts';

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const examples = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } };
const loader = async (url: string) =>
  url === EXAMPLES ? { contextUrl: null, documentUrl: url, document: examples } : contextLoader(url);
const keyFor = async (id: string) => ({
  key: findVerificationMethod(didKeyDocument(id.split('#')[0]!), id, 'assertionMethod', NOW),
});
const judge = async (document: object) =>
  (await verifyProofs(document, { keyFor, now: NOW, loader })).map(({ outcome, code }) => `${outcome} ${code}`);

// VC-DI-ECDSA §A.1 and §A.2: the specification's test vectors.
const P256 = 'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP';
const P384 = 'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ';
const VALUE_256 = 'zaHXrr7AQdydBk3ahpCDpWbxfLokDqmCToYm2dyWvpcFVyWooC2he63w1f7UNQoAMKdhaRtcnaE2KTo5o5vTCcfw';
const VALUE_384 =
  'z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe178B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv';

const vector = (key: string, proofValue: string, changes: Json = {}): Json => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', EXAMPLES],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
  proof: {
    type: 'DataIntegrityProof',
    cryptosuite: 'ecdsa-rdfc-2019',
    created: '2023-02-24T23:36:38Z',
    verificationMethod: `did:key:${key}#${key}`,
    proofPurpose: 'assertionMethod',
    proofValue,
  },
  ...changes,
});

describe('ecdsa-rdfc-2019', () => {
  it.each([
    ['P-256 with SHA-256', P256, VALUE_256],
    ['P-384 with SHA-384', P384, VALUE_384],
  ])('verifies the vector of the specification for %s, and no change of it', async (_name, key, value) => {
    expect(await judge(vector(key, value))).toEqual(['ok signature-valid']);
    expect(await judge(vector(key, value, { name: 'Iets anders' }))).toEqual(['failed signature-invalid']);
  });

  it('V17: a suite is for its own keys', async () => {
    expect(await judge(vector(P384, VALUE_256))).toEqual(['failed signature-invalid']);
    const eddsa = vector(P256, VALUE_256);
    expect(await judge({ ...eddsa, proof: { ...(eddsa.proof as Json), cryptosuite: 'eddsa-rdfc-2022' } })).toEqual([
      'unknown unsupported-suite',
    ]);
    const ed25519 = 'z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj';
    expect(await judge(vector(ed25519, VALUE_256))).toEqual(['unknown unsupported-suite']);
  });

  it('V18: a signature has one length and one form', async () => {
    const bytes = decodeBase58(VALUE_256.slice(1));
    const changed = [bytes.slice(0, 63), concat(bytes, Uint8Array.of(0)), new Uint8Array(64), concat(bytes, bytes)];
    for (const value of changed) {
      expect(await judge(vector(P256, `z${encodeBase58(value)}`))).toEqual(['failed signature-invalid']);
    }
  });
});

describe.each(['P-256', 'P-384'] as const)('a key on %s', curve => {
  const make = async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign', 'verify']);
    const { publicKey, privateKey } = pair as { publicKey: never; privateKey: never };
    const raw = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer);
    const size = coordinateSize(curve);
    return { raw, x: raw.slice(1, 1 + size), y: raw.slice(1 + size), privateKey };
  };

  it('is written short and out again', async () => {
    for (let i = 0; i < 8; i++) {
      const { raw, x, y } = await make();
      expect(decompress(curve, compress(curve, x, y))).toEqual(raw);
    }
  });

  it('verifies what the runtime signed, as a Multikey as well', async () => {
    const { x, y, privateKey } = await make();
    const message = utf8('hallo');
    const how = { name: 'ECDSA', hash: hashFor(curve) };
    const signature = new Uint8Array(await crypto.subtle.sign(how, privateKey, message));
    const key = decodeMultikey(encodeMultikey(compress(curve, x, y), curve));
    expect(key.type).toBe(curve);
    expect(await verifyEcdsa(key.type as Curve, key.publicKey, message, signature)).toBe(true);
    expect(await verifyEcdsa(key.type as Curve, key.publicKey, utf8('hallo!'), signature)).toBe(false);
  });

  it('V18: is a point of the curve, and is refused otherwise', async () => {
    const { x, y } = await make();
    const sound = compress(curve, x, y);
    const other = y.slice();
    other[5] = other[5]! ^ 1;
    expect(() => compress(curve, x, other)).toThrow('not a point');
    const wrong = [
      sound.slice(1),
      concat(sound, sound),
      concat(Uint8Array.of(4), x),
      new Uint8Array(sound.length).fill(255),
    ];
    for (const bytes of wrong) {
      expect(() => decompress(curve, bytes)).toThrow('not a point');
      expect(await verifyEcdsa(curve, bytes, utf8('x'), new Uint8Array(2 * x.length))).toBe(false);
    }
    // Half of all x are on no point.
    const none = Array.from({ length: 32 }, (_, i) => concat(Uint8Array.of(2), new Uint8Array(x.length).fill(i + 1)));
    const refused = none.filter(bytes => {
      try {
        return !decompress(curve, bytes);
      } catch {
        return true;
      }
    });
    expect(refused.length).toBeGreaterThan(4);
  });
});
