import { inArray, lt } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { forgetRecordings } from './recording.ts';
import { dossierPartners, dossiers, dossierWords } from './schema.ts';

/**
 * Takes the words and recordings out of dossiers that were closed before a moment, and who was invited. What was
 * decided, who did what when and the hashes stay, and so does a signed decision, which is its learner's.
 * @param before RFC 3339
 */
export function forgetClosed(deps: Deps, before: string): Statement[] {
  const { query } = deps.db;
  const closed = query.select({ id: dossiers.id }).from(dossiers).where(lt(dossiers.closedAt, before));
  return [
    query.delete(dossierWords).where(inArray(dossierWords.dossierId, closed)),
    forgetRecordings(deps, lt(dossiers.closedAt, before)),
    query.delete(dossierPartners).where(inArray(dossierPartners.dossierId, closed)),
  ];
}
