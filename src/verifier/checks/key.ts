import { hex } from '../../vc/bytes.ts';
import { type DidDocument, didJwkDocument, didKeyDocument, onlyMethodOf, resolveDid } from '../../vc/did.ts';
import { VcError } from '../../vc/errors.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import { decodeMultikey, type PublicKey } from '../../vc/multikey.ts';
import { findVerificationMethod } from '../../vc/verification-method.ts';
import type { KeyAnswer } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import { type Policy, PRODUCT } from '../policy.ts';
import type { FetchJson } from '../verify.ts';
import { fetchIssuer, keyIn, keysIn } from './key-document.ts';

/** Finds the keys that may speak for one issuer, or one holder. */
export type Keyring = {
  issuerId: string;
  /**
   * Whether a key found is one that the issuer's own document gives, so that it is proven to be theirs. Of an issuer at
   * an https address this is known once a key has been asked for.
   */
  readonly bound: boolean;
  keyFor(verificationMethod: string): Promise<KeyAnswer<Code>>;
  /** The key in the header of a JWT, if the issuer has it as well. */
  keyForJwk(jwk: unknown): Promise<KeyAnswer<Code>>;
  /** The method that signed a JWT which names none, where there can be only one. */
  only?: string;
  /** Whether proofs by these methods are enough to speak for the issuer. */
  speaks(methods: readonly string[]): boolean;
};

export type Purpose = 'assertionMethod' | 'authentication';

type KeyringDeps = {
  fetchJson: FetchJson;
  now: Date;
  /** What the keys have to be for. */
  purpose?: Purpose;
  policy?: Policy;
};

const DID_DOCUMENT = { maxBytes: 64 * 1024, accept: 'application/did+ld+json, application/did+json, application/json' };

/**
 * The keys of an issuer, from the issuer's own document and from nothing that a proof names: a DID document, or what the
 * address of an issuer at https answers. Reads it at most once, and not at all for a method that could never be the
 * issuer's. A key elsewhere counts when that document names it, and is not asked for otherwise.
 */
export function keyringOf(issuerId: string, deps: KeyringDeps): Keyring {
  const { fetchJson, now, purpose = 'assertionMethod', policy: { signers } = PRODUCT } = deps;
  if (!issuerId.startsWith('did:') && signers !== 'anyone') return claimedKeyring(issuerId, { ...deps, purpose });

  const resolving = new Map<string, Promise<DidDocument>>();
  const resolve = (did: string) => {
    const document = resolving.get(did) ?? resolveDid(did, { fetchJson: url => fetchJson(url, DID_DOCUMENT) });
    resolving.set(did, document);
    return document;
  };
  /** Methods elsewhere that the issuer's own document gave the key of. */
  const named = new Set<string>();
  const keyFor = async (method: string): Promise<KeyAnswer<Code>> => {
    const did = method.split('#', 1)[0]!;
    // Some DIDs have one key; the bare DID is a common way to name it.
    const id = method === did ? (onlyMethodOf(did) ?? method) : method;
    if (/^https?:/.test(id)) {
      if (!issuerId.startsWith('did:')) return { outcome: 'failed', code: 'key-not-authorized' };
      const found = await answer(async () => keyIn(await resolve(issuerId), id, { fetchJson, now, purpose }));
      if ('key' in found) named.add(method);
      return found;
    }
    if (did !== issuerId && signers === 'issuer') return { outcome: 'failed', code: 'issuer-key-mismatch' };
    return answer(async () => findVerificationMethod(await resolve(did), id, purpose, now));
  };
  const keyForJwk = (jwk: unknown): Promise<KeyAnswer<Code>> =>
    answer(async () => sameKey(keysIn(await resolve(issuerId), purpose, now), decodeJwk(jwk)));
  const speaks = (methods: readonly string[]) =>
    signers === 'anyone' || methods.some(method => method.split('#', 1)[0] === issuerId || named.has(method));
  return { issuerId, bound: true, keyFor, keyForJwk, only: onlyMethodOf(issuerId), speaks };
}

