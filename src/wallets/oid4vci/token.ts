import type { AwardState } from '../../credentials/schema.ts';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import type { Statement } from '../../platform/database.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import { ACCESS_MS, type AccessData, DEFERRED_MS } from './access.ts';
import { type DpopSent, verifyDpop } from './dpop.ts';
import { isWaiting } from './leave.ts';
import { PRE_AUTHORIZED } from './metadata.ts';
import { makeNonce, NONCE_MS } from './nonce.ts';
import { type Parameters, required } from './parameters.ts';
import { readAuthorized } from './redeem-code.ts';
import { readOffered, wasTriedTooOften } from './redeem-offer.ts';
import { badGrant, refused } from './refusal.ts';
import { narrow, readDetails, tellWanted, type Wanted } from './wanted.ts';

/** What a code is good for, once. */
export interface Redeemable {
  grant: typeof walletGrants.$inferSelect;
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
export async function redeem(deps: Deps, institution: { id: string }, given: Parameters, dpop?: DpopSent) {
  const { grant, state, spends, also, granted, clientId, ...bound } = await readGrant(deps, institution.id, given);
  const wanted = narrow(granted, readDetails(given('authorization_details')));
  const thumbprint = dpop ? await verifyDpop(deps, dpop.proof, dpop) : null;
  // RFC 9449 §10: a code that was bound to a key is redeemed with that key.
  if (bound.thumbprint !== null && bound.thumbprint !== thumbprint)
    throw refused('invalid_dpop_proof', 'The code is bound to another key.');

  const token = newToken(32);
  const now = deps.clock();
  // Longer for a badge that is not signed yet: the wallet comes back for it with the same token (OID4VCI §9.1).
  const lifetime = state && isWaiting(state) ? DEFERRED_MS : ACCESS_MS;
  const data: AccessData = { grant: grant.id, wanted, clientId, thumbprint };
  const access = {
    id: await sha256Hex(token),
    kind: 'access_token' as const,
    personId: grant.personId,
    awardId: grant.awardId,
    institutionId: grant.institutionId,
    data: { ...data },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetime).toISOString(),
  };
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
          actor: { kind: 'person', person: grant.personId! },
          action: 'wallet.redeem',
          subject: grant.awardId!,
          at: now,
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

function readGrant(deps: Deps, institutionId: string, given: Parameters): Promise<Redeemable> {
  switch (required(given, 'grant_type')) {
    case PRE_AUTHORIZED:
      return readOffered(deps, institutionId, given);
    case 'authorization_code':
      return readAuthorized(deps, institutionId, given);
    default:
      throw refused('unsupported_grant_type', `Taken are authorization_code and ${PRE_AUTHORIZED}.`);
  }
}
