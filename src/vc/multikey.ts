import { type Bytes, concat, decodeBase58, encodeBase58 } from './bytes.ts';
import { VcError } from './errors.ts';

/** A key to check with. Points of a curve are compressed (SEC 1 §2.3.3); the bytes of an RSA key are its modulus. */
export type PublicKey =
  | { type: 'Ed25519' | 'P-256' | 'P-384' | 'unknown'; publicKey: Bytes }
  | { type: 'RSA'; publicKey: Bytes; exponent: Bytes };

// Multicodec varints; CID §2.2.2 "Multikey".
const CODECS = [
  { type: 'Ed25519', header: [0xed, 0x01], length: 32 },
  { type: 'P-256', header: [0x80, 0x24], length: 33 },
  { type: 'P-384', header: [0x81, 0x24], length: 49 },
] as const;

/** `publicKeyMultibase` of a 32-byte Ed25519 key (`z6Mk…`), or of a compressed point of another curve. */
export function encodeMultikey(publicKey: Uint8Array, type: (typeof CODECS)[number]['type'] = 'Ed25519'): string {
  const { header, length } = CODECS.find(codec => codec.type === type)!;
  if (publicKey.length !== length) throw new VcError('key-malformed', `A key of ${type} has ${length} bytes.`);
  return `z${encodeBase58(concat(Uint8Array.from(header), publicKey))}`;
}

/** Reads a `publicKeyMultibase`. A codec that we do not know is `unknown`; throws `key-malformed` for what is no key. */
export function decodeMultikey(multibase: unknown): PublicKey {
  if (typeof multibase !== 'string' || !multibase.startsWith('z') || multibase.length < 4) {
    throw new VcError('key-malformed', 'A Multikey is base58btc, starting with z.');
  }
  let bytes: Bytes;
  try {
    bytes = decodeBase58(multibase.slice(1));
  } catch (cause) {
    throw new VcError('key-malformed', 'The Multikey is not base58btc.', { cause });
  }
  const codec = CODECS.find(({ header }) => bytes[0] === header[0] && bytes[1] === header[1]);
  if (!codec) return { type: 'unknown', publicKey: bytes };
  const publicKey = bytes.slice(2);
  if (publicKey.length !== codec.length) throw new VcError('key-malformed', 'The Multikey has the wrong length.');
  return { type: codec.type, publicKey };
}
