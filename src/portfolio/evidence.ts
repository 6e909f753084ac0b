import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { evidenceKinds } from '../platform/file-kind.ts';
import { dropBytes, keepFile, readFileRow, storeFile, type StoredFile } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import { files } from '../platform/schema.ts';
import type { Upload } from '../platform/upload.ts';
import { change, type Holder, requireRoom } from './holder.ts';
import { evidence, experiences, portfolios } from './schema.ts';

const MOST = 40;

/** What the files of a portfolio belong to. */
export const scopeOf = (portfolio: string) => `portfolio:${portfolio}`;

/** Bytes that a portfolio may hold; a draft, which anyone can begin, holds a few stories, and all of them so many. */
const ROOM = { person: 1_500_000_000, draft: 60_000_000, drafts: 5_000_000_000 };

/**
 * Keeps the bytes of what someone shows, while they come in; `addFile` ties them to an experience. What is never tied is
 * swept. @throws DomainError `limit-broken` where the portfolio is full, and what `storeFile` throws
 */
export async function storeEvidence(deps: Deps, { portfolio }: Holder, { name, bytes }: Upload): Promise<StoredFile> {
  await requireRoomForFiles(deps, portfolio);
  return storeFile(deps, { bytes, name, scope: scopeOf(portfolio), kinds: evidenceKinds });
}

/** All files of a portfolio count, those that others spoke in as well. @throws DomainError `limit-broken`, `not-found` */
export async function requireRoomForFiles(deps: Deps, portfolio: string): Promise<void> {
  const [owner] = await deps.db.query
    .select({
      person: portfolios.personId,
      size: sql<number>`(select coalesce(sum(f.size), 0) from files f where f.scope = ${scopeOf(portfolio)})`,
    })
    .from(portfolios)
    .where(eq(portfolios.id, portfolio));
  if (!owner) throw notFound('portfolio');
  if (owner.size >= (owner.person ? ROOM.person : ROOM.draft))
    throw new DomainError('limit-broken', 'There is no more room for files. Take something away first.');
  if (!owner.person && (await sizeOfDrafts(deps)) >= ROOM.drafts)
    throw new DomainError('limit-broken', 'There is no more room for files without a login. Words are still kept.');
}

/** Nobody who begins again and again fills the disk for everyone. */
async function sizeOfDrafts({ db: { query } }: Deps): Promise<number> {
  const drafts = query
    .select({ scope: sql`${scopeOf('')} || ${portfolios.id}` })
    .from(portfolios)
    .where(isNull(portfolios.personId));
  const [all] = await query
    .select({ size: sql<number>`coalesce(sum(${files.size}), 0)` })
    .from(files)
    .where(inArray(files.scope, drafts));
  return all!.size;
}

interface NewEvidence {
  use: 'story' | 'evidence';
  title: string;
}

/**
 * Ties a file to an experience: its row and this in one commit.
 * @throws DomainError `not-found`, `limit-broken`
 */
export async function addFile(
  deps: Deps,
  holder: Holder,
  experienceId: string,
  { file, ...more }: NewEvidence & { file: StoredFile },
): Promise<void> {
  try {
    await requireOwn(deps, holder, experienceId);
    await change(deps, holder, 'evidence.add', [
      ...tie(deps, experienceId, { file, ...more }),
      ...touch(deps, experienceId),
    ]);
  } catch (error) {
    await dropBytes(deps, [file.id]);
    throw error;
  }
}

/** The row of a file, and what ties it to an experience. */
export const tie = (deps: Deps, experienceId: string, { file, ...more }: NewEvidence & { file: StoredFile }) => [
  ...keepFile(deps, file),
  deps.db.query.insert(evidence).values({ ...newRow(deps, experienceId, more, file.name), fileId: file.id }),
];

/** @throws DomainError `request-invalid` for an address that is none of the web, `not-found`, `limit-broken` */
export async function addLink(
  deps: Deps,
  holder: Holder,
  experienceId: string,
  { url, ...more }: NewEvidence & { url: string },
): Promise<void> {
  await requireOwn(deps, holder, experienceId);
  const address = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || address.length > 2_000 || parsed.username)
    throw new DomainError('request-invalid', 'This is not an address of a page, such as https://example.nl.');
  const row = { ...newRow(deps, experienceId, more, parsed.hostname), url: parsed.href };
  await change(deps, holder, 'evidence.add', [
    deps.db.query.insert(evidence).values(row),
    ...touch(deps, experienceId),
  ]);
}

const newRow = ({ clock }: Deps, experienceId: string, { use, title }: NewEvidence, otherwise: string) => ({
  id: newId(clock()),
  experienceId,
  use,
  title: title.slice(0, 200) || otherwise,
  createdAt: clock().toISOString(),
});

/** What was added last stands on top. It is no change of the words: the version stays. */
const touch = ({ db, clock }: Deps, id: string) => [
  db.query.update(experiences).set({ changedAt: clock().toISOString() }).where(eq(experiences.id, id)),
];

async function requireOwn({ db }: Deps, { portfolio }: Holder, experienceId: string): Promise<void> {
  const [row] = await db.query
    .select({ n: sql<number>`(select count(*) from evidence e where e.experience_id = ${experiences.id})` })
    .from(experiences)
    .where(and(eq(experiences.id, experienceId), eq(experiences.portfolioId, portfolio)));
  if (!row) throw notFound('experience');
  requireRoom(row.n, MOST, 'files and links with one experience');
}

/** Takes away what shows an experience, with its bytes. @throws DomainError `not-found` */
export async function removeEvidence(deps: Deps, holder: Holder, experienceId: string, id: string): Promise<void> {
  const { query } = deps.db;
  const [row] = await query
    .select({ file: evidence.fileId })
    .from(evidence)
    .innerJoin(experiences, eq(experiences.id, evidence.experienceId))
    .where(and(eq(evidence.id, id), eq(experiences.id, experienceId), eq(experiences.portfolioId, holder.portfolio)));
  if (!row) throw notFound('evidence');
  await change(deps, holder, 'evidence.remove', [
    query.delete(evidence).where(eq(evidence.id, id)),
    ...(row.file ? [query.delete(files).where(eq(files.id, row.file))] : []),
    ...touch(deps, experienceId),
  ]);
  await dropBytes(deps, row.file ? [row.file] : []);
}

/** A file of the portfolio. @throws DomainError `not-found`, also for one of somebody else */
export const readEvidenceFile = (deps: Deps, holder: Holder, id: string): Promise<StoredFile> =>
  readFileRow(deps, scopeOf(holder.portfolio), id);
