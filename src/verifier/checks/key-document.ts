import { type DidDocument, onlyMethodOf, resolveDid } from '../../vc/did.ts';
import { VcError } from '../../vc/errors.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import type { PublicKey } from '../../vc/multikey.ts';
import { findVerificationMethod, isOnlyNamed } from '../../vc/verification-method.ts';
import type { FetchJson } from '../verify.ts';
import type { Purpose } from './key.ts';

type Deps = { fetchJson: FetchJson; now: Date; purpose: Purpose };

const DOCUMENT = { maxBytes: 64 * 1024, accept: 'application/json, application/ld+json;q=0.9' };

/**
 * What an issuer at an https address publishes there about itself: a controlled identifier document (CID §2), which an
 * OB 3.0 Profile may be as well, or a set of keys (RFC 7517 §5). Undefined when it cannot be had,
 * is of another or says nothing of keys.
 */
export async function fetchIssuer(issuerId: string, fetchJson: FetchJson): Promise<DidDocument | undefined> {
  let document: unknown;
  try {
    document = await fetchJson(issuerId, DOCUMENT);
  } catch {
    return undefined;
  }
  if (!isObject(document)) return undefined;
  if (document.id === undefined && Array.isArray(document.keys)) return { ...document, id: issuerId };
  // A profile that says nothing of keys denies none either: many issuers of Open Badges publish only who they are.
  if (document.id !== issuerId || !KEY_MEMBERS.some(name => name in document)) return undefined;
  return document as DidDocument;
}

const KEY_MEMBERS = ['verificationMethod', 'assertionMethod', 'authentication', 'keys'];

/**
 * The key that an issuer's own document gives to a method, whatever address that method has. What stands at the address
 * of a method is asked for only when this document names it, and has to name the issuer in its turn (CID §3.3). Throws
 * as `findVerificationMethod` does, and `did-unresolvable` when the key cannot be had.
 */
export async function keyIn(document: DidDocument, method: string, deps: Deps): Promise<PublicKey> {
  const { purpose, now } = deps;
  if (isOnlyNamed(document, method, purpose)) return keyElsewhere(document.id, method, deps);
  const jwk = jwkIn(document.keys, method, document.id);
  if (jwk) return decodeJwk(jwk);
  try {
    return findVerificationMethod(document, method, purpose, now);
  } catch (error) {
    const isOwn = method.split('#', 1)[0] === document.id;
    if (!(error instanceof VcError) || error.code !== 'key-not-found' || isOwn) throw error;
    throw new VcError('key-not-authorized', `The document of ${document.id} does not name the key ${method}.`);
  }
}

async function keyElsewhere(issuerId: string, method: string, { fetchJson, now, purpose }: Deps): Promise<PublicKey> {
  const base = method.split('#', 1)[0]!;
  // The key is in the DID itself: there is nothing to ask, and nobody else whom it could be of.
  const only = onlyMethodOf(base);
  if (only !== undefined) {
    const document = await resolveDid(base, { fetchJson: async () => undefined });
    return findVerificationMethod(document, method === base ? only : method, purpose, now);
  }
  if (!base.startsWith('https://')) throw new VcError('key-type-unsupported', `The key ${method} cannot be looked up.`);
  let found: unknown;
  try {
    found = await fetchJson(base, DOCUMENT);
  } catch (cause) {
    throw new VcError('did-unresolvable', `The key at ${base} could not be read.`, { cause });
  }
  if (!isObject(found)) throw new VcError('key-not-found', `There is no key at ${base}.`);
  // A JSON Web Key names nobody; that the issuer names its address is all there is (OB 3.0 §8.2.4.1, `kid`).
  if (found.kty !== undefined) return decodeJwk(found);
  const jwk = jwkIn(found.keys, method, base);
  if (jwk) return decodeJwk(jwk);
  const methods = [found, ...listOf(found.verificationMethod)].filter(entry => isObject(entry) && entry.id === method);
  return findVerificationMethod(
    { id: issuerId, verificationMethod: methods, [purpose]: [method] },
    method,
    purpose,
    now,
  );
}

/** The key of a JSON Web Key Set that a method names, by its whole id or by what stands behind the address of the set. */
export function jwkIn(keys: unknown, method: string, address: string): JsonObject | undefined {
  const named = listOf(keys)
    .filter(isObject)
    .filter(({ kid }) => typeof kid === 'string' && (kid === method || `${address}#${kid}` === method));
  return named.length === 1 && signs(named[0]!) ? named[0] : undefined;
}

/** RFC 7517 §4.2: a key for encrypting signs nothing. */
export const signs = ({ use }: JsonObject): boolean => use === undefined || use === 'sig';

/** Every key that a document gives for a purpose, those that are withdrawn or run out too. */
export function keysIn(
  document: DidDocument,
  purpose: Purpose,
  now: Date,
): ({ key: PublicKey } | { refused: VcError; key?: PublicKey })[] {
  const read = (id: string, at: Date) => findVerificationMethod(document, id, purpose, at);
  const methods = listOf(document[purpose]).map(method => (isObject(method) ? method.id : method));
  const ids = methods.filter(id => typeof id === 'string');
  const found = ids.map(id => {
    const absolute = id.startsWith('#') ? `${document.id}${id}` : id;
    return attempt(
      () => read(absolute, now),
      // Before it was withdrawn, to know which key that is.
      () => read(absolute, new Date(0)),
    );
  });
  const jwks = listOf(document.keys)
    .filter(isObject)
    .filter(signs)
    .map(jwk => attempt(() => decodeJwk(jwk)));
  return [...found, ...jwks];
}

function attempt(
  read: () => PublicKey,
  before?: () => PublicKey,
): { key: PublicKey } | { refused: VcError; key?: PublicKey } {
  try {
    return { key: read() };
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    const earlier = before && attempt(before);
    return earlier && 'key' in earlier && earlier.key ? { refused: error, key: earlier.key } : { refused: error };
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
