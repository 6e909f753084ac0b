// A service of others that speaks the Open Badges API, by openid-client; and the browser of the person whom it asks.
import * as oauth from 'openid-client';
import { submit } from './offers.ts';
import type { World } from './world.ts';

export const BASE = '/ims/ob/v3p0';
const PREFIX = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
export const SCOPE = {
  read: `${PREFIX}credential.readonly`,
  write: `${PREFIX}credential.upsert`,
  profile: `${PREFIX}profile.readonly`,
  offline: 'offline_access',
};
export const ALL = Object.values(SCOPE).join(' ');
export const REDIRECT = 'https://rugzak.example/terug';

export const metadata = (over: object = {}) => ({
  client_name: 'Rugzak',
  client_uri: 'https://rugzak.example/',
  logo_uri: 'https://rugzak.example/logo.png',
  tos_uri: 'https://rugzak.example/voorwaarden',
  policy_uri: 'https://rugzak.example/privacy',
  software_id: 'rugzak',
  software_version: '1.2',
  redirect_uris: [REDIRECT],
  scope: ALL,
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  ...over,
});

type Browser = Record<string, string>;

/** A service that found the host by its description and registered itself. */
export async function connectService(world: World, over: object = {}) {
  const description = await world.api(`${BASE}/discovery`);
  const { OAuth2ACG } = description.json.components.securitySchemes;
  const fetchHere = ((url: string, init: RequestInit) => world.request(url, init)) as oauth.CustomFetch;
  const config = await oauth.dynamicClientRegistration(
    new URL(new URL(OAuth2ACG['x-imssf-registrationUrl']).origin),
    metadata(over),
    oauth.ClientSecretBasic(),
    {
      algorithm: 'oauth2',
      [oauth.customFetch]: fetchHere,
      execute: world.origin.startsWith('http:') ? [oauth.allowInsecureRequests] : [],
    },
  );
  const basic = () => {
    const { client_id, client_secret } = config.clientMetadata() as { client_id: string; client_secret: string };
    return `Basic ${btoa(`${client_id}:${client_secret}`)}`;
  };

  /** What the browser is sent to, and what the service keeps for when it comes back. */
  async function begin(scope = ALL, change: Record<string, string | undefined> = {}) {
    const [verifier, state] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
    const url = oauth.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    for (const [name, value] of Object.entries(change))
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    return { url, verifier, state };
  }

  /**
   * The browser goes to the page of the decision and sends its form: the address at the service that it comes back to.
   */
  async function decide(url: URL, browser: Browser, decision = 'allow') {
    const started = await world.request(url.href, { headers: { ...browser, accept: 'text/html' } });
    const page = started.headers.get('location') ?? '';
    const shown = await world.request(page, { headers: { ...browser, accept: 'text/html' } });
    const text = await shown.text();
    const action = /action="(\/account\/connect\/[\w-]{43})"/.exec(text)?.[1] ?? '';
    const answer = await submit(world, action, browser, { decision });
    return { page, shown, text, action, answer, back: new URL(answer.headers.get('location') ?? 'about:blank') };
  }

  const redeem = (back: URL, { verifier, state }: { verifier: string; state: string }) =>
    oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state });

  /** From the question to tokens. */
  async function connect(browser: Browser, scope = ALL) {
    const asked = await begin(scope);
    const { back } = await decide(asked.url, browser);
    return { ...(await redeem(back, asked)), back, asked };
  }

  /** The token endpoint as it stands, for what openid-client would not send. */
  const token = (fields: Record<string, string>, authorization = basic()) =>
    world.api('/api/ob3/token', {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
    });
  const get = (path: string, accessToken: string) =>
    world.api(`${BASE}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
  const upsert = (accessToken: string, body: string, type = 'application/json') =>
    world.api(`${BASE}/credentials`, {
      body,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': type },
    });

  return { description, config, basic, begin, decide, redeem, connect, token, get, upsert };
}
