import { and, desc, eq, ne, or, sql } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Database, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import type { UnitContent } from './outcome-content.ts';
import { readOutcomes, wordsOf } from './outcomes.ts';
import { units, unitVersions } from './schema.ts';

/** A published unit. It never changes: a next version stands beside it. */
interface UnitVersion {
  version: number;
  content: UnitContent;
  establishedBy: string;
  publishedAt: string;
}

export interface Unit extends UnitVersion {
  id: string;
  institutionId: string;
}

export interface UnitState {
  id: string;
  /** The newest published version. */
  published?: UnitVersion;
  /** Words that are not published yet. */
  draft?: UnitContent;
}

const columns = {
  id: units.id,
  institutionId: units.institutionId,
  version: unitVersions.version,
  content: unitVersions.content,
  establishedBy: unitVersions.establishedBy,
  publishedAt: unitVersions.publishedAt,
};
const isShared = sql`json_extract(${unitVersions.content}, '$.shared')`;
/** Of the versions of a unit the newest one alone; of a unit of another the newest that is shared. */
const isNewest = sql`${unitVersions.version} = (select max(v.version) from unit_versions v where v.unit_id = ${unitVersions.unitId})`;
const isNewestShared = sql`${unitVersions.version} = (select max(v.version) from unit_versions v where v.unit_id = ${unitVersions.unitId} and json_extract(v.content, '$.shared'))`;

/**
 * A published version of a unit, the newest without `version`: of the institution, or of another that shares it.
 * @throws DomainError `not-found`
 */
export async function readUnit(db: Database, institution: string, id: string, version?: number): Promise<Unit> {
  const rows = await db.query
    .select(columns)
    .from(unitVersions)
    .innerJoin(units, eq(units.id, unitVersions.unitId))
    .where(
      and(
        eq(units.id, id),
        sql`(${units.institutionId} = ${institution} or ${isShared})`,
        ...(version === undefined ? [] : [eq(unitVersions.version, version)]),
      ),
    )
    .orderBy(desc(unitVersions.version))
    .limit(1);
  if (!rows[0]) throw notFound('unit');
  return rows[0];
}

/** As `readUnit`, of several in the versions that are named; by id. What is not there is left out. */
export async function readUnits(
  db: Database,
  institution: string,
  wanted: readonly { id: string; version: number }[],
): Promise<Map<string, Unit>> {
  const found = new Map<string, Unit>();
  for (let from = 0; from < wanted.length; from += 40) {
    const named = wanted.slice(from, from + 40).map(w => and(eq(units.id, w.id), eq(unitVersions.version, w.version)));
    const rows = await db.query
      .select(columns)
      .from(unitVersions)
      .innerJoin(units, eq(units.id, unitVersions.unitId))
      .where(and(or(...named), sql`(${units.institutionId} = ${institution} or ${isShared})`));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** The newest published version of each unit that an institution may refer to; its own first. */
export async function listUnits(db: Database, institution: string): Promise<Unit[]> {
  const mine = await newest(db, and(eq(units.institutionId, institution), isNewest));
  const others = await newest(db, and(ne(units.institutionId, institution), isNewestShared));
  return [...mine, ...others];
}

async function newest(db: Database, where: ReturnType<typeof and>): Promise<Unit[]> {
  const rows = await db.query
    .select(columns)
    .from(unitVersions)
    .innerJoin(units, eq(units.id, unitVersions.unitId))
    .where(where)
    .orderBy(units.id);
  return rows;
}

/** Begins a unit of the institution, as a draft. */
export async function createUnit(ctx: Ctx, content: UnitContent): Promise<UnitState> {
  requireRight(ctx, 'framework.edit', { whole: true });
  await requireOutcomes(ctx, content);
  const { db, institution, actor, now } = ctx;
  const id = newId(now);
  const row = { id, institutionId: institution.id, draft: content, createdAt: now.toISOString() };
  await commit(
    db,
    [db.query.insert(units).values(row), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'unit.create', subject: id, at: now, details: content }],
  );
  return { id, draft: content };
}

/** Replaces the draft; published versions stay as they are. */
export async function editUnit(ctx: Ctx, id: string, content: UnitContent): Promise<UnitState> {
  requireRight(ctx, 'framework.edit', { whole: true });
  await readUnitState(ctx, id);
  await requireOutcomes(ctx, content);
  const { db, institution, actor, now } = ctx;
  await commit(
    db,
    [db.query.update(units).set({ draft: content }).where(own(ctx, id)), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'unit.edit', subject: id, at: now, details: content }],
  );
  return readUnitState(ctx, id);
}

