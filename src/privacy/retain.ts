import { and, eq, inArray, isNotNull, isNull, like, lt, lte, notExists, notInArray, or, sql } from 'drizzle-orm';
import { awardChanges, awards, offers, shareLinks, shareUses } from '../credentials/schema.ts';
import { forgetClosed } from '../dossiers/index.ts';
import { invitations } from '../institutions/schema.ts';
import { sessions, spent } from '../people/schema.ts';
import { endLapsedAsks, eraseLapsedDrafts } from '../portfolio/index.ts';
import type { Deps } from '../platform/context.ts';
import { DAY_MS } from '../platform/clock.ts';
import { connections, grantTries, oauthClients, walletGrants } from '../wallets/schema.ts';
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
  const linksBefore = before(retention.endedShareLinks);
  const endedLinks = or(lt(shareLinks.withdrawnAt, linksBefore), lt(shareLinks.expiresAt, linksBefore));
  const erased = query.select({ id: awards.id }).from(awards).where(like(awards.recipientKey, 'erased:%'));
  await deps.db.batch([
    query.delete(sessions).where(lte(sessions.expiresAt, now.toISOString())),
    query.delete(walletGrants).where(lte(walletGrants.expiresAt, now.toISOString())),
    query
      .delete(grantTries)
      .where(notInArray(grantTries.grantId, query.select({ id: walletGrants.id }).from(walletGrants))),
    query.delete(connections).where(unused(deps, before(retention.unusedConnections))),
    query.delete(oauthClients).where(withoutConnection(deps, before)),
    query.delete(spent).where(lte(spent.expiresAt, now.toISOString())),
    query
      .delete(shareUses)
      .where(inArray(shareUses.token, query.select({ token: shareLinks.token }).from(shareLinks).where(endedLinks))),
    query.delete(shareLinks).where(endedLinks),
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
    ...forgetClosed(deps, before(retention.closedDossiers)),
    query.delete(invitations).where(lt(invitations.expiresAt, before(retention.lapsedInvitations))),
    query.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before(retention.idempotencyKeys))),
    // Words for a learner who was erased meanwhile reach nobody.
    query
      .update(awardChanges)
      .set({ words: null })
      .where(and(isNotNull(awardChanges.words), inArray(awardChanges.awardId, erased))),
  ]);
  await eraseLapsedDrafts(deps);
  await endLapsedAsks(deps);
  await deps.db.scrub();
}

/** When an offer ended: at its term, or when it was made where it has none. */
const endOf = sql<string>`coalesce(${offers.lapsesAt}, ${offers.offeredAt}, ${offers.createdAt})`;

/** A connection without a code or a token, for so long. */
const unused = ({ db: { query } }: Deps, before: string) =>
  and(
    lt(sql`coalesce(json_extract(${connections.allowed}, '$.usedAt'), ${connections.createdAt})`, before),
    notExists(
      query
        .select({ id: walletGrants.id })
        .from(walletGrants)
        .where(
          and(
            eq(walletGrants.personId, connections.personId),
            eq(sql`json_extract(${walletGrants.data}, '$.clientId')`, connections.clientId),
          ),
        ),
    ),
  );

/** A service to which nobody is connected any more, or that nobody ever let in, for so long. */
const withoutConnection = ({ db: { query }, config: { retention } }: Deps, before: (days: number) => string) =>
  and(
    or(
      lt(oauthClients.usedAt, before(retention.unusedConnections)),
      and(isNull(oauthClients.usedAt), lt(oauthClients.createdAt, before(retention.unusedServices))),
    ),
    notExists(query.select({ id: connections.id }).from(connections).where(eq(connections.clientId, oauthClients.id))),
  );
