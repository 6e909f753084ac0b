import { and, eq, isNotNull, isNull, lt, min } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { dossierAwards, dossierOutcomes, dossiers } from './schema.ts';

export const cameOfIt = ['work', 'promotion', 'place', 'next-step', 'other', 'nothing-yet'] as const;
export type CameOfIt = (typeof cameOfIt)[number];

/** How long after a badge the one question is asked. */
export const ASK_AFTER_DAYS = 182;

/** What the timer does: puts the one question to learners whose first award is half a year old. Asked once, ever. */
export async function askWhatCame(deps: Deps): Promise<void> {
  const now = deps.clock();
  const before = new Date(now.getTime() - ASK_AFTER_DAYS * DAY_MS).toISOString();
  const due = await deps.db.query
    .select({ id: dossiers.id })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .leftJoin(dossierOutcomes, eq(dossierOutcomes.dossierId, dossiers.id))
    .where(and(lt(dossierAwards.createdAt, before), isNull(dossierOutcomes.dossierId), isNotNull(dossiers.personId)))
    .groupBy(dossiers.id)
    .orderBy(min(dossierAwards.createdAt), dossiers.id)
    .limit(500);
  for (const { id } of due)
    await deps.db.attempt(() =>
      deps.db.query
        .insert(dossierOutcomes)
        .values({ dossierId: id, askedAt: now.toISOString(), answer: null, answeredAt: null })
        .onConflictDoNothing(),
    );
}

/** The dossiers in which a learner is asked, and has not answered. */
export async function openQuestionsTo(deps: Deps, personId: string): Promise<string[]> {
  const rows = await deps.db.query
    .select({ id: dossiers.id })
    .from(dossierOutcomes)
    .innerJoin(dossiers, eq(dossiers.id, dossierOutcomes.dossierId))
    .where(and(eq(dossiers.personId, personId), isNull(dossierOutcomes.answer)));
  return rows.map(row => row.id);
}

/** The learner's answer. Answering again changes it. @throws DomainError `not-found` when they were not asked */
export async function tellWhatCame(deps: Deps, session: SignedIn, dossierId: string, answer: CameOfIt): Promise<void> {
  const [dossier] = await deps.db.query
    .select({ id: dossiers.id, institutionId: dossiers.institutionId })
    .from(dossiers)
    .where(and(eq(dossiers.id, dossierId), eq(dossiers.personId, session.person)));
  const asked = await deps.db.query.select().from(dossierOutcomes).where(eq(dossierOutcomes.dossierId, dossierId));
  if (!dossier || !asked.length) throw notFound('question');
  const at = deps.clock();
  await commit(
    deps.db,
    [
      deps.db.query
        .update(dossierOutcomes)
        .set({ answer, answeredAt: at.toISOString() })
        .where(eq(dossierOutcomes.dossierId, dossierId)),
    ],
    [
      {
        institution: dossier.institutionId,
        actor: { kind: 'person', person: session.person },
        action: 'dossier.what-came',
        subject: dossierId,
        at,
        details: {},
      },
    ],
  );
}
