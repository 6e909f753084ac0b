import { hex } from '../../vc/bytes.ts';
import { type DidDocument, resolveDid } from '../../vc/did.ts';
import { VcError } from '../../vc/errors.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import { decodeMultikey, type PublicKey } from '../../vc/multikey.ts';
import { findVerificationMethod } from '../../vc/verification-method.ts';
import type { KeyAnswer } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import { type Policy, PRODUCT } from '../policy.ts';
import type { FetchJson } from '../verify.ts';

/** Finds the keys that may speak for one issuer, or one holder. */
export type Keyring = {
  issuerId: string;
  /** Whether the issuer is a DID, so that a key found is a key proven to be theirs. */
  bound: boolean;
  keyFor(verificationMethod: string): Promise<KeyAnswer<Code>>;
  /** The key in the header of a JWT, if the issuer has it as well. */
  keyForJwk(jwk: unknown): Promise<KeyAnswer<Code>>;
  /** Whether proofs by these methods are enough to speak for the issuer. */
  speaks(methods: readonly string[]): boolean;
};

const DID_DOCUMENT = { maxBytes: 64 * 1024, accept: 'application/did+ld+json, application/did+json, application/json' };

/**
 * The keys of an issuer, from the issuer's own DID document and from nothing that a proof names. Resolves at most once,
 * and not at all for a method that could never be the issuer's.
 */
export function keyringOf(
  issuerId: string,
  { fetchJson, now, purpose = 'assertionMethod', policy = PRODUCT }: KeyringDeps,
): Keyring {
  const { signers } = policy;
  if (!issuerId.startsWith('did:') && signers !== 'anyone') {
    // A urn: or a page has no document to ask. The key that the proof claims still tells a broken signature.
    const keyFor = async (method: string): Promise<KeyAnswer<Code>> => {
      const key = claimedKey(method);
      return key ? { key } : { outcome: 'unknown', code: 'issuer-unbound' };
    };
    const keyForJwk = async (jwk: unknown): Promise<KeyAnswer<Code>> => answer(async () => decodeJwk(jwk));
    return { issuerId, bound: false, keyFor, keyForJwk, speaks: () => false };
  }

  const resolving = new Map<string, Promise<DidDocument>>();
  const resolve = (did: string) => {
    const document = resolving.get(did) ?? resolveDid(did, { fetchJson: url => fetchJson(url, DID_DOCUMENT) });
    resolving.set(did, document);
    return document;
  };
  const keyFor = async (method: string): Promise<KeyAnswer<Code>> => {
    const did = method.split('#', 1)[0]!;
    // A did:key has one key; its bare DID is a common way to name it.
    const id = method === did && did.startsWith('did:key:') ? `${method}#${method.slice(8)}` : method;
    if (/^https?:/.test(id)) return { outcome: 'failed', code: 'key-not-authorized' };
    if (did !== issuerId && signers === 'issuer') return { outcome: 'failed', code: 'issuer-key-mismatch' };
    return answer(async () => findVerificationMethod(await resolve(did), id, purpose, now));
  };
  const keyForJwk = (jwk: unknown): Promise<KeyAnswer<Code>> =>
    answer(async () => findKey(await resolve(issuerId), decodeJwk(jwk), purpose, now));
  const speaks = (methods: readonly string[]) =>
    signers === 'anyone' || methods.some(method => method.split('#', 1)[0] === issuerId);
  return { issuerId, bound: true, keyFor, keyForJwk, speaks };
}

type KeyringDeps = {
  fetchJson: FetchJson;
  now: Date;
  /** What the keys have to be for. */
  purpose?: 'assertionMethod' | 'authentication';
  policy?: Policy;
};

async function answer(find: () => Promise<PublicKey>): Promise<KeyAnswer<Code>> {
  try {
    return { key: await find() };
  } catch (error) {
    if (error instanceof VcError) return refusals[error.code] ?? { outcome: 'failed', code: 'key-malformed' };
    throw error;
  }
}

/** The key of a document that is equal to one that was handed over, under the same conditions as one that was named. */
function findKey(document: DidDocument, key: PublicKey, purpose: 'assertionMethod' | 'authentication', now: Date) {
  const same = (other: PublicKey) => other.type === key.type && hex(other.publicKey) === hex(key.publicKey);
  for (const method of [document[purpose]].flat()) {
    const id = typeof method === 'string' ? method : (method as { id?: unknown } | undefined)?.id;
    if (typeof id !== 'string') continue;
    const found = findVerificationMethod(document, id.startsWith('#') ? `${document.id}${id}` : id, purpose, now);
    if (same(found)) return found;
  }
  throw new VcError('key-not-found', `The document of ${document.id} has no such key.`);
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

/** The key inside a method id: `did:key:z…`, with or without its fragment, or `https://…#z6Mk…`. */
function claimedKey(method: string): PublicKey | undefined {
  const multibase = /^did:key:(z\w+)(?:#\1)?$/.exec(method)?.[1] ?? /^https?:\/\/[^#]+#(z\w+)$/.exec(method)?.[1];
  if (!multibase) return undefined;
  try {
    return decodeMultikey(multibase);
  } catch {
    return undefined;
  }
}
