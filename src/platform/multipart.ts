/** Forms with files, read as they come in: nothing of a file is held here but the chunk that is under way. */
import { DomainError } from './errors.ts';

/** One field of a form (RFC 7578 §4.2). Its body is read before the next part is asked for, or is skipped. */
export interface Part {
  name: string;
  /** Set for a file, empty where none was chosen. */
  filename?: string;
  body: AsyncIterable<Uint8Array>;
}

/** Bytes that the headers of a part may have. */
const HEADERS = 8_192;
const encoder = new TextEncoder();

/** The boundary that a media type names; undefined where it is no form with files. */
export const boundaryOf = (contentType: string | undefined): string | undefined => {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2];
};

/**
 * The parts of a form, one after another.
 * @throws DomainError `request-invalid` where it is cut off or is no form
 */
export async function* readParts(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = chunks[Symbol.asyncIterator]();
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  // The first delimiter stands at the start, without the line end before it.
  let buffer: Uint8Array = encoder.encode('\r\n');
  const more = async () => {
    const { done, value } = await source.next();
    if (done) throw broken();
    buffer = join(buffer, value);
  };
  async function* untilDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = find(buffer, delimiter);
      const safe = at >= 0 ? at : Math.max(0, buffer.length - delimiter.length + 1);
      if (safe > 0) yield buffer.subarray(0, safe);
      buffer = buffer.subarray(at >= 0 ? at + delimiter.length : safe);
      if (at >= 0) return;
      await more();
    }
  }
  try {
    for await (const _ of untilDelimiter());
    for (;;) {
      while (buffer.length < 2) await more();
      if (buffer[0] === 0x2d && buffer[1] === 0x2d) return;
      let end: number;
      while ((end = find(buffer, endOfHeaders)) < 0) {
        if (buffer.length > HEADERS) throw broken();
        await more();
      }
      const headers = new TextDecoder().decode(buffer.subarray(0, end));
      // A body may begin with the delimiter at once: the line end before it is that of the headers.
      buffer = buffer.subarray(end + 2);
      const body = withoutLineEnd(untilDelimiter());
      yield { ...disposition(headers), body };
      for await (const _ of body);
    }
  } finally {
    await source.return?.();
  }
}

const endOfHeaders = encoder.encode('\r\n\r\n');

/** Takes the line end off that closes the headers. */
async function* withoutLineEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let skip = 2;
  for await (const chunk of chunks) {
    const rest = chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
    if (rest.length) yield rest;
  }
}

function disposition(headers: string): { name: string; filename?: string } {
  const line = /^content-disposition:\s*form-data\b(.*)$/im.exec(headers)?.[1];
  const name = line && /;\s*name="([^"]*)"/i.exec(line)?.[1];
  if (!line || name === undefined) throw broken();
  const filename = /;\s*filename="([^"]*)"/i.exec(line)?.[1];
  return { name: unescaped(name), ...(filename === undefined ? {} : { filename: unescaped(filename) }) };
}

/** HTML, multipart/form-data encoding algorithm: these three are escaped, and nothing else is. */
const unescaped = (text: string) =>
  text.replace(/%(22|0D|0A)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The chunks of a body; whoever stops early ends the stream too. */
export async function* chunksOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!stream) return;
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      if (value.length) yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

function find(bytes: Uint8Array, sought: Uint8Array): number {
  for (let at = bytes.indexOf(sought[0]!); at >= 0; at = bytes.indexOf(sought[0]!, at + 1)) {
    if (at + sought.length > bytes.length) return -1;
    let same = 1;
    while (same < sought.length && bytes[at + same] === sought[same]) same++;
    if (same === sought.length) return at;
  }
  return -1;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (!a.length) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

const broken = () => new DomainError('request-invalid', 'The form was cut off on its way. Send it again.');
