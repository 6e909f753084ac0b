import { parseDateTimeStamp } from './date.ts';
import type { DidDocument } from './did.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { decodeMultikey, type PublicKey } from './multikey.ts';

type VerificationKey = PublicKey & { id: string; publicKeyMultibase?: string };

const MULTIKEY_TYPES = ['Multikey', 'Ed25519VerificationKey2020'];
const JWK_TYPES = ['JsonWebKey', 'JsonWebKey2020'];

/**
 * Finds the key that `document` itself gives to the verification method `id`, for one relationship (CID §3.3,
 * "Retrieve Verification Method"). Nothing in the id but the id itself is believed: a key in its fragment means nothing.
 * Throws `key-not-found`, `key-not-authorized` (another relationship, or another controller), `key-revoked`,
 * `key-expired` (at `now`), `key-type-unsupported` or `key-malformed`.
 */
export function findVerificationMethod(
  document: DidDocument,
  id: string,
  relationship: 'assertionMethod' | 'authentication',
  now: Date,
): VerificationKey {
  const absolute = (value: unknown) =>
    typeof value === 'string' && value.startsWith('#') ? `${document.id}${value}` : value;
  const identifies = (entry: unknown) => absolute(isObject(entry) ? entry.id : entry) === id;

  const related = listOf(document[relationship]).filter(identifies);
  const embedded = [...related, ...listOf(document.authentication), ...listOf(document.assertionMethod)];
  const method = [...listOf(document.verificationMethod), ...embedded].filter(isObject).find(identifies);
  if (!method) throw new VcError('key-not-found', `The document of ${document.id} has no key ${id}.`);

  // Before the relationship: a withdrawn key has left it too, and "withdrawn" says more than "not authorized".
  if (method.revoked !== undefined && !isAfter(method.revoked, now)) {
    throw new VcError('key-revoked', `The key ${id} was revoked.`);
  }
  if (method.expires !== undefined && !isAfter(method.expires, now)) {
    throw new VcError('key-expired', `The key ${id} has expired.`);
  }
  if (related.length === 0) throw new VcError('key-not-authorized', `The key ${id} is not for ${relationship}.`);
  if (method.controller !== document.id) {
    throw new VcError('key-not-authorized', `The key ${id} is under the control of another.`);
  }
  if (JWK_TYPES.includes(String(method.type))) return { ...decodeJwk(method.publicKeyJwk), id };
  if (!MULTIKEY_TYPES.includes(String(method.type))) {
    throw new VcError('key-type-unsupported', `The key ${id} is of a type that cannot be read here.`);
  }
  return { ...decodeMultikey(method.publicKeyMultibase), id, publicKeyMultibase: String(method.publicKeyMultibase) };
}

/**
 * Whether `document` names the verification method `id` for a relationship and says no more of it: what the method is
 * stands somewhere else.
 */
export function isOnlyNamed(
  document: DidDocument,
  id: string,
  relationship: 'assertionMethod' | 'authentication',
): boolean {
  const lists = [document.verificationMethod, document.authentication, document.assertionMethod];
  const described = lists.flatMap(listOf).some(entry => isObject(entry) && entry.id === id);
  return !described && listOf(document[relationship]).includes(id);
}

/** A date that cannot be read is no permission to go on. */
function isAfter(value: unknown, now: Date): boolean {
  const date = parseDateTimeStamp(value);
  return date !== undefined && date > now;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
