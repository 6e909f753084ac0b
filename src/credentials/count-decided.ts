import { and, count, countDistinct, eq, notInArray } from 'drizzle-orm';
import { dossierAwards, dossiers } from '../dossiers/schema.ts';
import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { awardChanges, awards } from './schema.ts';

/**
 * What became of the awards that the decisions of an institution asked for: how many are badges, and how many of those
 * their learner collected. What was revoked since was made all the same.
 * @throws DomainError `forbidden`
 */
export async function countDecided(ctx: Ctx): Promise<{ made: number; claimed: number }> {
  requireRight(ctx, 'dossier.flow');
  const { db, institution } = ctx;
  const made = and(eq(dossiers.institutionId, institution.id), notInArray(awards.state, ['reserved', 'held']));
  const [all] = await db.query
    .select({ count: count() })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .innerJoin(awards, eq(awards.id, dossierAwards.awardId))
    .where(made);
  const [collected] = await db.query
    .select({ count: countDistinct(awards.id) })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .innerJoin(awards, eq(awards.id, dossierAwards.awardId))
    .innerJoin(awardChanges, and(eq(awardChanges.awardId, awards.id), eq(awardChanges.state, 'claimed')))
    .where(made);
  return { made: all?.count ?? 0, claimed: collected?.count ?? 0 };
}
