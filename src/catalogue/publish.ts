import { and, eq } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { type AchievementState, readAchievement, readVersion } from './achievements.ts';
import type { AchievementContent } from './content.ts';
import { achievementDrafts, achievementVersions } from './schema.ts';
import { readUnit } from './units.ts';

/**
 * Publishes the draft as the next version, which never changes again.
 * @param establishedBy "vastgesteld door": the body that adopted its words, where one did
 * @throws DomainError `achievement-incomplete` with `missing`, `achievement-draft-missing`
 */
export async function publishAchievement(ctx: Ctx, id: string, establishedBy?: string): Promise<AchievementState> {
  requireRight(ctx, 'achievement.publish', { achievement: id });
  const { draft, published, completeness } = await readAchievement(ctx, id);
  if (!draft)
    throw new DomainError('achievement-draft-missing', 'Everything of this achievement is published already.');
  if (completeness.missing.length)
    throw new DomainError('achievement-incomplete', `Still missing: ${completeness.missing.join(', ')}.`, {
      extensions: { missing: completeness.missing },
    });
  await requireUnits(ctx, draft);
  const { db, institution, actor, now } = ctx;
  const version = (published?.version ?? 0) + 1;
  try {
    await commit(
      db,
      [
        db.query.insert(achievementVersions).values({
          achievementId: id,
          version,
          content: draft,
          publishedAt: now.toISOString(),
          establishedBy: establishedBy ?? null,
        }),
        // Only the words that were published: an edit made meanwhile stays a draft.
        db.query
          .delete(achievementDrafts)
          .where(and(eq(achievementDrafts.achievementId, id), eq(achievementDrafts.content, draft))),
        ...claimKey(ctx, id),
      ],
      [
        {
          institution: institution.id,
          actor,
          action: 'achievement.publish',
          subject: id,
          at: now,
          details: { version, content: draft, ...(establishedBy ? { establishedBy } : {}) },
        },
      ],
    );
  } catch (error) {
    // Someone published in the same moment; what they published stands.
    if (!violatedKey(error)?.startsWith('achievement_versions.')) throw error;
  }
  return readAchievement(ctx, id);
}

/** What it requires is there: units that may be referred to, and published achievements of the institution. */
async function requireUnits(ctx: Ctx, { policy }: AchievementContent): Promise<void> {
  for (const unit of policy?.requires?.units ?? []) await readUnit(ctx.db, ctx.institution.id, unit.id, unit.version);
  for (const id of policy?.requires?.achievements ?? [])
    if (!(await readVersion(ctx.db, ctx.institution.id, id))) throw notFound('achievement');
}
