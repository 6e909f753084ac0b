import { and, eq, isNull } from 'drizzle-orm';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import { violatedKey } from '../platform/database.ts';
import { achievementStatements, applyFramework, changesAnything } from './apply-import.ts';
import { SERVICE } from './frameworks.ts';
import { type ImportPlace, type ImportState, planPackage, readImportState, readKept } from './imports.ts';
import { catalogueImports } from './schema.ts';

/** Drafts that are made in one commit. */
const DRAFTS = 20;

/**
 * Does what was looked at. It reads the kept files again and lays them beside what there is now, so a second run, or one
 * after a death halfway, does what is left and nothing twice.
 * @throws DomainError `not-found`, `import-state`
 */
export async function doImport(place: ImportPlace, id: string): Promise<ImportState> {
  const before = await readImportState(place, id);
  if (before.doneAt) return before;
  const { deps, owner, actor, now } = place;
  const { db } = deps;
  const pack = await readKept(deps, before.summary);
  const { frameworks, achievements } = await planPackage(place, pack);
  const changes = frameworks.filter(changesAnything);
  const last = [];
  for (const plan of changes) last.push(...(await applyFramework(db, owner, plan, now)));
  const drafts = achievements.filter(plan => plan.change !== 'unchanged');
  for (let i = 0; i < drafts.length; i += DRAFTS) {
    const { statements, entries } = achievementStatements(db, owner, drafts.slice(i, i + DRAFTS), { actor, at: now });
    try {
      await commit(db, statements, entries as [AuditEntry, ...AuditEntry[]]);
    } catch (error) {
      // Someone did the same in the same moment; what is left is found by looking again.
      if (violatedKey(error) === 'achievements.institution_id, achievements.import_digest') return doImport(place, id);
      throw error;
    }
  }
  const done = db.query
    .update(catalogueImports)
    .set({ doneAt: now.toISOString() })
    .where(and(eq(catalogueImports.id, id), isNull(catalogueImports.doneAt)));
  const { outcomes, links, kind } = before.summary;
  if (!changes.length) await db.batch([done]);
  else
    await commit(
      db,
      [...last, done],
      [
        {
          institution: owner === SERVICE ? OPERATOR : owner,
          actor,
          action: 'framework.import',
          subject: id,
          at: now,
          details: { kind, outcomes, links },
        },
      ],
    );
  return readImportState(place, id);
}
