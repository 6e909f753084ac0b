/** What a file is, by its bytes: what was said of it, in a name or a header, counts for nothing (threat P5). */

/** Media type → the ending of its name. What is not here is not known. */
export const endings = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/zip': 'zip',
  'text/plain': 'txt',
} as const;
export type FileKind = keyof typeof endings;

/** What is said and recorded. */
export const soundKinds: ReadonlySet<FileKind> = new Set<FileKind>([
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/webm',
  'audio/wav',
]);

/** What someone shows of what they learned: paper, pictures, sound and film. Nothing in it runs in a browser. */
export const evidenceKinds: ReadonlySet<FileKind> = new Set<FileKind>([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  ...soundKinds,
  'video/mp4',
  'video/webm',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
  'text/plain',
]);

/** So many bytes of the start tell what a file is. */
export const HEAD = 8_192;

/** The kind of a file by its first bytes; undefined for what we do not know. */
export function kindOf(head: Uint8Array): FileKind | undefined {
  const text = latin1(head);
  for (const [sign, kind] of signs) if (text.startsWith(sign)) return kind;
  if (text.startsWith('RIFF')) return riff[text.slice(8, 12)];
  if (text.slice(4, 8) === 'ftyp') return isoMedia(text);
  // EBML; only the document type WebM, not Matroska at large.
  if (text.startsWith('\x1a\x45\xdf\xa3') && text.slice(0, 64).includes('webm'))
    return /V_(VP8|VP9|AV1)/.test(text) ? 'video/webm' : 'audio/webm';
  if (text.startsWith('PK\x03\x04')) return packed(text);
  // A frame of MPEG audio, layer III, without an ID3 tag before it.
  if (head[0] === 0xff && (head[1]! & 0xe6) === 0xe2 && (head[2]! & 0xf0) !== 0xf0) return 'audio/mpeg';
  return isPlain(head) ? 'text/plain' : undefined;
}

const signs: [string, FileKind][] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['%PDF-', 'application/pdf'],
  ['OggS', 'audio/ogg'],
  ['ID3', 'audio/mpeg'],
];

const riff: Record<string, FileKind> = { WEBP: 'image/webp', WAVE: 'audio/wav' };

/** ISO/IEC 14496-12: the brand says which pictures; sound and film share brands, and differ by their tracks. */
function isoMedia(text: string): FileKind | undefined {
  const brand = text.slice(8, 12);
  if (/^(heic|heix|hevc|mif1|msf1|heim|heis)$/.test(brand)) return 'image/heic';
  if (/^(M4A |M4B )$/.test(brand)) return 'audio/mp4';
  if (!/^(isom|iso[2-9]|mp4[12]|avc1|dash|M4V |qt {2})$/.test(brand)) return undefined;
  return text.includes('soun') && !text.includes('vide') ? 'audio/mp4' : 'video/mp4';
}

/** Office documents are archives that say what they are in their first entries. */
function packed(text: string): FileKind {
  if (text.startsWith('mimetypeapplication/vnd.oasis.opendocument.text', 30) && !text.startsWith('-', 77))
    return 'application/vnd.oasis.opendocument.text';
  if (/^\[Content_Types\]\.xml|^_rels\//.test(text.slice(30))) {
    if (text.includes('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    if (text.includes('xl/')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  }
  return 'application/zip';
}

/** Text has no control characters but those of lines, and is no markup that a browser could take for a page. */
function isPlain(head: Uint8Array): boolean {
  const text = latin1(head).replace(/^\xef\xbb\xbf/, '');
  return text.length > 0 && !controls.test(text) && !/^\s*<(!|\?xml|html|head|body|script|svg|math)/i.test(text);
}

export const controls = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** Bytes as letters, one for each (ISO 8859-1), to look for signs in. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4_096) text += String.fromCharCode(...bytes.subarray(i, i + 4_096));
  return text;
}
