/**
 * The keys of the service itself, for what no institution says: a report of a check, what someone stated after a login,
 * a question to a wallet. They are sealed as the keys of institutions are, and nobody has to make them: the first that
 * needs one does.
 */
import { asc, inArray } from 'drizzle-orm';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { type DidDocument, didDocument, didWebOfHost } from '../vc/did.ts';
import { publicKeyFromSeed, signerOfSeed } from '../vc/ed25519.ts';
import { jwkOfDid } from '../vc/holder-key.ts';
import { generateJoseKey, type JoseSigner, localJoseSigner } from '../vc/jose-signer.ts';
import { decodeJwk } from '../vc/jwk.ts';
import { decodeMultikey, encodeMultikey } from '../vc/multikey.ts';
import { localSigner, type Signer } from '../vc/signer.ts';
import {
  activeOrFirst,
  compromised,
  keyEntry,
  type KeyRing,
  type NewKey,
  rotated,
  sealKey,
  unsealKey,
  whileActive,
} from './key-ring.ts';
import { type KeyState, serviceKeys } from './schema.ts';

export type ServiceKeyRow = typeof serviceKeys.$inferSelect;

/** Ed25519 for proofs and for tokens; ES256 for tokens, which is all that some wallets know. */
export type ServiceAlgorithm = 'Ed25519' | 'ES256';

/** Stands where a sealed key of an institution is bound to its tenant; the ids of institutions are UUIDs. */
const PLACE = 'service';

/** Who may change the keys of the service. */
type Operator = Extract<Actor, { kind: 'operator' }>;

/** Every key of the service, oldest first. */
export async function listServiceKeys(deps: Deps): Promise<ServiceKeyRow[]> {
  return deps.db.query.select().from(serviceKeys).orderBy(asc(serviceKeys.createdAt), asc(serviceKeys.id));
}

const algorithmOf = ({ publicKeyMultibase }: ServiceKeyRow): ServiceAlgorithm =>
  decodeMultikey(publicKeyMultibase).type === 'P-256' ? 'ES256' : 'Ed25519';

/**
 * The port that signs as `did:web:HOST`; it sees 64 bytes and gives 64 back. The first key is made when it is needed.
 * @throws DomainError `key-not-opened` under another key-encryption key, `key-state` once the key has ended
 */
export async function serviceSigner(deps: Deps): Promise<Signer> {
  const { row, secret: seed, ...named } = await openServiceKey(deps, 'Ed25519');
  const signer = await localSigner({ ...named, seed, publicKeyMultibase: row.publicKeyMultibase });
  seed.fill(0);
  return whileActive(signer, async () => (await activeServiceKey(deps, 'Ed25519')).id === row.id);
}

