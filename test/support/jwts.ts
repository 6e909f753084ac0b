// Keys and JWTs to test with.
import { concat, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import type { Json } from './badges.ts';

type Key = Parameters<typeof crypto.subtle.sign>[1];
export type JwtKey = { alg: string; jwk: Json; sign(data: Uint8Array): Promise<Uint8Array> };

const ALGORITHMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  EdDSA: { name: 'Ed25519' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  },
};

export async function jwtKey(alg: keyof typeof ALGORITHMS): Promise<JwtKey> {
  const algorithm = ALGORITHMS[alg];
  const pair = await crypto.subtle.generateKey(algorithm as { name: string }, true, ['sign', 'verify']);
  const { publicKey, privateKey } = pair as { publicKey: Key; privateKey: Key };
  const { kty, crv, x, y, n, e } = (await crypto.subtle.exportKey('jwk', publicKey)) as Json;
  const jwk = Object.fromEntries(Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined));
  return {
    alg,
    jwk,
    sign: async data =>
      new Uint8Array(await crypto.subtle.sign(algorithm as { name: string }, privateKey, concat(data))),
  };
}

const part = (value: unknown) => encodeBase64url(utf8(typeof value === 'string' ? value : JSON.stringify(value)));

/** A compact JWS of whatever content; the header's `alg` is the key's unless it says otherwise. */
export async function jwt(key: JwtKey, header: Json | string, payload: unknown): Promise<string> {
  const signed = `${part(typeof header === 'string' ? header : { alg: key.alg, ...header })}.${part(payload)}`;
  return `${signed}.${encodeBase64url(await key.sign(utf8(signed)))}`;
}

export const unsigned = (header: Json, payload: unknown): string => `${part(header)}.${part(payload)}.`;
