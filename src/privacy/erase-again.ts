import { and, eq, inArray } from 'drizzle-orm';
import { eraseAward, isErased } from '../credentials/index.ts';
import { awards } from '../credentials/schema.ts';
import { institutions } from '../institutions/schema.ts';
import { people } from '../people/schema.ts';
import type { Deps } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { auditLog } from '../platform/schema.ts';
import { erasePerson } from './erase.ts';

/**
 * Erases in a restored copy what was erased after it was made, as the database before tells. Without that nobody knows:
 * then the operator does it by the numbers that they kept.
 * @returns how many people and awards
 */
export async function eraseAgain(deps: Deps, before: Database): Promise<{ people: number; awards: number }> {
  const erased = await before.query
    .select({ action: auditLog.action, subject: auditLog.subject })
    .from(auditLog)
    .where(inArray(auditLog.action, ['person.erase', 'award.erase']));
  const counts = { people: 0, awards: 0 };
  for (const { action, subject } of erased) {
    if (action === 'person.erase') {
      const [still] = await deps.db.query.select().from(people).where(eq(people.id, subject));
      if (still) {
        await erasePerson(deps, subject, { kind: 'operator' });
        counts.people++;
      }
    } else if (await eraseAwardAgain(deps, subject)) counts.awards++;
  }
  return counts;
}

async function eraseAwardAgain(deps: Deps, id: string): Promise<boolean> {
  const [row] = await deps.db.query
    .select({ award: awards, slug: institutions.slug })
    .from(awards)
    .innerJoin(institutions, and(eq(institutions.id, awards.institutionId), eq(awards.id, id)));
  if (!row || isErased(row.award)) return false;
  await eraseAward(
    {
      actor: { kind: 'operator' },
      institution: { id: row.award.institutionId, slug: row.slug },
      now: deps.clock(),
      requestId: 'restore',
      db: deps.db,
      deps,
    },
    id,
  );
  return true;
}
