import { and, eq, inArray, isNotNull, isNull, like, lt, lte, notInArray, or, sql } from 'drizzle-orm';
import { awardChanges, awards, offers } from '../credentials/schema.ts';
import { invitations } from '../institutions/schema.ts';
import { sessions, spent } from '../people/schema.ts';
import type { Deps } from '../platform/context.ts';
import { DAY_MS } from '../platform/clock.ts';
import { grantTries, walletGrants } from '../wallets/schema.ts';
import { idempotencyKeys, outbox } from '../platform/schema.ts';

/** Half an hour, and a little for a letter that is on its way. */
const LINK_DAYS = 1 / 24;

/**
 * Deletes what its term is over for (`RETENTION`), and takes it out of the database's log too. Safe to run at any time
 * and in several processes at once.
 */
export async function retain(deps: Deps): Promise<void> {
  const { query } = deps.db;
  const { retention } = deps.config;
  const now = deps.clock();
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const erased = query.select({ id: awards.id }).from(awards).where(like(awards.recipientKey, 'erased:%'));
  await deps.db.batch([
    query.delete(sessions).where(lte(sessions.expiresAt, now.toISOString())),
    query.delete(walletGrants).where(lte(walletGrants.expiresAt, now.toISOString())),
    query
      .delete(grantTries)
      .where(notInArray(grantTries.grantId, query.select({ id: walletGrants.id }).from(walletGrants))),
    query.delete(spent).where(lte(spent.expiresAt, now.toISOString())),
    query
      .delete(offers)
      .where(and(inArray(offers.state, ['lapsed', 'declined']), lt(endOf, before(retention.lapsedOffers)))),
    query
      .delete(outbox)
      .where(or(lt(outbox.sentAt, before(retention.sentLetters)), lt(outbox.failedAt, before(retention.sentLetters)))),
    // A link that lapsed before its letter went leads nowhere.
    query
      .delete(outbox)
      .where(and(eq(outbox.kind, 'one-time-link'), isNull(outbox.sentAt), lt(outbox.createdAt, before(LINK_DAYS)))),
    query.delete(invitations).where(lt(invitations.expiresAt, before(retention.lapsedInvitations))),
    query.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before(retention.idempotencyKeys))),
    // Words for a learner who was erased meanwhile reach nobody.
    query
      .update(awardChanges)
      .set({ words: null })
      .where(and(isNotNull(awardChanges.words), inArray(awardChanges.awardId, erased))),
  ]);
  await deps.db.scrub();
}

/** When an offer ended: at its term, or when it was made where it has none. */
const endOf = sql<string>`coalesce(${offers.lapsesAt}, ${offers.offeredAt}, ${offers.createdAt})`;
