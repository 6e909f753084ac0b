import { VcError } from './errors.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = '0123456789abcdef';

/** Encodes text as UTF-8. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

let atOnce: ((bytes: Uint8Array) => Bytes) | undefined;

/** Has short texts hashed by a runtime that can do it without a thread, which costs more than the hash. */
export const hashAtOnce = (sha256: typeof atOnce): void => {
  atOnce = sha256;
};

/** Beyond this a hash holds up others, and is made elsewhere. */
const LARGE = 65_536;

/** SHA-256 of bytes, or of a string's UTF-8. */
export async function sha256(data: Uint8Array | string): Promise<Bytes> {
  const bytes = typeof data === 'string' ? utf8(data) : new Uint8Array(data);
  if (atOnce && bytes.length <= LARGE) return atOnce(bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** ISO 8859-1: one character for each byte. The decoder of that name is one of windows-1252. */
export function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8_192)
    parts.push(String.fromCharCode.apply(null, bytes.subarray(i, i + 8_192) as unknown as number[]));
  return parts.join('');
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
}

/** One array after the other. */
export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** base58btc without a multibase prefix. Quadratic: meant for keys and signatures. */
export function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += digits[i]! << 8;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let text = '';
  for (let i = 0; i < bytes.length && bytes[i] === 0; i++) text += BASE58[0];
  for (let i = digits.length - 1; i >= 0; i--) text += BASE58[digits[i]!];
  return text;
}

/** Decodes base58btc; throws `bytes-malformed` on a foreign character or on more than 256 characters. */
export function decodeBase58(text: string): Bytes {
  // The algorithm is quadratic; nothing that we read in base58 is longer than a signature.
  if (text.length > 256) throw new VcError('bytes-malformed', 'The base58 value is too long.');
  const bytes: number[] = [];
  for (const character of text) {
    let carry = BASE58.indexOf(character);
    if (carry < 0) throw new VcError('bytes-malformed', 'The value is not base58btc.');
    for (let i = 0; i < bytes.length; i++) {
      carry += bytes[i]! * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  for (let i = 0; i < text.length && text[i] === BASE58[0]; i++) bytes.push(0);
  return new Uint8Array(bytes.reverse());
}

/** base64url without padding (RFC 4648 §5). */
export function encodeBase64url(bytes: Uint8Array): string {
  const characters: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    characters.push(BASE64URL[word >> 18]!, BASE64URL[(word >> 12) & 63]!);
    if (left > 1) characters.push(BASE64URL[(word >> 6) & 63]!);
    if (left > 2) characters.push(BASE64URL[word & 63]!);
  }
  return characters.join('');
}

/** Decodes unpadded base64url; throws `bytes-malformed` on padding, foreign characters or stray bits. */
export function decodeBase64url(text: string): Bytes {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = BASE64URL.indexOf(character);
    if (value < 0) throw new VcError('bytes-malformed', 'The value is not base64url.');
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 255;
    }
  }
  // RFC 4648 §3.5: one spelling for one value.
  if (text.length % 4 === 1 || (word & ((1 << bits) - 1)) !== 0) {
    throw new VcError('bytes-malformed', 'The value is not canonical base64url.');
  }
  return bytes;
}
