import { type Bytes, concat, decodeBase64url, encodeBase64url, utf8 } from './bytes.ts';
import { verifySignature } from './cryptosuites.ts';
import { VcError } from './errors.ts';
import type { PublicKey } from './multikey.ts';

/** A JWS in compact form (RFC 7515 §7.1), taken apart; nothing of it is believed yet. */
export type Jws = { header: JsonObject; payload: JsonObject; signed: Bytes; signature: Bytes };

/** What could be a compact JWS, with or without a signature. An SD-JWT goes on with a tilde and is none. */
export const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Algorithms that are read, and the type of key for each. A key is for one algorithm, whatever a header says. */
const ALGORITHMS: Record<string, PublicKey['type']> = {
  RS256: 'RSA',
  ES256: 'P-256',
  ES384: 'P-384',
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
};
// OB 3.0 §8.2.4.1 names alg, kid, jwk and typ; VC-JOSE-COSE §3.1.1 adds cty and iss. Others (jku, x5u, crit) would have
// us follow an address or a rule that the sender chose.
const HEADER = ['alg', 'kid', 'jwk', 'typ', 'cty', 'iss'];

/**
 * Takes a compact JWS apart. `parse` reads JSON strictly: a member that stands twice is refused.
 * Throws `jws-malformed`, or what `parse` throws.
 */
export function parseJws(compact: string, parse: (json: string) => unknown): Jws {
  const [first = '', second = '', third = '', ...more] = compact.split('.');
  if (!COMPACT_JWS.test(compact) || more.length > 0) throw malformed();
  const read = (part: string): JsonObject => {
    const value = parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decoded(part)));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
    return value as JsonObject;
  };
  return {
    header: read(first),
    payload: read(second),
    signed: utf8(`${first}.${second}`),
    signature: decoded(third),
  };
}

/**
 * The first thing wrong with a header that can be said without a key; `types` are the values that `typ` may have, and
 * `more` are members that it may have and that nobody acts on.
 */
export function headerDefect(
  header: JsonObject,
  types: readonly string[],
  more: readonly string[] = [],
): 'proof-malformed' | 'unsupported-suite' | undefined {
  if (Object.keys(header).some(name => !HEADER.includes(name) && !more.includes(name))) return 'proof-malformed';
  const { alg, kid, typ, cty, iss } = header;
  if ([kid, typ, cty, iss].some(value => value !== undefined && typeof value !== 'string')) return 'proof-malformed';
  // RFC 7515 §4.1.9: without `application/`, in whatever case.
  if (typ !== undefined && !types.includes((typ as string).replace(/^application\//i, '').toLowerCase()))
    return 'proof-malformed';
  // RFC 8725 §3.1, §3.2: no signature at all, or one that whoever can check it can make.
  if (typeof alg !== 'string' || /^(none|HS\d+)$/i.test(alg)) return 'proof-malformed';
  return Object.hasOwn(ALGORITHMS, alg) ? undefined : 'unsupported-suite';
}

/** Whether a JWS was signed with the key, by the one algorithm that is for it (RFC 8725 §3.1). */
export async function verifyJws({ header, signed, signature }: Jws, key: PublicKey): Promise<boolean> {
  if (ALGORITHMS[String(header.alg)] !== key.type) return false;
  if (key.type !== 'RSA') return verifySignature(key, signed, signature);
  const jwk = { kty: 'RSA', n: encodeBase64url(key.publicKey), e: encodeBase64url(key.exponent) };
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    const rsa = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    return await crypto.subtle.verify(algorithm.name, rsa, concat(signature), concat(signed));
  } catch {
    return false;
  }
}

function decoded(part: string): Bytes {
  try {
    return decodeBase64url(part);
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown) => new VcError('jws-malformed', 'The JWS is malformed.', { cause });
