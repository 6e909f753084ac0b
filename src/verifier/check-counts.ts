import { asc, gte, sql } from 'drizzle-orm';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { Report } from './report.ts';
import { checkCounts } from './schema.ts';

/** What was counted and not written yet, and since when. */
interface Buffer {
  since: number;
  counts: Map<string, number>;
}
const buffers = new WeakMap<Database, Buffer>();

/**
 * Counts that a check ended in this way today, and nothing of who checked what. It is kept in memory, so that no check
 * pays a write; what a process that dies had not written is lost, which a count can bear.
 */
export function countCheck(deps: Deps, { verdict, code }: Pick<Report, 'verdict' | 'code'>): void {
  const now = deps.clock();
  const buffer = buffers.get(deps.db) ?? { since: now.getTime(), counts: new Map<string, number>() };
  const key = `${now.toISOString().slice(0, 10)} ${verdict} ${code}`;
  buffer.counts.set(key, (buffer.counts.get(key) ?? 0) + 1);
  buffers.set(deps.db, buffer);
}

/** Writes what was counted, when the oldest of it has waited for so many milliseconds. */
export async function flushCounts(deps: Deps, waited = 0): Promise<void> {
  const buffer = buffers.get(deps.db);
  if (!buffer || deps.clock().getTime() - buffer.since < waited) return;
  buffers.delete(deps.db);
  const statements = [...buffer.counts].map(([key, count]) => {
    const [day, verdict, code] = key.split(' ') as [string, string, string];
    return deps.db.query
      .insert(checkCounts)
      .values({ day, verdict, code, count })
      .onConflictDoUpdate({
        target: [checkCounts.day, checkCounts.verdict, checkCounts.code],
        set: { count: sql`${checkCounts.count} + ${count}` },
      });
  });
  try {
    await deps.db.batch(statements);
  } catch (error) {
    // They wait for the next time, with what was counted meanwhile.
    const later = buffers.get(deps.db)?.counts ?? new Map<string, number>();
    for (const [key, count] of later) buffer.counts.set(key, (buffer.counts.get(key) ?? 0) + count);
    buffers.set(deps.db, buffer);
    throw error;
  }
}

export interface CheckCount {
  /** In UTC. */
  day: string;
  verdict: string;
  code: string;
  count: number;
}

/** The counts of the last days, oldest first. */
export async function readCounts(deps: Deps, days: number): Promise<CheckCount[]> {
  await flushCounts(deps);
  const from = new Date(deps.clock().getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const { day, verdict, code } = checkCounts;
  return deps.db.query.select().from(checkCounts).where(gte(day, from)).orderBy(asc(day), asc(verdict), asc(code));
}
