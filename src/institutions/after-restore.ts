import { eq, isNotNull, isNull } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Database, Statement } from '../platform/database.ts';
import {
  apiKeys,
  institutionKeys,
  institutions,
  joseKeys,
  type KeyState,
  keyStates,
  members,
  serviceKeys,
} from './schema.ts';

/** What an earlier copy of the database does not know, as statements that have not run yet. */
interface Carried {
  statements: Statement[];
  /** Institutions of which another stands in their place. */
  lost: Set<string>;
  counts: { institutions: number; keys: number; apiKeys: number };
  /** What could not be taken over, in words for the operator. */
  warnings: string[];
}

/**
 * Takes over from the database before a restore what others rely on: institutions with their DIDs, every key that was
 * published, retired or withdrawn since, and API keys that were made or ended. The sealed keys stay sealed.
 */
export async function carryInstitutions(deps: Deps, before: Database): Promise<Carried> {
  const { query } = deps.db;
  const carried: Carried = {
    statements: [],
    lost: new Set(),
    counts: { institutions: 0, keys: 0, apiKeys: 0 },
    warnings: [],
  };

  const known = await query.select().from(institutions);
  for (const row of await before.query.select().from(institutions)) {
    if (known.some(k => k.id === row.id)) continue;
    if (known.some(k => k.slug === row.slug)) {
      carried.warnings.push(`Institution ${row.slug} is another one in the copy; the one before was not taken over.`);
      carried.lost.add(row.id);
      continue;
    }
    carried.statements.push(query.insert(institutions).values(row));
    carried.counts.institutions++;
  }
  await carryKeys(deps, before, carried);
  await carryJoseKeys(deps, before, carried);
  await carryServiceKeys(deps, before, carried);
  await carryApiKeys(deps, before, carried);
  await carryEndedRoles(deps, before, carried);
  return carried;
}

async function carryKeys(deps: Deps, before: Database, carried: Carried): Promise<void> {
  const { query } = deps.db;
  const known = new Map((await query.select().from(institutionKeys)).map(k => [`${k.institutionId} ${k.id}`, k]));
  const ended: Statement[] = [];
  const begun: Statement[] = [];
  for (const row of await before.query.select().from(institutionKeys)) {
    if (carried.lost.has(row.institutionId)) continue;
    const mine = known.get(`${row.institutionId} ${row.id}`);
    if (mine && mine.publicKeyMultibase !== row.publicKeyMultibase) {
      carried.warnings.push(`Key ${row.id} is another one in the copy; what the one before signed is refused.`);
      continue;
    }
    if (mine && !further(row.state, mine.state)) continue;
    const { state, endedAt } = row;
    const upsert = query
      .insert(institutionKeys)
      .values(row)
      .onConflictDoUpdate({ target: [institutionKeys.institutionId, institutionKeys.id], set: { state, endedAt } });
    (state === 'active' ? begun : ended).push(upsert);
    carried.counts.keys++;
  }
  // An institution has one active key at any moment, so the one before ends first.
  carried.statements.push(...ended, ...begun);
}

/** Keys for tokens likewise; of each algorithm one is active. */
async function carryJoseKeys(deps: Deps, before: Database, carried: Carried): Promise<void> {
  const { query } = deps.db;
  const known = new Map((await query.select().from(joseKeys)).map(k => [`${k.institutionId} ${k.id}`, k]));
  const ended: Statement[] = [];
  const begun: Statement[] = [];
  for (const row of await before.query.select().from(joseKeys)) {
    if (carried.lost.has(row.institutionId)) continue;
    const mine = known.get(`${row.institutionId} ${row.id}`);
    if (mine && JSON.stringify(mine.publicJwk) !== JSON.stringify(row.publicJwk)) {
      carried.warnings.push(`Key ${row.id} is another one in the copy; what the one before signed is refused.`);
      continue;
    }
    if (mine && !further(row.state, mine.state)) continue;
    const { state, endedAt } = row;
    const upsert = query
      .insert(joseKeys)
      .values(row)
      .onConflictDoUpdate({ target: [joseKeys.institutionId, joseKeys.id], set: { state, endedAt } });
    (state === 'active' ? begun : ended).push(upsert);
    carried.counts.keys++;
  }
  carried.statements.push(...ended, ...begun);
}

/** And the keys of the service itself, so that the reports that it signed can still be checked. */
async function carryServiceKeys(deps: Deps, before: Database, carried: Carried): Promise<void> {
  const { query } = deps.db;
  const known = new Map((await query.select().from(serviceKeys)).map(k => [k.id, k]));
  const ended: Statement[] = [];
  const begun: Statement[] = [];
  for (const row of await before.query.select().from(serviceKeys)) {
    const mine = known.get(row.id);
    if (mine && mine.publicKeyMultibase !== row.publicKeyMultibase) {
      carried.warnings.push(
        `Key ${row.id} of the service is another one in the copy; what the one before signed is refused.`,
      );
      continue;
    }
    if (mine && !further(row.state, mine.state)) continue;
    const { state, endedAt } = row;
    const upsert = query
      .insert(serviceKeys)
      .values(row)
      .onConflictDoUpdate({ target: serviceKeys.id, set: { state, endedAt } });
    (state === 'active' ? begun : ended).push(upsert);
    carried.counts.keys++;
  }
  carried.statements.push(...ended, ...begun);
}

/** A key only goes on: a withdrawal is never taken back. */
const further = (a: KeyState, b: KeyState) => keyStates.indexOf(a) > keyStates.indexOf(b);

async function carryApiKeys(deps: Deps, before: Database, carried: Carried): Promise<void> {
  const { query } = deps.db;
  const known = new Map((await query.select().from(apiKeys)).map(k => [k.id, k]));
  for (const row of await before.query.select().from(apiKeys)) {
    const mine = known.get(row.id);
    const ended = (row.revokedAt && !mine?.revokedAt) || (row.replacedBy && !mine?.replacedBy);
    if (carried.lost.has(row.institutionId) || (mine && !ended)) continue;
    const { revokedAt, expiresAt, replacedBy } = row;
    carried.statements.push(
      query
        .insert(apiKeys)
        .values(row)
        .onConflictDoUpdate({ target: apiKeys.id, set: { revokedAt, expiresAt, replacedBy } }),
    );
    carried.counts.apiKeys++;
  }
}

/** A role that was ended since does not come back with an earlier copy. */
async function carryEndedRoles(deps: Deps, before: Database, carried: Carried): Promise<void> {
  const { query } = deps.db;
  const held = new Set((await query.select().from(members).where(isNull(members.endedAt))).map(m => m.id));
  for (const { id, endedAt } of await before.query.select().from(members).where(isNotNull(members.endedAt)))
    if (held.has(id)) carried.statements.push(query.update(members).set({ endedAt }).where(eq(members.id, id)));
}
