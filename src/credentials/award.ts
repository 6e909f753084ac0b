import { assertKeyOpens, requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { claimKey } from '../platform/idempotency.ts';
import { awardExists } from './award-exists.ts';
import type { AwardInput } from './award-input.ts';
import { finishAward } from './finish.ts';
import { type Batch, holdOf } from './hold.ts';
import { ownRecipient } from './holder.ts';
import { findOffer, makeOffer } from './make-offer.ts';
import { type PreparedAward, prepareAward } from './prepare.ts';
import { type AwardSummary, summaryOf } from './read.ts';
import { findSameDecision, reservation } from './reserve.ts';

/**
 * Awards an achievement on a decision that was taken elsewhere, signs the badge, and hands it over as a bearer badge
 * (architecture.md, Walk: an award). Where the achievement asks for a claim it is offered first, and signed then. What
 * can be undone, or waits for a second person, is held first.
 * @param batch the awards that this one is made together with
 * @throws DomainError `forbidden`, `not-found`, `achievement-not-published`, `award-not-allowed`, `lint-failed`,
 *   `award-exists` (naming the first), `key-not-opened`, `signing-failed`
 */
export async function awardCredential(ctx: Ctx, input: AwardInput, batch?: Batch): Promise<AwardSummary> {
  requireRight(ctx, 'award.make', { achievement: input.achievement, person: await ownRecipient(ctx, input) });
  // 1. Facts, and a badge of them that would be good: what is wrong is said before anything is written.
  const prepared = await prepareAward(ctx, input);
  await refuseSecond(ctx, prepared);
  const held = await holdOf(ctx, prepared.version.content, batch);
  if (held || prepared.version.content.claim) return summaryOf(await makeOffer(ctx, prepared, held));
  await assertKeyOpens(ctx.deps, ctx.institution);
  // 2. Intent: id and index are taken before the key is touched.
  const awardId = await reserve(ctx, prepared);
  // 3. Build, lint, sign, record.
  return finishAward(ctx, awardId);
}

/**
 * The same decision about the same person is one award; this names the first. A key in each table enforces it there.
 * A repeated request must reach its first answer, which `once` gives when that key collides: for those only the table
 * that this award does not go into is looked at.
 */
async function refuseSecond(ctx: Ctx, prepared: PreparedAward): Promise<void> {
  const { claim, undoMinutes } = prepared.version.content;
  const offered = claim !== undefined || undoMinutes !== undefined;
  const findAward = () => findSameDecision(ctx, decisionOf(prepared));
  const inOffers = ctx.once && offered ? undefined : await findOffer(ctx, prepared);
  const first = inOffers ?? (ctx.once && !offered ? undefined : await findAward());
  if (first) throw awardExists(first);
}

/** The award or the offer that was made of this decision before. */
export const findFirst = async (ctx: Ctx, prepared: PreparedAward): Promise<string | undefined> =>
  (await findOffer(ctx, prepared)) ?? findSameDecision(ctx, decisionOf(prepared));

async function reserve(ctx: Ctx, prepared: PreparedAward): Promise<string> {
  const { institution, actor, now } = ctx;
  const { id, row, statements, details } = await reservation(ctx, prepared);
  try {
    await commit(
      ctx.db,
      [...claimKey(ctx, id), ...statements],
      [{ institution: institution.id, actor, action: 'award.reserve', subject: id, at: now, details }],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    throw awardExists((await findSameDecision(ctx, row))!);
  }
  return id;
}

const decisionOf = ({ achievementId, version, recipientKey, input: { decision } }: PreparedAward) => ({
  achievementId,
  achievementVersion: version.version,
  recipientKey,
  decidedOn: decision.decidedOn,
  reference: decision.reference ?? '',
});
