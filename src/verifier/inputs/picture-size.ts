import { isPng } from '../../vc/baked-png.ts';

/** How many pixels a PNG or a JPEG says that it has; nothing is decoded. Undefined for anything else. */
export function sizeOf(bytes: Uint8Array): { kind: 'png' | 'jpeg'; pixels: number } | undefined {
  if (isPng(bytes)) {
    if (bytes.length < 24) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { kind: 'png', pixels: view.getUint32(16) * view.getUint32(20) };
  }
  if (!isJpeg(bytes)) return undefined;
  // ITU T.81 §B.1.1: markers with a length, up to the frame header. A second one would be another picture: the largest counts.
  let pixels: number | undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (marker === 0xda || marker === 0xd9) break;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      const word = (place: number) => (bytes[place]! << 8) | bytes[place + 1]!;
      if (isFrame) pixels = Math.max(pixels ?? 0, word(at + 5) * word(at + 7));
      at += 2 + Math.max(2, word(at + 2));
    }
  }
  return pixels === undefined ? undefined : { kind: 'jpeg', pixels };
}

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
