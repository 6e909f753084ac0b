/** What is the same for every key that signs here: how it is sealed and opened, how it takes its turn, how it ends. */
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import { seal, unseal } from '../platform/seal.ts';
import type { KeyState } from './schema.ts';
import { sealedPlace } from './sealed.ts';

/** An institution, as far as its keys go. */
export interface KeyOwner {
  id: string;
  slug: string;
}

/** What every kind of key has, whatever else it has. */
export interface KeptKey {
  id: string;
  sealed: string;
  version: string;
  state: KeyState;
  createdAt: string;
  endedAt: string | null;
}

/** A fresh key, and the statement that keeps it, which has not run yet. */
export interface NewKey<Row> {
  row: Row;
  insert: Statement;
}

/** The keys of one owner that take turns, oldest first. */
export interface KeyRing<Row extends KeptKey> {
  keys: Row[];
  make: (state: KeyState) => Promise<NewKey<Row>>;
  /** The statement that changes keys; it is never called without any. */
  update: (ids: string[], to: { state: KeyState; endedAt?: string }) => Statement;
}

/** The first id of this stem that was never used. */
export function freeId(stem: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

/** A secret as it is kept: sealed for its owner and its id. The secret itself is wiped. */
export async function sealKey(deps: Deps, owner: string, id: string, secret: Uint8Array, state: KeyState) {
  const version = '1';
  const sealed = base64url(await seal(deps.config.keyEncryptionKey, secret, sealedPlace(owner, id, version)));
  secret.fill(0);
  return { id, sealed, version, state, createdAt: deps.clock().toISOString(), endedAt: null } satisfies KeptKey;
}

/** The secret of a key, which whoever asked for it wipes. @throws DomainError `key-not-opened` */
export async function unsealKey(deps: Deps, owner: string, { id, sealed, version }: KeptKey): Promise<Uint8Array> {
  const bytes = fromBase64url(sealed);
  if (!bytes) throw new DomainError('key-not-opened', 'The sealed key is damaged.');
  return unseal(deps.config.keyEncryptionKey, bytes, sealedPlace(owner, id, version));
}

/** A signer that someone held on to does not sign once its key has ended. */
export const whileActive = <S extends { sign(bytes: Uint8Array): Promise<Uint8Array> }>(
  signer: S,
  isActive: () => Promise<boolean>,
): S => ({
  ...signer,
  sign: async (bytes: Uint8Array) => {
    if (await isActive()) return signer.sign(bytes);
    throw new DomainError('key-state', 'This key does not sign any more.');
  },
});

interface First<Row> {
  /** Those who make the same key in this process wait for each other. */
  turn: string;
  table: string;
  active: () => Promise<Row | undefined>;
  make: () => Promise<NewKey<Row>>;
  entry: (key: string) => AuditEntry;
}

/** The key that signs, made when there is none. When another process made it first, theirs stands. */
export async function activeOrFirst<Row extends KeptKey>(deps: Deps, first: First<Row>): Promise<Row> {
  const { turn, table, active, make, entry } = first;
  const makeIt = async () => {
    for (;;) {
      const row = await active();
      if (row) return row;
      const key = await make();
      try {
        await commit(deps.db, [key.insert], [entry(key.row.id)]);
        return key.row;
      } catch (error) {
        if (!violatedKey(error)?.startsWith(`${table}.`)) throw error;
      }
    }
  };
  return (await active()) ?? deps.db.inTurn(turn, makeIt);
}

/**
 * Lets the newest published key sign from now on (making one when there is none) and retires the one before: it stays
 * in `assertionMethod`, so what it signed stays good.
 */
export async function rotated<Row extends KeptKey>(deps: Deps, ring: KeyRing<Row>) {
  const waiting = ring.keys.filter(key => key.state === 'published').at(-1);
  const made = waiting ? undefined : await ring.make('active');
  const active = ring.keys.filter(key => key.state === 'active').map(key => key.id);
  const next = waiting ?? made!.row;
  const statements = [
    ...setState(deps, ring, active, 'retired'),
    ...(made ? [made.insert] : setState(deps, ring, [next.id], 'active')),
  ];
  return { next: { ...next, state: 'active' as const }, statements };
}

/**
 * Takes a key out of `assertionMethod`: everything that it signed is refused from now on. When it was the active one,
 * another takes its place in the same commit.
 * @throws DomainError `key-state` when it was told before
 */
export async function compromised<Row extends KeptKey>(deps: Deps, ring: KeyRing<Row>, key: Row): Promise<Statement[]> {
  if (key.state === 'compromised') throw new DomainError('key-state', 'This key was marked as compromised before.');
  const made = key.state === 'active' ? await ring.make('active') : undefined;
  return [...setState(deps, ring, [key.id], 'compromised'), ...(made ? [made.insert] : [])];
}

const setState = <Row extends KeptKey>(deps: Deps, ring: KeyRing<Row>, ids: string[], state: KeyState): Statement[] =>
  ids.length
    ? [ring.update(ids, { state, ...(state === 'active' ? {} : { endedAt: deps.clock().toISOString() }) })]
    : [];

/** What the log says of a key; `institution` is the owner's, or the operator's. */
export const keyEntry = (
  deps: Deps,
  institution: string,
  actor: Actor,
  action: `key.${'create' | 'rotate' | 'compromise'}`,
  key: string,
): AuditEntry => ({ institution, actor, action, subject: key, at: deps.clock(), details: { key } });
