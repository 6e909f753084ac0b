import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { isSpent, spend, wasSpent } from '../people/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { dropBytes, type StoredFile } from '../platform/files.ts';
import { violatedKey } from '../platform/database.ts';
import { tie } from './evidence.ts';
import { newId } from '../platform/ids.ts';
import { files } from '../platform/schema.ts';
import type { ExperienceInput } from './experience-input.ts';
import { change, type Holder, requireOwner, requireRoom } from './holder.ts';
import { evidence, experiences, referenceRequests, references, selfAssessments } from './schema.ts';
import { isHidden, type Standing, standingOf } from './standing.ts';

type Row = typeof experiences.$inferSelect;

/** What shows an experience, with the file that it may be. */
export interface Shown {
  id: string;
  use: 'story' | 'evidence';
  title: string;
  url: string | null;
  file: { id: string; name: string; mediaType: string; size: number } | null;
}

export interface Experience extends Row {
  evidence: Shown[];
  standing: Standing;
}

const MOST = 500;

/** All experiences of a portfolio, the last one that was changed first. */
export async function listExperiences(deps: Deps, holder: Holder): Promise<Experience[]> {
  const rows = await deps.db.query
    .select()
    .from(experiences)
    .where(eq(experiences.portfolioId, holder.portfolio))
    .orderBy(desc(experiences.changedAt), desc(experiences.id));
  return withMore(deps, holder, rows);
}

/** @throws DomainError `not-found`, also for one of somebody else */
export async function readExperience(deps: Deps, holder: Holder, id: string): Promise<Experience> {
  const rows = await deps.db.query
    .select()
    .from(experiences)
    .where(and(eq(experiences.id, id), eq(experiences.portfolioId, holder.portfolio)));
  const [found] = await withMore(deps, holder, rows);
  if (!found) throw notFound('experience');
  return found;
}

/**
 * Evidence and words of others, joined to their experiences; scoped by the portfolio, since ids in a list are limited.
 */
async function withMore(deps: Deps, { portfolio }: Holder, rows: Row[]): Promise<Experience[]> {
  if (!rows.length) return [];
  const { query } = deps.db;
  const only = rows.length === 1 ? eq(experiences.id, rows[0]!.id) : undefined;
  const shown = await query
    .select({ evidence, file: files })
    .from(evidence)
    .innerJoin(experiences, eq(experiences.id, evidence.experienceId))
    .leftJoin(files, eq(files.id, evidence.fileId))
    .where(and(eq(experiences.portfolioId, portfolio), only))
    .orderBy(asc(evidence.createdAt), asc(evidence.id));
  const said = await query
    .select({ experience: references.experienceId, standing: references.standing, answers: references.answers })
    .from(references)
    .where(eq(references.portfolioId, portfolio));
  return rows.map(row => ({
    ...row,
    evidence: shown
      .filter(s => s.evidence.experienceId === row.id)
      .map(({ evidence, file }) => asShown(evidence, file)),
    standing: standingOf({
      references: said.filter(s => s.experience === row.id && !isHidden(s)).map(s => s.standing),
    }),
  }));
}

const asShown = (row: typeof evidence.$inferSelect, file: typeof files.$inferSelect | null): Shown => ({
  id: row.id,
  use: row.use,
  title: row.title,
  url: row.url,
  file: file && { id: file.id, name: file.name, mediaType: file.mediaType, size: file.size },
});

/**
 * Adds an entry, with what was spoken or photographed in place of words, in one commit. The id is that of the form: sent
 * twice it is one entry.
 * @throws DomainError `limit-broken`, `not-found` for the id of somebody else's
 */
export async function addExperience(
  deps: Deps,
  holder: Holder,
  { id = newId(deps.clock()), stories = [], ...input }: ExperienceInput & { id?: string; stories?: StoredFile[] },
): Promise<string> {
  try {
    return await tell(deps, holder, { id, stories, ...input });
  } catch (error) {
    await dropBytes(
      deps,
      stories.map(file => file.id),
    );
    if (violatedKey(error) === 'experiences.id') return (await readExperience(deps, holder, id)).id;
    throw error;
  }
}

