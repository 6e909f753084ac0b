import { z } from 'zod';
import type { Deps } from '../../platform/context.ts';
import { newId, newToken, sha256Hex } from '../../platform/ids.ts';
import { utf8 } from '../../vc/bytes.ts';
import { oauthClients } from '../schema.ts';
import { refused } from '../oauth/refusal.ts';
import { offered, readScopes } from './scopes.ts';

const MAX_REDIRECTS = 10;
/** Bytes of a registration: anybody may leave one here. */
const MAX_BYTES = 4_096;
const words = z.string().trim().min(1).max(200);
const address = z.string().max(1_000);

/** What we keep of a registration (RFC 7591 §2, OB 3.0 §7.1.1); what we do not know is passed over, as RFC 7591 asks. */
const registration = z.object({
  client_name: words,
  client_uri: address,
  logo_uri: address,
  tos_uri: address,
  policy_uri: address,
  software_id: words,
  software_version: words,
  redirect_uris: z.array(address).min(1).max(MAX_REDIRECTS),
  scope: z.string().max(2_000),
  token_endpoint_auth_method: z.literal('client_secret_basic').default('client_secret_basic'),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token']))
    .refine(types => types.includes('authorization_code'), 'authorization_code is the only way in')
    .default(['authorization_code', 'refresh_token']),
  response_types: z.array(z.literal('code')).min(1).default(['code']),
  contacts: z.array(words).max(10).optional(),
});
export type Registration = z.infer<typeof registration>;

/**
 * Registers a service that nobody knows (RFC 7591 §3; OB 3.0 asks that no token is needed first). Nothing is fetched.
 * @returns all that it registered, with its name and secret; the secret is not kept
 * @throws DomainError with `invalid_redirect_uri`, `invalid_client_metadata`
 */
export async function registerClient(deps: Deps, body: unknown) {
  const read = registration.safeParse(body);
  if (!read.success) throw invalid(read.error.issues[0]!.path.join('.'), read.error);
  const { client_uri, logo_uri, tos_uri, policy_uri, redirect_uris } = read.data;
  const others = { client_uri, logo_uri, tos_uri, policy_uri };
  const host = hostOf(deps, client_uri);
  for (const [name, text] of Object.entries(others)) if (!host || hostOf(deps, text) !== host) throw invalid(name);
  if (redirect_uris.some(text => hostOf(deps, text) !== host || text.includes('#')))
    throw refused('invalid_redirect_uri', 'Each redirect_uri is https, of the host of client_uri, without a fragment.');
  const scope = offered(readScopes(read.data.scope));
  if (!scope.length) throw invalid('scope');
  const kept: Registration = { ...read.data, scope: scope.join(' ') };
  if (utf8(JSON.stringify(kept)).length > MAX_BYTES)
    throw refused('invalid_client_metadata', `A registration has at most ${MAX_BYTES} bytes.`);
  const now = deps.clock();
  const [id, secret] = [newId(now), newToken(32)];
  const row = { id, secretHash: await sha256Hex(secret), registration: { ...kept }, createdAt: now.toISOString() };
  // Not in the log, which is for good: anybody may register, and who is not let in by anyone goes again.
  await deps.db.attempt(() => deps.db.query.insert(oauthClients).values(row));
  return {
    ...kept,
    client_id: id,
    client_secret: secret,
    client_id_issued_at: Math.floor(now.getTime() / 1000),
    client_secret_expires_at: 0,
  };
}

/**
 * The host name of an address that a browser may be sent to: https, without a password; on a machine where this is being
 * developed, http on that machine too.
 */
function hostOf({ config }: Deps, text: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, username, password } = new URL(text);
  // The parser of addresses lets signs through that mean something in the policy of a page (CSP3 §2.3.1).
  if (username || password || !/^[a-z0-9.-]+$/.test(hostname)) return undefined;
  const local = !config.production && protocol === 'http:' && hostname === 'localhost';
  return protocol === 'https:' || local ? hostname : undefined;
}

const invalid = (name: string, cause?: unknown) =>
  refused(
    'invalid_client_metadata',
    `There is something wrong with ${name || 'the registration'}. Addresses are https and all of one host name.`,
    cause,
  );