/**
 * The keys of an issuer that is no DID. One at an https address may have a document there that gives its keys; then those
 * count and no others. Of any other, and of one that answers nothing of the kind, the key that a proof claims still tells
 * a broken signature, and binds nobody.
 */
function claimedKeyring(issuerId: string, { fetchJson, now, purpose }: KeyringDeps & { purpose: Purpose }): Keyring {
  let reading: Promise<DidDocument | undefined> | undefined;
  let bound = false;
  const read = async () => {
    reading ??= issuerId.startsWith('https://') ? fetchIssuer(issuerId, fetchJson) : Promise.resolve(undefined);
    const document = await reading;
    bound = document !== undefined;
    return document;
  };
  return {
    issuerId,
    get bound() {
      return bound;
    },
    keyFor: async method => {
      const document = await read();
      if (document) return answer(() => keyIn(document, method, { fetchJson, now, purpose }));
      const key = claimedKey(method);
      return key ? { key } : { outcome: 'unknown', code: 'issuer-unbound' };
    },
    keyForJwk: async jwk => {
      const document = await read();
      return answer(async () => (document ? sameKey(keysIn(document, purpose, now), decodeJwk(jwk)) : decodeJwk(jwk)));
    },
    speaks: () => bound,
  };
}

/** What finding a key came to. */
export async function answer(find: () => Promise<PublicKey>): Promise<KeyAnswer<Code>> {
  try {
    return { key: await find() };
  } catch (error) {
    if (error instanceof VcError) return refusals[error.code] ?? { outcome: 'failed', code: 'key-malformed' };
    throw error;
  }
}

type Found = { key: PublicKey } | { refused: VcError; key?: PublicKey };

/** The key of an issuer that is equal to one that was handed over, under the same conditions as one that was named. */
export function sameKey(keys: readonly Found[], wanted: PublicKey): PublicKey {
  const found = keys.find(({ key }) => key?.type === wanted.type && hex(key.publicKey) === hex(wanted.publicKey));
  if (!found) throw new VcError('key-not-found', 'The issuer has no such key.');
  if ('refused' in found) throw found.refused;
  return found.key;
}

const refusals: Partial<Record<VcError['code'], { outcome: 'failed' | 'unknown'; code: Code }>> = {
  'did-malformed': { outcome: 'failed', code: 'did-malformed' },
  'did-id-mismatch': { outcome: 'unknown', code: 'did-id-mismatch' },
  'did-method-unsupported': { outcome: 'unknown', code: 'did-method-unsupported' },
  'did-unresolvable': { outcome: 'unknown', code: 'issuer-unresolvable' },
  'key-not-found': { outcome: 'failed', code: 'key-not-found' },
  'key-not-authorized': { outcome: 'failed', code: 'key-not-authorized' },
  'key-revoked': { outcome: 'failed', code: 'key-revoked' },
  'key-expired': { outcome: 'failed', code: 'key-expired' },
  'key-type-unsupported': { outcome: 'unknown', code: 'unsupported-suite' },
};

/** The key inside a method id: of a DID that is a key, or `https://…#z6Mk…`. */
function claimedKey(method: string): PublicKey | undefined {
  const [base, fragment] = method.split('#') as [string, string?];
  const only = onlyMethodOf(base);
  try {
    if (only !== undefined) return fragment === undefined || only === method ? keyOfDid(base, only) : undefined;
    return /^https?:\/\//.test(base) && fragment?.startsWith('z') ? decodeMultikey(fragment) : undefined;
  } catch {
    return undefined;
  }
}

/** The key of a DID that is one. Throws as `findVerificationMethod` does. */
function keyOfDid(did: string, method: string): PublicKey {
  const document = did.startsWith('did:key:') ? didKeyDocument(did) : didJwkDocument(did);
  return findVerificationMethod(document, method, 'assertionMethod', new Date(0));
}
