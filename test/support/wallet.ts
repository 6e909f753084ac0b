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
    return { uri, offer, issuer, server, code: offer.grants[GRANT]['pre-authorized_code'] as string };
  }
  type Opened = Awaited<ReturnType<typeof open>>;

  const token = ({ server, code }: Opened, form: Record<string, string>) =>
    ask(server.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': code, ...form }),
    });
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

  return { ask, post, open, token, nonce, proof, dpop, credential, notify, receive };
}
