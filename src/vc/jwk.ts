import { type Bytes, decodeBase64url } from './bytes.ts';
import { type Curve, compress, coordinateSize } from './ecdsa.ts';
import { VcError } from './errors.ts';
import type { PublicKey } from './multikey.ts';

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a public JSON Web Key (RFC 7517; RFC 7518 §6; RFC 8037). A kind that we do not know is `unknown`; throws
 * `key-malformed` for what is no key, or is a private one.
 */
export function decodeJwk(jwk: unknown): PublicKey {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw malformed();
  const key = jwk as Record<string, unknown>;
  // RFC 7517 §9.2: whoever publishes a private key has no key any more.
  if (PRIVATE.some(name => name in key)) throw malformed();
  if (key.kty === 'OKP' && key.crv === 'Ed25519') return { type: 'Ed25519', publicKey: member(key.x, 32) };
  if (key.kty === 'EC' && (key.crv === 'P-256' || key.crv === 'P-384')) {
    const curve: Curve = key.crv;
    const size = coordinateSize(curve);
    return { type: curve, publicKey: compress(curve, member(key.x, size), member(key.y, size)) };
  }
  if (key.kty === 'RSA') {
    const modulus = member(key.n);
    // RFC 7518 §3.3: 2048 bits or more. Past 8192 checking costs more than it should.
    if (modulus.length < 256 || modulus.length > 1024) throw malformed();
    const exponent = member(key.e);
    // RFC 8017 §3.1: odd and at least 3. With 1, every text is its own signature.
    const small = exponent.reduce((value, byte) => value * 256 + byte, 0);
    if (exponent.length > 4 || small < 3 || small % 2 === 0) throw malformed();
    return { type: 'RSA', publicKey: modulus, exponent };
  }
  if (typeof key.kty !== 'string') throw malformed();
  return { type: 'unknown', publicKey: new Uint8Array() };
}

function member(value: unknown, size?: number): Bytes {
  if (typeof value !== 'string' || value === '') throw malformed();
  let bytes: Bytes;
  try {
    bytes = decodeBase64url(value);
  } catch (cause) {
    throw malformed(cause);
  }
  if (size !== undefined && bytes.length !== size) throw malformed();
  return bytes;
}

const malformed = (cause?: unknown) => new VcError('key-malformed', 'The JSON Web Key is malformed.', { cause });
