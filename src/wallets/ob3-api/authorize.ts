import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import { type Client, findClient } from './clients.ts';
import { type OauthError, oauthErrorIn, refused } from './refusal.ts';
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
    const oauth = error instanceof DomainError ? oauthErrorIn(error) : undefined;
    if (!oauth) throw error;
    const state = only(query, 'state');
    return backWith(deps, redirectUri, { error: oauth, ...(state ? { state } : {}) });
  }
}

/** RFC 6749 §4.1.2, with `iss` of RFC 9207 and the scope that OB 3.0 §7.1.2 adds. */
export function backWith(
  deps: Deps,
  redirectUri: string,
  said: { error: OauthError | 'access_denied'; state?: string } | { code: string; scope: string; state: string },
): string {
  const query = new URLSearchParams({ ...said, iss: addresses(deps).issuer });
  // What was registered stays as it was written.
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}

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
  const names = [...query.keys()];
  if (new Set(names).size < names.length) throw refused('invalid_request', 'A parameter stands twice.');
  const state = only(query, 'state');
  if (!state || state.length > MAX_STATE || !/^[\x20-\x7e]+$/.test(state))
    throw refused('invalid_request', 'There is no state.');
  if (only(query, 'response_type') !== 'code')
    throw refused('unsupported_response_type', 'Only response_type code is used here.');
  if ((only(query, 'response_mode') ?? 'query') !== 'query')
    throw refused('invalid_request', 'Only response_mode query is used here.');
  const challenge = only(query, 'code_challenge') ?? '';
  // RFC 7636 §4.2, §4.4.1; where no method is given it would be `plain`.
  if (only(query, 'code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge))
    throw refused('invalid_request', 'PKCE with S256 is needed.');
  const scopes = offered(readScopes(only(query, 'scope') ?? ''));
  const registered = readScopes(client.registration.scope);
  if (!scopes.some(scope => scope !== 'offline_access') || !scopes.every(scope => registered.includes(scope)))
    throw refused('invalid_scope', 'There is no scope that the service registered.');
  return { clientId: client.id, redirectUri, scopes, state, challenge };
}

/** Kept here and not in the address: someone who signs in first comes back by a short one. */
async function keepAsked(deps: Deps, asked: Asked): Promise<string> {
  const token = newToken(32);
  const now = deps.clock();
  const row = {
    id: await sha256Hex(token),
    kind: 'pushed_request' as const,
    data: { ...asked },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + REQUEST_MS).toISOString(),
  };
  await deps.db.attempt(() => deps.db.query.insert(walletGrants).values(row));
  return token;
}
