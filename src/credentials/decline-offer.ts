import { eq } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { dropLetters } from './letters.ts';
import { lookAtOffer, refusalOf } from './look-at-offer.ts';
import { offers } from './schema.ts';

/**
 * The recipient does not want the badge. The decision stands and the institution sees that it was declined; a new link
 * brings the offer back. Whoever proves to be the recipient may decline, however well they are known.
 * @throws DomainError `not-found`, `not-signed-in`, `not-the-recipient`, `offer-state`
 */
export async function declineOffer(deps: Deps, session: SignedIn, token: string, letter?: string): Promise<void> {
  const { db } = deps;
  for (;;) {
    const look = await lookAtOffer(deps, token, session, letter);
    if (!look) throw notFound('offer');
    const { offer, standing } = look;
    if (standing === 'declined') return;
    if (standing !== 'ready' && standing !== 'assurance-too-low') throw refusalOf(look);
    const now = deps.clock();
    const left = await leaveState(deps, offer, now);
    try {
      return await commit(
        db,
        [
          ...left,
          db.query.update(offers).set({ state: 'declined' }).where(eq(offers.id, offer.id)),
          dropLetters(db, offer.id),
        ],
        [
          {
            institution: offer.institutionId,
            actor: { kind: 'person', person: session.person },
            action: 'offer.decline',
            subject: offer.id,
            at: now,
            details: {},
          },
        ],
      );
    } catch (error) {
      if (!hadLeft(error)) throw error;
    }
  }
}
