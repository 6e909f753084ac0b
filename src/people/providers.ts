/**
 * The providers at which people sign in. What they publish about themselves is read when it is first needed and kept for
 * an hour; their keys are asked for at most once a minute, however many tokens name keys that are unknown (threat O11).
 */
import * as client from 'openid-client';
import type { ProviderConfig } from '../platform/config.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { askProvider, NoAnswer, PROVIDER_TIMEOUT_MS } from './ask-provider.ts';

const HOUR_MS = 3_600_000;
const KEYS_MS = 60_000;
/** After a failure nobody waits for the provider again until this has passed. */
const COOL_DOWN_MS = 10_000;

/** What a signature of an ID token may be made with: never a shared secret, never nothing. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
];

export interface Provider {
  config: ProviderConfig;
  client: client.Configuration;
  /** RFC 9207: whether it names itself in its answers. */
  namesItself: boolean;
  endSession?: string;
}

interface Known {
  provider?: Provider;
  readAt: number;
  failedAt: number;
  reading?: Promise<Provider>;
  keys?: Response;
  keysAt: number;
  keysFailedAt: number;
  readingKeys?: Promise<void>;
}

const known = new WeakMap<Deps, Map<string, Known>>();

function recall(deps: Deps, id: string): Known {
  const all = known.get(deps) ?? new Map<string, Known>();
  known.set(deps, all);
  const one = all.get(id) ?? { readAt: 0, failedAt: 0, keysAt: 0, keysFailedAt: 0 };
  all.set(id, one);
  return one;
}

/** @throws DomainError `not-found` */
export function providerConfig(deps: Deps, id: string): ProviderConfig {
  const config = deps.config.providers.find(provider => provider.id === id);
  if (!config) throw notFound('sign-in provider');
  return config;
}

/**
 * A provider as it describes itself (OpenID Connect Discovery 1.0 §4). One that was read before goes on to serve when it
 * cannot be read again.
 * @throws DomainError `not-found`, `provider-unreachable`
 */
export async function openProvider(deps: Deps, id: string): Promise<Provider> {
  const config = providerConfig(deps, id);
  const state = recall(deps, id);
  const now = deps.clock().getTime();
  // A clock that was set back makes everything look young: then it is read again too.
  if (state.provider && Math.abs(now - state.readAt) < HOUR_MS) return state.provider;
  if (Math.abs(now - state.failedAt) < COOL_DOWN_MS) return state.provider ?? unreachable(config);
  state.reading ??= readProvider(deps, config, state)
    .then(provider => {
      state.readAt = now;
      return (state.provider = provider);
    })
    .finally(() => (state.reading = undefined));
  try {
    return await state.reading;
  } catch (error) {
    // Failures are remembered by their time alone: a promise that failed is never kept.
    state.failedAt = now;
    deps.log.warn('provider', { provider: id, why: whyOf(error) });
    return state.provider ?? unreachable(config);
  }
}

/** What went wrong with a provider, for the log: a code of the library, never its words, which may hold tokens. */
export function whyOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

function unreachable({ id, name }: ProviderConfig): never {
  throw new DomainError('provider-unreachable', `${name} does not answer as it should. Try again in a while.`, {
    extensions: { provider: id, retryAfter: COOL_DOWN_MS / 1000 },
  });
}

async function readProvider(deps: Deps, config: ProviderConfig, state: Known): Promise<Provider> {
  const insecure = !deps.config.production;
  const fetchAs: client.CustomFetch = (url, init) => askProvider(deps, url, init as RequestInit);
  const found = await client.discovery(new URL(config.issuer), config.clientId, undefined, undefined, {
    [client.customFetch]: fetchAs,
    timeout: PROVIDER_TIMEOUT_MS / 1000,
    execute: insecure ? [client.allowInsecureRequests] : [],
  });
  const { supportsPKCE: _, ...server } = found.serverMetadata();
  // Discovery §4.3: exactly the issuer that was asked; the library compares loosely.
  if (server.issuer !== config.issuer) throw new NoAnswer('another issuer answered');
  for (const endpoint of [server.authorization_endpoint, server.token_endpoint, server.jwks_uri])
    if (!isAddress(endpoint, insecure)) throw new NoAnswer('an endpoint is missing or has no usable address');

  const offered = server.id_token_signing_alg_values_supported ?? ['RS256'];
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const secret = config.clientSecret;
  const configuration = new client.Configuration(
    { ...server, id_token_signing_alg_values_supported: algorithms.filter(alg => offered.includes(alg)) },
    config.clientId,
    {},
    methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret),
  );
  configuration.timeout = PROVIDER_TIMEOUT_MS / 1000;
  configuration[client.customFetch] = (url, init) =>
    url === server.jwks_uri ? readKeys(deps, state, url, init as RequestInit) : fetchAs(url, init);
  if (insecure) client.allowInsecureRequests(configuration);
  // The signature is verified although the token came straight from the provider (OIDC Core §3.1.3.7 rule 6 lets it be).
  client.enableNonRepudiationChecks(configuration);
  return {
    config,
    client: configuration,
    namesItself: server.authorization_response_iss_parameter_supported === true,
    ...(isAddress(server.end_session_endpoint, insecure) ? { endSession: server.end_session_endpoint } : {}),
  };
}

function isAddress(text: unknown, insecure: boolean): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'https:' || (insecure && protocol === 'http:');
}

/** The keys of a provider, asked for at most once a minute; within it, what was answered then is answered again. */
async function readKeys(deps: Deps, state: Known, url: string, init: RequestInit): Promise<Response> {
  const now = deps.clock().getTime();
  if (!state.keys || Math.abs(now - state.keysAt) >= KEYS_MS) {
    if (Math.abs(now - state.keysFailedAt) < COOL_DOWN_MS) throw new NoAnswer('no keys a moment ago');
    state.readingKeys ??= askProvider(deps, url, init)
      .then(answer => {
        if (!answer.ok) throw new NoAnswer(`the answer was ${answer.status}`);
        state.keys = answer;
        state.keysAt = now;
      })
      .catch(error => {
        state.keysFailedAt = now;
        throw error;
      })
      .finally(() => (state.readingKeys = undefined));
    await state.readingKeys;
  }
  return state.keys!.clone();
}

export interface ProviderState {
  id: string;
  name: string;
  local: boolean;
  /** People make an account there by themselves, at eduID. */
  eduid: boolean;
  reachable: boolean;
}

/** Every provider with whether one can sign in there now, for the page that offers them. */
export async function listProviders(deps: Deps): Promise<ProviderState[]> {
  return Promise.all(
    deps.config.providers.map(async ({ id, name, local, profile }) => ({
      id,
      name,
      local: local === true,
      eduid: profile === 'surfconext' && !local,
      reachable: await openProvider(deps, id).then(
        () => true,
        () => false,
      ),
    })),
  );
}
