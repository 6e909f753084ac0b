/** Small files of each kind, made here. */
import { zipSync, zlibSync } from 'fflate';
import { crc32 } from '../../src/vc/crc32.ts';

const bytesOf = (text: string) => Uint8Array.from(text, sign => sign.charCodeAt(0));
export const latin1 = (bytes: Uint8Array) => Array.from(bytes, byte => String.fromCharCode(byte)).join('');

export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const number = (value: number, size: number, little = false) => {
  const bytes = Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
  return Uint8Array.from(little ? bytes : bytes.reverse());
};

const chunk = (name: string, data: Uint8Array) => {
  const named = concat(bytesOf(name), data);
  return concat(number(data.length, 4), named, number(crc32(named), 4));
};

/** A grey square. */
export function png({ width = 2, height = 2, secret }: { width?: number; height?: number; secret?: string } = {}) {
  const rows = new Uint8Array((Math.min(width, 100) + 1) * Math.min(height, 100)).fill(0);
  return concat(
    bytesOf('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', concat(number(width, 4), number(height, 4), Uint8Array.of(8, 0, 0, 0, 0))),
    ...(secret ? [chunk('tEXt', bytesOf(`Comment\0${secret}`)), chunk('eXIf', bytesOf(secret))] : []),
    chunk('IDAT', zlibSync(rows)),
    chunk('IEND', new Uint8Array()),
  );
}

/** The segments of a JPEG; its scan is not one. */
export function jpeg({ width = 2, height = 2, turn = 1, secret = '' } = {}) {
  const segment = (marker: number, data: Uint8Array) =>
    concat(Uint8Array.of(0xff, marker), number(data.length + 2, 2), data);
  const exif = concat(
    bytesOf('Exif\0\0II*\0'),
    number(8, 4, true),
    number(1, 2, true),
    concat(number(0x0112, 2, true), number(3, 2, true), number(1, 4, true), number(turn, 4, true)),
    number(0, 4),
    bytesOf(secret),
  );
  return concat(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, bytesOf('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    segment(0xe1, exif),
    segment(0xfe, bytesOf(secret)),
    segment(0xc0, concat(Uint8Array.of(8), number(height, 2), number(width, 2), Uint8Array.of(1, 1, 0x11, 0))),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    Uint8Array.of(1, 2, 3, 0xff, 0xd9),
  );
}

export function turnOf(bytes: Uint8Array): number | undefined {
  const at = latin1(bytes).indexOf('Exif\0\0MM');
  return at < 0 ? undefined : bytes[at + 6 + 8 + 2 + 9];
}

export function webp({ secret = '' } = {}) {
  const part = (name: string, data: Uint8Array) =>
    concat(bytesOf(name), number(data.length, 4, true), data, new Uint8Array(data.length % 2));
  const extended = concat(Uint8Array.of(0x0c, 0, 0, 0), number(1, 3, true), number(1, 3, true));
  const picture = concat(Uint8Array.of(0, 0, 0, 0x9d, 1, 0x2a), number(2, 2, true), number(2, 2, true));
  const body = concat(
    bytesOf('WEBP'),
    part('VP8X', extended),
    part('VP8 ', picture),
    part('EXIF', bytesOf(secret || 'secret')),
  );
  return concat(bytesOf('RIFF'), number(body.length, 4, true), body);
}

export const wav = (samples = new Uint8Array(16).fill(128)) =>
  concat(
    bytesOf('RIFF'),
    number(36 + samples.length, 4, true),
    bytesOf('WAVEfmt '),
    number(16, 4, true),
    concat(number(1, 2, true), number(1, 2, true), number(8_000, 4, true), number(8_000, 4, true)),
    concat(number(1, 2, true), number(8, 2, true)),
    bytesOf('data'),
    number(samples.length, 4, true),
    samples,
  );

export const pdf = () => bytesOf('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

const docx = () =>
  zipSync({ '[Content_Types].xml': bytesOf('<Types/>'), 'word/document.xml': bytesOf('<w:document/>') });
const odt = () =>
  zipSync({
    mimetype: [bytesOf('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': bytesOf('<x/>'),
  });
const mp4 = (brand: string, handler: string) => bytesOf(`\0\0\0\x18ftyp${brand}\0\0\0\0\0\0\0\x20moov hdlr ${handler}`);
const webm = (codec: string) => bytesOf(`\x1a\x45\xdf\xa3\x9fB\x82\x84webm\x42\x87\x81\x04 ${codec}`);

/** Media type, bytes. */
export const examples: [string, Uint8Array][] = [
  ['image/png', png()],
  ['image/jpeg', jpeg()],
  ['image/webp', webp()],
  ['image/gif', bytesOf('GIF89a\x02\0\x02\0\0\0\0;')],
  ['audio/mpeg', bytesOf('ID3\x04\0\0\0\0\0\0')],
  ['audio/mpeg', bytesOf('\xff\xfb\x90\x64\0\0\0\0')],
  ['audio/mp4', mp4('M4A ', 'soun')],
  ['audio/mp4', mp4('iso5', 'soun')],
  ['video/mp4', mp4('isom', 'vide soun')],
  ['audio/ogg', bytesOf('OggS\0\x02OpusHead')],
  ['audio/webm', webm('A_OPUS')],
  ['video/webm', webm('V_VP9')],
  ['audio/wav', wav()],
  ['application/pdf', pdf()],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx()],
  ['application/vnd.oasis.opendocument.text', odt()],
  ['text/plain', bytesOf('Ik leerde \xc3\xa9\xc3\xa9n ding.\r\n\tTwee.')],
];

/** What it is, bytes, the code of the refusal. */
export const refused: [string, Uint8Array, string][] = [
  ['a page', bytesOf('<!doctype html><script>alert(1)</script>'), 'media-type-unsupported'],
  ['a page after space', bytesOf('\xef\xbb\xbf \n <HTML>'), 'media-type-unsupported'],
  ['an SVG', bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'media-type-unsupported'],
  ['an SVG with a DTD', bytesOf('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><svg/>'), 'media-type-unsupported'],
  ['a program', bytesOf('MZ\x90\0\x03'), 'media-type-unsupported'],
  ['a script with a byte order mark of UTF-16', bytesOf('\xff\xfe<\0s\0'), 'media-type-unsupported'],
  ['an archive', zipSync({ '../../a': bytesOf('x') }), 'media-type-unsupported'],
  [
    'a sheet',
    zipSync({ '[Content_Types].xml': bytesOf('x'), 'xl/workbook.xml': bytesOf('x') }),
    'media-type-unsupported',
  ],
  ['a photo of the kind HEIC', bytesOf('\0\0\0\x18ftypheic\0\0\0\0'), 'media-type-unsupported'],
  ['text that is not UTF-8 at its end', concat(bytesOf('a'.repeat(20_000)), bytesOf('\xff')), 'media-type-unsupported'],
  ['text with a NUL far in', concat(bytesOf('a'.repeat(20_000)), bytesOf('\0')), 'media-type-unsupported'],
  ['an empty file', new Uint8Array(), 'request-invalid'],
  ['a PNG that is cut off', png().subarray(0, 40), 'limit-broken'],
  ['a JPEG that is cut off', jpeg().subarray(0, 30), 'limit-broken'],
  ['a WebP without a picture', bytesOf('RIFF\x04\0\0\0WEBP'), 'limit-broken'],
  ['a GIF that is cut off', bytesOf('GIF89a\x02'), 'limit-broken'],
];
