import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { evidence, experiences, portfolios } from '../portfolio/schema.ts';
import { makeMove, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { dossierShares } from './schema.ts';

/**
 * Lets a dossier see experiences of its learner, as they stand in the portfolio from now on; partners only where that is
 * said. Sharing again changes who sees it.
 * @throws DomainError `not-found` for one that is not theirs
 */
export async function shareExperiences(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { experiences: ids, partners, form }: { experiences: string[]; partners: boolean; form?: string },
): Promise<Moved> {
  const own = await deps.db.query
    .select({ id: experiences.id })
    .from(experiences)
    .innerJoin(portfolios, eq(portfolios.id, experiences.portfolioId))
    .where(and(eq(portfolios.personId, mover.id), inArray(experiences.id, ids)));
  if (!ids.length || own.length !== new Set(ids).size) throw notFound('experience');
  const at = deps.clock().toISOString();
  return makeMove(deps, dossier, { type: 'share', experiences: ids, partners }, mover, {
    ...(form ? { form } : {}),
    also: () =>
      ids.map(experienceId =>
        deps.db.query
          .insert(dossierShares)
          .values({ dossierId: dossier.id, experienceId, partners, sharedAt: at })
          .onConflictDoUpdate({
            target: [dossierShares.dossierId, dossierShares.experienceId],
            set: { partners, sharedAt: at },
          }),
      ),
  });
}

/** Takes back what was shared: from the next request on, nobody here sees it. */
export const takeBack = (deps: Deps, dossier: Dossier, mover: Mover, ids: string[]): Promise<Moved> =>
  makeMove(deps, dossier, { type: 'take-back', experiences: ids }, mover, {
    also: () => ids.map(id => deps.db.query.delete(dossierShares).where(shareOf(dossier.id, id))),
  });

const shareOf = (dossierId: string, experienceId: string) =>
  and(eq(dossierShares.dossierId, dossierId), eq(dossierShares.experienceId, experienceId));

/** What ends with a dossier: portfolio and files go back to the learner. */
export const endShares = (deps: Deps, { id }: Dossier): Statement[] => [
  deps.db.query.delete(dossierShares).where(eq(dossierShares.dossierId, id)),
];

/** The experiences that a dossier sees, with what shows them; partners see fewer. */
export async function readShared(deps: Deps, dossierId: string, who: 'staff' | 'partner') {
  const rows = await deps.db.query
    .select({ experience: experiences, partners: dossierShares.partners })
    .from(dossierShares)
    .innerJoin(experiences, eq(experiences.id, dossierShares.experienceId))
    .where(
      and(eq(dossierShares.dossierId, dossierId), ...(who === 'partner' ? [eq(dossierShares.partners, true)] : [])),
    )
    .orderBy(asc(experiences.createdAt));
  const shown = rows.length
    ? await deps.db.query
        .select()
        .from(evidence)
        .where(
          inArray(
            evidence.experienceId,
            rows.map(r => r.experience.id),
          ),
        )
    : [];
  return rows.map(({ experience, partners }) => ({
    ...experience,
    partners,
    evidence: shown.filter(e => e.experienceId === experience.id),
  }));
}
