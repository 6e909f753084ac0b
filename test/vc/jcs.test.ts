import { describe, expect, it } from 'vitest';
import { contextLoader } from '../../src/vc/contexts.ts';
import { didKeyDocument } from '../../src/vc/did.ts';
import { canonicalJson } from '../../src/vc/jcs.ts';
import { findVerificationMethod } from '../../src/vc/verification-method.ts';
import { verifyProofs } from '../../src/vc/verify-proofs.ts';

describe('JSON in its canonical form', () => {
  // RFC 8785 §B: the bits of a double, and its text.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, text) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    expect(canonicalJson(view.getFloat64(0))).toBe(text);
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a hole', new Array(1)],
    ['NaN', NaN],
    ['Infinity', [Infinity]],
    ['minus Infinity', -Infinity],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['half a surrogate pair', '\ud800'],
    ['half of one as a name', { '\udead': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('leaves undefined members out, and does not depend on the order of making', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson({ b: [1, { d: 1, c: null }], a: 'x' })).toBe(
      canonicalJson(JSON.parse('{"a":"x","b":[1.0,{"c":null,"d":1e0}]}')),
    );
  });

  it('sorts members by UTF-16 code units, as in RFC 8785 §3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    const names = ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const numbers = [2, 4, 6, 7, 1, 5, 3];
    expect(canonicalJson(value)).toBe(`{${names.map((name, i) => `"${name}":${numbers[i]}`).join(',')}}`);
  });

  it('writes texts and the rest as in RFC 8785 §3.2.2', () => {
    const value =
      JSON.parse(String.raw`{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }`);
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });
});

// VC-DI-EDDSA §B.3, VC-DI-ECDSA §A.5 and §A.6, "Representation: with JCS": one document, three keys.
describe('the specifications’ own proofs over JSON', () => {
  const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
  const contexts = ['https://www.w3.org/ns/credentials/v2', EXAMPLES];
  const document = {
    '@context': contexts,
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    type: ['VerifiableCredential', 'AlumniCredential'],
    name: 'Alumni Credential',
    description: 'A minimum viable example of an Alumni Credential.',
    issuer: 'https://vc.example/issuers/5678',
    validFrom: '2023-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
  };
  const loader: DocumentLoader = async url =>
    url === EXAMPLES
      ? { contextUrl: null, documentUrl: url, document: { '@context': { '@vocab': `${EXAMPLES}#` } } }
      : contextLoader(url);
  const now = new Date('2026-11-01T12:00:00Z');

  it.each([
    [
      'eddsa-jcs-2022',
      'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
      'z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX',
    ],
    [
      'ecdsa-jcs-2019',
      'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
      'z5ptCet75SaEgzG4v4zJhbJtfNi74Wv7Fq15hhKouJQQjEPQvPZKaYxcMXAMLPQS2FXrkCWokNJkFVkwxNzZfD5oT',
    ],
    [
      'ecdsa-jcs-2019',
      'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ',
      'zq3EuTeLiGurmB2JR5oL8oWEsT7u2tba4HT1oZbiMYWc5qzsoW2kLYcBcF4HM5vCpJyTkceULKrVXuJQkXeN5seL4uXrFNFRMm53GWy1Yrto8rTWxZi9DkNeWP7yUPs7ELAm',
    ],
  ])('%s of %s', async (cryptosuite, key, proofValue) => {
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite,
      created: '2023-02-24T23:36:38Z',
      verificationMethod: `did:key:${key}#${key}`,
      proofPurpose: 'assertionMethod',
      '@context': contexts,
      proofValue,
    };
    const keyFor = async (method: string) => ({
      key: findVerificationMethod(didKeyDocument(`did:key:${key}`), method, 'assertionMethod', now),
    });
    const outcomes = async (changed: object) =>
      (await verifyProofs(changed, { keyFor, now, loader })).map(({ code }) => code);
    expect(await outcomes({ ...document, proof })).toEqual(['signature-valid']);
    expect(await outcomes({ ...document, name: 'Alumnus', proof })).toEqual(['signature-invalid']);
  });
});
