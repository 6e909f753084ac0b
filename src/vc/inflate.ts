import { type Bytes, concat } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { VcError } from './errors.ts';

/**
 * Inflates gzip (RFC 1952) or zlib (RFC 1950, which the streams of the web call `deflate`), and reads to its end what
 * runtimes read only halfway: the checksum has to be that of what came out, and has to be the last thing there is.
 * @throws VcError `inflate-too-large` as soon as more than `maxBytes` come out, `inflate-malformed`
 */
export async function inflate(data: Uint8Array, format: 'gzip' | 'deflate', maxBytes: number): Promise<Bytes> {
  const compressed = concat(data);
  let bytes: Bytes;
  try {
    bytes = await inflateBounded(compressed, format, maxBytes);
  } catch (error) {
    throw error instanceof VcError ? error : malformed(error);
  }
  if (!(format === 'gzip' ? endsAsGzip(compressed, bytes) : endsAsZlib(compressed, bytes))) throw malformed();
  return bytes;
}

/**
 * How many bytes come out of data that stands in parts, zlib or what is bare in a ZIP; they are counted and not kept.
 * @throws VcError `inflate-too-large` as soon as there are more than `maxBytes`, `inflate-malformed`
 */
export async function inflatedLength(
  parts: Uint8Array[],
  maxBytes: number,
  format: 'deflate' | 'deflate-raw' = 'deflate',
): Promise<number> {
  let length = 0;
  try {
    await eachInflated(concat(...parts), format, maxBytes, chunk => (length += chunk.length));
  } catch (error) {
    throw error instanceof VcError ? error : malformed(error);
  }
  return length;
}

async function inflateBounded(compressed: Bytes, format: 'gzip' | 'deflate', maxBytes: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  await eachInflated(compressed, format, maxBytes, chunk => chunks.push(chunk));
  return concat(...chunks);
}

async function eachInflated(
  compressed: Bytes,
  format: 'gzip' | 'deflate' | 'deflate-raw',
  maxBytes: number,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  let length = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    length += value!.length;
    if (length <= maxBytes) take(value!);
    if (length > maxBytes) {
      await reader.cancel();
      throw new VcError('inflate-too-large', `More than ${maxBytes} bytes come out.`);
    }
  }
}

/** RFC 1952 §2.3: CRC-32 and length of what came out. Runtimes let padding and further members pass. */
function endsAsGzip(compressed: Bytes, bytes: Bytes): boolean {
  if (compressed.length < 18) return false;
  const trailer = new DataView(compressed.buffer, compressed.length - 8);
  return trailer.getUint32(0, true) === crc32(bytes) && trailer.getUint32(4, true) === bytes.length;
}

/** RFC 1950 §2.2: Adler-32 of what came out. */
function endsAsZlib(compressed: Bytes, bytes: Bytes): boolean {
  if (compressed.length < 6) return false;
  return new DataView(compressed.buffer, compressed.length - 4).getUint32(0) === adler32(bytes);
}

/** Adler-32 as in RFC 1950 §9. The remainder is taken once in 4,096 bytes: the sums stay far below 2^53 till then. */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += 4_096) {
    const end = Math.min(start + 4_096, bytes.length);
    for (let i = start; i < end; i++) {
      low += bytes[i]!;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

const malformed = (cause?: unknown) => new VcError('inflate-malformed', 'The data does not inflate.', { cause });
