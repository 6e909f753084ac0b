/** Identifiers and secrets. All randomness of the product comes from here. */
import { sha256 } from './digests.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUIDv7 (RFC 9562 §5.7): sorts by time of making, which paging relies on. */
export function newId(now: Date): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = now.getTime();
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, b => HEX[b]!).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A random URN that tells nothing, for what leaves the house inside a badge. */
export const newUrn = () => `urn:uuid:${crypto.randomUUID()}`;

/** A bearer token: base64url of `bytes` random bytes (16 = 128 bits = 22 characters). */
export function newToken(bytes = 16): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return base64url(raw);
}

export function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Decodes unpadded base64url; undefined when it is not. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
}

/** Lower-case hex of the SHA-256 of a text (as UTF-8). */
export async function sha256Hex(text: string): Promise<string> {
  return Array.from(await sha256(new TextEncoder().encode(text)), b => HEX[b]!).join('');
}

/** Random digits, each as likely as any other, for people to type. */
export function newDigits(length: number): string {
  let digits = '';
  while (digits.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // 256 is no multiple of 10.
    if (byte! < 250) digits += String(byte! % 10);
  }
  return digits;
}
