import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { AuditEntry } from '../platform/audit.ts';
import type { Database, Statement } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { searchText } from './fold.ts';
import type { AchievementPlan, FrameworkPlan, PlannedItem } from './plan-import.ts';
import { achievementDrafts, achievements, frameworks, outcomeLinks, outcomes } from './schema.ts';

/** Rows of one statement, which hands them over as one text of JSON: D1 binds at most 100 parameters of 2 MB. */
const CHUNK = 200;
const MAX_TEXT = 800_000;

/** Whether anything would be written. */
export const changesAnything = (plan: FrameworkPlan): boolean =>
  plan.renamed ||
  plan.added.length + plan.changed.length + plan.retired.length > 0 ||
  plan.linksAdded.length + plan.linksRemoved.length > 0;

/**
 * Writes a framework in chunks that each stand on their own: an outcome is new or old, never half. When the process dies
 * in between, the next run finds what is left to do. What was dropped is taken out of use by the statements that are
 * handed back, for the commit at the end.
 */
export async function applyFramework(
  db: Database,
  owner: string,
  plan: FrameworkPlan,
  now: Date,
): Promise<Statement[]> {
  const at = now.toISOString();
  const { uri, kind, source, version = null, names } = plan.package.framework;
  if (!plan.frameworkId) {
    // One of the service is there for all.
    const shared = owner === 'service';
    const row = { id: newId(now), owner, kind, source, uri, version, names, shared, createdAt: at, changedAt: at };
    await db.batch([db.query.insert(frameworks).values(row).onConflictDoNothing()]);
  }
  const [{ id, names: before }] = (await db.query
    .select({ id: frameworks.id, names: frameworks.names })
    .from(frameworks)
    .where(and(eq(frameworks.owner, owner), eq(frameworks.uri, uri)))) as [{ id: string; names: typeof names }];
  for (const chunk of chunks([...plan.added, ...plan.changed])) await db.batch([upsert(db, id, chunk, now)]);
  if (plan.linksAdded.length) await addLinks(db, id, plan);
  return [
    ...lists(plan.retired, 400).map(ids =>
      db.query
        .update(outcomes)
        .set({ retiredAt: at })
        .where(sql`${outcomes.id} in (select value from json_each(${JSON.stringify(ids)}))`),
    ),
    ...lists(plan.linksRemoved, 400).map(links =>
      db.query
        .delete(outcomeLinks)
        .where(
          sql`(${outcomeLinks.fromId}, ${outcomeLinks.toId}, ${outcomeLinks.kind}) in (select value ->> 'fromId', value ->> 'toId', value ->> 'kind' from json_each(${JSON.stringify(links)}))`,
        ),
    ),
    db.query
      .update(frameworks)
      .set({ names: { ...before, ...names }, version, changedAt: at })
      .where(eq(frameworks.id, id)),
  ];
}

function upsert(db: Database, framework: string, items: PlannedItem[], now: Date): Statement {
  const rows = items.map(({ uri, kind, code, level, words, digest }) => ({
    id: newId(now),
    uri,
    kind,
    code: code ?? null,
    level: level ?? null,
    words: JSON.stringify(words),
    search: searchText(words, code),
    digest,
  }));
  const value = (name: string) => sql.raw(`value ->> '${name}'`);
  // `where true` keeps SQLite from reading the conflict clause as a join.
  return db.query
    .insert(outcomes)
    .select(
      sql`select ${value('id')}, ${framework}, ${value('uri')}, ${value('kind')}, ${value('code')}, ${value('level')},
        ${value('words')}, ${value('search')}, ${value('digest')}, ${now.toISOString()}, null
        from json_each(${JSON.stringify(rows)}) where true`,
    )
    .onConflictDoUpdate({
      target: [outcomes.frameworkId, outcomes.uri],
      set: Object.fromEntries(
        (['kind', 'code', 'level', 'words', 'search', 'digest', 'changedAt', 'retiredAt'] as const).map(name => [
          name,
          sql.raw(`excluded.${outcomes[name].name}`),
        ]),
      ),
    });
}

async function addLinks(db: Database, framework: string, plan: FrameworkPlan): Promise<void> {
  const ids = new Map<string, string>();
  for (let after = ''; ;) {
    const rows = await db.query
      .select({ id: outcomes.id, uri: outcomes.uri })
      .from(outcomes)
      .where(and(eq(outcomes.frameworkId, framework), gt(outcomes.id, after)))
      .orderBy(asc(outcomes.id))
      .limit(2_000);
    for (const row of rows) ids.set(row.uri, row.id);
    if (rows.length < 2_000) break;
    after = rows.at(-1)!.id;
  }
  for (const links of lists(plan.linksAdded, 2_000)) {
    const rows = links.flatMap(({ from, to, kind }) => {
      const [fromId, toId] = [ids.get(from), ids.get(to)];
      return fromId && toId ? [[fromId, toId, kind]] : [];
    });
    await db.batch([
      db.query
        .insert(outcomeLinks)
        .select(sql`select value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(rows)}) where true`)
        .onConflictDoNothing(),
    ]);
  }
}

/** The statements and audit rows with which achievements become drafts. */
export function achievementStatements(
  db: Database,
  institution: string,
  plans: readonly AchievementPlan[],
  by: Pick<AuditEntry, 'actor' | 'at'>,
): { statements: Statement[]; entries: AuditEntry[] } {
  const at = by.at.toISOString();
  const statements: Statement[] = [];
  const entries: AuditEntry[] = [];
  for (const plan of plans.filter(p => p.change !== 'unchanged')) {
    const id = plan.id ?? newId(by.at);
    const { content, digest, item } = plan;
    const source = item.source ?? null;
    statements.push(
      plan.id
        ? db.query
            .update(achievements)
            .set({ importDigest: digest, source })
            .where(and(eq(achievements.id, id), inArray(achievements.institutionId, [institution])))
        : db.query
            .insert(achievements)
            .values({ id, institutionId: institution, importDigest: digest, source, createdAt: at }),
      db.query
        .insert(achievementDrafts)
        .values({ achievementId: id, content, updatedAt: at })
        .onConflictDoUpdate({ target: achievementDrafts.achievementId, set: { content, updatedAt: at } }),
    );
    entries.push({
      institution,
      ...by,
      action: plan.id ? 'achievement.edit' : 'achievement.create',
      subject: id,
      details: content,
    });
  }
  return { statements, entries };
}

/** At most so many items, and so much text. */
function* chunks(items: PlannedItem[]): Generator<PlannedItem[]> {
  let chunk: PlannedItem[] = [];
  let size = 0;
  for (const item of items) {
    const length = JSON.stringify(item.words).length * 2;
    if (chunk.length && (chunk.length === CHUNK || size + length > MAX_TEXT)) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += length;
  }
  if (chunk.length) yield chunk;
}

function lists<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  return parts;
}
