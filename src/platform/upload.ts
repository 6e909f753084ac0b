import type { Context } from 'hono';
import { DomainError } from './errors.ts';
import { boundaryOf, chunksOf, readParts } from './multipart.ts';

/** A file of a form, as it comes in. */
export interface Upload {
  field: string;
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** What a form with files brought. */
interface Uploaded<T> {
  /** The fields that are no files, each as text. */
  fields: URLSearchParams;
  files: T[];
  /** Why a file was not taken; the other fields are here all the same, so that nothing is lost that was typed. */
  refused?: DomainError;
}

/** Characters that all fields together may have, and how many there may be. */
const TEXT = 200_000;
const FIELDS = 200;

/**
 * Reads a form with files: each file goes to `take` while it comes in, and is nowhere held as a whole.
 * @throws DomainError `media-type-unsupported` for a body that is no such form, `request-invalid` for one that is cut
 * off, `body-too-large` for too much text
 */
export async function readUpload<T>(c: Context, take: (file: Upload) => Promise<T>): Promise<Uploaded<T>> {
  const boundary = boundaryOf(c.req.header('content-type'));
  if (!boundary) throw new DomainError('media-type-unsupported', 'Send the form of the page itself.');
  const found: Uploaded<T> = { fields: new URLSearchParams(), files: [] };
  let text = 0;
  let count = 0;
  for await (const { name, filename, body } of readParts(chunksOf(c.req.raw.body), boundary)) {
    if (++count > FIELDS) throw new DomainError('request-invalid', `A form has at most ${FIELDS} fields.`);
    if (filename === undefined) {
      const value = await textOf(body, TEXT - text);
      text += value.length;
      found.fields.append(name, value);
    } else if (filename) await takeFile({ field: name, name: filename, bytes: body }, take, found);
  }
  return found;
}

/** A file that is refused is told, and the form is read to its end. */
async function takeFile<T>(file: Upload, take: (file: Upload) => Promise<T>, found: Uploaded<T>): Promise<void> {
  // A parser that is left in the middle would stop; what a refusal leaves is read and dropped.
  const bytes = { [Symbol.asyncIterator]: () => unclosed(file.bytes[Symbol.asyncIterator]()) };
  try {
    found.files.push(await take({ ...file, bytes }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    found.refused ??= error;
  }
}

const unclosed = (iterator: AsyncIterator<Uint8Array>): AsyncIterator<Uint8Array> => ({ next: () => iterator.next() });

async function textOf(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > most) throw new DomainError('body-too-large', 'There is too much text in this form.');
  }
  return text + decoder.decode();
}
