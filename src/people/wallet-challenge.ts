import type { Deps, SignedIn } from '../platform/context.ts';
import { makeStamp, readStamp } from '../platform/mac.ts';
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
  const { stamp, expires } = await makeStamp(deps, PURPOSE, CHALLENGE_MS, [session.person, session.id]);
  return { challenge: stamp, domain: deps.config.origin, expires };
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
  const expires = await readStamp(deps, PURPOSE, CHALLENGE_MS, [session.person, session.id], challenge);
  if (!expires) throw linkSpent();
  return expires;
}
