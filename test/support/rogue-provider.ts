import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { base64url } from '../../src/platform/ids.ts';
import type { ProviderConfig } from '../../src/platform/config.ts';

type Json = Record<string, unknown>;
type Answer = Response | Promise<Response>;

/** How a provider bends the truth: each takes what an honest one would say and says something else. */
export interface Bends {
  discovery?: (honest: Json) => unknown;
  keys?: (honest: JWK[]) => unknown;
  header?: (honest: { alg: string; kid: string }) => Json;
  claims?: (honest: Json) => Json;
  /** Signs by itself, from the header and the claims. */
  sign?: (header: Json, claims: Json) => string | Promise<string>;
  /** The answer of the token endpoint. */
  token?: (honest: Json) => unknown;
  userinfo?: (honest: Json) => unknown;
  links?: (honest: unknown[]) => unknown;
  /** A code can be used more than once. */
  codesLast?: boolean;
  /** Whole answers, by what is asked. */
  answer?: Partial<Record<Endpoint, (request: Request) => Answer>>;
  /** The parameters with which the browser comes back. */
  back?: (honest: URLSearchParams) => void;
}
type Endpoint = 'discovery' | 'jwks' | 'token' | 'userinfo' | 'links';

const keyPair = generateKeyPair('RS256', { extractable: true });

/** What the honest one says of its only learner. */
const someone = {
  sub: 'urn:collab:person:eduid.nl:sam',
  eduid: '6d0c2a4e-52b5-4b7e-9d5d-0d1d5a1f0a01',
  given_name: 'Sam',
  family_name: 'de Vries',
  email: 'sam@example.org',
  schac_home_organization: 'eduid.nl',
  eduperson_assurance: ['https://eduid.nl/validated/email-validated'],
  acr: 'http://test.surfconext.nl/assurance/loa1',
};

/** A provider in the shape of SURFconext, made by hand, whose every answer can be bent. It needs no server. */
export async function rogueProvider(over: Partial<ProviderConfig> = {}) {
  const config: ProviderConfig = {
    id: 'eduid',
    name: 'eduID',
    issuer: 'https://idp.example',
    clientId: 'waarmerk',
    clientSecret: 'a-secret-of-the-client',
    profile: 'surfconext',
    linksUrl: `${over.issuer ?? 'https://idp.example'}/links`,
    ...over,
  };
  const { issuer } = config;
  const { privateKey, publicKey } = await keyPair;
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const codes = new Map<string, { nonce: string | null; challenge: string; acr: string | null }>();
  const asked: Record<Endpoint, number> = { discovery: 0, jwks: 0, token: 0, userinfo: 0, links: 0 };
  const provider = {
    config,
    asked,
    bends: {} as Bends,
    person: { ...someone } as Json,
    links: [] as unknown[],
    jwk,
    privateKey,
  };

  const honest: Record<Endpoint, (request: Request) => Promise<unknown>> = {
    discovery: async () =>
      bent(provider.bends.discovery, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/certs`,
        userinfo_endpoint: `${issuer}/userinfo`,
        end_session_endpoint: `${issuer}/logout`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      }),
    jwks: async () => ({ keys: bent(provider.bends.keys, [jwk]) }),
    token: async request => {
      const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
      const code = codes.get(form.get('code') ?? '');
      if (!provider.bends.codesLast) codes.delete(form.get('code') ?? '');
      const verifier = new TextEncoder().encode(form.get('code_verifier') ?? '');
      const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', verifier)));
      // RFC 6749 §2.3.1: both halves are form-encoded first.
      const basic = decodeURIComponent(atob((request.headers.get('authorization') ?? '').replace('Basic ', '')));
      if (!code || code.challenge !== challenge || basic !== `${config.clientId}:${config.clientSecret}`)
        return Response.json({ error: 'invalid_grant' }, { status: 400 });
      const now = Math.floor(Date.now() / 1000);
      const claims = bent(provider.bends.claims, {
        iss: issuer,
        aud: config.clientId,
        iat: now,
        exp: now + 600,
        auth_time: now,
        nonce: code.nonce,
        at_hash: await leftHalf('an-access-token'),
        ...provider.person,
        ...(code.acr ? { acr: code.acr } : {}),
      });
      const header = bent(provider.bends.header, { alg: 'RS256', kid: 'one' });
      return bent(provider.bends.token, {
        access_token: 'an-access-token',
        token_type: 'Bearer',
        expires_in: 600,
        id_token: await (provider.bends.sign ?? sign)(header, claims),
      });
    },
    userinfo: async () => bent(provider.bends.userinfo, { ...provider.person }),
    links: async () => bent(provider.bends.links, provider.links),
  };

  const sign = (header: Json, claims: Json) =>
    new SignJWT(claims).setProtectedHeader(header as { alg: string }).sign(privateKey);

  /** Stands in for the network of the service. */
  const answerTo: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname.replace(new URL(issuer).pathname.replace(/\/$/, ''), '');
    const endpoint = endpoints[path];
    if (!endpoint || new URL(request.url).origin !== new URL(issuer).origin) throw new TypeError('fetch failed');
    asked[endpoint]++;
    const own = provider.bends.answer?.[endpoint];
    if (own) return own(request);
    const said = await honest[endpoint](request);
    return said instanceof Response ? said : Response.json(said);
  };

  /** What the provider does in the browser: from the request of the service to its way back. */
  function authorize(url: URL, acr: string | null = null): string {
    const code = crypto.randomUUID();
    codes.set(code, {
      nonce: url.searchParams.get('nonce'),
      challenge: url.searchParams.get('code_challenge') ?? '',
      acr,
    });
    const back = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '', iss: issuer });
    provider.bends.back?.(back);
    const to = new URL(url.searchParams.get('redirect_uri')!);
    return `${to.pathname}?${back}`;
  }

  return Object.assign(provider, { fetch: answerTo, authorize, sign });
}

export type Rogue = Awaited<ReturnType<typeof rogueProvider>>;

const endpoints: Record<string, Endpoint> = {
  '/.well-known/openid-configuration': 'discovery',
  '/certs': 'jwks',
  '/token': 'token',
  '/userinfo': 'userinfo',
  '/links': 'links',
};

const bent = <T, R>(bend: ((honest: T) => R) | undefined, honest: T) =>
  (bend ? bend(honest) : honest) as R extends unknown ? R : T;

async function leftHalf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return base64url(hash.slice(0, 16));
}
