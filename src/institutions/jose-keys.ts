import { and, asc, eq, inArray } from 'drizzle-orm';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import { seal, unseal } from '../platform/seal.ts';
import { didWebFor } from '../vc/did.ts';
import { generateJoseKey, type JoseSigner, localJoseSigner } from '../vc/jose-signer.ts';
import { openOnce } from './opened.ts';
import { requireRight } from './rights.ts';
import { type JoseAlgorithm, joseKeys, type KeyState } from './schema.ts';
import { sealedPlace } from './sealed.ts';

export type JoseKeyRow = typeof joseKeys.$inferSelect;

interface Owner {
  id: string;
  slug: string;
}

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
) {
  const now = deps.clock();
  const { publicJwk, pkcs8 } = await generateJoseKey(algorithm);
  const stem = `key-${now.getUTCFullYear()}-${algorithm.toLowerCase()}`;
  let n = 1;
  while (taken.includes(`${stem}-${n}`)) n++;
  const id = `${stem}-${n}`;
  const version = '1';
  const row: JoseKeyRow = {
    institutionId,
    id,
    algorithm,
    publicJwk,
    sealed: base64url(await seal(deps.config.keyEncryptionKey, pkcs8, sealedPlace(institutionId, id, version))),
    version,
    state,
    createdAt: now.toISOString(),
    endedAt: null,
  };
  pkcs8.fill(0);
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
export async function joseSignerFor(deps: Deps, institution: Owner, algorithm: JoseAlgorithm): Promise<JoseSigner> {
  const { row, signer } = await openJoseKey(deps, institution, algorithm);
  return {
    ...signer,
    // A signer that someone held on to does not sign once its key has ended.
    sign: async bytes => {
      if ((await activeJoseKey(deps, institution, algorithm))?.id === row.id) return signer.sign(bytes);
      throw new DomainError('key-state', 'This key does not sign any more.');
    },
  };
}

/** Throws what `joseSignerFor` would, before anything is written that needs a signature. */
export async function assertJoseKeyOpens(deps: Deps, institution: Owner, algorithm: JoseAlgorithm): Promise<void> {
  await openJoseKey(deps, institution, algorithm);
}

async function openJoseKey(deps: Deps, institution: Owner, algorithm: JoseAlgorithm) {
  const row = (await activeJoseKey(deps, institution, algorithm)) ?? (await makeFirst(deps, institution, algorithm));
  const controller = didWebFor(deps.config.origin, institution.slug);
  const id = `${controller}#${row.id}`;
  const { publicJwk } = row;
  const place = sealedPlace(row.institutionId, row.id, row.version);
  const signer = await openOnce(deps, JSON.stringify([id, place, publicJwk, row.sealed]), async () => {
    const sealed = fromBase64url(row.sealed);
    if (!sealed) throw new DomainError('key-not-opened', 'The sealed key is damaged.');
    const pkcs8 = await unseal(deps.config.keyEncryptionKey, sealed, place);
    const made = await localJoseSigner({ id, controller, algorithm, publicJwk, pkcs8 });
    pkcs8.fill(0);
    return made;
  });
  return { row, signer };
}

async function activeJoseKey(deps: Deps, institution: Owner, algorithm: JoseAlgorithm) {
  const [row] = await deps.db.query
    .select()
    .from(joseKeys)
    .where(
      and(eq(joseKeys.institutionId, institution.id), eq(joseKeys.algorithm, algorithm), eq(joseKeys.state, 'active')),
    );
  return row;
}

/** Makes the first key of an algorithm. When another process made it first, theirs stands. */
async function makeFirst(deps: Deps, institution: Owner, algorithm: JoseAlgorithm): Promise<JoseKeyRow> {
  return deps.db.inTurn(`jose-key:${institution.id}:${algorithm}`, async () => {
    for (;;) {
      const row = await activeJoseKey(deps, institution, algorithm);
      if (row) return row;
      const taken = (await listJoseKeys(deps, institution.id)).map(k => k.id);
      const key = await newJoseKey(deps, institution.id, algorithm, taken, 'active');
      try {
        const audit = entry(deps, institution, { kind: 'service' }, 'key.create', key.row.id);
        await commit(deps.db, [key.insert], [audit]);
        return key.row;
      } catch (error) {
        if (!violatedKey(error)?.startsWith('jose_keys.')) throw error;
      }
    }
  });
}

/** Publishes a key for tokens beside the active one, ahead of a rotation. */
export async function addJoseKey(
  deps: Deps,
  institution: Owner,
  actor: Actor,
  algorithm: JoseAlgorithm,
): Promise<JoseKeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const taken = (await listJoseKeys(deps, institution.id)).map(k => k.id);
  const key = await newJoseKey(deps, institution.id, algorithm, taken, 'published');
  await commit(deps.db, [key.insert], [entry(deps, institution, actor, 'key.create', key.row.id)]);
  return key.row;
}

/**
 * Lets the newest published key of an algorithm sign from now on (making one when there is none) and retires the one
 * before, which stays in `assertionMethod` and in the key set.
 */
export async function rotateJoseKey(
  deps: Deps,
  institution: Owner,
  actor: Actor,
  algorithm: JoseAlgorithm,
): Promise<JoseKeyRow> {
  requireRight({ actor }, 'key.manage', { whole: true });
  const all = await listJoseKeys(deps, institution.id);
  const keys = all.filter(k => k.algorithm === algorithm);
  const waiting = keys.filter(k => k.state === 'published').at(-1);
  const taken = all.map(k => k.id);
  const made = waiting ? undefined : await newJoseKey(deps, institution.id, algorithm, taken, 'active');
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
 * What withdraws a key for tokens, as statements of the caller's commit. An active one is followed by another at once.
 * @throws DomainError `not-found`, `key-state` when it was told before
 */
export async function compromiseJose(deps: Deps, institution: Owner, keyId: string): Promise<Statement[]> {
  const keys = await listJoseKeys(deps, institution.id);
  const key = keys.find(k => k.id === keyId);
  if (!key) throw new DomainError('not-found', 'There is no such key.');
  if (key.state === 'compromised') throw new DomainError('key-state', 'This key was marked as compromised before.');
  const taken = keys.map(k => k.id);
  const made =
    key.state === 'active' ? await newJoseKey(deps, institution.id, key.algorithm, taken, 'active') : undefined;
  return [...setState(deps, institution, [keyId], 'compromised'), ...(made ? [made.insert] : [])];
}

const setState = (deps: Deps, institution: Owner, ids: string[], state: KeyState): Statement[] =>
  ids.length
    ? [
        deps.db.query
          .update(joseKeys)
          .set({ state, ...(state === 'active' ? {} : { endedAt: deps.clock().toISOString() }) })
          .where(and(eq(joseKeys.institutionId, institution.id), inArray(joseKeys.id, ids))),
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
