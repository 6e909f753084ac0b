import { eq } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/ids.ts';
import { spent } from './schema.ts';

/** By which it stands among what was used up, for who joins it to other reads. */
export const spentKeyOf = async (what: string, secret: string): Promise<string> => `${what}:${await sha256Hex(secret)}`;

/**
 * The statement that uses up what may be used once: of many at the same moment, the key of the table lets one through.
 * In an array, since an awaited builder would run.
 */
export async function spend(deps: Deps, what: string, secret: string, until: Date): Promise<[Statement]> {
  const key = await spentKeyOf(what, secret);
  return [deps.db.query.insert(spent).values({ key, expiresAt: until.toISOString() })];
}

/** Whether it was used up before. Only for telling: what decides is the commit. */
export async function isSpent(deps: Deps, what: string, secret: string): Promise<boolean> {
  const rows = await deps.db.query
    .select({ key: spent.key })
    .from(spent)
    .where(eq(spent.key, await spentKeyOf(what, secret)));
  return rows.length > 0;
}

/** Whether a commit failed because something in it had been used before. */
export const wasSpent = (error: unknown): boolean => violatedKey(error) === 'spent.key';

export const linkSpent = () =>
  new DomainError('link-spent', 'This link was used before or is too old. Ask for a new one.');
