/**
 * Takes out of a picture what its maker did not mean to tell: where and when it was taken, with what device, words and
 * thumbnails (threat P3). The image itself is not touched. Which way up it is stays, or it would lie on its side.
 */
import type { FileKind } from './file-kind.ts';
import { latin1 } from './file-kind.ts';
import { DomainError } from './errors.ts';

/** Pixels that a picture may have; what a telephone takes has up to two hundred million. */
const PIXELS = 220_000_000;

/** @throws DomainError `limit-broken` for a picture that cannot be read or has too many pixels */
export function cleanPicture(bytes: Uint8Array, kind: FileKind): Uint8Array[] {
  if (kind === 'image/jpeg') return cleanJpeg(bytes);
  if (kind === 'image/png') return cleanPng(bytes);
  if (kind === 'image/webp') return cleanWebp(bytes);
  const view = viewOf(bytes);
  if (bytes.length < 13) throw unreadable();
  within(view.getUint16(6, true), view.getUint16(8, true));
  return [bytes];
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** ITU-T T.81 §B.1: segments up to the scan, of which the picture's own stay. */
function cleanJpeg(bytes: Uint8Array): Uint8Array[] {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let turn = 1;
  let sized = false;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) throw unreadable();
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) throw unreadable();
    if (marker === 0xda) {
      if (!sized) throw unreadable();
      if (turn > 1) kept.splice(1, 0, turned(turn));
      return [...kept, bytes.subarray(at)];
    }
    // Start of frame; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      within(view.getUint16(at + 7), view.getUint16(at + 5));
      sized = true;
    }
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1) turn = turnOf(segment) ?? turn;
    // JFIF, colour profile and Adobe's colour transform belong to the image; the others, and comments, tell of it.
    const told = (marker > 0xe0 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee) || marker === 0xfe;
    if (!told && !(marker === 0xe2 && !latin1(segment.subarray(4, 15)).startsWith('ICC_PROFILE'))) kept.push(segment);
    at = end;
  }
  throw unreadable();
}

/** The orientation in an Exif segment (Exif 2.32 §4.6.4, tag 0x0112). */
function turnOf(segment: Uint8Array): number | undefined {
  if (latin1(segment.subarray(4, 10)) !== 'Exif\0\0' || segment.length < 20) return undefined;
  const tiff = viewOf(segment.subarray(10));
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(first, little);
  for (let i = 0, at = first + 2; i < entries && at + 12 <= tiff.byteLength; i++, at += 12)
    if (tiff.getUint16(at, little) === 0x0112) {
      const turn = tiff.getUint16(at + 8, little);
      return turn >= 1 && turn <= 8 ? turn : undefined;
    }
  return undefined;
}

/** An Exif segment that says which way up, and nothing else. */
const turned = (turn: number) =>
  Uint8Array.from([
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0],
  ]);

/** Chunks that an image needs or that say how its colours are meant (PNG §11); an animation keeps its first frame. */
const pngChunks = /^(IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|bKGD|pHYs)$/;

function cleanPng(bytes: Uint8Array): Uint8Array[] {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const name = latin1(bytes.subarray(at + 4, at + 8));
    if (end > bytes.length || (at === 8) !== (name === 'IHDR')) throw unreadable();
    if (name === 'IHDR') within(view.getUint32(at + 8), view.getUint32(at + 12));
    if (pngChunks.test(name)) kept.push(bytes.subarray(at, end));
    // What stands behind the end is no part of the picture (threat P5).
    if (name === 'IEND') return kept;
    at = end;
  }
  throw unreadable();
}

/** RIFF chunks of an image (RFC 9649 §2). */
function cleanWebp(bytes: Uint8Array): Uint8Array[] {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [];
  let sized = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    const name = latin1(bytes.subarray(at, at + 4));
    if (end > bytes.length + 1 || length < 5) throw unreadable();
    const chunk = bytes.slice(at, end);
    if (!sized) sized = webpSize(name, viewOf(chunk));
    // The flags of Exif and XMP go with their chunks.
    if (name === 'VP8X') chunk[8]! &= ~0x0c;
    if (/^(VP8 |VP8L|VP8X|ALPH|ICCP|ANIM|ANMF)$/.test(name)) kept.push(chunk);
    at = end;
  }
  if (!sized) throw unreadable();
  const head = bytes.slice(0, 12);
  viewOf(head).setUint32(4, 4 + kept.reduce((sum, chunk) => sum + chunk.length, 0), true);
  return [head, ...kept];
}

function webpSize(name: string, chunk: DataView): boolean {
  if (chunk.byteLength < 18) return false;
  const three = (at: number) => chunk.getUint8(at) | (chunk.getUint8(at + 1) << 8) | (chunk.getUint8(at + 2) << 16);
  if (name === 'VP8X') within(three(12) + 1, three(15) + 1);
  else if (name === 'VP8 ') within(chunk.getUint16(14, true) & 0x3fff, chunk.getUint16(16, true) & 0x3fff);
  else if (name === 'VP8L')
    within((chunk.getUint32(9, true) & 0x3fff) + 1, ((chunk.getUint32(9, true) >>> 14) & 0x3fff) + 1);
  else return false;
  return true;
}

function within(width: number, height: number): void {
  if (!width || !height) throw unreadable();
  if (width * height > PIXELS)
    throw new DomainError('limit-broken', `A picture has at most ${PIXELS / 1e6} million pixels.`);
}

const unreadable = () => new DomainError('limit-broken', 'This picture is damaged: it cannot be read.');
