/**
 * The key of the service itself, for what no institution says: a report of a check, what someone stated after a login.
 * It is sealed as the keys of institutions are, and nobody has to make it: the first that needs it does.
 */
import { asc, inArray } from 'drizzle-orm';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import { seal, unseal } from '../platform/seal.ts';
import { type DidDocument, didDocument, didWebOfHost } from '../vc/did.ts';
import { publicKeyFromSeed, signerOfSeed } from '../vc/ed25519.ts';
import { encodeMultikey } from '../vc/multikey.ts';
import { localSigner, type Signer } from '../vc/signer.ts';
import { type KeyState, serviceKeys } from './schema.ts';
import { sealedPlace } from './sealed.ts';

type ServiceKeyRow = typeof serviceKeys.$inferSelect;

/** Stands where a sealed key of an institution is bound to its tenant; the ids of institutions are UUIDs. */
const PLACE = 'service';

/** Who may change the keys of the service. */
type Operator = Extract<Actor, { kind: 'operator' }>;

/** Every key of the service, oldest first. */
export async function listServiceKeys(deps: Deps): Promise<ServiceKeyRow[]> {
  return deps.db.query.select().from(serviceKeys).orderBy(asc(serviceKeys.createdAt), asc(serviceKeys.id));
}

/**
 * The port that signs as `did:web:HOST`; it sees 64 bytes and gives 64 back. The first key is made when it is needed.
 * @throws DomainError `key-not-opened` under another key-encryption key, `key-state` once the key has ended
 */
export async function serviceSigner(deps: Deps): Promise<Signer> {
  const { row, seed, id, controller } = await openServiceKey(deps);
  const signer = await localSigner({ id, controller, seed, publicKeyMultibase: row.publicKeyMultibase });
  seed.fill(0);
  return {
    ...signer,
    // A signer that someone held on to does not sign once its key has ended.
    sign: async bytes => {
      if ((await activeServiceKey(deps)).id === row.id) return signer.sign(bytes);
      throw new DomainError('key-state', 'This key does not sign any more.');
    },
  };
}

/** What signs tokens for the service: `id` is the `kid`, and `controller` the DID that it belongs to. */
type ServiceTokenSigner = Pick<Signer, 'id' | 'controller' | 'publicKeyMultibase' | 'sign'>;

/**
 * The same key for tokens (RFC 8037, `EdDSA`). What is signed of a token has a dot in it, and is never taken for the two
 * hashes that a proof signs.
 * @throws what `serviceSigner` throws
 */
export async function serviceTokenSigner(deps: Deps): Promise<ServiceTokenSigner> {
  const { row, seed, id, controller } = await openServiceKey(deps);
  const sign = await signerOfSeed(seed);
  seed.fill(0);
  return { id, controller, publicKeyMultibase: row.publicKeyMultibase, sign };
}

async function openServiceKey(deps: Deps) {
  const row = await activeServiceKey(deps);
  const sealed = fromBase64url(row.sealed);
  if (!sealed) throw new DomainError('key-not-opened', 'The sealed key is damaged.');
  const seed = await unseal(deps.config.keyEncryptionKey, sealed, sealedPlace(PLACE, row.id, row.version));
  const controller = didWebOfHost(deps.config.origin);
  return { row, seed, controller, id: `${controller}#${row.id}` };
}

/** The DID document of the service, at `/.well-known/did.json`. It is never without a key, since others may keep it. */
export async function readServiceDidDocument(deps: Deps): Promise<DidDocument> {
  await activeServiceKey(deps);
  return didDocument({
    did: didWebOfHost(deps.config.origin),
    keys: (await listServiceKeys(deps)).map(({ id, state, publicKeyMultibase, endedAt, createdAt }) => ({
      id,
      state,
      publicKeyMultibase,
      ...(state === 'compromised' ? { revoked: endedAt ?? createdAt } : {}),
    })),
  });
}

