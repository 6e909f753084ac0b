import { and, desc, eq, isNull } from 'drizzle-orm';
import { requireFresh } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { knownOf, sameName } from './claimant.ts';
import type { Identified } from './identified.ts';
import { awards, confirmations, shares } from './schema.ts';

/** "This is the holder", as a checker reads it: when, how well known, and no address. */
export interface Confirmation {
  at: string;
  identified: Identified;
}

/** Whether a shared badge stands in someone's account, and in this viewer's. @throws DomainError `not-found` */
export async function readOwnership(deps: Deps, shareToken: string, viewer?: string) {
  const award = await findShared(deps, shareToken);
  const mine = award.personId !== null && award.personId === viewer;
  return { owned: award.personId !== null, mine, ...(mine ? { awardId: award.id } : {}) };
}

/**
 * The owner of a shared badge says, by a login of a moment ago, that they are its holder. Told beside the verdict, which
 * it never changes.
 * @throws DomainError `not-found`; `proof-needed`; `not-the-recipient` for anybody else, who learns nothing of the owner
 */
export async function confirmHolder(deps: Deps, session: SignedIn, shareToken: string): Promise<void> {
  const award = await findShared(deps, shareToken);
  if (award.personId !== session.person)
    throw new DomainError('not-the-recipient', 'This badge does not stand in your account.');
  requireFresh(deps, session);
  const known = await knownOf(deps, session);
  if (!known)
    throw new DomainError('proof-needed', 'Sign in once more; what you were signed in with no longer counts.');
  const now = deps.clock();
  const at = now.toISOString();
  // Never overstated: a validated name says something about a badge with that name, and nothing about one with another.
  const { name } = award.input.recipient;
  const vouched = name === undefined || (known.validatedName !== null && sameName(name, known.validatedName));
  const identified: Identified = { ...known.identified, at, ...(vouched ? {} : { nameBy: null }) };
  try {
    await commit(
      deps.db,
      [deps.db.query.insert(confirmations).values({ awardId: award.id, at, identified })],
      [
        {
          institution: award.institutionId,
          actor: { kind: 'person', person: session.person },
          action: 'holder.confirm',
          subject: award.id,
          at: now,
          details: { kind: identified.kind, assurance: identified.assurance },
        },
      ],
    );
  } catch (error) {
    // Pressed twice in the same millisecond: it is confirmed.
    if (!violatedKey(error)?.startsWith('confirmations.')) throw error;
  }
}

/** The newest confirmation that stands. */
export async function lastConfirmation(deps: Deps, awardId: string): Promise<Confirmation | undefined> {
  const rows = await deps.db.query
    .select({ at: confirmations.at, identified: confirmations.identified })
    .from(confirmations)
    .where(and(eq(confirmations.awardId, awardId), isNull(confirmations.withdrawnAt)))
    .orderBy(desc(confirmations.at))
    .limit(1);
  return rows[0];
}

/** Takes back every confirmation of a badge: its page no longer tells of any. @throws DomainError `not-found` */
export async function withdrawConfirmations(deps: Deps, session: SignedIn, awardId: string): Promise<void> {
  const [award] = await deps.db.query.select().from(awards).where(eq(awards.id, awardId));
  if (!award || award.personId !== session.person) throw notFound('badge');
  const now = deps.clock();
  await commit(
    deps.db,
    [
      deps.db.query
        .update(confirmations)
        .set({ withdrawnAt: now.toISOString() })
        .where(and(eq(confirmations.awardId, awardId), isNull(confirmations.withdrawnAt))),
    ],
    [
      {
        institution: award.institutionId,
        actor: { kind: 'person', person: session.person },
        action: 'holder.unconfirm',
        subject: awardId,
        at: now,
        details: {},
      },
    ],
  );
}

async function findShared(deps: Deps, token: string) {
  const rows = await deps.db.query
    .select({ award: awards })
    .from(shares)
    .innerJoin(awards, eq(awards.id, shares.awardId))
    .where(eq(shares.token, token));
  if (!rows[0]) throw notFound('badge');
  return rows[0].award;
}