/** What signs tokens for the service: `id` is the `kid`, `alg` as it stands in a header. */
export interface ServiceTokenSigner {
  id: string;
  alg: 'EdDSA' | 'ES256';
  publicJwk: Record<string, string>;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * What signs tokens (RFC 7518 §3.4, RFC 8037). What is signed of a token has a dot in it, and is never taken for the two
 * hashes that a proof signs.
 * @throws what `serviceSigner` throws
 */
export async function serviceTokenSigner(deps: Deps, alg: 'EdDSA' | 'ES256'): Promise<ServiceTokenSigner> {
  const { row, secret, ...named } = await openServiceKey(deps, alg === 'EdDSA' ? 'Ed25519' : alg);
  const publicJwk = jwkOfDid(`did:key:${row.publicKeyMultibase}`);
  const sign: JoseSigner['sign'] =
    alg === 'EdDSA'
      ? await signerOfSeed(secret)
      : (await localJoseSigner({ ...named, algorithm: alg, publicJwk, pkcs8: secret })).sign;
  secret.fill(0);
  return { id: named.id, alg, publicJwk, sign };
}

async function openServiceKey(deps: Deps, algorithm: ServiceAlgorithm) {
  const row = await activeServiceKey(deps, algorithm);
  const secret = await unsealKey(deps, PLACE, row);
  const controller = didWebOfHost(deps.config.origin);
  return { row, secret, controller, id: `${controller}#${row.id}` };
}

/** The DID document of the service, at `/.well-known/did.json`. It is never without a key, since others may keep it. */
export async function readServiceDidDocument(deps: Deps): Promise<DidDocument> {
  for (const algorithm of ['Ed25519', 'ES256'] as const) await activeServiceKey(deps, algorithm);
  return didDocument({
    did: didWebOfHost(deps.config.origin),
    keys: (await listServiceKeys(deps)).map(row => ({
      id: row.id,
      state: row.state,
      ...(algorithmOf(row) === 'ES256'
        ? { publicKeyJwk: { ...jwkOfDid(`did:key:${row.publicKeyMultibase}`), alg: 'ES256' } }
        : { publicKeyMultibase: row.publicKeyMultibase }),
      ...(row.state === 'compromised' ? { revoked: row.endedAt ?? row.createdAt } : {}),
    })),
  });
}

const activeServiceKey = (deps: Deps, algorithm: ServiceAlgorithm): Promise<ServiceKeyRow> =>
  activeOrFirst(deps, {
    turn: `service-key:${algorithm}`,
    table: 'service_keys',
    active: async () => (await ringOf(deps, algorithm)).keys.filter(key => key.state === 'active').at(-1),
    make: async () => (await ringOf(deps, algorithm)).make('active'),
    entry: key => entry(deps, { kind: 'service' }, 'key.create', key),
  });

/** Publishes a key beside the one that signs, ahead of a rotation: others may keep a DID document for a day. */
export async function addServiceKey(
  deps: Deps,
  operator: Operator,
  algorithm: ServiceAlgorithm = 'Ed25519',
): Promise<ServiceKeyRow> {
  const key = await (await ringOf(deps, algorithm)).make('published');
  await commit(deps.db, [key.insert], [entry(deps, operator, 'key.create', key.row.id)]);
  return key.row;
}

/** The next key of an algorithm signs from now on. */
export async function rotateServiceKey(
  deps: Deps,
  operator: Operator,
  algorithm: ServiceAlgorithm = 'Ed25519',
): Promise<ServiceKeyRow> {
  const { next, statements } = await rotated(deps, await ringOf(deps, algorithm));
  await commit(deps.db, statements, [entry(deps, operator, 'key.rotate', next.id)]);
  return next;
}

/** Withdraws a key. @throws DomainError `not-found`, `key-state` when it was told before */
export async function compromiseServiceKey(deps: Deps, operator: Operator, keyId: string): Promise<void> {
  const key = (await listServiceKeys(deps)).find(known => known.id === keyId);
  if (!key) throw new DomainError('not-found', 'The service has no such key.');
  const statements = await compromised(deps, await ringOf(deps, algorithmOf(key)), key);
  await commit(deps.db, statements, [entry(deps, operator, 'key.compromise', keyId)]);
}

/** The keys of an algorithm. Ids are counted, so that two makers meet at the same one. */
async function ringOf(deps: Deps, algorithm: ServiceAlgorithm): Promise<KeyRing<ServiceKeyRow>> {
  const keys = (await listServiceKeys(deps)).filter(key => algorithmOf(key) === algorithm);
  const id = `key-${algorithm === 'ES256' ? 'es256-' : ''}${keys.length + 1}`;
  return {
    keys,
    make: state => newServiceKey(deps, algorithm, id, state),
    update: (ids, to) => deps.db.query.update(serviceKeys).set(to).where(inArray(serviceKeys.id, ids)),
  };
}

async function newServiceKey(
  deps: Deps,
  algorithm: ServiceAlgorithm,
  id: string,
  state: KeyState,
): Promise<NewKey<ServiceKeyRow>> {
  const { publicKeyMultibase, secret } = await (algorithm === 'ES256' ? newP256() : newEd25519());
  const row = { publicKeyMultibase, ...(await sealKey(deps, PLACE, id, secret, state)) };
  return { row, insert: deps.db.query.insert(serviceKeys).values(row) as Statement };
}

async function newEd25519() {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return { secret, publicKeyMultibase: encodeMultikey(await publicKeyFromSeed(secret)) };
}

async function newP256() {
  const { publicJwk, pkcs8 } = await generateJoseKey('ES256');
  return { secret: pkcs8, publicKeyMultibase: encodeMultikey(decodeJwk(publicJwk).publicKey, 'P-256') };
}

const entry = (deps: Deps, actor: Actor, action: Parameters<typeof keyEntry>[3], key: string) => ({
  ...keyEntry(deps, OPERATOR, actor, action, key),
  details: { key, of: 'service' },
});
