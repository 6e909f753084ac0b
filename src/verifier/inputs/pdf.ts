// Finds the files in a PDF (ISO 32000-2 §7.11.4). Libraries that read PDFs inflate whatever the file holds, as far as it
// goes; this reader inflates only what may lead to a file, within a budget, and knows no more of PDF than that asks.
import { latin1 } from '../../vc/bytes.ts';
import { VcError } from '../../vc/errors.ts';
import { inflate } from '../../vc/inflate.ts';
import { limit, unreadable } from './refuse.ts';
import { MAX_SPACE, NoValue, type PdfDict, type PdfValue, readText, readValue, skipSpace } from './pdf-syntax.ts';

/** A file in a PDF. What it is called says nothing about what it is. */
type Attachment = { name?: string; bytes: Uint8Array };

const MAX_OBJECTS = 100_000;
const MAX_OBJECT_STREAMS = 1_000;
const MAX_ATTACHMENTS = 50;
const MAX_FILE = 2_000_000;
const MAX_INFLATED = 16 * 1024 * 1024;

type Stream = { dict: PdfDict; start: number; end: number };
type Scan = {
  bytes: Uint8Array;
  text: string;
  values: Map<number, PdfValue>;
  streams: Map<number, Stream>;
  budget: number;
};

/** A PDF may have some bytes before its header. */
export const isPdf = (head: string): boolean => /^[^{[<]{0,1000}?%PDF-\d/s.test(head);

/**
 * The files that a PDF holds, in attachments as well as behind annotations, inflated, in the order of the file. Files of
 * more than 2 MB, and such as are packed in ways of long ago, are left out.
 * @throws DomainError `credential-unreadable` for a locked PDF, `limit-broken`
 */
export async function readPdfFiles(bytes: Uint8Array): Promise<Attachment[]> {
  const text = latin1(bytes);
  const scan: Scan = { bytes, text, values: new Map(), streams: new Map(), budget: MAX_INFLATED };
  scanObjects(scan);
  if (isLocked(scan)) throw unreadable('pdf-locked', 'This PDF is locked, and so are the files in it.');
  await openObjectStreams(scan);

  const named = new Map<Stream, string | undefined>();
  for (const { EF, name } of fileSpecs(scan))
    for (const key of ['UF', 'F']) {
      const stream = streamOf(scan, EF.get(key));
      if (stream && !named.has(stream)) named.set(stream, name);
    }
  for (const stream of scan.streams.values())
    if (nameOf(stream.dict.get('Type')) === 'EmbeddedFile' && !named.has(stream)) named.set(stream, undefined);
  if (named.size > MAX_ATTACHMENTS) throw limit('pdf', `The PDF has more than ${MAX_ATTACHMENTS} files in it.`);

  const files: Attachment[] = [];
  for (const [stream, name] of [...named].sort(([a], [b]) => a.start - b.start)) {
    const content = await contentOf(scan, stream);
    if (content) files.push({ bytes: content, ...(name ? { name } : {}) });
  }
  return files;
}

/**
 * Every object from the first to the last; where a number comes twice the later one counts, as it does when a PDF is
 * updated.
 */
function scanObjects({ text, values, streams }: Scan): void {
  const ends = endsOf(text);
  const header = /(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}obj\b/g;
  // Objects that are opened inside a text would be read once for each; so much work no honest file asks.
  let work = 2 * text.length + 1_000_000;
  let count = 0;
  for (let found = header.exec(text); found; found = header.exec(text)) {
    if (++count > MAX_OBJECTS || work < 0) throw limit('pdf', 'The PDF has more parts than are read here.');
    const start = header.lastIndex;
    try {
      const { value, end } = readValue(text, start);
      work -= end - start;
      header.lastIndex = end;
      const number = Number(found[1]);
      values.set(number, value);
      streams.delete(number);
      const stream = value instanceof Map && readStream(text, value, end, ends);
      if (!stream) continue;
      streams.set(number, stream);
      header.lastIndex = stream.end;
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      work -= Math.max(0, error.end - start) + MAX_SPACE;
    }
  }
}

/** Where the next `endstream` is; asked for ever later places, it goes through the text once. */
function endsOf(text: string): (from: number) => number {
  let known = 0;
  return from => {
    if (known >= 0 && known < from) known = text.indexOf('endstream', from);
    return known;
  };
}

/** What stands between `stream` and `endstream` (§7.3.8), by its length where that is right. */
function readStream(text: string, dict: PdfDict, end: number, ends: (from: number) => number): Stream | undefined {
  const at = skipSpace(text, end);
  if (!text.startsWith('stream', at)) return undefined;
  const start = at + (text.startsWith('\r\n', at + 6) ? 8 : 7);
  const length = dict.get('Length');
  const closes = (place: number) => /^\s{0,2}endstream/.test(text.slice(place, place + 11));
  if (Number.isInteger(length) && (length as number) >= 0 && closes(start + (length as number)))
    return { dict, start, end: start + (length as number) };
  const stop = ends(start);
  if (stop < 0) return undefined;
  return {
    dict,
    start,
    end: stop - (/(\r\n|\r|\n)$/.exec(text.slice(Math.max(start, stop - 2), stop))?.[0].length ?? 0),
  };
}

/** Of an updated PDF the last trailer counts, and the one before it where the last is broken. */
function isLocked({ text, streams }: Scan): boolean {
  if ([...streams.values()].some(({ dict }) => dict.has('Encrypt'))) return true;
  for (
    let at = text.lastIndexOf('trailer'), tries = 0;
    at > 0 && tries < 2;
    at = text.lastIndexOf('trailer', at - 1), tries++
  ) {
    try {
      const { value } = readValue(text, at + 7);
      if (value instanceof Map && value.has('Encrypt')) return true;
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
    }
  }
  return false;
}

/** Adds the objects that stand in object streams (§7.5.7). */
async function openObjectStreams(scan: Scan): Promise<void> {
  const packed = [...scan.streams.values()].filter(({ dict }) => nameOf(dict.get('Type')) === 'ObjStm');
  if (packed.length > MAX_OBJECT_STREAMS) throw limit('pdf', 'The PDF has more parts than are read here.');
  for (const stream of packed) {
    const content = await contentOf(scan, stream);
    const [count, first] = [stream.dict.get('N'), stream.dict.get('First')];
    if (!content || typeof count !== 'number' || typeof first !== 'number') continue;
    const text = latin1(content);
    const index = text
      .slice(0, first)
      .trim()
      .split(/\s+/, 2 * Math.min(count, MAX_OBJECTS))
      .map(Number);
    let work = 4 * text.length;
    for (let i = 0; i + 1 < index.length && work > 0; i += 2) {
      const start = first + index[i + 1]!;
      try {
        const { value, end } = readValue(text, start);
        work -= end - start;
        if (!scan.values.has(index[i]!)) scan.values.set(index[i]!, value);
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        work -= error.end - start + MAX_SPACE;
      }
    }
  }
}

/**
 * Every file specification with an embedded file (§7.11.3), wherever it stands: in the names, at an annotation, in
 * `AF`.
 */
function* fileSpecs({ values }: Scan): Generator<{ EF: PdfDict; name?: string }> {
  const toVisit = [...values.values()].reverse();
  for (let value = toVisit.pop(); value !== undefined; value = toVisit.pop()) {
    if (Array.isArray(value)) for (const item of value) toVisit.push(item);
    if (!(value instanceof Map)) continue;
    for (const item of value.values()) if (typeof item === 'object') toVisit.push(item);
    const EF = resolved(values, value.get('EF'));
    if (EF instanceof Map) yield { EF, name: readText(resolved(values, value.get('UF') ?? value.get('F'))) };
  }
}

async function contentOf(scan: Scan, { dict, start, end }: Stream): Promise<Uint8Array | undefined> {
  const raw = scan.bytes.subarray(start, end);
  const filters = [resolved(scan.values, dict.get('Filter')) ?? []].flat().map(filter => nameOf(filter as PdfValue));
  if (filters.length === 0) return raw.length <= MAX_FILE ? raw : undefined;
  if (filters.length > 1 || filters[0] !== 'FlateDecode') return undefined;
  if (scan.budget <= 0) throw limit('pdf', 'The files in the PDF are larger than is read here.');
  try {
    const content = await inflate(raw, 'deflate', Math.min(MAX_FILE, scan.budget));
    scan.budget -= content.length;
    return content;
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    if (error.code === 'inflate-too-large') scan.budget -= MAX_FILE;
    return undefined;
  }
}

const streamOf = ({ streams }: Scan, value: PdfValue | undefined): Stream | undefined =>
  typeof value === 'object' && value !== null && 'ref' in value ? streams.get(value.ref) : undefined;

const resolved = (values: Scan['values'], value: PdfValue | undefined): PdfValue | undefined =>
  typeof value === 'object' && value !== null && 'ref' in value ? values.get(value.ref) : value;

const nameOf = (value: PdfValue | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
