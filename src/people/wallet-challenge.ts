import type { Deps, SignedIn } from '../platform/context.ts';
import { base64url, fromBase64url, newToken } from '../platform/ids.ts';
import { requireFresh } from './fresh.ts';
import { bare, DID_ISSUER } from './identities.ts';
import { linkIdentity, type Tied } from './link.ts';
import { linkSpent, spend, wasSpent } from './spend.ts';

/** How long a wallet has to answer. */
export const CHALLENGE_MS = 15 * 60_000;
const PURPOSE = 'wallet-challenge';

/** What a wallet is asked to sign, so that an answer that was given to another, or before, is worth nothing here. */
export interface Challenge {
  /** `challenge` of a Data Integrity proof, `nonce` of a JWT. */
  challenge: string;
  /** `domain` of a proof, `aud` of a JWT. */
  domain: string;
  expires: Date;
}

/**
 * A question to the wallet of who is signed in. It is bound to their session by a keyed hash, so nothing is kept of it
 * until it is answered.
 * @throws DomainError `proof-needed`
 */
export async function askWallet(deps: Deps, session: SignedIn): Promise<Challenge> {
  requireFresh(deps, session);
  const expires = deps.clock().getTime() + CHALLENGE_MS;
  const open = `${newToken()}.${expires.toString(36)}`;
  const challenge = `${open}.${base64url(await macOf(deps, session, open))}`;
  return { challenge, domain: deps.config.origin, expires: new Date(expires) };
}

/**
 * Ties a wallet's DID to who asked for the challenge that it signed; whoever calls this checked that signature.
 * @throws DomainError `link-spent` for a challenge of another session, one that is too old and one that was used;
 *   `identity-taken`
 */
export async function linkWallet(deps: Deps, session: SignedIn, challenge: string, did: string): Promise<Tied> {
  const expires = await readChallenge(deps, session, challenge);
  try {
    return await linkIdentity(deps, session, bare('did', DID_ISSUER, did), {
      asked: 'fresh',
      also: () => spend(deps, PURPOSE, challenge, expires),
    });
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
}

/** When a challenge of this session ends. @throws DomainError `link-spent` */
export async function readChallenge(deps: Deps, session: SignedIn, challenge: string): Promise<Date> {
  const [nonce, end = '', mac = ''] = challenge.split('.');
  const given = fromBase64url(mac);
  const expected = await macOf(deps, session, `${nonce}.${end}`);
  if (given?.length !== expected.length || given.reduce((odd, byte, i) => odd | (byte ^ expected[i]!), 0) !== 0)
    throw linkSpent();
  const expires = Number.parseInt(end, 36);
  const left = expires - deps.clock().getTime();
  // Longer than it was made for means that the clock was set back.
  if (left <= 0 || left > CHALLENGE_MS) throw linkSpent();
  return new Date(expires);
}

async function macOf(deps: Deps, session: SignedIn, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new Uint8Array(deps.config.sessionSecret), algorithm, false, [
    'sign',
  ]);
  const data = new TextEncoder().encode(JSON.stringify([PURPOSE, session.person, session.id, text]));
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data)).slice(0, 16);
}
