import { and, eq, isNull } from 'drizzle-orm';
import type { Ctx } from './context.ts';
import { type Statement, violatedKey } from './database.ts';
import { DomainError } from './errors.ts';
import { idempotencyKeys } from './schema.ts';

/** How long a repeated request waits for the first one before it is told to come back. */
const WAIT_MS = 5_000;
/** After this long a request without an answer was cut off, and its work is taken up again. */
const CUT_OFF_MS = 10_000;

export interface Answer {
  status: number;
  body: string;
}

interface Write<T> {
  run: () => Promise<T>;
  /** Takes up the work on `subject` that an earlier try with this key began and did not answer. */
  resume: (subject: string) => Promise<T>;
  /** What the work on `subject` came to, when that is there already, whoever finished it; undefined while it is not. */
  done?: (subject: string) => Promise<T | undefined>;
  present: (value: T) => Answer;
}

/**
 * Runs a write so that the same Idempotency-Key gives one effect and one answer, byte for byte. The verb claims the
 * key with its first commit (`claimKey`), so there is no effect without a claim and no claim without an effect.
 * @throws DomainError `idempotency-key-reused` for another request under the key, `idempotency-in-progress` while
 *   the first is still under way
 */
export async function once<T>(ctx: Ctx, write: Write<T>): Promise<Answer> {
  if (!ctx.once) return write.present(await write.run());
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const earlier = await readKey(ctx);
    if (!earlier) {
      try {
        return await remember(ctx, write.present(await write.run()));
      } catch (error) {
        if (violatedKey(error) !== 'idempotency_keys.institution, idempotency_keys.key') throw error;
        continue;
      }
    }
    if (earlier.request !== ctx.once.request)
      throw new DomainError('idempotency-key-reused', 'Use a new Idempotency-Key for a new request.');
    if (earlier.status !== null) return { status: earlier.status, body: earlier.body ?? '' };
    const done = earlier.subject ? await write.done?.(earlier.subject) : undefined;
    if (done !== undefined) return remember(ctx, write.present(done));
    // Either way: a clock that was set back must not keep a key waiting.
    if (Math.abs(ctx.now.getTime() - Date.parse(earlier.createdAt)) > CUT_OFF_MS)
      return remember(ctx, write.present(await write.resume(earlier.subject ?? '')));
    if (Date.now() > until)
      throw new DomainError(
        'idempotency-in-progress',
        'The first request with this key has no answer yet. Try again shortly.',
      );
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The statement with which a verb's first commit claims the key of its request, if it came with one. */
export function claimKey(ctx: Ctx, subject: string): Statement[] {
  if (!ctx.once) return [];
  const { key, request } = ctx.once;
  const createdAt = ctx.now.toISOString();
  return [
    ctx.db.query.insert(idempotencyKeys).values({ institution: ctx.institution.id, key, request, subject, createdAt }),
  ];
}

/** The statement that lets go of a key whose work was undone as a whole. */
export function releaseKey(ctx: Ctx, subject: string): Statement {
  return ctx.db.query
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.institution, ctx.institution.id),
        eq(idempotencyKeys.subject, subject),
        isNull(idempotencyKeys.status),
      ),
    );
}

const mine = (ctx: Ctx) =>
  and(eq(idempotencyKeys.institution, ctx.institution.id), eq(idempotencyKeys.key, ctx.once!.key));

async function readKey(ctx: Ctx) {
  const rows = await ctx.db.query.select().from(idempotencyKeys).where(mine(ctx));
  return rows[0];
}

/** Keeps the answer; when another try kept one first, that one counts. */
async function remember(ctx: Ctx, answer: Answer): Promise<Answer> {
  const unanswered = and(mine(ctx), isNull(idempotencyKeys.status));
  await ctx.db.attempt(() => ctx.db.query.update(idempotencyKeys).set(answer).where(unanswered));
  const kept = await readKey(ctx);
  return kept?.status != null ? { status: kept.status, body: kept.body ?? '' } : answer;
}
