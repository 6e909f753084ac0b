// A wallet written from the text of OpenID4VP 1.0 that shows badges: HTTP, jose, and the libraries of LCW for proofs.
import { createHash } from 'node:crypto';
import { CompactEncrypt, type CryptoKey, importJWK, jwtVerify, SignJWT } from 'jose';
import { learnerWallet } from './lcw.ts';
import { type WalletKey, walletKey } from './wallet.ts';
import type { World } from './world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;
export const formats = { badge: 'ldp_vc', 'badge-jwt': 'jwt_vc_json', 'badge-sd-jwt': 'dc+sd-jwt' } as const;
export type QueryId = keyof typeof formats;

/** What of a presentation is made otherwise than it was asked for. */
export interface Otherwise {
  nonce?: string;
  audience?: string;
  /** Who signs it in the place of the holder. */
  by?: Presenter;
  issuedAt?: number;
}
export type Presenter = Awaited<ReturnType<typeof presenterOn>>;

export async function presenterOn(world: Pick<World, 'request'>) {
  const lcw = await learnerWallet(world);
  const key: WalletKey = await walletKey();
  /** The holder that a copy in each format is made for. */
  const holderOf = (id: QueryId) => (id === 'badge' ? { did: lcw.did } : { jwk: key.jwk });

  /** Follows a link to what is asked (§5); a signed request is of the DID that asks. */
  async function open(link: string): Promise<Json> {
    const parameters = Object.fromEntries(new URL(link).searchParams);
    if (!parameters.request_uri)
      return {
        ...parameters,
        dcql_query: JSON.parse(parameters.dcql_query!),
        client_metadata: JSON.parse(parameters.client_metadata!),
      };
    const response = await world.request(parameters.request_uri);
    if (response.status !== 200) return { status: response.status };
    if (response.headers.get('content-type') !== 'application/oauth-authz-req+jwt')
      throw new Error('no request object');
    return verifyRequest(new TextDecoder().decode(await response.arrayBuffer()), parameters.client_id!);
  }

  async function verifyRequest(jwt: string, clientId: string): Promise<Json> {
    const did = clientId.replace(/^decentralized_identifier:/, '');
    const document = (await (await world.request('/.well-known/did.json')).json()) as Json;
    if (document.id !== did) throw new Error(`${document.id} is not ${did}`);
    const { payload } = await jwtVerify(
      jwt,
      async ({ kid, alg }) => {
        const method = document.verificationMethod.find((one: Json) => one.id === kid);
        return importJWK(method.publicKeyJwk ?? jwkOf(method.publicKeyMultibase), alg) as Promise<CryptoKey>;
      },
      { typ: 'oauth-authz-req+jwt', audience: 'https://self-issued.me/v2' },
    );
    if (payload.client_id !== clientId) throw new Error('signed for another client');
    return payload;
  }

  /** A presentation of one badge (Appendix B). */
  async function present(request: Json, id: QueryId, badge: string, otherwise: Otherwise = {}): Promise<unknown> {
    const { nonce = request.nonce, audience = request.client_id, by } = otherwise;
    const signer = by ?? { lcw, key };
    if (id === 'badge') {
      const credentials = [JSON.parse(badge)];
      return signer.lcw.sign({
        suite: 'eddsa-rdfc-2022',
        challenge: nonce,
        domain: audience,
        holder: signer.lcw.did,
        credentials,
      });
    }
    if (id === 'badge-jwt') {
      const vp = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        verifiableCredential: [
          {
            '@context': 'https://www.w3.org/ns/credentials/v2',
            id: `data:application/vc+jwt,${badge}`,
            type: 'EnvelopedVerifiableCredential',
          },
        ],
      };
      return signVp({ ...vp, holder: signer.key.did, iss: signer.key.did, aud: audience, nonce }, 'vp+jwt', signer.key);
    }
    const { issuedAt = Math.floor(Date.now() / 1000) } = otherwise;
    const sd_hash = createHash('sha256').update(badge).digest('base64url');
    const binding = await new SignJWT({ iat: issuedAt, aud: audience, nonce, sd_hash })
      .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
      .sign(signer.key.privateKey);
    return badge + binding;
  }

  const signVp = (claims: Json, typ: string, { did, privateKey } = key) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ, kid: `${did}#0` }).sign(privateKey);

  /** Posts an answer (§8.2), encrypted where that was asked (§8.3). */
  async function answer(request: Json, vp_token: unknown) {
    let body: Record<string, string>;
    if (request.response_mode === 'direct_post.jwt') {
      const [jwk] = request.client_metadata.jwks.keys;
      const [enc] = request.client_metadata.encrypted_response_enc_values_supported;
      const response = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ vp_token })))
        .setProtectedHeader({ alg: jwk.alg, enc, kid: jwk.kid })
        .encrypt(await importJWK(jwk, jwk.alg));
      body = { response };
    } else body = { vp_token: JSON.stringify(vp_token) };
    return post(request, body);
  }
  async function post(request: Json, body: Record<string, string>) {
    const response = await world.request(request.response_uri, { method: 'POST', body: new URLSearchParams(body) });
    return { status: response.status, json: (await response.json()) as Json };
  }

  return { lcw, key, holderOf, open, verifyRequest, present, signVp, answer, post };
}

/** The JWK of a Multikey of Ed25519. */
function jwkOf(multibase: string): Json {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let number = 0n;
  for (const character of multibase.slice(1)) number = number * 58n + BigInt(alphabet.indexOf(character));
  const hex = number.toString(16).padStart(68, '0');
  if (!hex.startsWith('ed01')) throw new Error('no Ed25519 key');
  return { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex.slice(4), 'hex').toString('base64url') };
}
