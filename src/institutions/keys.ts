import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { publicKeyFromSeed } from '../vc/ed25519.ts';
import { encodeMultikey } from '../vc/multikey.ts';
import { localSigner, type Signer } from '../vc/signer.ts';
import { compromiseJose } from './jose-keys.ts';
import {
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
import { institutionKeys, type KeyState } from './schema.ts';
import { sealedPlace } from './sealed.ts';

export type KeyRow = typeof institutionKeys.$inferSelect;

/** A fresh Ed25519 key, sealed, as a statement that has not run yet. `taken` are the ids that were ever used. */
export async function newKey(
  deps: Deps,
  institutionId: string,
  taken: readonly string[],
  state: KeyState,
): Promise<NewKey<KeyRow>> {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const id = freeId(`key-${deps.clock().getUTCFullYear()}`, taken);
  const publicKeyMultibase = encodeMultikey(await publicKeyFromSeed(seed));
  const row = { institutionId, publicKeyMultibase, ...(await sealKey(deps, institutionId, id, seed, state)) };
  return { row, insert: deps.db.query.insert(institutionKeys).values(row) as Statement };
}

/** All keys of an institution, oldest first. */
export async function listKeys(deps: Deps, institutionId: string): Promise<KeyRow[]> {
  return deps.db.query
    .select()
    .from(institutionKeys)
    .where(eq(institutionKeys.institutionId, institutionId))
    .orderBy(asc(institutionKeys.createdAt), asc(institutionKeys.id));
}

/**
 * The port that signs for an institution: it sees 64 bytes and gives 64 back.
 * Only `credentials` may call this.
 * @throws DomainError `key-not-opened` under another key-encryption key, `key-state` without an active key
 */
export async function signerFor(deps: Deps, institution: KeyOwner): Promise<Signer> {
  const row = await activeKey(deps, institution);
  const signer = await openSigner(deps, institution, row);
  return whileActive(signer, async () => (await activeKey(deps, institution)).id === row.id);
}

/** Throws what `signerFor` would, before anything is written that needs a signature. */
export async function assertKeyOpens(deps: Deps, institution: KeyOwner): Promise<void> {
  await openSigner(deps, institution, await activeKey(deps, institution));
}

function openSigner(deps: Deps, institution: KeyOwner, row: KeyRow): Promise<Signer> {
  const controller = didWebFor(deps.config.origin, institution.slug);
  const id = `${controller}#${row.id}`;
  const { publicKeyMultibase, sealed } = row;
  const place = sealedPlace(row.institutionId, row.id, row.version);
  return openOnce(deps, JSON.stringify([id, place, publicKeyMultibase, sealed]), async () => {
    const seed = await unsealKey(deps, row.institutionId, row);
    const signer = await localSigner({ id, controller, seed, publicKeyMultibase });
    seed.fill(0);
    return signer;
  });
}

async function activeKey(deps: Deps, institution: KeyOwner): Promise<KeyRow> {
  const [row] = await deps.db.query
    .select()
    .from(institutionKeys)
    .where(and(eq(institutionKeys.institutionId, institution.id), eq(institutionKeys.state, 'active')));
  if (!row) throw new DomainError('key-state', 'The institution has no active signing key.');
  return row;
}

/** Whether the key-encryption key opens the newest active key: `ok`, `none` without keys, else `key-not-opened`. */
export async function signingHealth(deps: Deps): Promise<'ok' | 'none' | 'key-not-opened'> {
  const rows = await deps.db.query
    .select()
    .from(institutionKeys)
    .where(eq(institutionKeys.state, 'active'))
    .orderBy(desc(institutionKeys.createdAt))
    .limit(1);
  if (!rows[0]) return 'none';
  try {
    (await unsealKey(deps, rows[0].institutionId, rows[0])).fill(0);
    return 'ok';
  } catch {
    return 'key-not-opened';
  }
}

/** Publishes a key beside the active one, ahead of a rotation: others may keep a DID document for a day. */
export async function addKey(deps: Deps, institution: KeyOwner, actor: Actor): Promise<KeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const { make } = await ringOf(deps, institution);
  const key = await make('published');
  await commit(deps.db, [key.insert], [keyEntry(deps, institution.id, actor, 'key.create', key.row.id)]);
  return key.row;
}

/** The next key signs from now on. Status lists are signed again by the caller's sweep. */
export async function rotateKey(deps: Deps, institution: KeyOwner, actor: Actor): Promise<KeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const { next, statements } = await rotated(deps, await ringOf(deps, institution));
  await commit(deps.db, statements, [keyEntry(deps, institution.id, actor, 'key.rotate', next.id)]);
  return next;
}

/**
 * Withdraws a key, of either kind: what it signed is refused from now on.
 * @throws DomainError `not-found`, `key-state` when it was told before
 */
export async function compromiseKey(deps: Deps, institution: KeyOwner, actor: Actor, keyId: string): Promise<void> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const ring = await ringOf(deps, institution);
  const key = ring.keys.find(k => k.id === keyId);
  const statements = key ? await compromised(deps, ring, key) : await compromiseJose(deps, institution, keyId);
  await commit(deps.db, statements, [keyEntry(deps, institution.id, actor, 'key.compromise', keyId)]);
}

async function ringOf(deps: Deps, { id: institutionId }: KeyOwner): Promise<KeyRing<KeyRow>> {
  const keys = await listKeys(deps, institutionId);
  const taken = keys.map(key => key.id);
  return {
    keys,
    make: state => newKey(deps, institutionId, taken, state),
    update: (ids, to) =>
      deps.db.query
        .update(institutionKeys)
        .set(to)
        .where(and(eq(institutionKeys.institutionId, institutionId), inArray(institutionKeys.id, ids))),
  };
}
