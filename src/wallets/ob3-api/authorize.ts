import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { newToken } from '../../platform/ids.ts';
import { newGrant } from '../oauth/grants.ts';
import { assertOnce } from '../oauth/parameters.ts';
import { readChallenge } from '../oauth/pkce.ts';
import { withAnswer } from '../oauth/redirect.ts';
import { walletGrants } from '../schema.ts';
import { type Client, findClient } from './clients.ts';
import { type Refusal, refusalIn, refused } from '../oauth/refusal.ts';
import { addresses, offered, readScopes, type Scope } from './scopes.ts';

/** How long someone may take to sign in and to decide. */
const REQUEST_MS = 60 * 60_000;
const MAX_STATE = 1_000;

/** What a service asked for, as it is kept until someone decides. */
export interface Asked {
  clientId: string;
  redirectUri: string;
  scopes: Scope[];
  state: string;
  challenge: string;
}

/**
 * The authorization endpoint (RFC 6749 §4.1.1, OB 3.0 §7.1.2): where the browser goes next, which is the page of the
 * decision, or back to the service with what was wrong.
 * @throws DomainError `request-invalid` where nobody can be sent back: the service or its address is not known
 */
export async function startAuthorization(deps: Deps, query: URLSearchParams): Promise<string> {
  const client = await clientOf(deps, query);
  const redirectUri = only(query, 'redirect_uri') ?? '';
  // RFC 6749 §3.1.2.4, RFC 9700 §4.1.3: compared as it stands, and never gone to when it is another.
  if (!client.registration.redirect_uris.includes(redirectUri))
    throw new DomainError('request-invalid', 'The service did not register the address to go back to.');
  try {
    const asked = readAsked(client, redirectUri, query);
    return `/account/connect/${await keepAsked(deps, asked)}`;
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal) throw error;
    const state = only(query, 'state');
    return backWith(deps, redirectUri, { error: refusal, ...(state ? { state } : {}) });
  }
}

/** RFC 6749 §4.1.2, with `iss` of RFC 9207 and the scope that OB 3.0 §7.1.2 adds. */
export const backWith = (
  deps: Deps,
  redirectUri: string,
  said: { error: Refusal | 'access_denied'; state?: string } | { code: string; scope: string; state: string },
): string => withAnswer(redirectUri, { ...said, iss: addresses(deps).issuer });

async function clientOf(deps: Deps, query: URLSearchParams): Promise<Client> {
  const client = await findClient(deps, only(query, 'client_id') ?? '');
  if (!client) throw new DomainError('request-invalid', 'This service did not register here, or not any more.');
  return client;
}

/** The value of a parameter that stands once (RFC 6749 §3.1); one that is empty was left out. */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 && values[0] ? values[0] : undefined;
}

function readAsked(client: Client, redirectUri: string, query: URLSearchParams): Asked {
  assertOnce(query);
  const state = only(query, 'state');
  if (!state || state.length > MAX_STATE || !/^[\x20-\x7e]+$/.test(state))
    throw refused('invalid_request', 'There is no state.');
  if (only(query, 'response_type') !== 'code')
    throw refused('unsupported_response_type', 'Only response_type code is used here.');
  if ((only(query, 'response_mode') ?? 'query') !== 'query')
    throw refused('invalid_request', 'Only response_mode query is used here.');
  const challenge = readChallenge(name => only(query, name));
  const scopes = offered(readScopes(only(query, 'scope') ?? ''));
  const registered = readScopes(client.registration.scope);
  if (!scopes.some(scope => scope !== 'offline_access') || !scopes.every(scope => registered.includes(scope)))
    throw refused('invalid_scope', 'There is no scope that the service registered.');
  return { clientId: client.id, redirectUri, scopes, state, challenge };
}

/** Kept here and not in the address: someone who signs in first comes back by a short one. */
async function keepAsked(deps: Deps, asked: Asked): Promise<string> {
  const token = newToken(32);
  const row = await newGrant(deps, 'pushed_request', token, REQUEST_MS, { data: asked });
  await deps.db.attempt(() => deps.db.query.insert(walletGrants).values(row));
  return token;
}
