import type { AwardState } from '../../credentials/schema.ts';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import type { Statement } from '../../platform/database.ts';
import { newToken } from '../../platform/ids.ts';
import { type Grant, newGrant } from '../oauth/grants.ts';
import { walletGrants } from '../schema.ts';
import { ACCESS_MS, type AccessData, DEFERRED_MS } from './access.ts';
import { type DpopSent, verifyDpop } from './dpop.ts';
import { isWaiting } from './leave.ts';
import { PRE_AUTHORIZED } from './metadata.ts';
import { makeNonce, NONCE_MS } from './nonce.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { readAuthorized } from './redeem-code.ts';
import { readOffered, wasTriedTooOften } from './redeem-offer.ts';
import { badGrant, refused } from '../oauth/refusal.ts';
import { narrow, readDetails, tellWanted, type Wanted } from './wanted.ts';

/** What a code is good for, once. */
export interface Redeemable {
  grant: Grant;
  /** Of the award; null when it is gone. */
  state: AwardState | null;
  /** What uses it up. */
  spends: [what: string, secret: string];
  /** What goes into the same commit. */
  also: Statement[];
  granted: Wanted;
  clientId: string | null;
  /** The key that it was bound to beforehand. */
  thumbprint: string | null;
}

/**
 * The token endpoint (OID4VCI §6; RFC 6749 §3.2): a code, and what goes with it, for a token. Of many at the same moment,
 * one gets it.
 * @throws DomainError with `invalid_request`, `invalid_grant`, `unsupported_grant_type`, `invalid_authorization_details`,
 *   `invalid_dpop_proof`
 */
export async function redeem(deps: Deps, institution: { id: string }, given: Given, dpop?: DpopSent) {
  const { grant, state, spends, also, granted, clientId, ...bound } = await readGrant(deps, institution.id, given);
  const wanted = narrow(granted, readDetails(given('authorization_details')));
  const thumbprint = dpop ? await verifyDpop(deps, dpop.proof, dpop) : null;
  // RFC 9449 §10: a code that was bound to a key is redeemed with that key.
  if (bound.thumbprint !== null && bound.thumbprint !== thumbprint)
    throw refused('invalid_dpop_proof', 'The code is bound to another key.');

  const token = newToken(32);
  // Longer for a badge that is not signed yet: the wallet comes back for it with the same token (OID4VCI §9.1).
  const lifetime = state && isWaiting(state) ? DEFERRED_MS : ACCESS_MS;
  const data: AccessData = { grant: grant.id, wanted, clientId, thumbprint };
  const { personId, awardId, institutionId } = grant;
  const access = await newGrant(deps, 'access_token', token, lifetime, { personId, awardId, institutionId, data });
  try {
    await commit(
      deps.db,
      [
        ...also,
        ...(await spend(deps, ...spends, new Date(grant.expiresAt))),
        deps.db.query.insert(walletGrants).values(access),
      ],
      [
        {
          institution: institution.id,
          actor: { kind: 'person', person: personId! },
          action: 'wallet.redeem',
          subject: awardId!,
          at: deps.clock(),
          details: { grant: grant.id },
        },
      ],
    );
  } catch (error) {
    throw wasSpent(error) || wasTriedTooOften(error) ? badGrant() : error;
  }
  return {
    access_token: token,
    token_type: dpop ? 'DPoP' : 'bearer',
    expires_in: lifetime / 1000,
    // Up to draft 13 the first nonce came along; others pass over it (RFC 6749 §5.1).
    c_nonce: await makeNonce(deps, institution.id),
    c_nonce_expires_in: NONCE_MS / 1000,
    ...tellWanted(wanted),
  };
}

function readGrant(deps: Deps, institutionId: string, given: Given): Promise<Redeemable> {
  switch (required(given, 'grant_type')) {
    case PRE_AUTHORIZED:
      return readOffered(deps, institutionId, given);
    case 'authorization_code':
      return readAuthorized(deps, institutionId, given);
    default:
      throw refused('unsupported_grant_type', `Taken are authorization_code and ${PRE_AUTHORIZED}.`);
  }
}
