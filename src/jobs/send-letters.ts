import { and, asc, eq, isNull, lte, not, sql } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { MailError, type Mailer } from '../platform/mail.ts';
import { outbox, outboxLeases } from '../platform/schema.ts';

/** After this long without a word a sender is taken for dead, and another may try. Longer than any mailer takes. */
const LEASE_MS = 5 * 60_000;
/** Minutes before each next try; after the last one the letter is given up. RFC 5321 §4.5.4.1: 4 to 5 days in all. */
const PAUSES = [1, 5, 20, 60, 240, 720, 1440, 1440, 1440, 1440];
/** How many are looked at to find one that nobody else is sending. */
const LOOK_AHEAD = 10;

export interface SentLetters {
  sent: number;
  /** To be tried again later. */
  postponed: number;
  givenUp: number;
}

/**
 * Sends the letters that are due, one after another; several of these can run at once, here and in other processes.
 *
 * A letter is sent once, by whoever holds its lease. What is sent is recorded, and its words erased, in the first commit
 * after the mail system took it. A process that dies between the two leaves a lease without an end: after five minutes
 * the letter goes again, with the same Message-ID, since nobody can know whether it was taken (at least once).
 */
export async function sendLetters(deps: Deps, { limit = 200 }: { limit?: number } = {}): Promise<SentLetters> {
  const result: SentLetters = { sent: 0, postponed: 0, givenUp: 0 };
  const { mailer } = deps;
  if (!mailer) return result;
  for (let n = 0; n < limit; n++) {
    const taken = await takeLetter(deps);
    if (!taken) break;
    result[await sendOne(deps, mailer, taken)]++;
  }
  return result;
}

/** The newest lease of a letter. */
const last = sql<number | null>`(select max(l.attempt) from outbox_leases l where l.letter_id = ${outbox.id})`;

type Row = typeof outbox.$inferSelect;
interface Taken {
  row: Row & { letter: NonNullable<Row['letter']> };
  /** Also the fencing number: what a later attempt wrote is not undone by an earlier one. */
  attempt: number;
}

/** Takes the lease of the first letter that is due and that nobody is sending. */
async function takeLetter(deps: Deps): Promise<Taken | undefined> {
  const { db } = deps;
  for (const { id, attempt } of await dueLetters(deps)) {
    const lease = { letterId: id, attempt, takenAt: deps.clock().toISOString() };
    try {
      await db.batch([db.query.insert(outboxLeases).values(lease)]);
    } catch (error) {
      if (!violatedKey(error)?.startsWith('outbox_leases.')) throw error;
      continue;
    }
    // Between looking and now another may have sent it, or taken a later lease while this process stood still.
    const [now] = await db.query.select({ row: outbox, last }).from(outbox).where(eq(outbox.id, id));
    if (now?.row.letter && !now.row.sentAt && !now.row.failedAt && now.last === attempt)
      return { row: { ...now.row, letter: now.row.letter }, attempt };
  }
  return undefined;
}

async function dueLetters({ db, clock }: Deps): Promise<{ id: string; attempt: number }[]> {
  const now = clock();
  const [dead, ahead] = [-LEASE_MS, LEASE_MS].map(ms => new Date(now.getTime() + ms).toISOString());
  const rows = await db.query
    .select({ id: outbox.id, attempts: outbox.attempts, last })
    .from(outbox)
    .where(
      and(
        isNull(outbox.sentAt),
        isNull(outbox.failedAt),
        lte(outbox.dueAt, now.toISOString()),
        // A lease from the future does not count: the clock was set back.
        sql`not exists (select 1 from outbox_leases l where l.letter_id = ${outbox.id} and l.attempt > ${outbox.attempts}
          and l.taken_at > ${dead} and l.taken_at < ${ahead})`,
      ),
    )
    .orderBy(asc(outbox.dueAt))
    .limit(LOOK_AHEAD);
  return rows.map(({ id, attempts, last }) => ({ id, attempt: Math.max(attempts, last ?? 0) + 1 }));
}

async function sendOne(deps: Deps, mailer: Mailer, { row, attempt }: Taken): Promise<keyof SentLetters> {
  try {
    await mailer.send(row.letter, `<${row.id}@${new URL(deps.config.origin).hostname}>`);
  } catch (error) {
    return recordFailure(deps, row, attempt, error);
  }
  const sentAt = deps.clock().toISOString();
  // Whoever sent it may say so, also when their lease had lapsed: then nobody sends it once more.
  await record(deps, row.id, attempt, { sentAt, letter: null });
  deps.log.info('letter.sent', { letter: row.id, kind: row.kind, attempt });
  return 'sent';
}

async function recordFailure(deps: Deps, row: Row, attempt: number, error: unknown): Promise<keyof SentLetters> {
  const { permanent, answer } = error instanceof MailError ? error : { permanent: false, answer: undefined };
  // Only its class is told: the words of the other side can hold an address.
  deps.log.warn('letter.not-taken', { letter: row.id, kind: row.kind, attempt, permanent, answer });
  const now = deps.clock();
  const pause = PAUSES[attempt - 1];
  if (permanent || pause === undefined) {
    await record(deps, row.id, attempt, { failedAt: now.toISOString(), letter: null });
    return 'givenUp';
  }
  const dueAt = new Date(now.getTime() + pause * 60_000 * (0.75 + Math.random() / 2)).toISOString();
  await record(deps, row.id, attempt, { dueAt });
  return 'postponed';
}

/** Writes what came of an attempt, unless a later one began; leases of what is done are swept away with it. */
async function record({ db }: Deps, id: string, attempt: number, outcome: Partial<typeof outbox.$inferInsert>) {
  const open = and(eq(outbox.id, id), isNull(outbox.sentAt), isNull(outbox.failedAt));
  const later = sql`exists (select 1 from outbox_leases l where l.letter_id = ${outbox.id} and l.attempt > ${attempt})`;
  const fenced = outcome.sentAt ? open : and(open, not(later));
  const done = sql`exists (select 1 from outbox o where o.id = ${outboxLeases.letterId}
    and (o.sent_at is not null or o.failed_at is not null))`;
  await db.batch([
    db.query
      .update(outbox)
      .set({ ...outcome, attempts: sql`max(${outbox.attempts}, ${attempt})` })
      .where(fenced),
    db.query.delete(outboxLeases).where(and(eq(outboxLeases.letterId, id), done)),
  ]);
}
