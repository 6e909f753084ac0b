import { type Bytes, concat, decodeBase64url, encodeBase64url } from './bytes.ts';
import { VC2_CONTEXT } from './contexts.ts';
import { formatDateTimeStamp } from './date.ts';
import { VcError } from './errors.ts';

/** VC-BITSTRING-STATUS-LIST §3.2: herd privacy needs at least this many entries. */
export const LIST_LENGTH = 131_072;
const MAX_INFLATED = 16 * 1024 * 1024;

export type StatusPurpose = 'revocation' | 'suspension';

/** A list of `LIST_LENGTH` entries in which nothing is set. */
export const emptyBits = (): Bytes => new Uint8Array(LIST_LENGTH / 8);

/** How many entries a list has. */
export const entriesIn = (bits: Uint8Array): number => bits.length * 8;

/** The entry at `index`; index 0 is the left-most bit of the first byte (§3.2). Throws a RangeError outside the list. */
export function getBit(bits: Uint8Array, index: number): boolean {
  assertInside(bits, index);
  return (bits[index >> 3]! & (0x80 >> (index & 7))) !== 0;
}

/** A copy of the list in which one entry differs. Throws a RangeError outside the list. */
export function setBit(bits: Uint8Array, index: number, value: boolean): Bytes {
  assertInside(bits, index);
  const copy = concat(bits);
  const mask = 0x80 >> (index & 7);
  copy[index >> 3] = value ? copy[index >> 3]! | mask : copy[index >> 3]! & ~mask;
  return copy;
}

function assertInside(bits: Uint8Array, index: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= entriesIn(bits)) throw new RangeError('not in the list');
}

/** `encodedList`: multibase base64url of the gzipped list (§3.3). */
export async function encodeList(bits: Uint8Array): Promise<string> {
  const stream = new Blob([concat(bits)]).stream().pipeThrough(new CompressionStream('gzip'));
  return `u${encodeBase64url(new Uint8Array(await new Response(stream).arrayBuffer()))}`;
}

/**
 * Reads an `encodedList` (§3.4). Stops as soon as more than 16 MiB come out (`status-list-too-large`); a list that is
 * cut short, that goes on after its end or that is not `u`-multibase gzip is `status-list-malformed`.
 */
export async function decodeList(encoded: unknown): Promise<Bytes> {
  const known = typeof encoded === 'string' ? inflated.get(encoded) : undefined;
  if (known) return known;
  const bits = await decode(encoded);
  // Lists are asked for again and again, and change seldom; callers never write to what they get. 64 × 64 KiB at most.
  if (bits.length > 65_536) return bits;
  if (inflated.size >= 64) inflated.delete(inflated.keys().next().value!);
  inflated.set(encoded as string, bits);
  return bits;
}
const inflated = new Map<string, Bytes>();

async function decode(encoded: unknown): Promise<Bytes> {
  const malformed = (cause?: unknown) =>
    new VcError('status-list-malformed', 'The status list is malformed.', { cause });
  if (typeof encoded !== 'string' || !encoded.startsWith('u')) throw malformed();
  let gzipped: Bytes;
  let bits: Bytes;
  try {
    gzipped = decodeBase64url(encoded.slice(1));
    bits = await inflate(gzipped);
  } catch (error) {
    throw error instanceof VcError && error.code === 'status-list-too-large' ? error : malformed(error);
  }
  // RFC 1952 §2.3: the file ends in CRC-32 and length of what came out. Runtimes let padding and further members pass.
  const trailer = new DataView(gzipped.buffer, gzipped.length - 8);
  if (trailer.getUint32(0, true) !== crc32(bits) || trailer.getUint32(4, true) !== bits.length) throw malformed();
  return bits;
}

async function inflate(gzipped: Bytes): Promise<Bytes> {
  const reader = new Blob([gzipped]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    chunks.push(value!);
    length += value!.length;
    if (length > MAX_INFLATED) {
      await reader.cancel();
      throw new VcError('status-list-too-large', 'The status list is larger than 16 MiB.');
    }
  }
  return concat(...chunks);
}

/** CRC-32 as in RFC 1952 §8. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]!) & 255]!;
  return (crc ^ 0xffffffff) >>> 0;
}
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

export type StatusListCredential = {
  '@context': [typeof VC2_CONTEXT];
  id: string;
  type: ['VerifiableCredential', 'BitstringStatusListCredential'];
  issuer: string;
  validFrom: string;
  validUntil: string;
  credentialSubject: {
    id: string;
    type: 'BitstringStatusList';
    statusPurpose: StatusPurpose;
    encodedList: string;
    ttl: number;
  };
};

/** The unsigned BitstringStatusListCredential (§2.2) at the URL `id`. `ttlMs`: how long others may keep it. */
export function statusListCredential(list: {
  id: string;
  issuer: string;
  purpose: StatusPurpose;
  encodedList: string;
  validFrom: Date;
  validUntil: Date;
  ttlMs: number;
}): StatusListCredential {
  return {
    '@context': [VC2_CONTEXT],
    id: list.id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: list.issuer,
    validFrom: formatDateTimeStamp(list.validFrom),
    validUntil: formatDateTimeStamp(list.validUntil),
    credentialSubject: {
      id: `${list.id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: list.purpose,
      encodedList: list.encodedList,
      ttl: list.ttlMs,
    },
  };
}
