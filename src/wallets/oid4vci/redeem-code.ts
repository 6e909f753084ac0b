import { and, eq, gt } from 'drizzle-orm';
import { awards } from '../../credentials/schema.ts';
import { isSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { base64url, sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import { type Parameters, required } from './parameters.ts';
import type { WalletRequest } from './pushed-request.ts';
import { badGrant, refused } from './refusal.ts';
import type { Redeemable } from './token.ts';

/** Under which a code is used up in `spent`. */
export const AUTHORIZATION_CODE = 'oid4vci-authorization-code';

/**
 * What was granted in the browser, for the client that asked and that knows the verifier (RFC 6749 §4.1.3; RFC 7636
 * §4.6). A wrong guess does not use the code up: it lives for a minute, and a verifier is not guessed.
 * @throws DomainError with `invalid_request`, `invalid_grant`
 */
export async function readAuthorized(deps: Deps, institutionId: string, given: Parameters): Promise<Redeemable> {
  const code = required(given, 'code');
  const clientId = required(given, 'client_id');
  const redirectUri = required(given, 'redirect_uri');
  const verifier = required(given, 'code_verifier');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw refused('invalid_request', 'The code_verifier is not one.');
  const [found] = await deps.db.query
    .select({ grant: walletGrants, state: awards.state })
    .from(walletGrants)
    .leftJoin(awards, eq(awards.id, walletGrants.awardId))
    .where(
      and(
        eq(walletGrants.id, await sha256Hex(code)),
        eq(walletGrants.kind, 'authorization_code'),
        eq(walletGrants.institutionId, institutionId),
        gt(walletGrants.expiresAt, deps.clock().toISOString()),
      ),
    );
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

const s256 = async (verifier: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
