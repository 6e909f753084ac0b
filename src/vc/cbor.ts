import type { Bytes } from './bytes.ts';
import { VcError } from './errors.ts';

/** What is read here of CBOR: the five parts of a proof, and what those hold. */
export type Cbor = number | string | Bytes | Cbor[] | Map<Cbor, Cbor>;

const MAX_DEPTH = 4;

/**
 * Reads CBOR (RFC 8949) of definite length in its shortest form (§4.2.1): unsigned integers, byte strings, texts, arrays
 * and maps without a key twice, at most four levels deep. A byte string may carry tag 64 (RFC 8746 §2.1). The whole of
 * `bytes` has to be one item, so that a value has one spelling. What is read is never longer than what was given.
 * Throws `bytes-malformed`.
 */
export function decodeCbor(bytes: Uint8Array): Cbor {
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
