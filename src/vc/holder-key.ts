import { decodeBase64url, encodeBase64url, utf8 } from './bytes.ts';
import { didJwkDocument, didKeyDocument } from './did.ts';
import { decompress } from './ecdsa.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { decodeMultikey } from './multikey.ts';

/** RFC 7638 §3.2: the members that make a key what it is, in the order of the alphabet. */
const MEMBERS: Record<string, string[]> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** The did:jwk of a public key: one spelling for one key. Throws `key-malformed` for what is no public key. */
export function didOfJwk(jwk: unknown): string {
  const key = decodeJwk(jwk);
  if (key.type === 'unknown') throw new VcError('key-malformed', 'The JSON Web Key is of a kind that is not known.');
  const given = jwk as Record<string, unknown>;
  const bare = Object.fromEntries(MEMBERS[String(given.kty)]!.map(name => [name, given[name]]));
  return `did:jwk:${encodeBase64url(utf8(JSON.stringify(bare)))}`;
}

/**
 * The public key that a did:key or did:jwk is, as a JWK of its bare members.
 * Throws `did-malformed`, and `did-method-unsupported` for a DID that is no key.
 */
export function jwkOfDid(did: string): Record<string, string> {
  if (did.startsWith('did:jwk:')) {
    didJwkDocument(did);
    const jwk = JSON.parse(new TextDecoder().decode(decodeBase64url(did.slice('did:jwk:'.length)))) as JsonObject;
    return Object.fromEntries((MEMBERS[String(jwk.kty)] ?? []).map(name => [name, String(jwk[name])]));
  }
  if (!did.startsWith('did:key:')) throw new VcError('did-method-unsupported', 'Only a did:key or a did:jwk is a key.');
  didKeyDocument(did);
  const key = decodeMultikey(did.slice('did:key:'.length));
  if (key.type === 'Ed25519') return { crv: 'Ed25519', kty: 'OKP', x: encodeBase64url(key.publicKey) };
  if (key.type !== 'P-256' && key.type !== 'P-384')
    throw new VcError('did-method-unsupported', 'The did:key is of a kind of key that is not known.');
  const point = decompress(key.type, key.publicKey).subarray(1);
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)];
  return { crv: key.type, kty: 'EC', x: encodeBase64url(x), y: encodeBase64url(y) };
}

/** Whether two DIDs are one, or are the same key: a wallet may write its key as another DID than it was given. */
export function isSameHolder(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return didOfJwk(jwkOfDid(one)) === didOfJwk(jwkOfDid(other));
  } catch (error) {
    if (error instanceof VcError) return false;
    throw error;
  }
}
