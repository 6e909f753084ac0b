// Rows as they stand in the database, whichever it is.
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/platform/database.ts';

type Row = Record<string, unknown>;

/** Asks with a `?` for each value. */
export async function rowsOf({ db }: { db: Database }, text: string, ...values: unknown[]): Promise<Row[]> {
  const parts = text.split('?').flatMap((part, at) => (at ? [sql`${values[at - 1]}`, sql.raw(part)] : [sql.raw(part)]));
  return db.query.all<Row>(sql.join(parts));
}

/** How many there are of what stands after `from`. */
export const countOf = async (world: { db: Database }, from: string): Promise<number> =>
  (await rowsOf(world, `select count(*) as n from ${from}`))[0]!.n as number;
