/**
 * Several badges in one thing that was brought: each has a row of its own. Where those rows stand follows from the row of
 * the thing itself, so whoever checks it again, after a death or at the same time, finds the same rows.
 */
import { and, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database, Statement } from '../platform/database.ts';
import { MAX_BATCH } from './batch-refused.ts';
import { verificationRows } from './schema.ts';

/** The row of the k-th badge, from 0, in what was brought as row `seq`. */
export const rowOfBadge = (seq: number, k: number): number => seq + k * MAX_BATCH;

/** The row of the thing that the badge of a row was in. */
export const rowOfThing = (seq: number): number => ((seq - 1) % MAX_BATCH) + 1;

/** Whether a row is that of a thing that was brought, and not of a further badge in one. */
export const isThing = (seq: number): boolean => seq <= MAX_BATCH;

/** What is told of a row by its name: which of the badges in the thing it is about. */
export const nameOfBadge = (name: string, k: number, badges: number): string =>
  badges === 1 ? name : `${name} (${k + 1}/${badges})`;

const furtherOf = (batchId: string, seq: number) =>
  and(
    eq(verificationRows.batchId, batchId),
    gt(verificationRows.seq, MAX_BATCH),
    sql`${verificationRows.seq} % ${MAX_BATCH} = ${seq % MAX_BATCH}`,
  );

/** Takes rows for the further badges in a thing; all or none, where the batch would hold too many. */
export async function takeRows(db: Database, batchId: string, seq: number, badges: number): Promise<boolean> {
  const { query } = db;
  const rows = Array.from({ length: badges - 1 }, (_, i) => rowOfBadge(seq, i + 1));
  const held = sql`(select count(*) from ${verificationRows} where ${verificationRows.batchId} = ${batchId})`;
  await db.attempt(() =>
    query
      .insert(verificationRows)
      .select(
        sql`select ${batchId}, value, '', '', 'text', null, null, null, null, null from json_each(${JSON.stringify(rows)})
          where ${held} + ${rows.length} <= ${MAX_BATCH}`,
      )
      .onConflictDoNothing(),
  );
  const [taken] = await query.select({ n: count() }).from(verificationRows).where(furtherOf(batchId, seq));
  return taken!.n >= rows.length;
}

/** Gives back rows that were taken for badges that are no longer in the thing. */
export const leaveRows = (db: Database, batchId: string, seq: number, badges: number): Statement =>
  db.query
    .delete(verificationRows)
    .where(
      and(
        furtherOf(batchId, seq),
        gt(verificationRows.seq, rowOfBadge(seq, badges - 1)),
        isNull(verificationRows.doneAt),
      ),
    );