/** The key that signs, made when there is none. When another process made one first, theirs stands. */
async function activeServiceKey(deps: Deps): Promise<ServiceKeyRow> {
  const active = async () => (await listServiceKeys(deps)).filter(key => key.state === 'active').at(-1);
  return (
    (await active()) ??
    deps.db.inTurn('service-key', async () => {
      for (;;) {
        const row = await active();
        if (row) return row;
        const key = await newServiceKey(deps, 'active');
        try {
          await commit(deps.db, [key.insert], [entry(deps, { kind: 'service' }, 'key.create', key.row.id)]);
          return key.row;
        } catch (error) {
          if (violatedKey(error) !== 'service_keys.id') throw error;
        }
      }
    })
  );
}

/** Publishes a key beside the one that signs, ahead of a rotation: others may keep a DID document for a day. */
export async function addServiceKey(deps: Deps, operator: Operator): Promise<ServiceKeyRow> {
  const key = await newServiceKey(deps, 'published');
  await commit(deps.db, [key.insert], [entry(deps, operator, 'key.create', key.row.id)]);
  return key.row;
}

/**
 * Lets the newest published key sign from now on (making one when there is none) and retires the one before: it stays in
 * `assertionMethod`, so what it signed stays good.
 */
export async function rotateServiceKey(deps: Deps, operator: Operator): Promise<ServiceKeyRow> {
  const keys = await listServiceKeys(deps);
  const waiting = keys.filter(key => key.state === 'published').at(-1);
  const made = waiting ? undefined : await newServiceKey(deps, 'active');
  const active = keys.filter(key => key.state === 'active').map(key => key.id);
  const next = waiting ?? made!.row;
  await commit(
    deps.db,
    [...setState(deps, active, 'retired'), ...(made ? [made.insert] : setState(deps, [next.id], 'active'))],
    [entry(deps, operator, 'key.rotate', next.id)],
  );
  return { ...next, state: 'active' };
}

/**
 * Takes a key out of `assertionMethod`: everything that it signed is refused from now on. When it was the active one,
 * another takes its place in the same commit.
 * @throws DomainError `not-found`, `key-state` when it was told before
 */
export async function compromiseServiceKey(deps: Deps, operator: Operator, keyId: string): Promise<void> {
  const key = (await listServiceKeys(deps)).find(known => known.id === keyId);
  if (!key) throw new DomainError('not-found', 'The service has no such key.');
  if (key.state === 'compromised') throw new DomainError('key-state', 'This key was marked as compromised before.');
  const made = key.state === 'active' ? await newServiceKey(deps, 'active') : undefined;
  await commit(
    deps.db,
    [...setState(deps, [keyId], 'compromised'), ...(made ? [made.insert] : [])],
    [entry(deps, operator, 'key.compromise', keyId)],
  );
}

/** A fresh key, sealed, as a statement that has not run yet. Ids are counted, so that two makers meet at the same one. */
async function newServiceKey(deps: Deps, state: KeyState) {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const id = `key-${(await listServiceKeys(deps)).length + 1}`;
  const version = '1';
  const row: ServiceKeyRow = {
    id,
    publicKeyMultibase: encodeMultikey(await publicKeyFromSeed(seed)),
    sealed: base64url(await seal(deps.config.keyEncryptionKey, seed, sealedPlace(PLACE, id, version))),
    version,
    state,
    createdAt: deps.clock().toISOString(),
    endedAt: null,
  };
  seed.fill(0);
  return { row, insert: deps.db.query.insert(serviceKeys).values(row) as Statement };
}

const setState = (deps: Deps, ids: string[], state: KeyState): Statement[] =>
  ids.length
    ? [
        deps.db.query
          .update(serviceKeys)
          .set({ state, ...(state === 'active' ? {} : { endedAt: deps.clock().toISOString() }) })
          .where(inArray(serviceKeys.id, ids)),
      ]
    : [];

const entry = (deps: Deps, actor: Actor, action: string, key: string): AuditEntry => ({
  institution: OPERATOR,
  actor,
  action,
  subject: key,
  at: deps.clock(),
  details: { key, of: 'service' },
});
