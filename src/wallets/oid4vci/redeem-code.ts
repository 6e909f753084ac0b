import { eq } from 'drizzle-orm';
import { awards } from '../../credentials/schema.ts';
import { isSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { isGrant } from '../oauth/grants.ts';
import { walletGrants } from '../schema.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { isVerifier, s256 } from '../oauth/pkce.ts';
import type { WalletRequest } from './pushed-request.ts';
import { badGrant, refused } from '../oauth/refusal.ts';
import type { Redeemable } from './token.ts';

/** Under which a code is used up in `spent`. */
export const AUTHORIZATION_CODE = 'oid4vci-authorization-code';

/**
 * What was granted in the browser, for the client that asked and that knows the verifier (RFC 6749 §4.1.3; RFC 7636
 * §4.6). A wrong guess does not use the code up: it lives for a minute, and a verifier is not guessed.
 * @throws DomainError with `invalid_request`, `invalid_grant`
 */
export async function readAuthorized(deps: Deps, institutionId: string, given: Given): Promise<Redeemable> {
  const code = required(given, 'code');
  const clientId = required(given, 'client_id');
  const redirectUri = required(given, 'redirect_uri');
  const verifier = required(given, 'code_verifier');
  if (!isVerifier(verifier)) throw refused('invalid_request', 'The code_verifier is not one.');
  const [found] = await deps.db.query
    .select({ grant: walletGrants, state: awards.state })
    .from(walletGrants)
    .leftJoin(awards, eq(awards.id, walletGrants.awardId))
    .where(await isGrant(deps, { kind: 'authorization_code', secret: code, institution: institutionId }));
  if (!found || (await isSpent(deps, AUTHORIZATION_CODE, code))) throw badGrant();
  const { grant, state } = found;
  const request = grant.data as unknown as WalletRequest;
  const challenge = await s256(verifier);
  if (request.clientId !== clientId || request.redirectUri !== redirectUri || request.challenge !== challenge)
    throw badGrant();
  return {
    grant,
    state,
    also: [],
    spends: [AUTHORIZATION_CODE, code],
    granted: request.wanted,
    clientId,
    thumbprint: request.thumbprint,
  };
}
