import type { Deps } from '../../platform/context.ts';
import { base64url, fromBase64url, newToken } from '../../platform/ids.ts';

export const NONCE_MS = 5 * 60_000;
/** Under which a nonce is used up in `spent`. */
export const NONCE = 'oid4vci-nonce';

/** A `c_nonce` (OID4VCI §7): sealed by a keyed hash, so that nothing is kept of it until it is used. */
export async function makeNonce(deps: Deps, institutionId: string): Promise<string> {
  const open = `${newToken()}.${(deps.clock().getTime() + NONCE_MS).toString(36)}`;
  return `${open}.${base64url(await macOf(deps, institutionId, open))}`;
}

/** When a nonce of ours, for this institution, ends; undefined for any other, and for one that is too old. */
export async function readNonce(deps: Deps, institutionId: string, nonce: string): Promise<Date | undefined> {
  const [random, end = '', mac = '', ...more] = nonce.split('.');
  const given = fromBase64url(mac);
  const expected = await macOf(deps, institutionId, `${random}.${end}`);
  if (more.length || given?.length !== expected.length) return undefined;
  if (given.reduce((odd, byte, i) => odd | (byte ^ expected[i]!), 0) !== 0) return undefined;
  const expires = Number.parseInt(end, 36);
  const left = expires - deps.clock().getTime();
  // Longer than it was made for means that the clock was set back.
  return left > 0 && left <= NONCE_MS ? new Date(expires) : undefined;
}

async function macOf(deps: Deps, institutionId: string, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secret = new Uint8Array(deps.config.sessionSecret);
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  const data = new TextEncoder().encode(JSON.stringify([NONCE, institutionId, text]));
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data)).slice(0, 16);
}
