// What a badge can be handed over in, made here so that nothing of others stands in the repository: pictures, a PDF, QR
// codes. Small writers that put down whatever a test asks for, also what no honest program would write.
import { encode as encodePng } from 'fast-png';
import { zlibSync } from 'fflate';
import jpeg from 'jpeg-js';
import { create } from 'qrcode/lib/core/qrcode.js';
import { concat, utf8 } from '../../src/vc/bytes.ts';
import { crc32 } from '../../src/vc/crc32.ts';

export type PngChunk = { type: string; data: Uint8Array; crc?: number; length?: number };

const latin = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0));
const word = (value: number) => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value].map(n => n & 255));
const SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const chunk = ({ type, data, crc, length }: PngChunk): Uint8Array => {
  const named = concat(latin(type), data);
  return concat(word(length ?? data.length), named, word(crc ?? crc32(named)));
};

export const header = (width = 1, height = 1): PngChunk => ({
  type: 'IHDR',
  data: concat(word(width), word(height), new Uint8Array([8, 0, 0, 0, 0])),
});
const pixels: PngChunk = { type: 'IDAT', data: zlibSync(new Uint8Array([0, 0])) };
const end: PngChunk = { type: 'IEND', data: new Uint8Array() };

export const itxt = (
  text: string | Uint8Array,
  { keyword = 'openbadgecredential', compressed = false } = {},
): PngChunk => {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const flags = new Uint8Array([0, compressed ? 1 : 0, 0, 0, 0]);
  return { type: 'iTXt', data: concat(latin(keyword), flags, compressed ? zlibSync(bytes, { level: 9 }) : bytes) };
};
export const text = (said: string, keyword = 'openbadges'): PngChunk => ({
  type: 'tEXt',
  data: latin(`${keyword}\0${said}`),
});
export const ztxt = (said: Uint8Array | string, keyword = 'openbadges'): PngChunk => ({
  type: 'zTXt',
  data: concat(latin(`${keyword}\0\0`), zlibSync(typeof said === 'string' ? latin(said) : said, { level: 9 })),
});

/** A PNG of one pixel, or of no pixel at all but the size that its header claims, with chunks of one's own. */
export const png = (
  chunks: PngChunk[] = [],
  { head = header(), body = pixels, after = new Uint8Array() } = {},
): Uint8Array => concat(SIGNATURE, ...[head, ...chunks, body, end].map(chunk), after);

export const escapeXml = (said: string) =>
  said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** An SVG with a badge of OB 3.0 baked in, or whatever stands for it. */
export const svg = (inside: string, { namespace = 'https://purl.imsglobal.org/ob/v3p0', before = '' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="${namespace}" viewBox="0 0 9 9">${inside}<rect width="9" height="9"/></svg>`;
export const svgBody = (json: string, element = 'credential'): string =>
  `<openbadges:${element}><![CDATA[${json.replaceAll(']]>', ']]\\u003e')}]]></openbadges:${element}>`;
export const svgVerify = (value: string, element = 'credential'): string =>
  `<openbadges:${element} verify="${escapeXml(value)}"/>`;

export type PdfFile = { name?: string; content: Uint8Array | string; dict?: string };
export type PdfOptions = {
  compressed?: boolean;
  /** At an annotation on the page and not in the names of the document. */
  annotated?: boolean;
  /** With the objects in an object stream, as newer programs write them. */
  packed?: boolean;
  trailer?: string;
  extra?: string;
};

/** A PDF with files in it. */
export function pdf(files: PdfFile[], options: PdfOptions = {}): Uint8Array {
  const { compressed = true, annotated = false, packed = false, trailer = '', extra = '' } = options;
  const streams: Uint8Array[] = [];
  const specs: string[] = [];
  files.forEach(({ name, content, dict = '' }, i) => {
    const plain = typeof content === 'string' ? utf8(content) : content;
    const data = compressed ? zlibSync(plain, { level: 9 }) : plain;
    const filter = compressed ? '/Filter /FlateDecode ' : '';
    const named = name === undefined ? '' : `/F (${name.replace(/[\\()]/g, '\\$&')}) `;
    specs.push(`<< /Type /Filespec ${named}/EF << /F ${10 + i} 0 R >> >>`);
    const head = `${10 + i} 0 obj\n<< ${filter}${dict}/Length ${data.length} >>\nstream\n`;
    streams.push(concat(latin(head), data, latin('\nendstream\nendobj\n')));
  });
  const names = specs.map((spec, i) => `(f${i}) ${spec}`).join(' ');
  const annotations = specs
    .map(spec => `<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS ${spec} >>`)
    .join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${annotated ? '' : `/Names << /EmbeddedFiles << /Names [${names}] >> >>`} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] ${annotated ? `/Annots [${annotations}]` : ''} >>`,
  ];
  const body = packed
    ? packedObjects(objects)
    : latin(objects.map((o, i) => `${i + 1} 0 obj\n${o}\nendobj\n`).join(''));
  const tail = latin(`${extra}trailer\n<< /Root 1 0 R /Size 99 ${trailer}>>\nstartxref\n0\n%%EOF\n`);
  return concat(latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), body, ...streams, tail);
}

