import { eq } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newToken } from '../platform/ids.ts';
import { recipientKeysOf } from './claimant.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { dropLetters, offerLetter } from './letters.ts';
import { lapsesAt } from './make-offer.ts';
import { type Offer, type Offered, readOffer, readOfferById } from './read-offer.ts';
import { offers } from './schema.ts';

/**
 * Sends a new link to the recipient of an offer, also of one that lapsed or was declined: the decision stands. It goes to
 * the address that the institution gave and to no other, the old link ends, and whoever asks is told nothing: there is
 * nothing to learn from asking.
 */
export async function sendNewLink(deps: Deps, token: string): Promise<void> {
  for (;;) {
    const offered = await readOffer(deps, token);
    if (!offered || !deps.mailer || !offered.offer.input.recipient.email || hasEnded(offered, deps.clock())) return;
    if (await renewLink(deps, offered, { kind: 'bearer' }, true)) return;
  }
}

/**
 * Brings an offer back for a person who proves to be its recipient: they need no letter to be told.
 * @throws DomainError `not-found`, also for somebody else's; `offer-state` when the badge would have ended
 */
export async function reopenOffer(deps: Deps, session: SignedIn, id: string): Promise<{ token: string }> {
  for (;;) {
    const offered = await readOfferById(deps, id);
    const mine = await recipientKeysOf(deps, session.person);
    if (!offered || !mine.has(offered.offer.recipientKey)) throw notFound('offer');
    if (hasEnded(offered, deps.clock()))
      throw new DomainError('offer-state', 'The badge itself would have ended.', { extensions: { state: 'ended' } });
    const token = await renewLink(deps, offered, { kind: 'person', person: session.person }, false);
    if (token) return { token };
  }
}

const hasEnded = ({ offer: { input } }: Offered, now: Date) =>
  !!input.validUntil && Date.parse(input.validUntil) <= now.getTime();

/** The new link; undefined when the offer became something else in the same moment. */
async function renewLink(deps: Deps, offered: Offered, actor: Actor, byMail: boolean): Promise<string | undefined> {
  const { db } = deps;
  const { offer, achievement } = offered;
  const now = deps.clock();
  const renewed: Offer = {
    ...offer,
    state: 'offered',
    token: newToken(),
    links: offer.links + 1,
    offeredAt: now.toISOString(),
    lapsesAt: achievement.claim ? lapsesAt(now, achievement.claim.lapseAfterDays) : null,
    reminders: 0,
  };
  const { state, token, links, offeredAt, lapsesAt: until, reminders } = renewed;
  const letters = byMail ? await offerLetter(deps, { ...offered, offer: renewed }, now) : [];
  const left = await leaveState(deps, offer, now);
  try {
    await commit(
      db,
      [
        ...left,
        db.query
          .update(offers)
          .set({ state, token, links, offeredAt, lapsesAt: until, reminders })
          .where(eq(offers.id, offer.id)),
        dropLetters(db, offer.id),
        ...letters,
      ],
      [
        {
          institution: offer.institutionId,
          actor,
          action: 'offer.link',
          subject: offer.id,
          at: now,
          details: { links },
        },
      ],
    );
    return token;
  } catch (error) {
    if (!hadLeft(error)) throw error;
    return undefined;
  }
}
