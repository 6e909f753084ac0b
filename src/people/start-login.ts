import * as client from 'openid-client';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { acrFor, type Assurance } from './assurance.ts';
import { ATTEMPT_MS, type Attempt } from './attempt.ts';
import { CLAIMS, SCOPE } from './eduid.ts';
import { isFresh } from './fresh.ts';
import { openProvider } from './providers.ts';

interface LoginRequest {
  provider: string;
  /** A path of ours to come back to. */
  return: string;
  /** What is asked of the provider; what it answers may be less. */
  level: Assurance;
  /** Ask the person again, also when the provider still knows them. */
  fresh: boolean;
  purpose: 'enter' | 'prove' | 'link';
  /** Whom the provider may expect: a name that it understands. */
  hint?: string | undefined;
}

/** Where the browser goes, and what it has to keep until it comes back. */
interface LoginStart {
  url: string;
  attempt: Attempt;
}

/** Where a provider sends the browser back to; each has its own (RFC 9700 §4.4.2.1). */
export const callbackOf = (deps: Deps, provider: string): string => `${deps.config.origin}/login/${provider}/callback`;

/**
 * Begins a login: code flow with PKCE, state and nonce, all bound to this browser (threat O1).
 * `link` asks that whoever is signed in proved it a moment ago; `proof-needed` tells that they have to do so first.
 * @throws DomainError `not-found`, `provider-unreachable`, `not-signed-in`, `proof-needed`
 */
export async function startLogin(deps: Deps, request: LoginRequest, session?: SignedIn): Promise<LoginStart> {
  if (request.purpose !== 'enter' && !session)
    throw new DomainError('not-signed-in', 'Sign in first; then add another way to sign in.');
  if (request.purpose === 'link' && !isFresh(deps, session!))
    throw new DomainError('proof-needed', 'Sign in once more, so that we know that it is you; then add this.');
  const provider = await openProvider(deps, request.provider);
  const { config } = provider;
  // Adding something of one's own takes a fresh proof of that side too.
  const fresh = request.fresh || request.purpose !== 'enter';
  const attempt: Attempt = {
    provider: config.id,
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    return: request.return,
    level: request.level,
    fresh,
    purpose: request.purpose,
    ...(session && request.purpose !== 'enter' ? { person: session.person, session: session.id } : {}),
    expires: deps.clock().getTime() + ATTEMPT_MS,
  };
  const surfconext = config.profile === 'surfconext';
  const acr = surfconext ? acrFor(request.level) : undefined;
  const url = client.buildAuthorizationUrl(provider.client, {
    redirect_uri: callbackOf(deps, config.id),
    scope: surfconext ? SCOPE : 'openid email profile',
    response_type: 'code',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...(surfconext ? { claims: CLAIMS } : {}),
    ...(acr ? { acr_values: acr } : {}),
    ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
    ...(request.hint ? { login_hint: request.hint } : {}),
  });
  return { url: url.href, attempt };
}
