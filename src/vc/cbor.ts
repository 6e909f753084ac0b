import { type Bytes, concat, utf8 } from './bytes.ts';
import { VcError } from './errors.ts';

/** What is read and written here of CBOR: the parts of a proof or of a short badge, and what those hold. */
export type Cbor = number | string | Bytes | Cbor[] | Map<Cbor, Cbor>;

const MAX_DEPTH = 4;

/**
 * Reads CBOR (RFC 8949) of definite length in its shortest form (§4.2.1): unsigned integers, and those below zero where
 * they are asked for, byte strings, texts, arrays and maps without a key twice, at most four levels deep. A byte string
 * may carry tag 64 (RFC 8746 §2.1). The whole of `bytes` has to be one item, so that a value has one spelling. What is
 * read is never longer than what was given. Throws `bytes-malformed`.
 */
export function decodeCbor(bytes: Uint8Array, { negative = false } = {}): Cbor {
  let at = 0;
  const malformed = () => new VcError('bytes-malformed', 'The CBOR is malformed.');
  const take = (length: number): Bytes => {
    if (length > bytes.length - at) throw malformed();
    at += length;
    return new Uint8Array(bytes.subarray(at - length, at));
  };

  /** Major type and argument (RFC 8949 §3). */
  const head = (): [type: number, argument: number] => {
    const [first] = take(1) as unknown as [number];
    const short = first & 31;
    if (short < 24) return [first >> 5, short];
    // Nothing here has more than 2^32 of anything; 28 to 31 are reserved or of indefinite length.
    if (short > 26) throw malformed();
    const size = 2 ** (short - 24);
    const argument = take(size).reduce((value, byte) => value * 256 + byte, 0);
    if (argument < (size === 1 ? 24 : 256 ** (size / 2))) throw malformed();
    return [first >> 5, argument];
  };

  const item = (depth: number): Cbor => {
    const [type, argument] = head();
    if (type === 0) return argument;
    if (type === 1 && negative) return -1 - argument;
    if (type === 2) return take(argument);
    if (type === 3) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(take(argument));
    if (type === 6 && argument === 64 && depth < MAX_DEPTH) {
      const value = item(depth + 1);
      if (value instanceof Uint8Array) return value;
    }
    // Each item takes a byte at least.
    if ((type !== 4 && type !== 5) || depth === MAX_DEPTH || argument > bytes.length - at) throw malformed();
    if (type === 4) return Array.from({ length: argument }, () => item(depth + 1));
    const map = new Map<Cbor, Cbor>();
    for (let left = argument; left > 0; left--) {
      const key = item(depth + 1);
      if (map.has(key)) throw malformed();
      map.set(key, item(depth + 1));
    }
    return map;
  };

  let value: Cbor;
  try {
    value = item(0);
  } catch (cause) {
    // What TextDecoder throws for bytes that are no UTF-8.
    throw cause instanceof VcError ? cause : malformed();
  }
  if (at !== bytes.length) throw malformed();
  return value;
}

/** Writes CBOR (RFC 8949) that `decodeCbor` reads: integers of 32 bits, in the order in which they are given. */
export function encodeCbor(value: Cbor): Bytes {
  if (typeof value === 'number') return value < 0 ? headOf(1, -1 - value) : headOf(0, value);
  if (typeof value === 'string') {
    const text = utf8(value);
    return concat(headOf(3, text.length), text);
  }
  if (value instanceof Uint8Array) return concat(headOf(2, value.length), value);
  if (Array.isArray(value)) return concat(headOf(4, value.length), ...value.map(encodeCbor));
  return concat(headOf(5, value.size), ...[...value].flat().map(encodeCbor));
}

function headOf(type: number, argument: number): Bytes {
  if (!Number.isSafeInteger(argument) || argument < 0 || argument >= 2 ** 32) throw new RangeError('not of 32 bits');
  const first = type << 5;
  if (argument < 24) return Uint8Array.of(first | argument);
  if (argument < 256) return Uint8Array.of(first | 24, argument);
  if (argument < 65_536) return Uint8Array.of(first | 25, argument >> 8, argument & 255);
  return Uint8Array.of(first | 26, argument >>> 24, (argument >> 16) & 255, (argument >> 8) & 255, argument & 255);
}
