/**
 * Trust lists: who says that an issuer is who it says it is. Each list has an owner who is named beside the answer; a
 * list never changes a verdict.
 */
import { asc, count, eq, or } from 'drizzle-orm';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { canonicalJson } from '../platform/json.ts';
import { sha256Hex } from '../platform/ids.ts';
import { domainOf } from '../vc/domain.ts';
import type { Listing } from './checks/issuer.ts';
import { trustEntries, trustLists } from './schema.ts';
import type { TrustEntry, TrustList } from './trust-read.ts';
import type { Known } from './verify.ts';

export interface TrustListSummary {
  id: string;
  name: string;
  owner: string;
  url: string | null;
  importedAt: string;
  entries: number;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** D1 binds at most 100 values in a statement; an entry has eight. */
const ROWS_EACH = 12;

/**
 * Puts a list in place, whole: what was in it before and is not any more is gone from the next check on.
 * @throws DomainError `request-invalid` for an id that is none
 */
export async function importTrustList(deps: Deps, id: string, list: TrustList, actor: Actor): Promise<void> {
  if (!ID.test(id) || id.length > 60)
    throw new DomainError('request-invalid', 'The id of a list is lower-case letters, digits and dashes.');
  const { query } = deps.db;
  const at = deps.clock();
  const { entries, ...about } = list;
  const row = { id, name: about.name, owner: about.owner, url: about.url ?? null, importedAt: at.toISOString() };
  const rows = entries.map((entry, position) => ({ listId: id, position, ...entry }));
  const statements: Statement[] = [
    query.insert(trustLists).values(row).onConflictDoUpdate({ target: trustLists.id, set: row }),
    query.delete(trustEntries).where(eq(trustEntries.listId, id)),
  ];
  for (let start = 0; start < rows.length; start += ROWS_EACH)
    statements.push(query.insert(trustEntries).values(rows.slice(start, start + ROWS_EACH)));
  const details = { entries: entries.length, digest: await sha256Hex(canonicalJson(list)) };
  await commit(deps.db, statements, [audit(actor, 'trust-list.import', id, at, details)]);
}

/** @throws DomainError `not-found` */
export async function removeTrustList(deps: Deps, id: string, actor: Actor): Promise<void> {
  const { query } = deps.db;
  await readTrustListById(deps, id);
  const statements: Statement[] = [
    query.delete(trustEntries).where(eq(trustEntries.listId, id)),
    query.delete(trustLists).where(eq(trustLists.id, id)),
  ];
  await commit(deps.db, statements, [audit(actor, 'trust-list.remove', id, deps.clock(), {})]);
}

/** Every list, without what stands in it. */
export async function listTrustLists(deps: Deps): Promise<TrustListSummary[]> {
  return deps.db.query
    .select({
      id: trustLists.id,
      name: trustLists.name,
      owner: trustLists.owner,
      url: trustLists.url,
      importedAt: trustLists.importedAt,
      entries: count(trustEntries.position),
    })
    .from(trustLists)
    .leftJoin(trustEntries, eq(trustEntries.listId, trustLists.id))
    .groupBy(trustLists.id)
    .orderBy(asc(trustLists.id));
}

/** A list as it was imported. @throws DomainError `not-found` */
export async function readTrustListById(
  deps: Deps,
  id: string,
): Promise<TrustList & { id: string; importedAt: string }> {
  const [list] = await deps.db.query.select().from(trustLists).where(eq(trustLists.id, id));
  if (!list) throw notFound('trust list');
  const rows = await deps.db.query
    .select()
    .from(trustEntries)
    .where(eq(trustEntries.listId, id))
    .orderBy(asc(trustEntries.position));
  const entries = rows.map(({ listId: _, position: __, ...entry }) => withoutNulls(entry) as TrustEntry);
  return { ...(withoutNulls(list) as typeof list & { url: string }), entries };
}

/** Looks an issuer up in every list that the operator keeps: by its own id, and by the domain that it is at. */
export function knownByOperator(deps: Deps): Known {
  return async issuerId => {
    const domain = domainOf(issuerId);
    const rows = await deps.db.query
      .select({ list: trustLists.name, owner: trustLists.owner, entry: trustEntries })
      .from(trustEntries)
      .innerJoin(trustLists, eq(trustLists.id, trustEntries.listId))
      .where(or(eq(trustEntries.issuer, issuerId), domain === undefined ? undefined : eq(trustEntries.domain, domain)))
      .orderBy(asc(trustEntries.listId), asc(trustEntries.position))
      .limit(20);
    return rows.flatMap(({ list, owner, entry }) =>
      listing({ list, owner }, withoutNulls(entry) as TrustEntry, issuerId),
    );
  };
}

/** Looks an issuer up in a list that the checker brought along; it is kept no longer than the check. */
export const knownByChecker =
  ({ name, owner, entries }: TrustList): Known =>
  async issuerId =>
    entries.flatMap(entry => listing({ list: name, owner }, entry, issuerId));

/** One answer from several lists, in their order. */
export const knownByAny =
  (...lists: Known[]): Known =>
  async issuerId =>
    (await Promise.all(lists.map(known => known(issuerId)))).flat();

/**
 * What an entry says of an issuer, if anything. An entry with a DID is about that DID and about no neighbour of it,
 * whatever domain stands beside it.
 */
function listing(of: { list: string; owner: string }, entry: TrustEntry, issuerId: string): Listing[] {
  const by = entry.issuer === undefined ? (entry.domain === domainOf(issuerId) ? 'domain' : undefined) : 'issuer';
  if (by === undefined || (by === 'issuer' && entry.issuer !== issuerId)) return [];
  const { name, since, until, suspendedAt: suspended } = entry;
  return [{ ...of, name, by, ...withoutNulls({ since, until, suspended }) }];
}

const withoutNulls = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined));

const audit = (
  actor: Actor,
  action: string,
  subject: string,
  at: Date,
  details: Record<string, unknown>,
): AuditEntry => ({ institution: OPERATOR, actor, action, subject, at, details });
