import { eq } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { ownRecipient } from './holder.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { dropLetters } from './letters.ts';
import { findOffer, readAward } from './read.ts';
import { offers } from './schema.ts';

/**
 * Takes back an offer before it is claimed. Nothing of it was published and nothing stays: no index, no letter that
 * still waits, no row; only that it was done is in the audit log.
 * @throws DomainError `forbidden`, `not-found`; `award-state` once it is signed
 */
export async function withdrawOffer(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'award.withdraw');
  const { db, deps, institution, actor, now } = ctx;
  for (;;) {
    const offer = await findOffer(ctx, id);
    if (!offer) {
      const { state } = await readAward(ctx, id);
      throw new DomainError('award-state', 'The badge is signed. It can be revoked, and no longer withdrawn.', {
        extensions: { state },
      });
    }
    const person = await ownRecipient(ctx, offer.input);
    requireRight(ctx, 'award.withdraw', { achievement: offer.achievementId, person });
    const left = await leaveState(deps, offer, now);
    try {
      return await commit(
        db,
        [...left, db.query.delete(offers).where(eq(offers.id, id)), dropLetters(db, id), ...claimKey(ctx, id)],
        [{ institution: institution.id, actor, action: 'offer.withdraw', subject: id, at: now, details: {} }],
      );
    } catch (error) {
      if (!hadLeft(error)) throw error;
    }
  }
}