type Telling = ExperienceInput & { id: string; stories: StoredFile[] };

async function tell(deps: Deps, holder: Holder, { id, stories, ...input }: Telling): Promise<string> {
  const { query } = deps.db;
  const [{ n }] = (await query
    .select({ n: sql<number>`count(*)` })
    .from(experiences)
    .where(eq(experiences.portfolioId, holder.portfolio))) as [{ n: number }];
  requireRoom(n, MOST, 'experiences');
  const at = deps.clock().toISOString();
  const row = { id, portfolioId: holder.portfolio, ...input, answers: told(input.answers) };
  await change(deps, holder, 'experience.add', [
    query.insert(experiences).values({ ...row, version: 1, createdAt: at, changedAt: at }),
    ...stories.flatMap(file => tie(deps, id, { use: 'story', title: file.name, file })),
  ]);
  return id;
}

/** What was left empty is not an answer. */
const told = (answers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).filter((entry): entry is [string, string] => Boolean(entry[1])));

/**
 * Changes an entry. A form that was opened before another one was saved is refused, so that nothing is lost: whoever
 * sent it gets both texts to look at. Of two at the same moment one goes through.
 * @throws DomainError `experience-changed`, `not-found`
 */
export async function editExperience(
  deps: Deps,
  holder: Holder,
  id: string,
  { version, ...input }: ExperienceInput & { version: number },
): Promise<void> {
  const before = await readExperience(deps, holder, id);
  const version1 = `${id}:${version}`;
  if (before.version !== version || (await isSpent(deps, 'experience', version1))) throw changed();
  const now = deps.clock();
  const set = { ...input, answers: told(input.answers), version: version + 1, changedAt: now.toISOString() };
  try {
    await change(deps, holder, 'experience.edit', [
      ...(await spend(deps, 'experience', version1, new Date(now.getTime() + DAY_MS))),
      deps.db.query
        .update(experiences)
        .set(set)
        .where(and(eq(experiences.id, id), eq(experiences.portfolioId, holder.portfolio))),
    ]);
  } catch (error) {
    if (wasSpent(error)) throw changed();
    throw error;
  }
}

const changed = () =>
  new DomainError('experience-changed', 'This was changed in another window or by someone else. Look at both texts.');

/** Takes an entry away with all that shows it, and what others said of it. @throws DomainError `not-found` */
export async function removeExperience(deps: Deps, holder: Holder, id: string): Promise<void> {
  requireOwner(holder);
  const { evidence: shown } = await readExperience(deps, holder, id);
  const { query } = deps.db;
  const spoken = await query
    .select({ file: references.fileId })
    .from(references)
    .where(eq(references.experienceId, id));
  const fileIds = [...shown.map(e => e.file?.id), ...spoken.map(s => s.file)].filter(file => typeof file === 'string');
  const assessed = await query.select().from(selfAssessments).where(eq(selfAssessments.portfolioId, holder.portfolio));
  await change(deps, holder, 'experience.remove', [
    query.delete(evidence).where(eq(evidence.experienceId, id)),
    query.delete(references).where(eq(references.experienceId, id)),
    query.delete(referenceRequests).where(eq(referenceRequests.experienceId, id)),
    ...fileIds.map(file => query.delete(files).where(eq(files.id, file))),
    ...assessed
      .filter(a => a.experiences.includes(id))
      .map(a =>
        query
          .update(selfAssessments)
          .set({ experiences: a.experiences.filter(e => e !== id) })
          .where(and(eq(selfAssessments.portfolioId, a.portfolioId), eq(selfAssessments.outcomeId, a.outcomeId))),
      ),
    query.delete(experiences).where(eq(experiences.id, id)),
  ]);
  await dropBytes(deps, fileIds);
}
