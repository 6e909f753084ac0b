import { convertIndexedToRgb, decode } from 'fast-png';
import { isPng } from '../../vc/baked-png.ts';
import { sizeOf } from './picture-size.ts';

export type Pixels = { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> };

/** A decoder that does not see what shows through takes it for black. Larger pictures are not laid on white. */
const MAX_PIXELS = 4_000_000;

/** A PNG that others show through, on white; undefined for any other picture. Its pixels have been measured before. */
export function onWhite(picture: Uint8Array): Pixels | undefined {
  if (!isPng(picture) || (sizeOf(picture)?.pixels ?? Infinity) > MAX_PIXELS) return undefined;
  const decoded = decode(picture);
  const { width, height, palette, depth } = decoded;
  const samples = palette ? convertIndexedToRgb(decoded) : decoded.data;
  const channels = palette ? palette[0]!.length : decoded.channels;
  if (channels !== 2 && channels !== 4) return undefined;
  const shift = !palette && depth === 16 ? 8 : 0;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const alpha = (samples[(i + 1) * channels - 1]! >> shift) / 255;
    for (let c = 0; c < 3; c++) {
      const sample = samples[i * channels + (channels === 4 ? c : 0)]! >> shift;
      data[i * 4 + c] = 255 - (255 - sample) * alpha;
    }
  }
  return { width, height, data };
}
