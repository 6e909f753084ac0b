import * as client from 'openid-client';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url } from '../platform/ids.ts';
import { parseJson } from '../platform/json.ts';
import type { Language } from '../platform/language.ts';
import { accountFrom } from './account.ts';
import { askProvider, NoAnswer } from './ask-provider.ts';
import type { Attempt } from './attempt.ts';
import { type Claims, languageOf } from './claims.ts';
import { linksFrom, proofFrom } from './eduid.ts';
import { FRESH_MS } from './fresh.ts';
import type { Proven } from './identities.ts';
import { type Provider, whyOf } from './providers.ts';
import type { LinkedAccount } from './schema.ts';
import { callbackOf } from './start-login.ts';

/** Clocks differ; a token from later than this is from nobody's present. */
const SKEW_S = 60;

export interface Vouched {
  proven: Proven;
  /** When the person proved it to the provider; undefined where it does not say. */
  at?: Date;
  language: Language | undefined;
}

/**
 * Exchanges the code for what the provider says about who came back, and believes it only when it is signed by the
 * provider, made for us, now, and for this very attempt (OpenID Connect Core §3.1.3.7).
 * @throws DomainError `sign-in-untrusted`, `sign-in-incomplete`, `sign-in-failed`, `provider-unreachable`
 */
export async function readAnswer(
  deps: Deps,
  provider: Provider,
  attempt: Attempt,
  query: URLSearchParams,
): Promise<Vouched> {
  try {
    const url = new URL(callbackOf(deps, provider.config.id));
    url.search = query.toString();
    const tokens = await client.authorizationCodeGrant(provider.client, url, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
      ...(attempt.fresh ? { maxAge: FRESH_MS / 1000 } : {}),
    });
    const said = tokens.claims()!;
    await checkToken(tokens, said as unknown as Claims, provider.config.clientId);
    const server = provider.client.serverMetadata();
    const info = server.userinfo_endpoint
      ? await client.fetchUserInfo(provider.client, tokens.access_token, said.sub)
      : {};
    // What is signed goes before what is not.
    const claims: Claims = { ...info, ...said };
    const at = typeof said.auth_time === 'number' ? new Date(said.auth_time * 1000) : undefined;
    return {
      proven: await provenBy(deps, provider, tokens.access_token, said.sub, claims),
      ...(at ? { at } : {}),
      language: languageOf(claims),
    };
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw refused(deps, provider, error);
  }
}

/** What the library leaves to its user. */
async function checkToken(tokens: client.TokenEndpointResponse, claims: Claims, clientId: string): Promise<void> {
  const wrong = (why: string) => new DomainError('sign-in-untrusted', why);
  if (tokens.token_type !== 'bearer') throw wrong('The provider gave a token of a kind that was not asked for.');
  if (typeof claims.sub !== 'string' || claims.sub === '' || claims.sub.length > 255)
    throw wrong('The provider did not say who you are.');
  if (typeof claims.iat !== 'number' || claims.iat > Date.now() / 1000 + SKEW_S)
    throw wrong('The answer of the provider is from a later time.');
  if (claims.azp !== undefined && claims.azp !== clientId) throw wrong('The answer of the provider is for another.');
  if (claims.at_hash !== undefined && claims.at_hash !== (await hashFor(tokens.id_token!, tokens.access_token)))
    throw wrong('The answer of the provider does not belong together.');
}

/** The left half of a hash by the algorithm of the signature (Core §3.1.3.6). */
async function hashFor(idToken: string, accessToken: string): Promise<string> {
  const [head = ''] = idToken.split('.');
  const { alg } = parseJson(atob(head.replaceAll('-', '+').replaceAll('_', '/'))) as { alg: string };
  const bits = /(256|384|512)$/.exec(alg)?.[1] ?? '512';
  const hash = new Uint8Array(await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(accessToken)));
  return base64url(hash.slice(0, hash.length / 2));
}

async function provenBy(
  deps: Deps,
  provider: Provider,
  accessToken: string,
  sub: string,
  claims: Claims,
): Promise<Proven> {
  const { config } = provider;
  if (config.profile !== 'surfconext') return accountFrom(config.issuer, sub, claims);
  const links = claims.eduid === undefined ? [] : await readLinks(deps, provider, accessToken);
  return proofFrom(config.issuer, sub, claims, links, deps.clock());
}

/** The links API of each SURFconext. */
const linksOfSurf: Record<string, string> = {
  'connect.surfconext.nl': 'https://login.eduid.nl/myconext/api/eduid/links',
  'connect.test.surfconext.nl': 'https://login.test.eduid.nl/myconext/api/eduid/links',
};

/** Which institutions are linked; undefined when that could not be learnt, which ends no login. */
async function readLinks(deps: Deps, provider: Provider, accessToken: string): Promise<LinkedAccount[] | undefined> {
  const { id, issuer, linksUrl } = provider.config;
  const url = linksUrl ?? linksOfSurf[new URL(issuer).hostname];
  if (!url) return undefined;
  try {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const answer = await askProvider(deps, url, { headers });
    const links = answer.status === 200 ? linksFrom(parseJson(await answer.text())) : undefined;
    if (!links) deps.log.warn('provider', { provider: id, why: `links: ${answer.status}` });
    return links;
  } catch (error) {
    deps.log.warn('provider', { provider: id, why: `links: ${whyOf(error)}` });
    return undefined;
  }
}

/** Codes of the library that say that no answer came, or none that is of this protocol at all. */
const noAnswer = [
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  // It does not know us, or no longer.
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
];

function refused(deps: Deps, provider: Provider, error: unknown): DomainError {
  const { id, name } = provider.config;
  const code = (error as { code?: string } | undefined)?.code ?? '';
  deps.log.warn('sign-in', { provider: id, why: whyOf(error) });
  if (isNoAnswer(error) || noAnswer.includes(code))
    return new DomainError('provider-unreachable', `${name} does not answer as it should. Try again in a while.`, {
      cause: error,
      extensions: { provider: id },
    });
  if (code === 'OAUTH_RESPONSE_BODY_ERROR')
    return new DomainError('sign-in-failed', `${name} did not accept this login. Begin again.`, {
      extensions: { provider: id, reason: 'again' },
    });
  return new DomainError('sign-in-untrusted', `What ${name} answered cannot be trusted, so nobody was signed in.`, {
    extensions: { provider: id },
  });
}

/** The library wraps what our fetch throws. */
function isNoAnswer(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) if (e instanceof NoAnswer) return true;
  return false;
}
