import { and, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import { readMyBadge } from '../credentials/index.ts';
import { copies } from '../credentials/schema.ts';
import type { Deps } from '../platform/context.ts';
import { walletGrants } from './schema.ts';

/** How far a badge is on its way to a wallet. */
export type Arrival =
  | { state: 'arrived'; at: string }
  /** Offered, and not fetched yet; `until` is when the offer ends. */
  | { state: 'waiting'; until: string }
  | { state: 'nothing' };

/**
 * Whether the newest offer of a badge was taken up by a wallet. What a wallet fetched before it does not count.
 * @throws DomainError `not-found`, also for somebody else's
 */
export async function arrivalOf(deps: Deps, personId: string, awardId: string): Promise<Arrival> {
  await readMyBadge(deps, personId, awardId);
  const { query } = deps.db;
  const mine = and(eq(walletGrants.awardId, awardId), eq(walletGrants.personId, personId));
  const newest = (kinds: (typeof walletGrants.$inferSelect)['kind'][], now?: string) =>
    query
      .select({ createdAt: walletGrants.createdAt, expiresAt: walletGrants.expiresAt })
      .from(walletGrants)
      .where(and(mine, inArray(walletGrants.kind, kinds), now ? gt(walletGrants.expiresAt, now) : undefined))
      .orderBy(desc(walletGrants.createdAt))
      .limit(1);
  const [open] = await newest(['pre-authorized_code', 'sign-in_offer', 'exchange'], deps.clock().toISOString());
  // A wallet that comes again for the same key gets the copy that it has, so that a copy alone does not tell.
  const [fetched] = await newest(['notification']);
  const [signed] = await query
    .select({ at: copies.signedAt })
    .from(copies)
    .where(and(eq(copies.awardId, awardId), ne(copies.holder, ''), isNotNull(copies.signedAt)))
    .orderBy(desc(copies.signedAt))
    .limit(1);
  const at = [fetched?.createdAt, signed?.at]
    .filter(moment => typeof moment === 'string')
    .sort()
    .at(-1);
  if (at && (!open || at >= open.createdAt)) return { state: 'arrived', at };
  return open ? { state: 'waiting', until: open.expiresAt } : { state: 'nothing' };
}
