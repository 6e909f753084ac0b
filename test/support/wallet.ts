// A wallet written from the text of OpenID4VCI 1.0: HTTP and jose, nothing of ours.
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { World } from './world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;
export interface Answer {
  status: number;
  headers: Headers;
  json: Json;
}

export const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

export const CLIENT = 'https://wallet.example/client';
export const REDIRECT = 'https://wallet.example/cb?app=1';

/** RFC 7636 §4.2. */
export const s256 = async (verifier: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString('base64url');

/** A key of a wallet, by the names that it can go by. */
export async function walletKey(alg: 'ES256' | 'EdDSA' = 'ES256') {
  const options = { extractable: true, ...(alg === 'EdDSA' ? { crv: 'Ed25519' } : {}) };
  const { privateKey, publicKey } = await generateKeyPair(alg, options);
  const jwk = await exportJWK(publicKey);
  const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  return {
    alg,
    privateKey,
    jwk,
    secret: await exportJWK(privateKey),
    did,
    thumbprint: await calculateJwkThumbprint(jwk),
  };
}
export type WalletKey = Awaited<ReturnType<typeof walletKey>>;

/** The did:key of an Ed25519 or P-256 key (did:key §3.1). */
export function didKeyOf(jwk: JWK): string {
  const x = Buffer.from(jwk.x!, 'base64url');
  const bytes =
    jwk.crv === 'Ed25519'
      ? Buffer.from([0xed, 1, ...x])
      : Buffer.from([0x80, 0x24, Buffer.from(jwk.y!, 'base64url').at(-1)! % 2 ? 3 : 2, ...x]);
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let number = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
  return `did:key:z${text}`;
}

export interface ProofParts {
  header?: Json;
  claims?: Json;
}

/** A wallet that talks to the service of a world. */
export function walletOn(world: Pick<World, 'request'>) {
  async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
    const response = await world.request(url, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : undefined };
  }
  const post = (url: string, body: unknown, token?: string) =>
    ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });

  /** Follows a link to the offer, and finds the issuer of it (§4.1, §12.2.2). */
  async function open(link: string) {
    const uri = new URL(link).searchParams.get('credential_offer_uri')!;
    const offer = (await ask(uri)).json;
    const { origin, pathname } = new URL(offer.credential_issuer);
    const issuer = (await ask(`${origin}/.well-known/openid-credential-issuer${pathname}`)).json;
    const server = (await ask(`${origin}/.well-known/oauth-authorization-server${pathname}`)).json;
    return { uri, offer, issuer, server, code: offer.grants[GRANT]?.['pre-authorized_code'] as string };
  }
  type Opened = Awaited<ReturnType<typeof open>>;

  const token = ({ server, code }: Opened, form: Record<string, string>) =>
    ask(server.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': code, ...form }),
    });
  /** Pushes an authorization request (RFC 9126) with PKCE (RFC 7636); what is undefined is left out. */
  async function push({ offer, server }: Pick<Opened, 'offer' | 'server'>, over: Json = {}, headers: Json = {}) {
    const verifier = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
    const form = {
      response_type: 'code',
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      state: 'zo begon het',
      scope: 'badge',
      code_challenge: await s256(verifier),
      code_challenge_method: 'S256',
      issuer_state: offer.grants?.authorization_code?.issuer_state,
      ...over,
    };
    const body = new URLSearchParams(JSON.parse(JSON.stringify(form)) as Record<string, string>);
    const answer = await ask(server.pushed_authorization_request_endpoint, { method: 'POST', headers, body });
    const query = new URLSearchParams({ client_id: form.client_id, request_uri: answer.json.request_uri });
    return { verifier, answer, url: `${server.authorization_endpoint}?${query}` };
  }
  /** What a person does in the browser with such a request: the page, and where their answer leads. */
  async function answerIn(browser: Record<string, string>, url: string, decision: 'allow' | 'deny', badge?: string) {
    const page = await world.request(url, { headers: browser });
    const html = await page.text();
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(m => [m[1]!, m[2]!]);
    const fields = { ...(Object.fromEntries(hidden) as Record<string, string>), decision, ...(badge ? { badge } : {}) };
    const body = new URLSearchParams(fields);
    const answer = await world.request(new URL(url).pathname, { method: 'POST', headers: browser, body });
    const location = answer.headers.get('location');
    return { page, html, status: answer.status, to: location === null ? undefined : new URL(location) };
  }
  /** Redeems a code of the authorization endpoint (RFC 6749 §4.1.3). */
  const exchange = (server: Json, code: string, code_verifier: string, over: Json = {}, headers: Json = {}) => {
    const form = {
      grant_type: 'authorization_code',
      code,
      code_verifier,
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      ...over,
    };
    const body = new URLSearchParams(JSON.parse(JSON.stringify(form)) as Record<string, string>);
    return ask(server.token_endpoint, { method: 'POST', headers, body });
  };
  const nonce = async ({ issuer }: Opened): Promise<string> =>
    (await ask(issuer.nonce_endpoint, { method: 'POST' })).json.c_nonce;

  /** A proof of possession (Appendix F.1); what is undefined is left out. */
  async function proof({ issuer }: Opened, key: WalletKey, c_nonce: string, { header, claims }: ProofParts = {}) {
    const head = { alg: key.alg, typ: 'openid4vci-proof+jwt', jwk: key.jwk, ...header };
    const payload = { aud: issuer.credential_issuer, iat: Math.floor(Date.now() / 1000), nonce: c_nonce, ...claims };
    return new SignJWT(JSON.parse(JSON.stringify(payload)))
      .setProtectedHeader(JSON.parse(JSON.stringify(head)))
      .sign(key.privateKey);
  }
  /** A DPoP proof for a POST (RFC 9449 §4.2). */
  const dpop = (key: WalletKey, htu: string, claims: Json = {}, header: Json = {}) =>
    new SignJWT(
      JSON.parse(
        JSON.stringify({ jti: crypto.randomUUID(), htm: 'POST', htu, iat: Math.floor(Date.now() / 1000), ...claims }),
      ),
    )
      .setProtectedHeader({ typ: 'dpop+jwt', alg: key.alg, jwk: key.jwk, ...header })
      .sign(key.privateKey);
  const credential = ({ issuer }: Opened, access: string, body: Json) => post(issuer.credential_endpoint, body, access);
  const notify = ({ issuer }: Opened, access: string, body: Json) => post(issuer.notification_endpoint, body, access);

  /** The whole way, from a link to the answer of the credential endpoint. */
  async function receive(link: string, txCode: string, configuration: string, key: WalletKey, parts: ProofParts = {}) {
    const opened = await open(link);
    const access = (await token(opened, { tx_code: txCode })).json.access_token as string;
    const jwt = [await proof(opened, key, await nonce(opened), parts)];
    const body = { credential_configuration_id: configuration, proofs: { jwt } };
    return { opened, access, answer: await credential(opened, access, body) };
  }

  const deferred = ({ issuer }: Opened, access: string, body: Json) =>
    post(issuer.deferred_credential_endpoint, body, access);

  return {
    ask,
    post,
    open,
    token,
    push,
    answerIn,
    exchange,
    nonce,
    proof,
    dpop,
    credential,
    deferred,
    notify,
    receive,
  };
}
