import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { type Database, type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import {
  decodeList,
  encodeList,
  getBit,
  type StatusListCredential,
  setBit,
  statusListCredential,
} from '../vc/status-list.ts';
import { toSeconds } from './dates.ts';
import { type StatusPurpose, statusLists, statusListVersions } from './schema.ts';
import { signStatusList } from './sign.ts';

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
export const listUrl = (deps: Deps, listId: string) => `${deps.config.origin}/status/${listId}`;

/** Signs the bits as a version of the list. In an array, since an awaited builder would run. */
export async function publishBits(
  deps: Deps,
  institution: Owner,
  list: { id: string; purpose: StatusPurpose },
  bits: Uint8Array,
  version: number,
  now: Date,
): Promise<[Statement]> {
  const validFrom = new Date(now.getTime() - BACKDATE_MS);
  const validUntil = new Date(now.getTime() + VALIDITY_MS);
  const unsigned = statusListCredential({
    id: listUrl(deps, list.id),
    issuer: didWebFor(deps.config.origin, institution.slug),
    purpose: list.purpose,
    encodedList: await encodeList(bits),
    validFrom,
    validUntil,
    ttlMs: TTL_MS,
  });
  const { document, verificationMethod } = await signStatusList(deps, institution, unsigned, now);
  const row = {
    listId: list.id,
    version,
    document: JSON.stringify(document),
    verificationMethod,
    validFrom: toSeconds(validFrom),
    validUntil: toSeconds(validUntil),
    set: countBits(bits),
  };
  return [deps.db.query.insert(statusListVersions).values(row)];
}

/** A change of one list: which index, to what. */
export interface StatusChange {
  listId: string;
  index: number;
  value: boolean;
}

/**
 * Sets or clears one bit and publishes the list, in one commit with what the caller adds. When another change was
 * published first, the list is read again. A bit of purpose `revocation` is never cleared.
 * @throws what the commit throws for the caller's own statements
 */
export async function changeStatus(
  deps: Deps,
  institution: Owner,
  change: StatusChange,
  also: { statements: Statement[]; audit: [AuditEntry, ...AuditEntry[]] },
): Promise<void> {
  await republish(deps, institution, change.listId, also, ({ purpose, bits }) => {
    if (purpose === 'revocation' && !change.value && getBit(bits, change.index))
      throw new DomainError('award-state', 'A revocation cannot be undone.');
    return setBit(bits, change.index, change.value);
  });
}

/** Signs a list anew as it is: at half its life, and when the key changed. */
export async function renewList(deps: Deps, institution: Owner, listId: string, actor: Actor): Promise<void> {
  const audit: [AuditEntry] = [entry(institution, actor, 'status-list.renew', listId, deps.clock(), {})];
  await republish(deps, institution, listId, { statements: [], audit }, ({ bits }) => bits);
}

async function republish(
  deps: Deps,
  institution: Owner,
  listId: string,
  also: { statements: Statement[]; audit: [AuditEntry, ...AuditEntry[]] },
  decide: (list: { purpose: StatusPurpose; bits: Uint8Array }) => Uint8Array,
): Promise<void> {
  await deps.db.inTurn(`status:${listId}`, async () => {
    for (let attempt = 0; ; attempt++) {
      const current = await readCurrent(deps.db, listId);
      const bits = decide(current);
      if (current.purpose === 'revocation') assertNothingLost(current.bits, bits);
      const published = await publishBits(
        deps,
        institution,
        { id: listId, purpose: current.purpose },
        bits,
        current.version + 1,
        deps.clock(),
      );
      try {
        return await commit(deps.db, [...published, ...also.statements], also.audit);
      } catch (error) {
        const lostRace = violatedKey(error) === 'status_list_versions.list_id, status_list_versions.version';
        if (!lostRace || attempt >= 20) throw error;
      }
    }
  });
}

/** The newest version of a list. @throws DomainError `not-found`, `database-unusable` when it is not what was signed */
export async function readCurrent(db: Database, listId: string) {
  const rows = await db.query
    .select({
      version: statusListVersions.version,
      document: statusListVersions.document,
      set: statusListVersions.set,
      purpose: statusLists.purpose,
    })
    .from(statusListVersions)
    .innerJoin(statusLists, eq(statusLists.id, statusListVersions.listId))
    .where(eq(statusListVersions.listId, listId))
    .orderBy(desc(statusListVersions.version))
    .limit(1);
  const row = rows[0];
  if (!row) throw notFound('status list');
  const bits = await decodeList((JSON.parse(row.document) as StatusListCredential).credentialSubject.encodedList);
  if (countBits(bits) !== row.set)
    throw new DomainError('database-unusable', 'A status list is not what was published. Nothing was changed.');
  return { ...row, bits };
}

/** A revocation that was published stays published (threat S12). */
function assertNothingLost(before: Uint8Array, after: Uint8Array): void {
  for (let i = 0; i < before.length; i++)
    if ((before[i]! & ~after[i]!) !== 0)
      throw new DomainError('database-unusable', 'A published revocation would be lost. Nothing was changed.');
}

export function countBits(bits: Uint8Array): number {
  let set = 0;
  for (const byte of bits) for (let b = byte; b; b &= b - 1) set++;
  return set;
}

/** The newest signed list as it was stored; reading it touches no key. @throws DomainError `not-found` */
export async function readStatusList(deps: Deps, listId: string): Promise<{ document: string; etag: string }> {
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
  return { document: row.document, etag: `"${row.version}-${Date.parse(row.validFrom) / 1000}"` };
}

/** The list as it stood at a moment: the newest version that was valid from then or before; undefined before the first. */
export async function readListAt(deps: Deps, listId: string, at: Date): Promise<unknown> {
  const rows = await deps.db.query
    .select({ document: statusListVersions.document })
    .from(statusListVersions)
    .where(and(eq(statusListVersions.listId, listId), lte(statusListVersions.validFrom, toSeconds(at))))
    .orderBy(desc(statusListVersions.version))
    .limit(1);
  return rows[0] && JSON.parse(rows[0].document);
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
