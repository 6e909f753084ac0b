import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { base64url, fromBase64url, newToken } from '../platform/ids.ts';
import { permute } from '../vc/permute.ts';
import { LIST_LENGTH } from '../vc/status-list.ts';
import { emptyList } from './list-document.ts';
import { type ListPurpose, statusLists } from './schema.ts';
import { listUrl, type Owner, publishBits } from './status.ts';

/** A list is full at half its length, so that an index never tells how many there are. */
export const CAPACITY = LIST_LENGTH / 2;

/** A place in a list of ours. */
export interface StatusPlace {
  listId: string;
  listUrl: string;
  index: number;
  purpose: ListPurpose;
}

/**
 * Takes an index that was never given before, in an order that tells nothing. The counter is raised by one statement
 * of its own: what fails afterwards leaves a gap, never a double.
 */
export async function takeStatusIndex(
  deps: Deps,
  institution: Owner,
  purpose: ListPurpose,
  actor: Actor,
): Promise<StatusPlace> {
  for (;;) {
    const newest = sql`(select n.id from status_lists n where n.institution_id = ${institution.id}
      and n.purpose = ${purpose} order by n.ordinal desc limit 1)`;
    const [taken] = await deps.db.attempt(() =>
      deps.db.query
        .update(statusLists)
        .set({ next: sql`${statusLists.next} + 1` })
        .where(and(eq(statusLists.id, newest), lt(statusLists.next, CAPACITY)))
        .returning({ id: statusLists.id, next: statusLists.next, permutationKey: statusLists.permutationKey }),
    );
    if (taken) {
      const index = await permute(fromBase64url(taken.permutationKey)!, taken.next - 1);
      return { listId: taken.id, listUrl: listUrl(deps, taken.id), index, purpose };
    }
    const full = await newestList(deps, institution, purpose);
    // Another process may have opened the next one in the same moment.
    if (!full || full.next >= CAPACITY) await openList(deps, institution, purpose, (full?.ordinal ?? 0) + 1, actor);
  }
}

async function newestList(deps: Deps, institution: Owner, purpose: ListPurpose) {
  const rows = await deps.db.query
    .select()
    .from(statusLists)
    .where(and(eq(statusLists.institutionId, institution.id), eq(statusLists.purpose, purpose)))
    .orderBy(desc(statusLists.ordinal))
    .limit(1);
  return rows[0];
}

/** Opens the next list, published before anything refers to it. When another process opened it first, theirs stands. */
async function openList(
  deps: Deps,
  institution: Owner,
  purpose: ListPurpose,
  ordinal: number,
  actor: Actor,
): Promise<void> {
  const now = deps.clock();
  const id = newToken();
  const row = {
    id,
    institutionId: institution.id,
    purpose,
    ordinal,
    permutationKey: base64url(crypto.getRandomValues(new Uint8Array(32))),
    next: 0,
    createdAt: now.toISOString(),
  };
  const published = await publishBits(deps, institution, { id, purpose }, emptyList(purpose), 1, now);
  try {
    await commit(
      deps.db,
      [deps.db.query.insert(statusLists).values(row), ...published],
      [
        {
          institution: institution.id,
          actor,
          action: 'status-list.open',
          subject: id,
          at: now,
          details: { purpose, ordinal },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('status_lists.')) throw error;
  }
}
