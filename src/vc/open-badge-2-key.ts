import { type Bytes, concat } from './bytes.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import type { PublicKey } from './multikey.ts';

const PEM = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PUBLIC KEY-----\s*$/;
// RFC 3279 §2.3.1: the algorithm of an RSA key, for a key of PKCS #1 that does not say it.
const RSA_ALGORITHM = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const ALGORITHMS = [
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  { name: 'ECDSA', namedCurve: 'P-256' },
  { name: 'ECDSA', namedCurve: 'P-384' },
];

/**
 * The `publicKeyPem` of a CryptographicKey (OB 2.0 §"CryptographicKey"): RFC 7468 §13, or PKCS #1 as OpenSSL wrote it.
 * Throws `key-malformed`; a kind that is not read here is `unknown`.
 */
export async function decodePem(pem: unknown): Promise<PublicKey> {
  const [, pkcs1, base64 = ''] = (typeof pem === 'string' && pem.length < 10_000 && PEM.exec(pem)) || [];
  if (base64 === '') throw new VcError('key-malformed', 'The key is no public key in PEM.');
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), character => character.charCodeAt(0));
  } catch (cause) {
    throw new VcError('key-malformed', 'The key is no public key in PEM.', { cause });
  }
  const spki = pkcs1 ? asSpki(bytes) : bytes;
  for (const algorithm of ALGORITHMS) {
    let jwk: unknown;
    try {
      const key = await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
      jwk = await crypto.subtle.exportKey('jwk', key);
    } catch {
      continue;
    }
    // workerd names the members of a private key too, without a value.
    return decodeJwk(JSON.parse(JSON.stringify(jwk)));
  }
  return { type: 'unknown', publicKey: new Uint8Array() };
}

/** RFC 5280 §4.1: SubjectPublicKeyInfo around an RSAPublicKey. */
function asSpki(rsa: Bytes): Bytes {
  const bitString = der(0x03, concat(Uint8Array.of(0), rsa));
  return der(0x30, concat(Uint8Array.from(RSA_ALGORITHM), bitString));
}

function der(tag: number, content: Bytes): Bytes {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return concat(Uint8Array.of(tag, ...size), content);
}
