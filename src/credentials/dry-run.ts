import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { newUrn } from '../platform/ids.ts';
import { findFirst } from './award.ts';
import type { AwardInput } from './award-input.ts';
import { buildBadge, type UnsignedBadge } from './build.ts';
import { ownRecipient } from './holder.ts';
import { factsOf, placeholderStatus, prepareAward, subjectOf } from './prepare.ts';

/** What an award would come to. */
export interface DryRun {
  /** The badge as it would be, with a status and a signature still to come. */
  badge: UnsignedBadge;
  /** The award that was made of this decision before. */
  exists?: string;
}

/**
 * Judges an award as `awardCredential` would, and writes nothing.
 * @throws DomainError what the award would be refused for, but `award-exists`
 */
export async function dryRun(ctx: Ctx, input: AwardInput): Promise<DryRun> {
  requireRight(ctx, 'award.make', { achievement: input.achievement, person: await ownRecipient(ctx, input) });
  const prepared = await prepareAward(ctx, input);
  const exists = await findFirst(ctx, prepared);
  const badge = buildBadge(
    factsOf(ctx, prepared, {
      credentialId: newUrn(),
      subjectId: subjectOf(input),
      status: placeholderStatus(ctx, prepared.version.content),
      validFrom: ctx.now,
    }),
  );
  // How its owner is known stands in a badge that is claimed, and nobody knows it yet.
  if (prepared.version.content.claim) badge.evidence = badge.evidence?.filter(({ genre }) => genre !== 'Identity');
  return { badge, ...(exists ? { exists } : {}) };
}
