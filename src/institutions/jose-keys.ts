import { and, asc, eq, inArray } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { generateJoseKey, type JoseSigner, localJoseSigner } from '../vc/jose-signer.ts';
import {
  activeOrFirst,
  compromised,
  freeId,
  keyEntry,
  type KeyOwner,
  type KeyRing,
  type NewKey,
  rotated,
  sealKey,
  unsealKey,
  whileActive,
} from './key-ring.ts';
import { openOnce } from './opened.ts';
import { requireRight } from './rights.ts';
import { type JoseAlgorithm, joseKeys, type KeyState } from './schema.ts';
import { sealedPlace } from './sealed.ts';

export type JoseKeyRow = typeof joseKeys.$inferSelect;

/**
 * A fresh key for tokens, sealed, as a statement that has not run yet. Its id names its algorithm, so that it is never
 * the id of a key for Data Integrity.
 */
export async function newJoseKey(
  deps: Deps,
  institutionId: string,
  algorithm: JoseAlgorithm,
  taken: readonly string[],
  state: KeyState,
): Promise<NewKey<JoseKeyRow>> {
  const { publicJwk, pkcs8 } = await generateJoseKey(algorithm);
  const id = freeId(`key-${deps.clock().getUTCFullYear()}-${algorithm.toLowerCase()}`, taken);
  const row = { institutionId, algorithm, publicJwk, ...(await sealKey(deps, institutionId, id, pkcs8, state)) };
  return { row, insert: deps.db.query.insert(joseKeys).values(row) as Statement };
}

/** All keys for tokens of an institution, oldest first. */
export async function listJoseKeys(deps: Deps, institutionId: string): Promise<JoseKeyRow[]> {
  return deps.db.query
    .select()
    .from(joseKeys)
    .where(eq(joseKeys.institutionId, institutionId))
    .orderBy(asc(joseKeys.createdAt), asc(joseKeys.id));
}

/**
 * The port that signs tokens for an institution. A first key of an algorithm that it was not made with is made when it is
 * first needed.
 * Only `credentials` may call this.
 * @throws DomainError `key-not-opened` under another key-encryption key
 */
export async function joseSignerFor(deps: Deps, institution: KeyOwner, algorithm: JoseAlgorithm): Promise<JoseSigner> {
  const { row, signer } = await openJoseKey(deps, institution, algorithm);
  return whileActive(signer, async () => (await activeJoseKey(deps, institution, algorithm))?.id === row.id);
}

/** Throws what `joseSignerFor` would, before anything is written that needs a signature. */
export async function assertJoseKeyOpens(deps: Deps, institution: KeyOwner, algorithm: JoseAlgorithm): Promise<void> {
  await openJoseKey(deps, institution, algorithm);
}

async function openJoseKey(deps: Deps, institution: KeyOwner, algorithm: JoseAlgorithm) {
  const row = await activeOrFirst(deps, {
    turn: `jose-key:${institution.id}:${algorithm}`,
    table: 'jose_keys',
    active: () => activeJoseKey(deps, institution, algorithm),
    make: async () => (await ringOf(deps, institution, algorithm)).make('active'),
    entry: key => keyEntry(deps, institution.id, { kind: 'service' }, 'key.create', key),
  });
  const controller = didWebFor(deps.config.origin, institution.slug);
  const id = `${controller}#${row.id}`;
  const { publicJwk } = row;
  const place = sealedPlace(row.institutionId, row.id, row.version);
  const signer = await openOnce(deps, JSON.stringify([id, place, publicJwk, row.sealed]), async () => {
    const pkcs8 = await unsealKey(deps, row.institutionId, row);
    const made = await localJoseSigner({ id, controller, algorithm, publicJwk, pkcs8 });
    pkcs8.fill(0);
    return made;
  });
  return { row, signer };
}

async function activeJoseKey(deps: Deps, institution: KeyOwner, algorithm: JoseAlgorithm) {
  const [row] = await deps.db.query
    .select()
    .from(joseKeys)
    .where(
      and(eq(joseKeys.institutionId, institution.id), eq(joseKeys.algorithm, algorithm), eq(joseKeys.state, 'active')),
    );
  return row;
}

/** Publishes a key for tokens beside the active one, ahead of a rotation. */
export async function addJoseKey(
  deps: Deps,
  institution: KeyOwner,
  actor: Actor,
  algorithm: JoseAlgorithm,
): Promise<JoseKeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const { make } = await ringOf(deps, institution, algorithm);
  const key = await make('published');
  await commit(deps.db, [key.insert], [keyEntry(deps, institution.id, actor, 'key.create', key.row.id)]);
  return key.row;
}

/** The next key of an algorithm signs from now on; the one before stays in the key set too. */
export async function rotateJoseKey(
  deps: Deps,
  institution: KeyOwner,
  actor: Actor,
  algorithm: JoseAlgorithm,
): Promise<JoseKeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const { next, statements } = await rotated(deps, await ringOf(deps, institution, algorithm));
  await commit(deps.db, statements, [keyEntry(deps, institution.id, actor, 'key.rotate', next.id)]);
  return next;
}

/**
 * What withdraws a key for tokens, as statements of the caller's commit. An active one is followed by another at once.
 * @throws DomainError `not-found`, `key-state` when it was told before
 */
export async function compromiseJose(deps: Deps, institution: KeyOwner, keyId: string): Promise<Statement[]> {
  const key = (await listJoseKeys(deps, institution.id)).find(k => k.id === keyId);
  if (!key) throw new DomainError('not-found', 'There is no such key.');
  return compromised(deps, await ringOf(deps, institution, key.algorithm), key);
}

/** The keys of an algorithm. */
async function ringOf(
  deps: Deps,
  { id: institutionId }: KeyOwner,
  algorithm: JoseAlgorithm,
): Promise<KeyRing<JoseKeyRow>> {
  const all = await listJoseKeys(deps, institutionId);
  const taken = all.map(key => key.id);
  return {
    keys: all.filter(key => key.algorithm === algorithm),
    make: state => newJoseKey(deps, institutionId, algorithm, taken, state),
    update: (ids, to) =>
      deps.db.query
        .update(joseKeys)
        .set(to)
        .where(and(eq(joseKeys.institutionId, institutionId), inArray(joseKeys.id, ids))),
  };
}
