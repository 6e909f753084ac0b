import { compactDecrypt, importJWK } from 'jose';
import type { Deps } from '../../platform/context.ts';
import { base64url, fromBase64url } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/seal.ts';

/** The key that a wallet encrypts its answer to; one for each request. */
export interface EncryptionKey {
  publicJwk: Record<string, string>;
  /** The private half, sealed for this request. */
  sealed: string;
}

const placeOf = (token: string) => `oid4vp-encryption:${token}`;

/** A fresh key for ECDH-ES (RFC 7518 §4.6), whose private half opens for this request alone. */
export async function makeEncryptionKey(deps: Deps, token: string): Promise<EncryptionKey> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])) as {
    publicKey: Key;
    privateKey: Key;
  };
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as Record<string, string>;
  const secret = new TextEncoder().encode(JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey)));
  return {
    publicJwk: { kty: kty!, crv: crv!, x: x!, y: y!, use: 'enc', alg: 'ECDH-ES', kid: 'answer' },
    sealed: base64url(await seal(deps.config.sessionSecret, secret, placeOf(token))),
  };
}
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** What a wallet encrypted for this request (RFC 7516; OpenID4VP §8.3). Throws for anything else. */
export async function decryptAnswer(deps: Deps, token: string, key: EncryptionKey, jwe: string): Promise<string> {
  const secret = await unseal(deps.config.sessionSecret, fromBase64url(key.sealed)!, placeOf(token));
  const { kty, crv, x, y, d } = JSON.parse(new TextDecoder().decode(secret)) as Record<string, string>;
  const { plaintext } = await compactDecrypt(jwe, await importJWK({ kty, crv, x, y, d }, 'ECDH-ES'), {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A128GCM', 'A256GCM'],
  });
  return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
}
