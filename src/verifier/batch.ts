/**
 * Many badges at once. What was brought lies in the database until it was checked, and what came of it for an hour,
 * behind a link that whoever has it may follow.
 */
import { and, count, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { emptyColumn, type Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { base64url, newToken, sha256Hex } from '../platform/ids.ts';
import type { BatchInput } from './batch-inputs.ts';
import { MAX_BATCH, refused } from './batch-refused.ts';
import type { Report, Verdict } from './report.ts';
import { verificationBatches, verificationRows } from './schema.ts';
import { rowOfThing } from './split-row.ts';
import { utf8 } from '../vc/bytes.ts';

const BATCH_MS = 60 * 60_000;
/** Batches that may lie there at once, so that nobody fills the disk within the hour. */
const MAX_BATCHES = 300;
/** Bytes of all of them together: of what waits to be checked, and of what came of it. */
const MAX_BYTES = 64_000_000;

/** The language of the reader, and the date that they ask about. */
interface BatchAsked {
  language: 'nl' | 'en';
  asOf?: Date;
}

/** What is told of a row beside its verdict; no more of a person than the reader brought. */
export interface RowSummary {
  title?: string;
  issuer?: string;
  issuerDomain?: string;
  /** SHA-256 of the id of the badge. */
  badge?: string;
  checkedAt: string;
  /** As of when it was known whether the badge was withdrawn. */
  statusAsOf?: string;
  /** Why nothing could be read, as the pages name it, and a safe sentence. */
  kind?: string;
  detail?: string;
}

export interface BatchRow extends RowSummary {
  /** From 1, in the order in which they were brought. Several badges in one file or behind one link have a row each. */
  row: number;
  name: string;
  /** Null where nothing could be read. */
  verdict: Verdict | null;
  code: string;
  /** The row that brought the same badge before. */
  duplicateOf?: number;
}

export interface Batch {
  language: 'nl' | 'en';
  asOf?: string;
  total: number;
  done: number;
  createdAt: string;
  expiresAt: string;
  /** Empty until all are done. */
  rows: BatchRow[];
}

/**
 * Takes many badges in. They are checked by `runBatch`.
 * @throws DomainError `request-invalid` with a kind for none, one or too many; `too-busy`
 */
export async function startBatch(deps: Deps, inputs: BatchInput[], { language, asOf }: BatchAsked): Promise<string> {
  if (inputs.length < 2) throw refused(inputs.length === 0 ? 'batch-empty' : 'batch-one');
  if (inputs.length > MAX_BATCH) throw refused('batch-many', { count: inputs.length });
  const { query } = deps.db;
  const token = newToken();
  const id = await sha256Hex(token);
  const now = deps.clock();
  const rows = await Promise.all(inputs.map((input, i) => rowOf(id, i + 1, input)));
  const first = new Map<string, number>();
  const statements: Statement[] = [
    query.insert(verificationBatches).values({
      id,
      language,
      asOf: asOf?.toISOString() ?? null,
      total: inputs.length,
      createdAt: whileThereIsRoom(now, rows),
      expiresAt: new Date(now.getTime() + BATCH_MS).toISOString(),
    }),
    ...rows.map(({ digest, ...row }) => {
      const before = row.input === '' ? undefined : first.get(digest);
      first.set(digest, before ?? row.seq);
      // The same bytes are checked once.
      const again = before === undefined ? {} : { input: null, duplicateOf: before, doneAt: now.toISOString() };
      return query.insert(verificationRows).values({ ...row, ...again });
    }),
  ];
  try {
    await deps.db.batch(statements);
  } catch (error) {
    if (emptyColumn(error) !== 'verification_batches.created_at') throw error;
    throw new DomainError('too-busy', 'Many are checking many badges. Try again shortly.', {
      cause: error,
      extensions: { retryAfter: 60 },
    });
  }
  return token;
}

/**
 * The moment, or nothing when there are too many batches or too much waits. A batch of statements does not stop at a
 * count; it does at a NOT NULL that is broken, so that those who come at the same moment are counted too.
 */
const whileThereIsRoom = (now: Date, rows: { input: string }[]) => {
  const brought = rows.reduce((bytes, { input }) => bytes + utf8(input).length, 0);
  return sql<string>`case
    when (select count(*) from verification_batches) < ${MAX_BATCHES}
      and (select coalesce(sum(coalesce(octet_length(input), 0) + coalesce(octet_length(result), 0)), 0)
        from verification_rows) + ${brought} <= ${MAX_BYTES}
    then ${now.toISOString()} end`;
};

async function rowOf(batchId: string, seq: number, input: BatchInput) {
  const [inputKind, text] =
    'file' in input ? (['file', base64url(input.file)] as const) : (['text', input.text.trim()] as const);
  return { batchId, seq, name: input.name, input: text, inputKind, digest: await sha256Hex(text) };
}

/** How far a batch is, and what came of it. @throws DomainError `not-found`, also when its hour is over */
export async function readBatch(deps: Deps, token: string): Promise<Batch & { id: string }> {
  const batch = await findBatch(deps, token);
  const { query } = deps.db;
  const ofBatch = eq(verificationRows.batchId, batch.id);
  const counted = { total: count(), done: count(verificationRows.doneAt) };
  const [{ total, done } = { total: 0, done: 0 }] = await query.select(counted).from(verificationRows).where(ofBatch);
  const { language, asOf, createdAt, expiresAt, id } = batch;
  return {
    id,
    language: language === 'en' ? 'en' : 'nl',
    ...(asOf ? { asOf } : {}),
    total,
    done,
    createdAt,
    expiresAt,
    rows: done < total ? [] : (await readRows(deps, id)).map(({ told }) => told),
  };
}

/** The whole answer of one row. @throws DomainError `not-found`, also while badges are still being checked */
export async function readBatchRow(deps: Deps, token: string, number: number): Promise<BatchRow & { report?: Report }> {
  const { id, done, total } = await readBatch(deps, token);
  const row = done < total ? undefined : (await readRows(deps, id))[number - 1];
  if (!row) throw notFound('row');
  const [kept] = await deps.db.query
    .select({ result: verificationRows.result })
    .from(verificationRows)
    .where(and(eq(verificationRows.batchId, id), eq(verificationRows.seq, row.judgedAs)));
  const { report } = (kept?.result ?? {}) as { report?: Report };
  return { ...row.told, ...(report ? { report } : {}) };
}

/** The batch behind a link, while its hour lasts. @throws DomainError `not-found` */
export async function findBatch(deps: Deps, token: string) {
  const [batch] = await deps.db.query
    .select()
    .from(verificationBatches)
    .where(eq(verificationBatches.id, await sha256Hex(token)));
  if (!batch || batch.expiresAt <= deps.clock().toISOString()) throw notFound('batch');
  return batch;
}

/**
 * A row as it is told, and the one whose check it tells of: what brought the same bytes as another was not checked
 * again.
 */
interface RowTold {
  told: BatchRow;
  judgedAs: number;
}

async function readRows(deps: Deps, id: string): Promise<RowTold[]> {
  const { seq, name, verdict, code, duplicateOf, result } = verificationRows;
  const rows = await deps.db.query
    .select({
      seq,
      name,
      verdict,
      code,
      duplicateOf,
      summary: sql<string | null>`json_extract(${result}, '$.summary')`,
    })
    .from(verificationRows)
    .where(eq(verificationRows.batchId, id));
  rows.sort((a, b) => rowOfThing(a.seq) - rowOfThing(b.seq) || a.seq - b.seq);
  const numbers = new Map(rows.map((row, i) => [row.seq, i + 1]));
  const seen = new Map<string, number>();
  return rows.map((row, i) => {
    const source = row.duplicateOf === null ? row : oddestOf(rows, row.duplicateOf);
    const summary = JSON.parse(source.summary ?? '{}') as RowSummary;
    const key = summary.badge && `${summary.issuer} ${summary.badge}`;
    const before = row.duplicateOf === null ? key && seen.get(key) : numbers.get(source.seq);
    if (key && !before) seen.set(key, i + 1);
    const told = {
      row: i + 1,
      name: row.name,
      verdict: source.verdict,
      code: source.code ?? 'internal',
      ...summary,
      ...(before ? { duplicateOf: before } : {}),
    };
    return { told, judgedAs: source.seq };
  });
}

/** What the same bytes came to before: of several badges in them, the first that is not in order. */
function oddestOf<T extends { seq: number; verdict: Verdict | null }>(rows: T[], thing: number): T {
  const judged = rows.filter(row => rowOfThing(row.seq) === thing);
  return judged.find(row => row.verdict !== 'valid') ?? judged[0]!;
}

/** Deletes what its hour is over for. */
export async function dropBatches(deps: Deps): Promise<void> {
  const { query } = deps.db;
  const over = lte(verificationBatches.expiresAt, deps.clock().toISOString());
  const ids = query.select({ id: verificationBatches.id }).from(verificationBatches).where(over);
  await deps.db.batch([
    query.delete(verificationRows).where(inArray(verificationRows.batchId, ids)),
    query.delete(verificationBatches).where(over),
  ]);
}
