/** A link by which someone reads what the owner chose of a portfolio, and nothing else of it. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { readFileRow, type StoredFile } from '../platform/files.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { scopeOf } from './evidence.ts';
import { type Experience, listExperiences } from './experiences.ts';
import { change, type Holder, requirePerson, requireRoom } from './holder.ts';
import { listReferences, type Reference } from './references.ts';
import { portfolioAccess, portfolios, type Reading } from './schema.ts';

/** Days that a link may stand. */
export const readerDays = [7, 30, 90, 365] as const;
export const READER_WORDS = 2_000;
const MOST = 50;

/** What the owner chose, and for whom. The label is for the owner; the words are for the reader. */
export const readerAsk = z.strictObject({
  label: z.string().trim().min(1).max(120),
  words: z.string().trim().max(READER_WORDS),
  days: z.union(readerDays.map(days => z.literal(days))),
  experiences: z.array(z.string()).min(1).max(500),
  references: z.array(z.string()).max(1_000),
});
export type ReaderAsk = z.infer<typeof readerAsk>;

/** A link that stands, with what it shows. The id is a hash, and opens nothing. */
export interface Reader extends Reading {
  id: string;
  label: string;
  createdAt: string;
  expiresAt: string;
}

/** What a reader sees. */
export interface Shared {
  words: string;
  expiresAt: string;
  experiences: Experience[];
  references: Reference[];
  /** Whose it is: never on the page. */
  owner: Holder;
}

/**
 * Lets someone read chosen experiences. The link is told once: only its hash is kept.
 * @throws DomainError `not-found` for a draft, a helper and an experience of somebody else, `limit-broken`
 */
export async function shareWithReader(
  deps: Deps,
  holder: Holder,
  { label, days, ...asked }: ReaderAsk,
): Promise<{ link: string }> {
  requirePerson(holder);
  requireRoom((await listReaders(deps, holder)).length, MOST, 'links that stand');
  const own = await listExperiences(deps, holder);
  const reading = chosen(asked, own, await listReferences(deps, holder));
  if (reading.experiences.length < new Set(asked.experiences).size) throw notFound('experience');
  const now = deps.clock();
  const token = newToken();
  const row = {
    id: await sha256Hex(token),
    portfolioId: holder.portfolio,
    kind: 'reader' as const,
    label,
    reading,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
  };
  await change(deps, holder, 'reader.share', [deps.db.query.insert(portfolioAccess).values(row)]);
  return { link: `${deps.config.origin}/p/${token}` };
}

/** What is there of it, and may be seen: words of others about something else, or that were hidden, stay behind. */
function chosen(
  { experiences, references, words }: Reading,
  own: readonly Experience[],
  said: readonly Reference[],
): Reading {
  const ids = own.map(e => e.id).filter(id => experiences.includes(id));
  const along = said.filter(
    r => references.includes(r.id) && !r.hidden && (r.experienceId === null || ids.includes(r.experienceId)),
  );
  return { experiences: ids, references: along.map(r => r.id), words };
}

const stands = (deps: Deps) =>
  and(eq(portfolioAccess.kind, 'reader'), gt(portfolioAccess.expiresAt, deps.clock().toISOString()));

/** The links that stand, the first one first. */
export async function listReaders(deps: Deps, { portfolio }: Holder): Promise<Reader[]> {
  const rows = await deps.db.query
    .select()
    .from(portfolioAccess)
    .where(and(eq(portfolioAccess.portfolioId, portfolio), stands(deps)))
    .orderBy(asc(portfolioAccess.createdAt));
  return rows.map(({ id, label, reading, createdAt, expiresAt }) => ({
    ...(reading as Reading),
    id,
    label,
    createdAt,
    expiresAt,
  }));
}

/** Takes a link back: it leads nowhere from that moment. @throws DomainError `not-found` */
export async function endReader(deps: Deps, holder: Holder, id: string): Promise<void> {
  requirePerson(holder);
  if (!(await listReaders(deps, holder)).some(reader => reader.id === id)) throw notFound('link');
  await change(deps, holder, 'reader.end', [deps.db.query.delete(portfolioAccess).where(eq(portfolioAccess.id, id))]);
}

/**
 * Behind a link: what was chosen, as it is now.
 * @throws DomainError `not-found` for one that is wrong, has ended, was taken back or leads to nothing any more: these
 * read the same
 */
export async function readShared(deps: Deps, token: string): Promise<Shared> {
  const [row] = await deps.db.query
    .select({ access: portfolioAccess, person: portfolios.personId })
    .from(portfolioAccess)
    .innerJoin(portfolios, eq(portfolios.id, portfolioAccess.portfolioId))
    .where(and(eq(portfolioAccess.id, await sha256Hex(token)), stands(deps)));
  if (!row?.person) throw notFound('page');
  const owner: Holder = { portfolio: row.access.portfolioId, by: 'person', person: row.person };
  const [own, said] = await Promise.all([listExperiences(deps, owner), listReferences(deps, owner)]);
  const reading = chosen(row.access.reading as Reading, own, said);
  if (!reading.experiences.length) throw notFound('page');
  return {
    words: reading.words,
    expiresAt: row.access.expiresAt,
    experiences: own.filter(e => reading.experiences.includes(e.id)),
    references: said.filter(r => reading.references.includes(r.id)),
    owner,
  };
}

/** A file of what is shared, for as long as it is. @throws DomainError `not-found`, also for a file of something else */
export async function readSharedFile(deps: Deps, token: string, id: string): Promise<StoredFile> {
  const { experiences, references, owner } = await readShared(deps, token);
  const shown = [...experiences.flatMap(e => e.evidence.map(item => item.file?.id)), ...references.map(r => r.fileId)];
  if (!shown.includes(id)) throw notFound('file');
  return readFileRow(deps, scopeOf(owner.portfolio), id);
}
