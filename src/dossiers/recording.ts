/**
 * A conversation can be recorded, where both agree: the sound lies with the files of the service, its hash among the
 * words of the report, which the event holds a hash of. It is heard by who may read the report, and goes with the
 * words.
 */
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { soundKinds } from '../platform/file-kind.ts';
import { dropBytes, keepFile, readFileRow, storeFile, type StoredFile } from '../platform/files.ts';
import { files } from '../platform/schema.ts';
import type { Upload } from '../platform/upload.ts';
import { type Side, talkSeenBy } from './look.ts';
import { makeMove, type Making, type Moved, type Mover } from './move.ts';
import { type Dossier, readEvents, type Told } from './read.ts';
import { dossiers } from './schema.ts';

/** What a report holds of its recording. */
export interface Recording {
  file: string;
  sha256: string;
}

/** Bytes that the recordings of one dossier may have together: some twenty conversations of five minutes. */
export const ROOM = 30_000_000;

const scopeOf = (dossierId: string) => `dossier:${dossierId}`;

/**
 * Keeps the sound while it comes in; `reportConversation` ties it to its report, and what is never tied is swept.
 * @throws DomainError `limit-broken` where the dossier is full, `media-type-unsupported` for anything but sound, and what
 * `storeFile` throws
 */
export async function storeRecording(deps: Deps, { id }: Dossier, { name, bytes }: Upload): Promise<StoredFile> {
  const [kept] = await deps.db.query
    .select({ size: sql<number>`coalesce(sum(${files.size}), 0)` })
    .from(files)
    .where(eq(files.scope, scopeOf(id)));
  if (kept!.size >= ROOM) throw new DomainError('limit-broken', 'There is no more room for recordings here.');
  return storeFile(deps, { bytes, name, scope: scopeOf(id), kinds: soundKinds });
}

/**
 * Writes the report of a conversation, with its recording where there is one.
 * @throws DomainError as `makeMove`; the sound is gone then
 */
export async function reportConversation(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { text, recording, form }: { text: string; recording?: StoredFile | undefined; form?: string },
): Promise<Moved> {
  const told: { recording?: Recording } = recording
    ? { recording: { file: recording.id, sha256: recording.sha256 } }
    : {};
  const drop = () => dropBytes(deps, recording ? [recording.id] : []);
  try {
    const moved = await makeMove(deps, dossier, { type: 'report' }, mover, {
      words: { text, ...told },
      ...(form ? { form } : {}),
      also: () => (recording ? keepFile(deps, recording) : []),
    });
    // Sent twice: the first one has its own.
    if (!moved.event) await drop();
    return moved;
  } catch (error) {
    await drop();
    throw error;
  }
}

/**
 * Lets a report go that waits to be confirmed. Its sound goes with it; the hash of it stays with what was said.
 * @throws DomainError as `makeMove`
 */
export async function dropReport(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { report, ...making }: { report: number } & Omit<Making, 'also'>,
): Promise<Moved> {
  const event = (await readEvents(deps, dossier.id)).find(({ seq }) => seq === report);
  const sound = event && recordingOf(event)?.file;
  const itself = and(eq(files.scope, scopeOf(dossier.id)), eq(files.id, sound ?? ''));
  const moved = await makeMove(deps, dossier, { type: 'drop-report', report }, mover, {
    ...making,
    also: () => (sound ? [deps.db.query.delete(files).where(itself)] : []),
  });
  await dropBytes(deps, sound ? [sound] : []);
  return moved;
}

/** The recording that goes with what was said, where there is one. */
export const recordingOf = ({ words }: Pick<Told, 'words'>): Recording | undefined =>
  words?.recording as Recording | undefined;

/** A recording, for whoever may read its report. @throws DomainError `not-found` for everyone else */
export async function readRecording(
  deps: Deps,
  dossier: Dossier,
  { side, self, file }: { side: Side; self: string; file: string },
): Promise<StoredFile> {
  const talk = await talkSeenBy(deps, dossier, side, self);
  if (!talk.some(event => recordingOf(event)?.file === file)) throw notFound('recording');
  return readFileRow(deps, scopeOf(dossier.id), file);
}

/** The rows of the recordings of some dossiers. */
const recordingsOf = (ids: ReturnType<typeof idsWhere>) => inArray(files.scope, ids);
const idsWhere = ({ db: { query } }: Deps, where: SQL) =>
  query
    .select({ scope: sql<string>`${scopeOf('')} || ${dossiers.id}` })
    .from(dossiers)
    .where(where);

/** Takes recordings away; their bytes are swept, or dropped by who knows their ids. */
export const forgetRecordings = (deps: Deps, where: SQL): Statement =>
  deps.db.query.delete(files).where(recordingsOf(idsWhere(deps, where)));

/** The recordings in the dossiers of a person. */
export const filesOfPerson = async (deps: Deps, personId: string): Promise<StoredFile[]> =>
  deps.db.query
    .select()
    .from(files)
    .where(recordingsOf(idsWhere(deps, eq(dossiers.personId, personId))));
