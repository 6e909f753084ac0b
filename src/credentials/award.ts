import { and, eq } from 'drizzle-orm';
import { assertKeyOpens, requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId, newUrn } from '../platform/ids.ts';
import { awardExists } from './award-exists.ts';
import type { AwardInput } from './award-input.ts';
import { recipientKeysOf } from './claimant.ts';
import { finishAward } from './finish.ts';
import { findOffer, makeOffer } from './make-offer.ts';
import { type PreparedAward, prepareAward, purposeOf, recipientKey, subjectOf } from './prepare.ts';
import { type AwardSummary, summaryOf } from './read.ts';
import { awardChanges, awards, statusEntries } from './schema.ts';
import { takeStatusIndex } from './take-index.ts';

/**
 * Awards an achievement on a decision that was taken elsewhere, signs the badge, and hands it over as a bearer badge
 * (architecture.md, Walk: an award). Where the achievement asks for a claim it is offered first, and signed then.
 * @throws DomainError `forbidden`, `not-found`, `achievement-not-published`, `award-not-allowed`, `lint-failed`,
 *   `award-exists` (naming the first), `key-not-opened`, `signing-failed`
 */
export async function awardCredential(ctx: Ctx, input: AwardInput): Promise<AwardSummary> {
  requireRight(ctx, 'award.make', { achievement: input.achievement, person: await ownAward(ctx, input) });
  // 1. Facts, and a badge of them that would be good: what is wrong is said before anything is written.
  const prepared = await prepareAward(ctx, input);
  await refuseSecond(ctx, prepared);
  if (prepared.version.content.claim) return summaryOf(await makeOffer(ctx, prepared));
  await assertKeyOpens(ctx.deps, ctx.institution);
  // 2. Intent: id and index are taken before the key is touched.
  const awardId = await reserve(ctx, prepared);
  // 3. Build, lint, sign, record.
  return finishAward(ctx, awardId);
}

const onceKey = (ctx: Ctx, p: PreparedAward) =>
  and(
    eq(awards.institutionId, ctx.institution.id),
    eq(awards.achievementId, p.achievementId),
    eq(awards.achievementVersion, p.version.version),
    eq(awards.recipientKey, p.recipientKey),
    eq(awards.decidedOn, p.input.decision.decidedOn),
    eq(awards.reference, p.input.decision.reference ?? ''),
  );

/**
 * The same decision about the same person is one award; this names the first. A key in each table enforces it there.
 * A repeated request must reach its first answer, which `once` gives when that key collides: for those only the table
 * that this award does not go into is looked at.
 */
async function refuseSecond(ctx: Ctx, prepared: PreparedAward): Promise<void> {
  const offered = prepared.version.content.claim !== undefined;
  const findAward = async () =>
    (await ctx.db.query.select({ id: awards.id }).from(awards).where(onceKey(ctx, prepared)))[0]?.id;
  const inOffers = ctx.once && offered ? undefined : await findOffer(ctx, prepared);
  const first = inOffers ?? (ctx.once && !offered ? undefined : await findAward());
  if (first) throw awardExists(first);
}

/** The member who awards, when the award would be their own: that is never allowed. */
async function ownAward(ctx: Ctx, input: AwardInput): Promise<string | null> {
  if (ctx.actor.kind !== 'member') return null;
  const mine = await recipientKeysOf(ctx.deps, ctx.actor.person);
  return mine.has(recipientKey(input)) ? ctx.actor.person : null;
}

async function reserve(ctx: Ctx, prepared: PreparedAward): Promise<string> {
  const { db, institution, actor, now } = ctx;
  const { input, version } = prepared;
  const place = await takeStatusIndex(ctx.deps, institution, purposeOf(version.content), actor);
  const id = newId(now);
  const at = now.toISOString();
  const row = {
    id,
    institutionId: institution.id,
    achievementId: prepared.achievementId,
    achievementVersion: version.version,
    recipientKey: prepared.recipientKey,
    decidedOn: input.decision.decidedOn,
    reference: input.decision.reference ?? '',
    input,
    state: 'reserved' as const,
    changes: 1,
    credentialId: newUrn(),
    subjectId: subjectOf(input),
    statusListId: place.listId,
    statusIndex: place.index,
    createdAt: at,
  };
  try {
    await commit(
      db,
      [
        ...claimKey(ctx, id),
        db.query.insert(awards).values(row),
        db.query.insert(awardChanges).values({ awardId: id, seq: 1, state: 'reserved', at }),
        db.query.insert(statusEntries).values({ listId: place.listId, index: place.index, awardId: id }),
      ],
      [
        {
          institution: institution.id,
          actor,
          action: 'award.reserve',
          subject: id,
          at: now,
          details: {
            achievement: prepared.achievementId,
            version: version.version,
            basis: input.decision.basis,
            decidedOn: input.decision.decidedOn,
            credential: row.credentialId,
            status: [place.listId, place.index],
          },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    const rows = await db.query.select({ id: awards.id }).from(awards).where(onceKey(ctx, prepared));
    throw awardExists(rows[0]!.id);
  }
  return id;
}
