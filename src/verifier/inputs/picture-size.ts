import { type BakedPng, isPng } from '../../vc/baked-png.ts';
import { inflatedLength } from '../../vc/inflate.ts';

/** What a picture says of itself before anything is decoded; `scans`: how often a JPEG goes over its pixels. */
type PictureSize = { kind: 'png' | 'jpeg'; pixels: number; scans: number };

/** How many pixels a PNG or a JPEG says that it has. Undefined for anything else. */
export function sizeOf(bytes: Uint8Array): PictureSize | undefined {
  if (isPng(bytes)) {
    if (bytes.length < 24) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { kind: 'png', pixels: view.getUint32(16) * view.getUint32(20), scans: 1 };
  }
  if (!isJpeg(bytes)) return undefined;
  // ITU T.81 §B.1.1: no byte of the pixels reads as a marker, so all markers are looked at, wherever a decoder would go.
  // Of several frame headers the largest counts.
  const word = (place: number) => ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0);
  let pixels: number | undefined;
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) scans++;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    // A frame of 8 bits with one to four components; by chance inside other data this hardly comes about.
    const components = bytes[at + 9] ?? 0;
    if (isFrame && bytes[at + 4] === 8 && word(at + 2) === 8 + 3 * components)
      pixels = Math.max(pixels ?? 0, word(at + 5) * word(at + 7));
  }
  return pixels === undefined ? undefined : { kind: 'jpeg', pixels, scans };
}

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Bytes of pixels that may be decoded: 16 million in four colours of 8 bits. */
const MAX_DECODED = 66_000_000;

/**
 * Counts what the pixels of a PNG inflate to, which may be what its header says and no more: decoders inflate first and
 * count later.
 * @throws VcError `inflate-too-large`, `inflate-malformed`
 */
export const measurePixels = ({ rows, pixels }: BakedPng): Promise<number> =>
  inflatedLength(pixels, Math.min(rows, MAX_DECODED));
