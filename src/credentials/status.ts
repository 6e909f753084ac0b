import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { type Database, type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { TOKEN_LIST_TYPE } from '../vc/status-list-token.ts';
import { toSeconds } from './dates.ts';
import { assertNothingLost, type ListBits, readVersion, signList, type Standing, turn } from './list-document.ts';
import { copies, type ListPurpose, statusLists, statusListVersions } from './schema.ts';

/** How long a signed list is good for, and how long others may keep it. Revocation reaches them within the latter. */
const VALIDITY_MS = 24 * 3_600_000;
export const TTL_MS = 5 * 60_000;
/** A clock that runs a little behind ours must not read a fresh list as one from the future. */
const BACKDATE_MS = 60_000;

/** The institution that a list is of. */
export interface Owner {
  id: string;
  slug: string;
}
export const listUrl = (deps: Pick<Deps, 'config'>, listId: string) => `${deps.config.origin}/status/${listId}`;

/** Signs the bits as a version of the list. In an array, since an awaited builder would run. */
export async function publishBits(
  deps: Deps,
  institution: Owner,
  list: { id: string; purpose: ListPurpose },
  bits: Uint8Array,
  version: number,
  now: Date,
): Promise<[Statement]> {
  const validFrom = new Date(now.getTime() - BACKDATE_MS);
  const validUntil = new Date(now.getTime() + VALIDITY_MS);
  const url = listUrl(deps, list.id);
  const { purpose } = list;
  const signed = await signList(deps, institution, { url, purpose, bits, validFrom, validUntil, ttlMs: TTL_MS });
  const row = {
    listId: list.id,
    version,
    ...signed,
    validFrom: toSeconds(validFrom),
    validUntil: toSeconds(validUntil),
    set: countBits(bits),
  };
  return [deps.db.query.insert(statusListVersions).values(row)];
}

/** Where the status of each copy of an award stands, those that are being signed among them. */
export const placesOfCopies = async (db: Database, awardId: string): Promise<{ listId: string; index: number }[]> =>
  db.query
    .select({ listId: copies.statusListId, index: copies.statusIndex })
    .from(copies)
    .where(eq(copies.awardId, awardId));

/**
 * The number of an award's next change, as long as its copies are those that were counted: one more, and it is a number
 * that was given before, so that the change collides and is judged again (a batch cannot branch).
 */
export const seqIfStill = (awardId: string, copied: number, seq: number) =>
  sql<number>`case when (select count(*) from copies where award_id = ${awardId}) = ${copied} then ${seq} else ${seq - 1} end`;

/** A change of one list: which index, to what. */
interface StatusChange {
  listId: string;
  index: number;
  standing: Standing;
}

/**
 * Turns places in any number of lists and publishes those, in one commit with what the caller adds. When another change
 * of one of them was published first, all are read again. A published revocation is never undone.
 * @throws what the commit throws for the caller's own statements
 */
export async function changeStatus(
  deps: Deps,
  institution: Owner,
  changes: StatusChange[],
  also: { statements: Statement[]; audit: [AuditEntry, ...AuditEntry[]] },
): Promise<void> {
  const listIds = [...new Set(changes.map(({ listId }) => listId))];
  await republish(deps, institution, listIds, also, (list, listId) =>
    changes
      .filter(change => change.listId === listId)
      .reduce((bits, { index, standing }) => turn({ ...list, bits }, index, standing), list.bits),
  );
}

/** Signs a list anew as it is: at half its life, and when the key changed. */
export async function renewList(deps: Deps, institution: Owner, listId: string, actor: Actor): Promise<void> {
  const audit: [AuditEntry] = [entry(institution, actor, 'status-list.renew', listId, deps.clock(), {})];
  await republish(deps, institution, [listId], { statements: [], audit }, ({ bits }) => bits);
}

async function republish(
  deps: Deps,
  institution: Owner,
  listIds: string[],
  also: { statements: Statement[]; audit: [AuditEntry, ...AuditEntry[]] },
  decide: (list: ListBits, listId: string) => Uint8Array,
): Promise<void> {
  await inTurns(deps.db, listIds, async () => {
    for (let attempt = 0; ; attempt++) {
      const published: Statement[] = [];
      for (const id of listIds) {
        const current = await readCurrent(deps, id);
        const bits = decide(current, id);
        assertNothingLost(current, bits);
        const { purpose, version } = current;
        published.push(...(await publishBits(deps, institution, { id, purpose }, bits, version + 1, deps.clock())));
      }
      try {
        return await commit(deps.db, [...published, ...also.statements], also.audit);
      } catch (error) {
        const lostRace = violatedKey(error) === 'status_list_versions.list_id, status_list_versions.version';
        if (!lostRace || attempt >= 20) throw error;
      }
    }
  });
}

/** Waits for the turn of each list, always in the same order, so that no two wait for each other. */
function inTurns(db: Database, listIds: string[], work: () => Promise<void>): Promise<void> {
  const ordered = [...listIds].sort();
  return ordered.reduceRight((inner, id) => () => db.inTurn(`status:${id}`, inner), work)();
}

/** The newest version of a list. @throws DomainError `not-found`, `database-unusable` when it is not what was signed */
export async function readCurrent(deps: Pick<Deps, 'config' | 'db'>, listId: string) {
  const rows = await deps.db.query
    .select({
      version: statusListVersions.version,
      document: statusListVersions.document,
      set: statusListVersions.set,
      verificationMethod: statusListVersions.verificationMethod,
      purpose: statusLists.purpose,
    })
    .from(statusListVersions)
    .innerJoin(statusLists, eq(statusLists.id, statusListVersions.listId))
    .where(eq(statusListVersions.listId, listId))
    .orderBy(desc(statusListVersions.version))
    .limit(1);
  const row = rows[0];
  if (!row) throw notFound('status list');
  const read = await readVersion(row.purpose, listUrl(deps, listId), row.document);
  if (countBits(read.bits) !== row.set)
    throw new DomainError('database-unusable', 'A status list is not what was published. Nothing was changed.');
  return { ...row, ...read };
}

/** How many bits of a list are set. */
export function countBits(bits: Uint8Array): number {
  let set = 0;
  for (const byte of bits) for (let b = byte; b; b &= b - 1) set++;
  return set;
}

/** The newest signed list as it was stored; reading it touches no key. @throws DomainError `not-found` */
export async function readStatusList(
  deps: Deps,
  listId: string,
): Promise<{ document: string; etag: string; mediaType: string }> {
  const rows = await deps.db.query
    .select({
      document: statusListVersions.document,
      version: statusListVersions.version,
      validFrom: statusListVersions.validFrom,
    })
    .from(statusListVersions)
    .where(eq(statusListVersions.listId, listId))
    .orderBy(desc(statusListVersions.version))
    .limit(1);
  const row = rows[0];
  if (!row) throw notFound('status list');
  // The version alone would come again after a restore, for another list.
  const mediaType = row.document.startsWith('{') ? 'application/vc' : `application/${TOKEN_LIST_TYPE}`;
  return { document: row.document, etag: `"${row.version}-${Date.parse(row.validFrom) / 1000}"`, mediaType };
}

/** A list is JSON, or the text of a JWT. */
const readDocument = (document: string): unknown => (document.startsWith('{') ? JSON.parse(document) : document);

/** The list as it stood at a moment: the newest version that was valid from then or before; null before the first. */
export async function readListAt(deps: Deps, listId: string, at: Date): Promise<unknown> {
  const rows = await deps.db.query
    .select({ document: statusListVersions.document })
    .from(statusListVersions)
    .where(and(eq(statusListVersions.listId, listId), lte(statusListVersions.validFrom, toSeconds(at))))
    .orderBy(desc(statusListVersions.version))
    .limit(1);
  return rows[0] ? readDocument(rows[0].document) : null;
}

/**
 * Lists whose newest version is past half its life, that another key than the active one signed, or that a clock which
 * ran ahead dated in the future: no verifier would believe those.
 */
export async function listsToRenew(deps: Deps, now: Date): Promise<{ listId: string; institution: Owner }[]> {
  const half = toSeconds(new Date(now.getTime() + VALIDITY_MS / 2));
  const newest = sql`${statusListVersions.version} = (select max(v.version) from status_list_versions v where v.list_id = ${statusListVersions.listId})`;
  const rows = await deps.db.query
    .select({ listId: statusListVersions.listId, id: institutions.id, slug: institutions.slug })
    .from(statusListVersions)
    .innerJoin(statusLists, eq(statusLists.id, statusListVersions.listId))
    .innerJoin(institutions, eq(institutions.id, statusLists.institutionId))
    .where(
      and(
        newest,
        sql`(${statusListVersions.validUntil} < ${half} or ${statusListVersions.validFrom} > ${toSeconds(now)} or not exists (
          select 1 from institution_keys k where k.institution_id = ${institutions.id} and k.state = 'active'
          and ${statusListVersions.verificationMethod} like '%#' || k.id
          union all
          select 1 from jose_keys k where k.institution_id = ${institutions.id} and k.state = 'active'
          and ${statusListVersions.verificationMethod} like '%#' || k.id))`,
      ),
    );
  return rows.map(({ listId, id, slug }) => ({ listId, institution: { id, slug } }));
}

const entry = (
  institution: Owner,
  actor: Actor,
  action: string,
  subject: string,
  at: Date,
  details: Record<string, unknown>,
): AuditEntry => ({
  institution: institution.id,
  actor,
  action,
  subject,
  at,
  details,
});
