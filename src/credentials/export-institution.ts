import { and, asc, eq, gt } from 'drizzle-orm';
import { achievementDrafts, achievementVersions, achievements } from '../catalogue/schema.ts';
import { readDidDocument, readInstitution } from '../institutions/index.ts';
import { readAudit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { listAllEndorsements } from './endorsement.ts';
import { isErasedDocument } from './erased.ts';
import { readDocument } from './read.ts';
import { awardChanges, awards, copies, offers, statusLists } from './schema.ts';
import { readStatusList } from './status.ts';

/** A file of an export: a path in it, and its text. */
interface ExportedFile {
  path: string;
  text: string;
}

const PAGE = 200;

/**
 * Everything of an institution that another system could go on with, file by file, so that no size is held in memory:
 * profile, DID document, achievements with every version, awards with their life, signed badges and status lists byte for
 * byte, offers, what others endorsed, and the audit log. No private key, no secret, no link. An operator's verb.
 */
export async function* exportInstitution(ctx: Ctx): AsyncGenerator<ExportedFile> {
  if (ctx.actor.kind !== 'operator') throw notFound('export');
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const { slug, did, profile, createdAt } = institution;
  yield json('institution.json', { slug, did, createdAt, profile });
  yield json('did.json', await readDidDocument(ctx.deps, institution));
  yield* exportAchievements(ctx);
  yield* exportAwards(ctx);
  for (const { id } of await ctx.db.query
    .select({ id: statusLists.id })
    .from(statusLists)
    .where(eq(statusLists.institutionId, ctx.institution.id)))
    yield signed(`status/${id}`, (await readStatusList(ctx.deps, id)).document);
  for (const { id, document } of await listAllEndorsements(ctx.deps, ctx.institution))
    yield signed(`endorsements/${id}`, document);
  yield* exportAudit(ctx);
}

async function* exportAchievements(ctx: Ctx): AsyncGenerator<ExportedFile> {
  const rows = await ctx.db.query
    .select({ id: achievements.id, version: achievementVersions })
    .from(achievements)
    .innerJoin(achievementVersions, eq(achievementVersions.achievementId, achievements.id))
    .where(eq(achievements.institutionId, ctx.institution.id))
    .orderBy(asc(achievements.id), asc(achievementVersions.version));
  for (const { id, version } of rows) {
    const { content, publishedAt } = version;
    yield json(`achievements/${id}/${version.version}.json`, { id, version: version.version, publishedAt, content });
  }
  const drafts = await ctx.db.query
    .select({ id: achievements.id, draft: achievementDrafts })
    .from(achievements)
    .innerJoin(achievementDrafts, eq(achievementDrafts.achievementId, achievements.id))
    .where(eq(achievements.institutionId, ctx.institution.id));
  for (const { id, draft } of drafts)
    yield json(`achievements/${id}/draft.json`, { id, updatedAt: draft.updatedAt, content: draft.content });
}

async function* exportAwards(ctx: Ctx): AsyncGenerator<ExportedFile> {
  const mine = eq(awards.institutionId, ctx.institution.id);
  for (let after = ''; ;) {
    const page = await ctx.db.query
      .select()
      .from(awards)
      .where(and(mine, gt(awards.id, after)))
      .orderBy(asc(awards.id))
      .limit(PAGE);
    for (const { personId: _, ...award } of page) {
      const changes = await ctx.db.query
        .select()
        .from(awardChanges)
        .where(eq(awardChanges.awardId, award.id))
        .orderBy(asc(awardChanges.seq));
      yield json(`awards/${award.id}.json`, { ...award, life: changes.map(({ awardId: __, ...change }) => change) });
      const document = await readDocument(ctx.deps, award.id);
      if (document) yield { path: `badges/${award.id}.json`, text: document };
      yield* exportCopies(ctx, award.id);
    }
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  const waiting = await ctx.db.query.select().from(offers).where(eq(offers.institutionId, ctx.institution.id));
  for (const { token: _, ...offer } of waiting) yield json(`offers/${offer.id}.json`, offer);
}

async function* exportCopies(ctx: Ctx, awardId: string): AsyncGenerator<ExportedFile> {
  const rows = await ctx.db.query
    .select({ id: copies.id, document: copies.document })
    .from(copies)
    .where(eq(copies.awardId, awardId));
  for (const { id, document } of rows)
    if (document && !isErasedDocument(document)) yield signed(`copies/${id}`, document);
}

async function* exportAudit(ctx: Ctx): AsyncGenerator<ExportedFile> {
  for (let before: number | undefined; ;) {
    const rows = await readAudit(ctx.db, ctx.institution.id, { before, limit: PAGE });
    if (rows.length === 0) break;
    const [newest, oldest] = [rows[0]!.seq, rows.at(-1)!.seq];
    // Oldest first within a file, as the chain was written.
    const lines = rows.reverse().map(row => JSON.stringify(row));
    yield {
      path: `audit/${String(oldest).padStart(9, '0')}-${String(newest).padStart(9, '0')}.jsonl`,
      text: `${lines.join('\n')}\n`,
    };
    before = oldest;
  }
}

/** A signed document as it is served: JSON, or a token. */
const signed = (path: string, text: string): ExportedFile => ({
  path: `${path}.${text.startsWith('{') ? 'json' : 'jwt'}`,
  text,
});
const json = (path: string, value: unknown): ExportedFile => ({ path, text: `${JSON.stringify(value, null, 2)}\n` });