function packedObjects(objects: string[]): Uint8Array {
  const places = objects.map((_, i) => `${i + 1} ${objects.slice(0, i).join(' ').length + (i ? 1 : 0)}`).join(' ');
  const data = zlibSync(latin(`${places} ${objects.join(' ')}`));
  const head = `5 0 obj\n<< /Type /ObjStm /N ${objects.length} /First ${places.length + 1} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`;
  return concat(latin(head), data, latin('\nendstream\nendobj\n'));
}

export type Picture = { width: number; height: number; data: Uint8Array };
export type QrOptions = {
  scale?: number;
  angle?: number;
  noise?: number;
  width?: number;
  height?: number;
  dark?: number;
  alpha?: number;
};

/** A QR code on white, in grey; turned by an angle in degrees, and with noise that is the same each time. */
export function qrPicture(said: string, options: QrOptions = {}): Picture {
  const { scale = 6, angle = 0, noise = 0, dark = 0 } = options;
  const { size, data: modules } = create(said, { errorCorrectionLevel: 'M' }).modules;
  const side = Math.ceil((size + 8) * scale * (angle ? 1.42 : 1));
  const { width = side, height = side } = options;
  const data = new Uint8Array(width * height).fill(255);
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  let state = 1;
  const chance = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x - side / 2, y - side / 2];
      const column = Math.floor((dx * cos + dy * sin) / scale + size / 2);
      const row = Math.floor((dy * cos - dx * sin) / scale + size / 2);
      const set = column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column];
      const grey = (set ? dark : 255) + (chance() - 0.5) * 255 * noise;
      data[y * width + x] = Math.max(0, Math.min(255, grey));
    }
  return { width, height, data };
}

/** Two pictures side by side. */
export function beside(a: Picture, b: Picture): Picture {
  const [width, height] = [a.width + b.width, Math.max(a.height, b.height)];
  const data = new Uint8Array(width * height).fill(255);
  for (const [{ width: w, height: h, data: from }, left] of [
    [a, 0],
    [b, a.width],
  ] as const)
    for (let y = 0; y < h; y++) data.set(from.subarray(y * w, (y + 1) * w), y * width + left);
  return { width, height, data };
}

export const asPng = ({ width, height, data }: Picture): Uint8Array =>
  new Uint8Array(encodePng({ width, height, data, channels: 1, depth: 8 }));

/** Black where it is dark, and nothing at all where it is light. */
export function asTransparentPng({ width, height, data }: Picture): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  data.forEach((grey, i) => (rgba[i * 4 + 3] = 255 - grey));
  return new Uint8Array(encodePng({ width, height, data: rgba, channels: 4, depth: 8 }));
}

/** A film of one picture that stands still, in Y4M; its sides are even. */
export function asFilm({ width, height, data }: Picture): Uint8Array {
  const colour = new Uint8Array((width * height) / 2).fill(128);
  return concat(latin(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), latin('FRAME\n'), data, colour);
}

export function asJpeg({ width, height, data }: Picture, quality = 80): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  data.forEach((grey, i) => rgba.set([grey, grey, grey, 255], i * 4));
  return new Uint8Array(jpeg.encode({ width, height, data: rgba }, quality).data);
}
