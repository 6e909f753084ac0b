/**
 * Files that people bring. The bytes lie in a store under a random id, the row in `files` says what they are. Bytes come
 * first and the row after them, in the commit of what it is for: whatever a crash leaves between the two has no row, and
 * is swept.
 */
import { and, eq, inArray, lte } from 'drizzle-orm';
import { DAY_MS } from './clock.ts';
import { cleanPicture } from './clean-picture.ts';
import type { Deps } from './context.ts';
import type { Statement } from './database.ts';
import { DomainError, notFound } from './errors.ts';
import { controls, endings, type FileKind, HEAD, kindOf } from './file-kind.ts';
import { newId } from './ids.ts';
import { files } from './schema.ts';

/** Where the bytes lie: a folder on Node, R2 on Workers. It knows ids and nothing else. */
export interface FileStore {
  /** Keeps all of it or nothing, and says how many bytes came and their SHA-256 in hex. */
  put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }>;
  /** The bytes, or those of a range; undefined when there are none. */
  get(id: string, range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array> | undefined>;
  delete(ids: readonly string[]): Promise<void>;
  list(): AsyncIterable<{ id: string; storedAt: Date }>;
}

export type StoredFile = typeof files.$inferSelect;

/** Bytes that a file of a person may have (interfaces.md, Limits). */
export const FILE_LIMIT = 10_000_000;

interface NewFile {
  bytes: AsyncIterable<Uint8Array>;
  /** What it belongs to, such as `portfolio:ID`. */
  scope: string;
  /** As its bringer calls it; only told, and never a path. */
  name: string;
  kinds: ReadonlySet<FileKind>;
  limit?: number;
  expiresAt?: Date | null;
}

/**
 * Keeps the bytes of a file and says what its row is to be; `keepFile` makes the row, in the commit of what it is for.
 * A file that is refused leaves nothing, however much of it had come.
 * @throws DomainError `body-too-large`, `media-type-unsupported` by its content, `limit-broken` for a picture that is
 * damaged or too large, `request-invalid` for an empty one
 */
export async function storeFile(deps: Deps, file: NewFile): Promise<StoredFile> {
  const { scope, name, limit = FILE_LIMIT, expiresAt = null, kinds } = file;
  const now = deps.clock();
  const id = newId(now);
  let mediaType: FileKind | undefined;
  const judged = judge(file.bytes, { kinds, limit, found: kind => (mediaType = kind) });
  const { size, sha256 } = await deps.files.put(id, judged);
  return {
    id,
    scope,
    name: tidyName(name, mediaType!),
    mediaType: mediaType!,
    size,
    sha256,
    createdAt: now.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** In an array, since an awaited builder would run. */
export const keepFile = (deps: Deps, file: StoredFile): [Statement] => [deps.db.query.insert(files).values(file)];

/** Takes the bytes away of rows that a commit has just deleted, or never made. What stays behind is swept. */
export async function dropBytes(deps: Deps, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await deps.files.delete(ids).catch(error => deps.log.error('files.delete', error));
}

/** A file within what it belongs to. @throws DomainError `not-found` */
export async function readFileRow(deps: Deps, scope: string, id: string): Promise<StoredFile> {
  const [row] = await deps.db.query
    .select()
    .from(files)
    .where(and(eq(files.id, id), eq(files.scope, scope)));
  if (!row) throw notFound('file');
  return row;
}

/** The files of what they belong to. */
export async function filesOf(deps: Deps, scope: string): Promise<StoredFile[]> {
  return deps.db.query.select().from(files).where(eq(files.scope, scope)).orderBy(files.id);
}

interface Rules {
  kinds: ReadonlySet<FileKind>;
  limit: number;
  found: (kind: FileKind) => void;
}

/** Lets through what may be kept, as it comes in. Pictures are looked at as a whole, and leave without what they tell. */
async function* judge(bytes: AsyncIterable<Uint8Array>, { kinds, limit, found }: Rules): AsyncGenerator<Uint8Array> {
  const counted = count(bytes, limit);
  const head: Uint8Array[] = [];
  for (let length = 0; length < HEAD;) {
    const { done, value } = await counted.next();
    if (done) break;
    head.push(value);
    length += value.length;
  }
  const start = concat(head);
  if (!start.length) throw new DomainError('request-invalid', 'The file is empty.');
  const kind = kindOf(start.subarray(0, HEAD));
  if (!kind || !kinds.has(kind)) throw refused(kind);
  found(kind);
  if (kind.startsWith('image/')) {
    for await (const chunk of counted) head.push(chunk);
    yield* cleanPicture(concat(head), kind);
  } else if (kind === 'text/plain') yield* readable(all(start, counted));
  else yield* all(start, counted);
}

async function* all(start: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield start;
  yield* rest;
}

async function* count(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) throw new DomainError('body-too-large', `A file has at most ${limit / 1e6} MB.`);
    yield chunk;
  }
}

/** Text is UTF-8 to its end. */
async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (chunk?: Uint8Array) => {
    try {
      if (!controls.test(decoder.decode(chunk, { stream: chunk !== undefined }))) return;
    } catch {}
    throw refused(undefined);
  };
  for await (const chunk of bytes) {
    read(chunk);
    yield chunk;
  }
  read();
}

function refused(kind: FileKind | undefined): DomainError {
  const what =
    kind === 'image/heic'
      ? 'This photo is of the kind HEIC, which most browsers cannot show. Save it as JPEG first.'
      : 'This kind of file is not kept here. Photos, sound, film, PDF, Word, OpenDocument and plain text are.';
  return new DomainError('media-type-unsupported', what, { extensions: { kind: kind ?? 'unknown' } });
}

/** A name that is only a name: no path, no hidden characters, and the ending of what it is (threat P5). */
function tidyName(name: string, kind: FileKind): string {
  const base = name
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    // What comes next looks at a run of points from each of them.
    .slice(0, 300)
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}"<>|?*:]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...base].slice(0, 80).join('') || 'file'}.${endings[kind]}`;
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Longer than any upload takes. */
const GRACE_MS = DAY_MS / 24;

/**
 * Deletes files whose time is over, and bytes that no row knows: of an upload that was cut off, or of rows that went.
 * Safe to run at any time and in several processes at once.
 */
export async function sweepFiles(deps: Deps): Promise<{ expired: number; stray: number }> {
  const { db } = deps;
  const now = deps.clock();
  const over = lte(files.expiresAt, now.toISOString());
  const expired = await db.query.select({ id: files.id }).from(files).where(over);
  if (expired.length) await db.batch([db.query.delete(files).where(over)]);
  await dropBytes(
    deps,
    expired.map(file => file.id),
  );
  const counts = { expired: expired.length, stray: 0 };
  let old: string[] = [];
  const sweep = async () => {
    const known = await db.query.select({ id: files.id }).from(files).where(inArray(files.id, old));
    const stray = old.filter(id => !known.some(file => file.id === id));
    await dropBytes(deps, stray);
    counts.stray += stray.length;
    old = [];
  };
  for await (const { id, storedAt } of deps.files.list()) {
    if (now.getTime() - storedAt.getTime() < GRACE_MS) continue;
    old.push(id);
    if (old.length === 80) await sweep();
  }
  if (old.length) await sweep();
  return counts;
}
