import { and, eq } from 'drizzle-orm';
import { spend, wasSpent } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { type Claim, type NewApiKey, newApiKey, readApiKey } from './api-keys.ts';
import { requireRight } from './rights.ts';
import { apiKeys } from './schema.ts';

const HOUR_MS = 3_600_000;
/** Hours for which the old key goes on working, unless told otherwise. */
export const OVERLAP_HOURS = 24;
export const MAX_OVERLAP_HOURS = 30 * 24;

/**
 * Makes a key that takes the place of another, with its role and label. Both work for the overlap, so that a program
 * can be given the new one without a moment in between; then the old one ends by itself. With an overlap of 0 it ends
 * at once. A key with an end gets a successor that lives as long.
 * @throws DomainError `not-found`, `key-state` for a key that ended or was replaced before
 */
export async function rotateApiKey(
  deps: Deps,
  institution: { id: string },
  input: { id: string; overlapHours?: number },
  actor: Actor,
  claim: Claim = () => [],
): Promise<NewApiKey> {
  requireRight({ actor }, 'api-key.rotate', { whole: true });
  const now = deps.clock();
  const old = await readApiKey(deps, institution, input.id);
  const ended = old.revokedAt || (old.expiresAt && Date.parse(old.expiresAt) <= now.getTime());
  if (ended) throw new DomainError('key-state', 'This key has ended. Make a new one.');
  if (old.replacedBy) throw replacedBefore();
  const lifetime = old.expiresAt ? Date.parse(old.expiresAt) - Date.parse(old.createdAt) : undefined;
  const { row, made } = await newApiKey(deps, institution.id, {
    role: old.role,
    label: old.label,
    ...(lifetime ? { expiresAt: new Date(now.getTime() + lifetime) } : {}),
  });
  const overlapEnds = now.getTime() + (input.overlapHours ?? OVERLAP_HOURS) * HOUR_MS;
  const ends = new Date(old.expiresAt ? Math.min(overlapEnds, Date.parse(old.expiresAt)) : overlapEnds).toISOString();
  const mine = and(eq(apiKeys.id, old.id), eq(apiKeys.institutionId, institution.id));
  const audit = { institution: institution.id, actor, at: now };
  try {
    await commit(
      deps.db,
      [
        // A key is replaced once, also when two ask for it in the same moment.
        ...(await spend(deps, 'api-key-rotation', old.id, new Date(ends))),
        deps.db.query.insert(apiKeys).values(row),
        deps.db.query
          .update(apiKeys)
          .set({ replacedBy: row.id, ...(input.overlapHours === 0 ? { revokedAt: ends } : { expiresAt: ends }) })
          .where(mine),
        ...claim(row.id),
      ],
      [
        { ...audit, action: 'api-key.rotate', subject: old.id, details: { by: row.id, ends } },
        { ...audit, action: 'api-key.create', subject: row.id, details: { role: row.role } },
      ],
    );
  } catch (error) {
    if (wasSpent(error)) throw replacedBefore();
    throw error;
  }
  return made;
}

const replacedBefore = () => new DomainError('key-state', 'This key was replaced before. Rotate its successor.');
