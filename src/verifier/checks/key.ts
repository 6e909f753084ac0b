import { resolveDid } from '../../vc/did.ts';
import { VcError } from '../../vc/errors.ts';
import { decodeMultikey, type PublicKey } from '../../vc/multikey.ts';
import { findVerificationMethod } from '../../vc/verification-method.ts';
import type { KeyAnswer } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { FetchJson } from '../verify.ts';

/** Finds the keys that may speak for one issuer. */
export type Keyring = {
  issuerId: string;
  /** Whether the issuer is a DID, so that a key found is a key proven to be theirs. */
  bound: boolean;
  keyFor(verificationMethod: string): Promise<KeyAnswer<Code>>;
};

const DID_DOCUMENT = { maxBytes: 64 * 1024, accept: 'application/did+ld+json, application/did+json, application/json' };

/**
 * The keys of an issuer, from the issuer's own DID document and from nothing that a proof names. Resolves at most once,
 * and not at all for a method that could never be the issuer's.
 */
export function keyringOf(issuerId: string, { fetchJson, now }: { fetchJson: FetchJson; now: Date }): Keyring {
  if (!issuerId.startsWith('did:')) {
    // A urn: or a page has no document to ask. The key that the proof claims still tells a broken signature.
    const keyFor = async (method: string): Promise<KeyAnswer<Code>> => {
      const key = claimedKey(method);
      return key ? { key } : { outcome: 'unknown', code: 'issuer-unbound' };
    };
    return { issuerId, bound: false, keyFor };
  }

  let resolving: ReturnType<typeof resolveDid> | undefined;
  const keyFor = async (method: string): Promise<KeyAnswer<Code>> => {
    // A did:key has one key; its bare DID is a common way to name it.
    const id = method === issuerId && issuerId.startsWith('did:key:') ? `${method}#${method.slice(8)}` : method;
    if (/^https?:/.test(id)) return { outcome: 'failed', code: 'key-not-authorized' };
    if (id !== issuerId && !id.startsWith(`${issuerId}#`)) return { outcome: 'failed', code: 'issuer-key-mismatch' };
    try {
      resolving ??= resolveDid(issuerId, { fetchJson: url => fetchJson(url, DID_DOCUMENT) });
      return { key: findVerificationMethod(await resolving, id, 'assertionMethod', now) };
    } catch (error) {
      if (error instanceof VcError) return refusals[error.code] ?? { outcome: 'failed', code: 'key-malformed' };
      throw error;
    }
  };
  return { issuerId, bound: true, keyFor };
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
