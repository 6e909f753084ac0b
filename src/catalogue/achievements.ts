import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { type Institution, readInstitution, requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Database, violatedKey } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId, sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import { type Completeness, completeness } from './completeness.ts';
import type { AchievementContent } from './content.ts';
import { readImport } from './import.ts';
import { achievementDrafts, achievements, achievementVersions } from './schema.ts';

export interface PublishedVersion {
  version: number;
  content: AchievementContent;
  publishedAt: string;
  /** "Vastgesteld door": the body that adopted these words, where one was named. */
  establishedBy: string | null;
}

export interface AchievementState {
  id: string;
  /** The newest published version. */
  published?: PublishedVersion;
  /** Words that are not published yet. */
  draft?: AchievementContent;
  /** Of the draft, or of the published version when there is none. */
  completeness: Completeness;
}

export const versionColumns = {
  version: achievementVersions.version,
  content: achievementVersions.content,
  publishedAt: achievementVersions.publishedAt,
  establishedBy: achievementVersions.establishedBy,
};

/** Of the versions of an achievement the newest one alone. */
export const isNewest = sql`${achievementVersions.version} = (select max(v.version) from achievement_versions v where v.achievement_id = ${achievementVersions.achievementId})`;

/** Puts a new achievement in the catalogue, as a draft. */
export async function createAchievement(ctx: Ctx, content: AchievementContent): Promise<AchievementState> {
  requireRight(ctx, 'achievement.edit', { whole: true });
  const id = newId(ctx.now);
  await insertDraft(ctx, id, content, null);
  return readAchievement(ctx, id);
}

/**
 * Imports an achievement from a file as a draft. The same content again is the achievement that it was the first
 * time, whatever has happened to it since.
 */
export async function importAchievement(
  ctx: Ctx,
  document: unknown,
): Promise<AchievementState & { notes: string[]; existed: boolean }> {
  requireRight(ctx, 'achievement.edit', { whole: true });
  const { content, notes } = readImport(document);
  const digest = await sha256Hex(canonicalJson(content));
  const id = newId(ctx.now);
  try {
    await insertDraft(ctx, id, content, digest);
    return { ...(await readAchievement(ctx, id)), notes, existed: false };
  } catch (error) {
    if (violatedKey(error) !== 'achievements.institution_id, achievements.import_digest') throw error;
    const rows = await ctx.db.query
      .select({ id: achievements.id })
      .from(achievements)
      .where(and(eq(achievements.institutionId, ctx.institution.id), eq(achievements.importDigest, digest)));
    return { ...(await readAchievement(ctx, rows[0]!.id)), notes, existed: true };
  }
}

async function insertDraft(
  ctx: Ctx,
  id: string,
  content: AchievementContent,
  importDigest: string | null,
): Promise<void> {
  const { db, institution, actor, now } = ctx;
  const at = now.toISOString();
  await commit(
    db,
    [
      db.query.insert(achievements).values({ id, institutionId: institution.id, importDigest, createdAt: at }),
      db.query.insert(achievementDrafts).values({ achievementId: id, content, updatedAt: at }),
      ...claimKey(ctx, id),
    ],
    [{ institution: institution.id, actor, action: 'achievement.create', subject: id, at: now, details: content }],
  );
}

/** Replaces the draft; published versions stay as they are. */
export async function editAchievement(ctx: Ctx, id: string, content: AchievementContent): Promise<AchievementState> {
  requireRight(ctx, 'achievement.edit', { achievement: id });
  await requireOwn(ctx, id);
  const { db, institution, actor, now } = ctx;
  const draft = { content, updatedAt: now.toISOString() };
  await commit(
    db,
    [
      db.query
        .insert(achievementDrafts)
        .values({ achievementId: id, ...draft })
        .onConflictDoUpdate({ target: achievementDrafts.achievementId, set: draft }),
      ...claimKey(ctx, id),
    ],
    [{ institution: institution.id, actor, action: 'achievement.edit', subject: id, at: now, details: content }],
  );
  return readAchievement(ctx, id);
}

