import { and, desc, eq } from 'drizzle-orm';
import { type Outcome, readOutcome, readOutcomes } from '../catalogue/index.ts';
import type { Deps } from '../platform/context.ts';
import { change, type Holder, requireOwner } from './holder.ts';
import { listExperiences } from './experiences.ts';
import { selfAssessments } from './schema.ts';

type Row = typeof selfAssessments.$inferSelect;
export const scales = ['show', 'partly', 'not-yet'] as const;
export type Scale = (typeof scales)[number];

/** What someone says of an outcome. `outcome` is absent where its standard is not shared any more. */
export type SelfAssessment = Row & { outcome?: Outcome };

/** What a learner said of outcomes, the last one first. */
export async function listSelfAssessments(deps: Deps, holder: Holder): Promise<SelfAssessment[]> {
  const rows = await deps.db.query
    .select()
    .from(selfAssessments)
    .where(eq(selfAssessments.portfolioId, holder.portfolio))
    .orderBy(desc(selfAssessments.changedAt));
  const known = new Map(
    (
      await readOutcomes(
        deps.db,
        rows.map(row => row.outcomeId),
      )
    ).map(o => [o.id, o]),
  );
  return rows.map(row => ({ ...row, ...(known.has(row.outcomeId) ? { outcome: known.get(row.outcomeId)! } : {}) }));
}

/**
 * Says of an outcome of any public standard how far someone is, on their own scale, and which experiences show it. Saying
 * it again takes the place of what was said.
 * @throws DomainError `not-found`
 */
export async function assessMyself(
  deps: Deps,
  holder: Holder,
  { outcomeId, scale, experiences }: { outcomeId: string; scale: Scale; experiences: readonly string[] },
): Promise<void> {
  await readOutcome(deps.db, outcomeId);
  const own = new Set((await listExperiences(deps, holder)).map(e => e.id));
  const set = { scale, experiences: experiences.filter(id => own.has(id)), changedAt: deps.clock().toISOString() };
  await change(deps, holder, 'self-assessment.say', [
    deps.db.query
      .insert(selfAssessments)
      .values({ portfolioId: holder.portfolio, outcomeId, ...set })
      .onConflictDoUpdate({ target: [selfAssessments.portfolioId, selfAssessments.outcomeId], set }),
  ]);
}

export async function forgetSelfAssessment(deps: Deps, holder: Holder, outcomeId: string): Promise<void> {
  requireOwner(holder);
  await change(deps, holder, 'self-assessment.forget', [
    deps.db.query
      .delete(selfAssessments)
      .where(and(eq(selfAssessments.portfolioId, holder.portfolio), eq(selfAssessments.outcomeId, outcomeId))),
  ]);
}
