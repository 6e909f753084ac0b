import { isSpent, linkSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { newToken } from '../../platform/ids.ts';
import { findGrant, newGrant } from '../oauth/grants.ts';
import { walletGrants } from '../schema.ts';
import { type DpopSent, verifyDpop } from './dpop.ts';
import { readIssuerState } from './issuer-state.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { isS256, readChallenge } from '../oauth/pkce.ts';
import { isRedirectUri } from './redirect-uri.ts';
import { refused } from '../oauth/refusal.ts';
import { readWanted, type Wanted } from './wanted.ts';

/** Long enough to sign in at a provider, with a second factor. */
export const PUSHED_MS = 10 * 60_000;
/** Under which a request is used up in `spent`. */
export const PUSHED = 'oid4vci-request';
const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** What a wallet asks the owner of a badge, through the browser. */
export interface WalletRequest {
  /** As the wallet calls itself; nobody vouches for it. */
  clientId: string;
  redirectUri: string;
  state: string | null;
  /** S256 of the verifier (RFC 7636 §4.2). */
  challenge: string;
  /** The key that the code is of no use without (RFC 9449 §10). */
  thumbprint: string | null;
  wanted: Wanted;
  /** The award that an offer was about; null where the wallet began, and the owner chooses. */
  awardId: string | null;
}

/**
 * Takes an authorization request of a wallet (RFC 9126; OID4VCI §5.1). Only so does one reach us: what stands in it was
 * not changed by who carries the link, and is in no address that is logged.
 * @throws DomainError with `invalid_request`, `unsupported_response_type`, `invalid_scope`,
 *   `invalid_authorization_details`, `invalid_dpop_proof`
 */
export async function pushRequest(deps: Deps, institution: { id: string }, given: Given, dpop?: DpopSent) {
  // RFC 9126 §2.1; JAR is not in our metadata.
  for (const name of ['request_uri', 'request'])
    if (given(name) !== undefined) throw refused('invalid_request', `A ${name} is not taken here.`);
  const request: WalletRequest = {
    clientId: readClientId(given),
    redirectUri: readRedirectUri(given),
    state: given('state') ?? null,
    challenge: readProofOfCode(given),
    thumbprint: await readThumbprint(deps, given, dpop),
    wanted: readWanted(given('scope'), given('authorization_details')),
    awardId: await readAward(deps, institution.id, given('issuer_state')),
  };
  const requestUri = PREFIX + newToken(32);
  const kept = { institutionId: institution.id, data: request };
  const row = await newGrant(deps, 'pushed_request', requestUri, PUSHED_MS, kept);
  await deps.db.attempt(() => deps.db.query.insert(walletGrants).values(row));
  return { request_uri: requestUri, expires_in: PUSHED_MS / 1000 };
}

/**
 * The request behind a `request_uri`, for the client that pushed it. It may be looked at again (RFC 9126 §4: people
 * reload pages), until it was answered.
 * @throws DomainError `link-spent`
 */
export async function readRequest(
  deps: Deps,
  institution: { id: string },
  { clientId, requestUri }: { clientId: string; requestUri: string },
): Promise<WalletRequest> {
  const row = await findGrant(deps, { kind: 'pushed_request', secret: requestUri, institution: institution.id });
  const request = row?.data as unknown as WalletRequest | undefined;
  if (request?.clientId !== clientId || (await isSpent(deps, PUSHED, requestUri))) throw linkSpent();
  return request;
}

function readClientId(given: Given): string {
  const clientId = required(given, 'client_id');
  if (!/^[\x21-\x7e]{1,400}$/.test(clientId)) throw refused('invalid_request', 'The client_id is not one.');
  return clientId;
}

function readRedirectUri(given: Given): string {
  const redirectUri = required(given, 'redirect_uri');
  if (!isRedirectUri(redirectUri)) throw refused('invalid_request', 'The redirect_uri is not taken.');
  const mode = given('response_mode') ?? 'query';
  if (mode !== 'query') throw refused('invalid_request', 'Answers go in the query.');
  if ((given('state') ?? '').length > 1_000) throw refused('invalid_request', 'The state is too long.');
  return redirectUri;
}

function readProofOfCode(given: Given): string {
  if (required(given, 'response_type') !== 'code')
    throw refused('unsupported_response_type', 'The only response_type is code.');
  return readChallenge(given);
}

/** RFC 9449 §10, §10.1: by a parameter, by a proof, or by both, which then are of one key. */
async function readThumbprint(deps: Deps, given: Given, dpop?: DpopSent): Promise<string | null> {
  const asked = given('dpop_jkt');
  if (asked !== undefined && !isS256(asked)) throw refused('invalid_request', 'The dpop_jkt is no thumbprint.');
  if (!dpop) return asked ?? null;
  const proven = await verifyDpop(deps, dpop.proof, dpop);
  if (asked !== undefined && asked !== proven) throw refused('invalid_dpop_proof', 'The proof is not of the dpop_jkt.');
  return proven;
}

async function readAward(deps: Deps, institutionId: string, state: string | undefined): Promise<string | null> {
  if (state === undefined) return null;
  const awardId = await readIssuerState(deps, institutionId, state);
  if (!awardId) throw refused('invalid_request', 'The issuer_state is not one of ours.');
  return awardId;
}
