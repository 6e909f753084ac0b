import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../src/vc/bytes.ts';
import { decodeJwk } from '../../src/vc/jwk.ts';
import { jwtKey } from '../support/jwts.ts';

const text = (length: number, byte = 255) => encodeBase64url(new Uint8Array(length).fill(byte));
const refusal = (jwk: unknown) => {
  try {
    return decodeJwk(jwk).type;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('a JSON Web Key', () => {
  it.each([
    ['ES256', 'P-256'],
    ['ES384', 'P-384'],
    ['EdDSA', 'Ed25519'],
    ['RS256', 'RSA'],
  ] as const)('of %s is read as %s', async (alg, type) => {
    const { jwk } = await jwtKey(alg);
    expect(decodeJwk(jwk).type).toBe(type);
    expect(refusal({ ...jwk, d: 'AAAA' })).toBe('key-malformed');
  });

  it('of another kind is unknown', () => {
    expect(refusal({ kty: 'EC', crv: 'secp256k1', x: text(32), y: text(32) })).toBe('unknown');
    expect(refusal({ kty: 'OKP', crv: 'X25519', x: text(32) })).toBe('unknown');
    expect(refusal({ kty: 'oct', k: 'AAAA' })).toBe('key-malformed');
    for (const other of [null, 5, 'x', [], {}]) expect(refusal(other)).toBe('key-malformed');
  });

  it('V18: has the length of its kind, and an exponent that hides something', async () => {
    const { jwk } = await jwtKey('RS256');
    for (const e of ['AQ', 'Ag', 'AAE', '', 'AQABAQABAQ', undefined])
      expect(refusal({ ...jwk, e })).toBe('key-malformed');
    expect(refusal({ kty: 'RSA', n: text(128), e: 'AQAB' })).toBe('key-malformed');
    expect(refusal({ kty: 'RSA', n: text(1025), e: 'AQAB' })).toBe('key-malformed');
    expect(refusal({ kty: 'OKP', crv: 'Ed25519', x: text(33) })).toBe('key-malformed');
    expect(refusal({ kty: 'EC', crv: 'P-256', x: text(32, 1), y: text(32, 1) })).toBe('key-malformed');
  });
});
