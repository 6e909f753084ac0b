/**
 * Shows that adding a way in was begun by a press on a page of this very session. The way to a provider is a link, so
 * another site could lead someone onto it: who is signed in here to a stranger's account, by that stranger's one-time
 * link, would add their own login to it (threat O1).
 */
import type { Deps, SignedIn } from '../platform/context.ts';
import { base64url, sha256Hex } from '../platform/ids.ts';

/** What the link on the page carries. Other sessions of the same account have another one, and none can work it out. */
export async function pressOf(deps: Deps, session: SignedIn): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new Uint8Array(deps.config.sessionSecret), algorithm, false, [
    'sign',
  ]);
  const data = new TextEncoder().encode(JSON.stringify(['press', session.person, session.id]));
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, data)).slice(0, 16));
}

/** Compared by hashes, so that the time it takes tells nothing. */
export async function wasPressed(deps: Deps, session: SignedIn, given: string | undefined): Promise<boolean> {
  return given !== undefined && (await sha256Hex(given)) === (await sha256Hex(await pressOf(deps, session)));
}