/**
 * Publishes the draft as the next version, with the words that its outcomes have now. It never changes again.
 * @throws DomainError `unit-incomplete`, `not-found`
 */
export async function publishUnit(ctx: Ctx, id: string, by: string): Promise<UnitState> {
  requireRight(ctx, 'framework.edit', { whole: true });
  const { draft, published } = await readUnitState(ctx, id);
  if (!draft) throw new DomainError('unit-incomplete', 'Everything of this unit is published already.');
  if (!draft.outcomes.length) throw new DomainError('unit-incomplete', 'A unit has at least one outcome.');
  const { db, institution, actor, now } = ctx;
  const content = await withWords(ctx, draft);
  const version = (published?.version ?? 0) + 1;
  try {
    await commit(
      db,
      [
        db.query
          .insert(unitVersions)
          .values({ unitId: id, version, content, establishedBy: by, publishedAt: now.toISOString() }),
        // Only the words that were published: an edit made meanwhile stays a draft.
        db.query
          .update(units)
          .set({ draft: null })
          .where(and(own(ctx, id), eq(units.draft, draft))),
        ...claimKey(ctx, id),
      ],
      [
        {
          institution: institution.id,
          actor,
          action: 'unit.publish',
          subject: id,
          at: now,
          details: { version, establishedBy: by, content: { ...content } },
        },
      ],
    );
  } catch (error) {
    // Someone published in the same moment; what they published stands.
    if (!violatedKey(error)?.startsWith('unit_versions.')) throw error;
  }
  return readUnitState(ctx, id);
}

/** A unit of the institution with its draft. @throws DomainError `not-found`, also for a shared one of another */
export async function readUnitState(ctx: Ctx, id: string): Promise<UnitState> {
  const state = await findOwnUnit(ctx, id);
  if (!state) throw notFound('unit');
  return state;
}

/** The same; undefined where the institution has no such unit. */
export async function findOwnUnit(ctx: Ctx, id: string): Promise<UnitState | undefined> {
  requireRight(ctx, 'framework.read');
  const [state] = await readStates(ctx, id);
  return state;
}

/** Every unit of the institution, with drafts, oldest first. */
export async function listOwnUnits(ctx: Ctx): Promise<UnitState[]> {
  requireRight(ctx, 'framework.read');
  return readStates(ctx);
}

async function readStates(ctx: Ctx, id?: string): Promise<UnitState[]> {
  const here = id === undefined ? eq(units.institutionId, ctx.institution.id) : own(ctx, id);
  const rows = await ctx.db.query
    .select({ id: units.id, draft: units.draft })
    .from(units)
    .where(here)
    .orderBy(units.id);
  const published = new Map((await newest(ctx.db, and(here, isNewest))).map(u => [u.id, u]));
  return rows.map(({ id, draft }) => {
    const now = published.get(id);
    return {
      id,
      ...(draft ? { draft } : {}),
      ...(now
        ? {
            published: {
              version: now.version,
              content: now.content,
              establishedBy: now.establishedBy,
              publishedAt: now.publishedAt,
            },
          }
        : {}),
    };
  });
}

const own = (ctx: Ctx, id: string) => and(eq(units.id, id), eq(units.institutionId, ctx.institution.id));

/** Only outcomes that the institution may refer to. @throws DomainError `not-found` */
async function requireOutcomes(ctx: Ctx, { outcomes }: UnitContent): Promise<void> {
  const found = await readOutcomes(ctx.db, outcomes, ctx.institution.id);
  if (found.length !== outcomes.length) throw notFound('outcome');
}

async function withWords(ctx: Ctx, draft: UnitContent): Promise<UnitContent> {
  const language = draft.language.startsWith('en') ? 'en' : 'nl';
  const found = await readOutcomes(ctx.db, draft.outcomes, ctx.institution.id);
  if (found.length !== draft.outcomes.length)
    throw new DomainError('unit-incomplete', 'An outcome of this unit is no longer shared with you.');
  const told = found.map(o => {
    const { name, plain } = wordsOf(o, language);
    const { id, uri, code, level } = o;
    return { id, uri, name, ...(plain ? { plain } : {}), ...(code ? { code } : {}), ...(level ? { level } : {}) };
  });
  return { ...draft, told };
}
