import { eq } from 'drizzle-orm';
import { awards } from '../../credentials/schema.ts';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import { ACCESS_MS, type AccessData, DEFERRED_MS } from './access.ts';
import { type DpopSent, verifyDpop } from './dpop.ts';
import { isWaiting } from './leave.ts';
import { PRE_AUTHORIZED } from './metadata.ts';
import { makeNonce, NONCE_MS } from './nonce.ts';
import { type Parameters, required } from './parameters.ts';
import { readAuthorized } from './redeem-code.ts';
import { readOffered } from './redeem-offer.ts';
import { badGrant, refused } from './refusal.ts';
import { narrow, readDetails, tellWanted, type Wanted } from './wanted.ts';

/** What a code is good for, once. */
export interface Redeemable {
  grant: typeof walletGrants.$inferSelect;
  /** What uses it up. */
  spends: [what: string, secret: string];
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
  const { grant, spends, granted, clientId, ...bound } = await readGrant(deps, institution.id, given);
  const wanted = narrow(granted, readDetails(given('authorization_details')));
  const thumbprint = dpop ? await verifyDpop(deps, dpop.proof, dpop) : null;
  // RFC 9449 §10: a code that was bound to a key is redeemed with that key.
  if (bound.thumbprint !== null && bound.thumbprint !== thumbprint)
    throw refused('invalid_dpop_proof', 'The code is bound to another key.');

  const token = newToken(32);
  const now = deps.clock();
  const lifetime = await lifetimeFor(deps, grant.awardId!);
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
      [...(await spend(deps, ...spends, new Date(grant.expiresAt))), deps.db.query.insert(walletGrants).values(access)],
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
    throw wasSpent(error) ? badGrant() : error;
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

/** Longer for a badge that is not signed yet: the wallet comes back for it with the same token (OID4VCI §9.1). */
async function lifetimeFor(deps: Deps, awardId: string): Promise<number> {
  const [award] = await deps.db.query.select({ state: awards.state }).from(awards).where(eq(awards.id, awardId));
  return award && isWaiting(award.state) ? DEFERRED_MS : ACCESS_MS;
}
