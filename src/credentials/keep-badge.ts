import { eq } from 'drizzle-orm';
import { spend, wasSpent } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { DAY_MS } from '../platform/clock.ts';
import { awards, claims } from './schema.ts';

/**
 * Takes a bearer badge into the account of who holds its claim link, once. Nothing that was signed changes: the badge
 * goes on saying that nobody checked who picked it up.
 * @throws DomainError `not-found`; `award-state` when it is in someone else's account, or not signed
 */
export async function keepBadge(deps: Deps, session: SignedIn, token: string): Promise<void> {
  const { db } = deps;
  for (let attempt = 0; ; attempt++) {
    const [row] = await db.query
      .select({ award: awards })
      .from(claims)
      .innerJoin(awards, eq(awards.id, claims.awardId))
      .where(eq(claims.token, token));
    if (!row) throw notFound('offer');
    const { id, state, personId, institutionId } = row.award;
    if (personId === session.person) return;
    // Twice: it was kept and let go of again today, by someone whose data were erased since.
    if (personId || state === 'reserved' || attempt > 1)
      throw new DomainError('award-state', 'This badge stands in someone else’s account.', { extensions: { state } });
    const now = deps.clock();
    const once = await spend(deps, 'keep', id, new Date(now.getTime() + DAY_MS));
    try {
      return await commit(
        db,
        [...once, db.query.update(awards).set({ personId: session.person }).where(eq(awards.id, id))],
        [
          {
            institution: institutionId,
            actor: { kind: 'person', person: session.person },
            action: 'award.keep',
            subject: id,
            at: now,
            details: {},
          },
        ],
      );
    } catch (error) {
      if (!wasSpent(error)) throw error;
    }
  }
}
