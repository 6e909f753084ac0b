import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { readPlan } from './plan.ts';
import { readEvents } from './read.ts';
import { forgetRecordings } from './recording.ts';
import {
  decisionDocuments,
  dossierArrivals,
  dossierOutcomes,
  dossierPartners,
  dossiers,
  dossierShares,
  dossierWords,
  planLines,
} from './schema.ts';

/** The dossiers of a person, with all that was said in them. */
export async function heldAbout(deps: Deps, personId: string) {
  const rows = await deps.db.query.select().from(dossiers).where(eq(dossiers.personId, personId));
  return Promise.all(
    rows.map(async ({ id, institutionId, cycle, phase, turn, createdAt, closedAt }) => ({
      id,
      institution: institutionId,
      cycle,
      phase,
      turn,
      createdAt,
      closedAt,
      events: await readEvents(deps, id),
      plan: await readPlan(deps, id),
      documents: await documentsOf(deps, id),
    })),
  );
}

/** Decisions as the institution signed them. */
async function documentsOf(deps: Deps, dossierId: string) {
  const rows = await deps.db.query
    .select()
    .from(decisionDocuments)
    .where(and(eq(decisionDocuments.dossierId, dossierId), ne(decisionDocuments.document, '')));
  return rows.map(({ decision, document }) => ({ decision, document: JSON.parse(document) as unknown }));
}

/**
 * Takes a learner out of their dossiers: the words, recordings, signed decisions, what was shared, who was invited and
 * the plan go. The events stay with their hashes, so that decisions which others rely on can still be proven.
 */
export function eraseStatements(deps: Deps, personId: string): Statement[] {
  const { query } = deps.db;
  const theirs = query.select({ id: dossiers.id }).from(dossiers).where(eq(dossiers.personId, personId));
  return [
    query.delete(dossierWords).where(inArray(dossierWords.dossierId, theirs)),
    forgetRecordings(deps, eq(dossiers.personId, personId)),
    query.delete(decisionDocuments).where(inArray(decisionDocuments.dossierId, theirs)),
    query.delete(dossierShares).where(inArray(dossierShares.dossierId, theirs)),
    query.delete(dossierPartners).where(inArray(dossierPartners.dossierId, theirs)),
    query.delete(planLines).where(inArray(planLines.dossierId, theirs)),
    query.delete(dossierOutcomes).where(inArray(dossierOutcomes.dossierId, theirs)),
    query.delete(dossierArrivals).where(eq(dossierArrivals.personId, personId)),
    query.update(dossierPartners).set({ personId: null }).where(eq(dossierPartners.personId, personId)),
    // Last: the statements before it find the dossiers by their learner.
    query.update(dossiers).set({ personId: null }).where(eq(dossiers.personId, personId)),
  ];
}