/** @throws DomainError `not-found`, also for another institution's */
export async function readAchievement(ctx: Ctx, id: string): Promise<AchievementState> {
  requireRight(ctx, 'achievement.read');
  await requireOwn(ctx, id);
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const [states] = await readStates(ctx.db, institution, [id]);
  return states!;
}

/** A page of the catalogue of the institution, oldest first. */
export async function listAchievements(ctx: Ctx, page: { cursor?: string; limit: number }) {
  requireRight(ctx, 'achievement.read');
  const mine = eq(achievements.institutionId, ctx.institution.id);
  const rows = await ctx.db.query
    .select({ id: achievements.id })
    .from(achievements)
    .where(page.cursor ? and(mine, gt(achievements.id, page.cursor)) : mine)
    .orderBy(achievements.id)
    .limit(page.limit + 1);
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const ids = rows.slice(0, page.limit).map(r => r.id);
  return { items: await readStates(ctx.db, institution, ids), next: rows.length > page.limit ? ids.at(-1) : undefined };
}

async function readStates(db: Database, institution: Institution, ids: string[]): Promise<AchievementState[]> {
  const states: AchievementState[] = [];
  // D1 binds at most 100 parameters in a statement.
  for (let i = 0; i < ids.length; i += 90) {
    const some = ids.slice(i, i + 90);
    const drafts = await db.query
      .select()
      .from(achievementDrafts)
      .where(inArray(achievementDrafts.achievementId, some));
    const versions = await db.query
      .select()
      .from(achievementVersions)
      .where(and(inArray(achievementVersions.achievementId, some), isNewest));
    for (const id of some) {
      const draft = drafts.find(d => d.achievementId === id)?.content;
      const newest = versions.find(v => v.achievementId === id);
      const published = newest && {
        version: newest.version,
        content: newest.content,
        publishedAt: newest.publishedAt,
        establishedBy: newest.establishedBy,
      };
      states.push({
        id,
        published,
        draft,
        completeness: completeness((draft ?? published?.content)!, institution.profile),
      });
    }
  }
  return states;
}

/** A version that is published, of this institution; undefined when there is none. The newest one without `version`. */
export async function readVersion(
  db: Database,
  institutionId: string,
  id: string,
  version?: number,
): Promise<PublishedVersion | undefined> {
  const here = and(eq(achievementVersions.achievementId, id), eq(achievements.institutionId, institutionId));
  const rows = await db.query
    .select(versionColumns)
    .from(achievementVersions)
    .innerJoin(achievements, eq(achievements.id, achievementVersions.achievementId))
    .where(version === undefined ? here : and(here, eq(achievementVersions.version, version)))
    .orderBy(desc(achievementVersions.version))
    .limit(1);
  return rows[0];
}

/** What can be earned at an institution: the newest published version of each achievement. */
export async function listPublished(
  db: Database,
  institutionId: string,
): Promise<(PublishedVersion & { id: string })[]> {
  const rows = await db.query
    .select({ id: achievements.id, ...versionColumns })
    .from(achievementVersions)
    .innerJoin(achievements, eq(achievements.id, achievementVersions.achievementId))
    .where(and(eq(achievements.institutionId, institutionId), isNewest))
    .orderBy(achievements.id);
  return rows;
}

/** Lets only an achievement of the institution through. @throws DomainError `not-found` */
export async function requireOwn(ctx: Ctx, id: string): Promise<void> {
  const rows = await ctx.db.query
    .select({ id: achievements.id })
    .from(achievements)
    .where(and(eq(achievements.id, id), eq(achievements.institutionId, ctx.institution.id)));
  if (!rows[0]) throw notFound('achievement');
}

/**
 * The achievement that was imported from something elsewhere, such as `ooapi:COURSE`: the newest one that was
 * published.
 */
export async function findBySource(db: Database, institutionId: string, source: string): Promise<string | undefined> {
  const [row] = await db.query
    .select({ id: achievements.id })
    .from(achievements)
    .innerJoin(achievementVersions, eq(achievementVersions.achievementId, achievements.id))
    .where(and(eq(achievements.institutionId, institutionId), eq(achievements.source, source)))
    .orderBy(desc(achievementVersions.publishedAt))
    .limit(1);
  return row?.id;
}
