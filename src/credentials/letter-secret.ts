/**
 * The second half of a mailed link: who follows it proves that the address is theirs, without a letter of its own. It
 * is bound to the link and the recipient, so it proves nothing elsewhere and ends with the link.
 */
import type { Deps } from '../platform/context.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import type { Offer } from './read-offer.ts';

type Link = Pick<Offer, 'token' | 'recipientKey'>;

/** The link that goes by mail, and nowhere else. */
export async function mailedLink(deps: Deps, offer: Link): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(deps), bytesOf(offer));
  return `${deps.config.origin}/claim/${offer.token}?letter=${base64url(new Uint8Array(signature).slice(0, BYTES))}`;
}

/** Whether `secret` came with the letter to the recipient of this offer. An offer to another kind of recipient has none. */
export async function provesAddress(deps: Deps, offer: Link, secret: string | undefined): Promise<boolean> {
  const given = secret && fromBase64url(secret);
  if (!given || given.length !== BYTES || !offer.recipientKey.startsWith('email:')) return false;
  const expected = new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(deps), bytesOf(offer)));
  // In the same time wherever the first difference stands.
  return given.reduce((difference, byte, i) => difference | (byte ^ expected[i]!), 0) === 0;
}

const BYTES = 16;
const bytesOf = ({ token, recipientKey }: Link) =>
  new TextEncoder().encode(JSON.stringify(['claim-letter', token, recipientKey]));
const keyOf = (deps: Deps) =>
  crypto.subtle.importKey('raw', new Uint8Array(deps.config.sessionSecret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
