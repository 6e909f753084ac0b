import { type Bytes, concat, decodeBase64url, encodeBase64url } from './bytes.ts';
import { VC2_CONTEXT } from './contexts.ts';
import { formatDateTimeStamp } from './date.ts';
import { VcError } from './errors.ts';
import { inflate } from './inflate.ts';

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

/**
 * The value of entry `index` in a list with `size` bits for each (§3.2, steps 11 and 12); the left-most bit counts most.
 * Throws a RangeError outside the list.
 */
export function getValue(bits: Uint8Array, index: number, size: number): number {
  if (size === 1) return getBit(bits, index) ? 1 : 0;
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 2 + (getBit(bits, index * size + i) ? 1 : 0);
  return value;
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
export const decodeList = (encoded: unknown): Promise<Bytes> =>
  remembered(inflated, encoded, text => {
    if (!text.startsWith('u')) throw malformed();
    return inflateList(base64url(text.slice(1)), 'gzip');
  });

/**
 * The same for a StatusList2021 (W3C draft of 2023, §3.2): gzip in base64 without a multibase header. The draft said
 * base64 and its libraries wrote base64url, so both alphabets are read.
 */
export const decodeList2021 = (encoded: unknown): Promise<Bytes> =>
  remembered(inflated2021, encoded, text =>
    inflateList(
      base64url(
        text
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replace(/={1,2}$/, ''),
      ),
      'gzip',
    ),
  );

/**
 * Lists are asked for again and again, and change seldom; callers never write to what they get. 64 × 64 KiB of each
 * kind.
 */
async function remembered(
  inflated: Map<string, Bytes>,
  encoded: unknown,
  decode: (text: string) => Promise<Bytes>,
): Promise<Bytes> {
  if (typeof encoded !== 'string') throw malformed();
  const known = inflated.get(encoded);
  if (known) return known;
  const bits = await decode(encoded);
  if (bits.length > 65_536) return bits;
  if (inflated.size >= 64) inflated.delete(inflated.keys().next().value!);
  inflated.set(encoded, bits);
  return bits;
}
const inflated = new Map<string, Bytes>();
const inflated2021 = new Map<string, Bytes>();

/** Inflates a list up to 16 MiB. Throws `status-list-too-large` or `status-list-malformed`. */
export async function inflateList(compressed: Uint8Array, format: 'gzip' | 'deflate'): Promise<Bytes> {
  try {
    return await inflate(compressed, format, MAX_INFLATED);
  } catch (error) {
    const tooLarge = error instanceof VcError && error.code === 'inflate-too-large';
    if (tooLarge) throw new VcError('status-list-too-large', 'The status list is larger than 16 MiB.');
    throw malformed(error);
  }
}

function base64url(text: string): Bytes {
  try {
    return decodeBase64url(text);
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown) => new VcError('status-list-malformed', 'The status list is malformed.', { cause });

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
