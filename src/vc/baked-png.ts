// Reads what is baked into a PNG (OB 3.0 §5.3.1, OB 2.0 Baking §2). Lengths, checksums and sizes are held to the letter:
// of a file that two readers could understand in two ways, nothing is taken.
import { latin1 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { VcError } from './errors.ts';
import { inflate } from './inflate.ts';

export type BakedPng = {
  width: number;
  height: number;
  /**
   * Bytes that the pixels take when they are inflated, one row after the other; `alpha`: whether some may show through.
   */
  rows: number;
  alpha: boolean;
  /** The deflated pixels, still in their parts. */
  pixels: Uint8Array[];
  /** The texts under the keywords of a badge, in their order. */
  baked: string[];
  /** Bytes behind the end of the picture; nothing in them is read. */
  trailing: number;
};

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORDS = ['openbadgecredential', 'openbadges'];
const MAX_CHUNKS = 10_000;
const MAX_BAKED = 8;

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/**
 * Walks the chunks of a PNG. `maxText`: bytes that one text may have once it is inflated.
 * @throws VcError `picture-malformed`, `picture-too-large`, `inflate-too-large`
 */
export async function readBakedPng(bytes: Uint8Array, maxText: number): Promise<BakedPng> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: BakedPng = { width: 0, height: 0, rows: 0, alpha: false, pixels: [], baked: [], trailing: 0 };
  let at = SIGNATURE.length;
  for (let chunks = 0; ; chunks++) {
    if (chunks === MAX_CHUNKS) throw tooLarge(`more than ${MAX_CHUNKS} chunks`);
    if (at + 12 > bytes.length) throw malformed('a chunk is cut off');
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw malformed('a chunk is longer than the file');
    if (crc32(bytes, at + 4, end) !== view.getUint32(end)) throw malformed('a checksum is wrong');
    const type = latin1(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, end);
    if ((type === 'IHDR') !== (chunks === 0)) throw malformed('the header is not where it belongs');
    if (type === 'IHDR') {
      if (length !== 13) throw malformed('the header has another length');
      Object.assign(found, readHeader(data));
    }
    if (type === 'IDAT') found.pixels.push(data);
    if (type === 'tRNS') found.alpha = true;
    if (type === 'iTXt' || type === 'tEXt' || type === 'zTXt') {
      const text = await readText(type, data, maxText);
      if (text !== undefined && found.baked.push(text) > MAX_BAKED) throw tooLarge(`more than ${MAX_BAKED} badges`);
    }
    at = end + 4;
    if (type === 'IEND') return { ...found, trailing: bytes.length - at };
  }
}

/** Samples for each pixel by colour type (PNG §11.2.1). */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readHeader(data: Uint8Array): Pick<BakedPng, 'width' | 'height' | 'rows' | 'alpha'> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height, depth, type] = [view.getUint32(0), view.getUint32(4), data[8]!, data[9]!];
  const channels = CHANNELS[type];
  if (!channels || ![1, 2, 4, 8, 16].includes(depth) || width === 0 || height === 0)
    throw malformed('the header says what cannot be');
  // A byte of filter for each row; in an interlaced picture there are up to twice as many rows, and each may end in a half byte.
  const rows = Math.ceil((width * channels * depth) / 8) * height + 4 * (height + 8);
  return { width, height, rows, alpha: type === 4 || type === 6 };
}

/** The text of a chunk that has the keyword of a badge (PNG §11.3.3); undefined for any other. */
async function readText(type: string, data: Uint8Array, maxText: number): Promise<string | undefined> {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 1 || !KEYWORDS.includes(latin1(data.subarray(0, Math.min(keywordEnd, 79))))) return undefined;
  const rest = data.subarray(keywordEnd + 1);
  if (type === 'tEXt') return latin1(within(rest, maxText));
  if (type === 'zTXt') {
    if (rest[0] !== 0) throw malformed('a text is compressed in an unknown way');
    return latin1(await inflated(rest.subarray(1), maxText));
  }
  const [flag, method] = rest;
  const languageEnd = rest.indexOf(0, 2);
  const translatedEnd = languageEnd < 0 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0 || (flag !== 0 && flag !== 1) || (flag === 1 && method !== 0))
    throw malformed('a text is not as it should be');
  const text = rest.subarray(translatedEnd + 1);
  const plain = flag === 1 ? await inflated(text, maxText) : within(text, maxText);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    throw malformed('a text is not UTF-8');
  }
}

async function inflated(data: Uint8Array, maxText: number): Promise<Uint8Array> {
  try {
    return await inflate(data, 'deflate', maxText);
  } catch (error) {
    if (error instanceof VcError && error.code === 'inflate-malformed') throw malformed('a text does not inflate');
    throw error;
  }
}

function within(data: Uint8Array, maxText: number): Uint8Array {
  if (data.length > maxText) throw tooLarge(`a text of more than ${maxText} bytes`);
  return data;
}

const malformed = (what: string) => new VcError('picture-malformed', `The picture is damaged: ${what}.`);
const tooLarge = (what: string) => new VcError('picture-too-large', `The picture has ${what}.`);
