import { and, eq } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import { actorName, type Ctx } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId, newToken } from '../platform/ids.ts';
import { DAY_MS } from '../platform/clock.ts';
import { awardExists } from './award-exists.ts';
import type { Hold } from './hold.ts';
import { offerLetter } from './letters.ts';
import type { PreparedAward } from './prepare.ts';
import type { Offer } from './read-offer.ts';
import { offers } from './schema.ts';

/**
 * Offers a prepared award to its owner, or holds it: the row, the letter, the audit row and the Idempotency-Key in one
 * commit. No index is taken and nothing is signed, so that an offer that is withdrawn leaves no trace.
 * @throws DomainError `award-exists`
 */
export async function makeOffer(ctx: Ctx, prepared: PreparedAward, held?: Hold): Promise<Offer> {
  const { db, deps, institution, actor, now } = ctx;
  const offer = held ? { ...offerOf(ctx, prepared), ...heldOffer(held) } : offerOf(ctx, prepared);
  const offered = { offer, institution: prepared.institution, achievement: prepared.version.content };
  const letters = held ? [] : await offerLetter(deps, offered, now);
  try {
    await commit(
      db,
      [...claimKey(ctx, offer.id), db.query.insert(offers).values(offer), ...letters],
      [
        {
          institution: institution.id,
          actor,
          action: held ? 'award.hold' : 'award.offer',
          subject: offer.id,
          at: now,
          details: {
            achievement: offer.achievementId,
            version: offer.achievementVersion,
            basis: offer.input.decision.basis,
            decidedOn: offer.decidedOn,
          },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('offers.institution_id')) throw error;
    throw awardExists((await findOffer(ctx, prepared))!);
  }
  return offer;
}

function offerOf(ctx: Ctx, { input, achievementId, version, recipientKey }: PreparedAward): Offer {
  const { actor, institution, now } = ctx;
  const at = now.toISOString();
  const { claim } = version.content;
  return {
    id: newId(now),
    institutionId: institution.id,
    achievementId,
    achievementVersion: version.version,
    recipientKey,
    decidedOn: input.decision.decidedOn,
    reference: input.decision.reference ?? '',
    input,
    state: 'offered',
    madeBy: actorName(actor),
    batch: null,
    token: newToken(),
    links: 1,
    createdAt: at,
    releaseAt: null,
    offeredAt: at,
    lapsesAt: claim ? lapsesAt(now, claim.lapseAfterDays) : null,
    reminders: 0,
  };
}

/** What is held is not offered yet: its term begins when it is released. */
const heldOffer = ({ batch, releaseAt }: Hold) => ({
  state: 'held' as const,
  batch,
  releaseAt,
  offeredAt: null,
  lapsesAt: null,
});

/** When an offer that is made at `now` lapses. */
export const lapsesAt = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString();

/** The offer of the same decision about the same person, if there is one. */
export async function findOffer(ctx: Ctx, prepared: PreparedAward): Promise<string | undefined> {
  const rows = await ctx.db.query
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(
        eq(offers.institutionId, ctx.institution.id),
        eq(offers.achievementId, prepared.achievementId),
        eq(offers.achievementVersion, prepared.version.version),
        eq(offers.recipientKey, prepared.recipientKey),
        eq(offers.decidedOn, prepared.input.decision.decidedOn),
        eq(offers.reference, prepared.input.decision.reference ?? ''),
      ),
    );
  return rows[0]?.id;
}
