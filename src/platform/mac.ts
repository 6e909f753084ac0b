/**
 * What this service can recognise as its own without having kept it: keyed hashes under SESSION_SECRET (HMAC-SHA-256,
 * cut to 128 bits), each for one purpose and bound to what it is about.
 */
import type { Deps } from './context.ts';
import { hmacSha256 } from './digests.ts';
import { base64url, newToken } from './ids.ts';

/** A keyed hash, as 22 characters. The same purpose and parts give the same one. */
export async function macOf(deps: Deps, purpose: string, ...parts: (string | number)[]): Promise<string> {
  // As a list, so that no two ways to cut the same text meet.
  const data = new TextEncoder().encode(JSON.stringify([purpose, ...parts]));
  return base64url((await hmacSha256(deps.config.sessionSecret, data)).slice(0, 16));
}

/** Whether two hashes are the same, in the same time wherever they first differ. */
export function sameMac(given: string | undefined, expected: string): boolean {
  if (given?.length !== expected.length) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}

/** A random text that only this service can make, for one purpose and what it is bound to, good for `ms` milliseconds. */
export async function makeStamp(deps: Deps, purpose: string, ms: number, bound: readonly string[]) {
  const expires = deps.clock().getTime() + ms;
  const open = `${newToken()}.${expires.toString(36)}`;
  return { stamp: `${open}.${await macOf(deps, purpose, ...bound, open)}`, expires: new Date(expires) };
}

/** When a stamp ends; undefined for one that we did not make for this, and for one that is too old. */
export async function readStamp(
  deps: Deps,
  purpose: string,
  ms: number,
  bound: readonly string[],
  stamp: string,
): Promise<Date | undefined> {
  const [random, end = '', mac, ...more] = stamp.split('.');
  if (more.length || !sameMac(mac, await macOf(deps, purpose, ...bound, `${random}.${end}`))) return undefined;
  const expires = Number.parseInt(end, 36);
  const left = expires - deps.clock().getTime();
  // Longer than it was made for means that the clock was set back.
  return left > 0 && left <= ms ? new Date(expires) : undefined;
}
