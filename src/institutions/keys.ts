import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import { seal, unseal } from '../platform/seal.ts';
import { didWebFor } from '../vc/did.ts';
import { publicKeyFromSeed } from '../vc/ed25519.ts';
import { encodeMultikey } from '../vc/multikey.ts';
import { localSigner, type Signer } from '../vc/signer.ts';
import { compromiseJose } from './jose-keys.ts';
import { openOnce } from './opened.ts';
import { requireRight } from './rights.ts';
import { institutionKeys, type KeyState } from './schema.ts';
import { sealedPlace } from './sealed.ts';

export type KeyRow = typeof institutionKeys.$inferSelect;

interface Owner {
  id: string;
  slug: string;
}

/** A fresh Ed25519 key, sealed, as a statement that has not run yet. `taken` are the ids that were ever used. */
export async function newKey(deps: Deps, institutionId: string, taken: string[], state: KeyState) {
  const now = deps.clock();
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const year = now.getUTCFullYear();
  let n = 1;
  while (taken.includes(`key-${year}-${n}`)) n++;
  const id = `key-${year}-${n}`;
  const version = '1';
  const row: KeyRow = {
    institutionId,
    id,
    publicKeyMultibase: encodeMultikey(await publicKeyFromSeed(seed)),
    sealed: base64url(await seal(deps.config.keyEncryptionKey, seed, sealedPlace(institutionId, id, version))),
    version,
    state,
    createdAt: now.toISOString(),
    endedAt: null,
  };
  seed.fill(0);
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
export async function signerFor(deps: Deps, institution: Owner): Promise<Signer> {
  const row = await activeKey(deps, institution);
  const signer = await openSigner(deps, institution, row);
  return { ...signer, sign: bytes => signWhileActive(deps, institution, row.id, () => signer.sign(bytes)) };
}

/** A signer that someone held on to does not sign once its key has ended. */
async function signWhileActive<T>(deps: Deps, institution: Owner, keyId: string, sign: () => Promise<T>): Promise<T> {
  if ((await activeKey(deps, institution)).id === keyId) return sign();
  throw new DomainError('key-state', 'This key does not sign any more.');
}

/** Throws what `signerFor` would, before anything is written that needs a signature. */
export async function assertKeyOpens(deps: Deps, institution: Owner): Promise<void> {
  await openSigner(deps, institution, await activeKey(deps, institution));
}

function openSigner(deps: Deps, institution: Owner, row: KeyRow): Promise<Signer> {
  const controller = didWebFor(deps.config.origin, institution.slug);
  const id = `${controller}#${row.id}`;
  const { publicKeyMultibase, sealed } = row;
  const place = sealedPlace(row.institutionId, row.id, row.version);
  return openOnce(deps, JSON.stringify([id, place, publicKeyMultibase, sealed]), async () => {
    const seed = await openKey(deps, row);
    const signer = await localSigner({ id, controller, seed, publicKeyMultibase });
    seed.fill(0);
    return signer;
  });
}

async function activeKey(deps: Deps, institution: Owner): Promise<KeyRow> {
  const [row] = await deps.db.query
    .select()
    .from(institutionKeys)
    .where(and(eq(institutionKeys.institutionId, institution.id), eq(institutionKeys.state, 'active')));
  if (!row) throw new DomainError('key-state', 'The institution has no active signing key.');
  return row;
}

async function openKey(deps: Deps, row: KeyRow): Promise<Uint8Array> {
  const sealed = fromBase64url(row.sealed);
  if (!sealed) throw new DomainError('key-not-opened', 'The sealed key is damaged.');
  return unseal(deps.config.keyEncryptionKey, sealed, sealedPlace(row.institutionId, row.id, row.version));
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
    (await openKey(deps, rows[0])).fill(0);
    return 'ok';
  } catch {
    return 'key-not-opened';
  }
}

/** Publishes a key beside the active one, ahead of a rotation: others may keep a DID document for a day. */
export async function addKey(deps: Deps, institution: Owner, actor: Actor): Promise<KeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const keys = await listKeys(deps, institution.id);
  const key = await newKey(
    deps,
    institution.id,
    keys.map(k => k.id),
    'published',
  );
  await commit(deps.db, [key.insert], [entry(deps, institution, actor, 'key.create', key.row.id)]);
  return key.row;
}

/**
 * Lets the newest published key sign from now on (making one when there is none) and retires the one before: it stays
 * in `assertionMethod`, so what it signed stays good. Status lists are signed again by the caller's sweep.
 */
export async function rotateKey(deps: Deps, institution: Owner, actor: Actor): Promise<KeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const keys = await listKeys(deps, institution.id);
  const waiting = keys.filter(k => k.state === 'published').at(-1);
  const made = waiting
    ? undefined
    : await newKey(
        deps,
        institution.id,
        keys.map(k => k.id),
        'active',
      );
  const active = keys.filter(k => k.state === 'active').map(k => k.id);
  const next = waiting ?? made!.row;
  await commit(
    deps.db,
    [
      ...setState(deps, institution, active, 'retired'),
      ...(made ? [made.insert] : setState(deps, institution, [next.id], 'active')),
    ],
    [entry(deps, institution, actor, 'key.rotate', next.id)],
  );
  return { ...next, state: 'active' };
}

/**
 * Takes a key out of `assertionMethod`: everything it signed is from now on refused by every verifier. When it was
 * the active key, another takes its place in the same commit. Keys for tokens likewise.
 * @throws DomainError `not-found`, `key-state` when it was told before
 */
export async function compromiseKey(deps: Deps, institution: Owner, actor: Actor, keyId: string): Promise<void> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const keys = await listKeys(deps, institution.id);
  const key = keys.find(k => k.id === keyId);
  if (!key) {
    const statements = await compromiseJose(deps, institution, keyId);
    return commit(deps.db, statements, [entry(deps, institution, actor, 'key.compromise', keyId)]);
  }
  if (key.state === 'compromised') throw new DomainError('key-state', 'This key was marked as compromised before.');
  const made =
    key.state === 'active'
      ? await newKey(
          deps,
          institution.id,
          keys.map(k => k.id),
          'active',
        )
      : undefined;
  await commit(
    deps.db,
    [...setState(deps, institution, [keyId], 'compromised'), ...(made ? [made.insert] : [])],
    [entry(deps, institution, actor, 'key.compromise', keyId)],
  );
}

const setState = (deps: Deps, institution: Owner, ids: string[], state: KeyState): Statement[] =>
  ids.length
    ? [
        deps.db.query
          .update(institutionKeys)
          .set({ state, ...(state === 'active' ? {} : { endedAt: deps.clock().toISOString() }) })
          .where(and(eq(institutionKeys.institutionId, institution.id), inArray(institutionKeys.id, ids))),
      ]
    : [];

const entry = (deps: Deps, institution: Owner, actor: Actor, action: string, subject: string): AuditEntry => ({
  institution: institution.id,
  actor,
  action,
  subject,
  at: deps.clock(),
  details: { key: subject },
});
