/** SHA-256 and its keyed form. */
export interface Digests {
  sha256(bytes: Uint8Array): Uint8Array;
  hmacSha256(secret: Uint8Array, bytes: Uint8Array): Uint8Array;
}

let atOnce: Digests | undefined;

/**
 * Has the digests made by a runtime that can make them at once. WebCrypto on Node sends each to another thread and back,
 * which costs tens of times what a digest of a short text does. It changes where the work is done and nothing else.
 */
export const digestAtOnce = (digests: Digests | undefined): void => {
  atOnce = digests;
};

/** Beyond this a digest holds up others, and is made elsewhere. */
const LARGE = 65_536;

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  if (atOnce && bytes.length <= LARGE) return atOnce.sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

export async function hmacSha256(secret: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  if (atOnce && bytes.length <= LARGE) return atOnce.hmacSha256(secret, bytes);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(bytes)));
}
