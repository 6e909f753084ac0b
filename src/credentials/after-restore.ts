import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { carryInstitutions } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import type { Database, Statement } from '../platform/database.ts';
import { auditHeads, auditLog } from '../platform/schema.ts';
import { getBit } from '../vc/status-list.ts';
import { mergeLists, type PublishedList } from './merge-lists.ts';
import { awardChanges, awards, copies, type ListPurpose, statusEntries } from './schema.ts';

export interface Restored {
  /** The moment of the newest row that the copy holds. */
  copyOf: string | null;
  institutions: number;
  keys: number;
  apiKeys: number;
  /** Lists from which no index is given any more: some of the copy may have been given out since. */
  listsClosed: number;
  /** Lists of which a newer version was known than the copy holds. */
  listsAdvanced: number;
  /** Awards whose state follows a bit that was published since. */
  awardsChanged: number;
  /** Awards that only the database before knows; undefined when it could not be read. */
  awardsLost?: number;
  warnings: string[];
}

/**
 * Brings a restored copy up to what the world has seen since it was made, before it takes its place: no list loses a
 * published revocation, no status index is given twice, no withdrawn key comes back. The audit log of each institution
 * gets a row `database.restore` with the place from which rows are missing.
 * @param before the database that the copy replaces, when it can be read
 * @param published newer versions of our lists, from wherever they were kept
 * @throws DomainError `request-invalid` for a published list that is not ours or not signed by us
 */
export async function afterRestore(
  deps: Deps,
  { before, published = [] }: { before?: Database | undefined; published?: PublishedList[] },
): Promise<Restored> {
  const now = deps.clock();
  const { entries, copyOf } = await gaps(deps, before, now);
  const carried = before && (await carryInstitutions(deps, before));
  // Ahead of the commit, since a list may have to be signed with a key that comes along. Nobody sees the copy yet.
  if (carried?.statements.length) await deps.db.batch(carried.statements);
  const lists = await mergeLists(deps, { before, published, lost: carried?.lost });
  const states = await followBits(deps, before, lists.bits, now);
  const copied = before ? await carryCopies(deps, before) : [];
  await commit(deps.db, [...lists.statements, ...copied, ...states], entries);

  const awardsLost = before && (await countLost(deps, before));
  const warnings = [...(carried?.warnings ?? [])];
  if (awardsLost)
    warnings.push(
      `${awardsLost} awards were made after the copy. Their badges go on checking; only the database before knows them.`,
    );
  if (!before)
    warnings.push(
      `What was done after ${copyOf ?? 'the copy'} is not known here. Badges issued since go on checking but cannot be revoked by their award; a revocation since is undone unless its list was given with --published; API keys and signing keys that ended since work again: look at "api-key list" and "keys list".`,
    );
  return {
    copyOf,
    ...(carried?.counts ?? { institutions: 0, keys: 0, apiKeys: 0 }),
    listsClosed: lists.closed,
    listsAdvanced: lists.advanced,
    awardsChanged: states.length / 2,
    ...(awardsLost === undefined ? {} : { awardsLost }),
    warnings,
  };
}

/** Copies of badges that the database before made of awards that the copy knows: what turns the award turns them. */
async function carryCopies(deps: Deps, before: Database): Promise<Statement[]> {
  const { query } = deps.db;
  const known = new Set((await query.select({ id: awards.id }).from(awards)).map(a => a.id));
  const mine = new Set((await query.select({ id: copies.id }).from(copies)).map(c => c.id));
  const made = await before.query.select().from(copies).where(isNotNull(copies.document));
  return made
    .filter(copy => known.has(copy.awardId) && !mine.has(copy.id))
    .flatMap(copy => [
      query.insert(copies).values(copy),
      query
        .insert(statusEntries)
        .values({ listId: copy.statusListId, index: copy.statusIndex, awardId: copy.awardId })
        .onConflictDoNothing(),
    ]);
}

/** Lets the state of each award follow its bit, with the reason that was given when it can still be read. */
async function followBits(
  deps: Deps,
  before: Database | undefined,
  lists: Map<string, { purpose: ListPurpose; bits: Uint8Array }>,
  now: Date,
): Promise<Statement[]> {
  const { query } = deps.db;
  const statements: Statement[] = [];
  const candidates = await query
    .select()
    .from(awards)
    .where(inArray(awards.state, ['released', 'claimed', 'suspended']));
  for (const award of candidates) {
    const list = lists.get(award.statusListId);
    if (!list) continue;
    const set = getBit(list.bits, award.statusIndex);
    if (set === (award.state === 'suspended')) continue;
    const told = before && (await newestChange(before, award.id));
    const known = told && told.seq > award.changes ? told : undefined;
    const interrupted = await query
      .select({ state: awardChanges.state })
      .from(awardChanges)
      .where(and(eq(awardChanges.awardId, award.id), eq(awardChanges.seq, award.changes - 1)));
    const state =
      known?.state ??
      (set ? (list.purpose === 'revocation' ? 'revoked' : 'suspended') : (interrupted[0]?.state ?? 'released'));
    const change = {
      awardId: award.id,
      seq: award.changes + 1,
      state,
      reason: known ? known.reason : state === 'revoked' ? 'other' : null,
      words: known?.words ?? null,
      at: known?.at ?? now.toISOString(),
    };
    statements.push(
      query.insert(awardChanges).values(change),
      query.update(awards).set({ state, changes: change.seq }).where(eq(awards.id, award.id)),
    );
  }
  return statements;
}

async function newestChange(db: Database, awardId: string) {
  const rows = await db.query
    .select()
    .from(awardChanges)
    .where(eq(awardChanges.awardId, awardId))
    .orderBy(desc(awardChanges.seq))
    .limit(1);
  return rows[0];
}

/** A row for every chain; its subject is the range of rows that were written and are not in it. */
async function gaps(deps: Deps, before: Database | undefined, now: Date) {
  const { query } = deps.db;
  const mine = new Map((await query.select().from(auditHeads)).map(h => [h.institution, h]));
  const theirs = new Map((await (before?.query.select().from(auditHeads) ?? [])).map(h => [h.institution, h]));
  const [newest] = await query.select({ at: sql<string | null>`max(${auditLog.at})` }).from(auditLog);
  const copyOf = newest?.at ?? null;
  const known = new Set((await query.select({ id: institutions.id }).from(institutions)).map(i => i.id));
  const chains = [...new Set([...known, ...theirs.keys()])].filter(chain => chain !== OPERATOR);
  const entries = [OPERATOR, ...chains].map((institution): AuditEntry => {
    const from = (mine.get(institution)?.seq ?? 0) + 1;
    const to = theirs.get(institution)?.seq;
    return {
      institution,
      actor: { kind: 'operator' },
      action: 'database.restore',
      subject: to === undefined ? `${from}..` : to < from ? 'none' : `${from}..${to}`,
      at: now,
      details: { copyOf, copy: mine.get(institution)?.hash ?? null, before: theirs.get(institution)?.hash ?? null },
    };
  });
  return { copyOf, entries: entries as [AuditEntry, ...AuditEntry[]] };
}

async function countLost(deps: Deps, before: Database): Promise<number> {
  const mine = new Set((await deps.db.query.select({ id: awards.id }).from(awards)).map(a => a.id));
  const theirs = await before.query.select({ id: awards.id }).from(awards);
  return theirs.filter(a => !mine.has(a.id)).length;
}
