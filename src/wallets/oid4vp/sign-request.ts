import { createOpenid4vpAuthorizationRequest } from '@openid4vc/openid4vp';
import { setGlobalConfig } from '@openid4vc/oauth2';
import { serviceTokenSigner } from '../../institutions/index.ts';
import type { Deps } from '../../platform/context.ts';
import { base64url } from '../../platform/ids.ts';
import { utf8 } from '../../vc/bytes.ts';
import { queryOf } from './query.ts';
import { ANSWER_MS, clientIds, nonceOf, type OpenRequest, readOpenRequest, responseUri } from './request.ts';

export type ResponseMode = 'direct_post' | 'direct_post.jwt';

/** The parameters of a request (OpenID4VP §5.1), without `state`: the address of the answer says which one it is for. */
export async function requestPayload(deps: Deps, request: OpenRequest, clientId: string, mode: ResponseMode) {
  const { origin } = deps.config;
  // The library takes no address but https, which a service for development does not have.
  setGlobalConfig({ allowInsecureUrls: origin.startsWith('http:') });
  return {
    response_type: 'vp_token' as const,
    response_mode: mode,
    client_id: clientId,
    response_uri: responseUri(deps, request.token),
    nonce: await nonceOf(deps, request.token),
    dcql_query: queryOf(origin, request.data.asked),
    client_metadata: {
      client_name: new URL(origin).host,
      vp_formats_supported: FORMATS,
      ...(mode === 'direct_post.jwt'
        ? {
            jwks: { keys: [{ ...request.data.encryption.publicJwk, kty: 'EC' }] },
            encrypted_response_enc_values_supported: ['A128GCM', 'A256GCM'],
          }
        : {}),
    },
  };
}

const ALGORITHMS: [string, ...string[]] = ['ES256', 'ES384', 'EdDSA', 'Ed25519'];
const FORMATS = {
  ldp_vc: {
    proof_type_values: ['DataIntegrityProof', 'Ed25519Signature2020'] as [string, ...string[]],
    cryptosuite_values: ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] as [string, ...string[]],
  },
  jwt_vc_json: { alg_values: [...ALGORITHMS, 'RS256'] as [string, ...string[]] },
  'dc+sd-jwt': { 'sd-jwt_alg_values': ALGORITHMS, 'kb-jwt_alg_values': ALGORITHMS },
};

/** How a wallet asks for the request (OpenID4VP §5.10). */
export interface WalletAsks {
  mode: ResponseMode;
  walletNonce?: string | undefined;
  /** The signatures that it knows, where it says so. */
  algorithms?: readonly string[] | undefined;
}

/**
 * How it is signed: as the wallet can check it. One that says nothing and wants its answer encrypted is of the profile
 * that knows ES256 alone (HAIP §7).
 */
const algorithmFor = ({ mode, algorithms }: WalletAsks): 'EdDSA' | 'ES256' => {
  const can = { EdDSA: /^Ed(DSA|25519)$/, ES256: /^ES256$/ };
  const [usual, other] = mode === 'direct_post.jwt' ? (['ES256', 'EdDSA'] as const) : (['EdDSA', 'ES256'] as const);
  const knows = (alg: 'EdDSA' | 'ES256') => algorithms?.some(name => can[alg].test(name));
  return !knows(usual) && knows(other) ? other : usual;
};

/**
 * The request object that a wallet fetches (OpenID4VP §5.10; RFC 9101), signed as `did:web:HOST`.
 * @throws DomainError `not-found`, `link-spent`
 */
export async function signRequest(
  deps: Deps,
  token: string,
  { mode, walletNonce, algorithms }: WalletAsks,
): Promise<string> {
  const request = await readOpenRequest(deps, token);
  const payload = await requestPayload(deps, request, clientIds(deps, token).signed, mode);
  const signer = await serviceTokenSigner(deps, algorithmFor({ mode, algorithms }));
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  const { jar } = await createOpenid4vpAuthorizationRequest({
    authorizationRequestPayload: { ...payload, ...(walletNonce ? { wallet_nonce: walletNonce } : {}) },
    ...(walletNonce ? { wallet: { expectedNonce: walletNonce } } : {}),
    jar: {
      jwtSigner: { method: 'did', didUrl: signer.id, alg: signer.alg },
      requestUri: requestUri(deps, token, mode),
      expiresInSeconds: ANSWER_MS / 1000,
      additionalJwtPayload: {
        // RFC 9101 §4; for a wallet that is found by whoever scans (OpenID4VP §5.8).
        aud: 'https://self-issued.me/v2',
        iat: seconds(deps.clock()),
        exp: seconds(new Date(request.data.answerBy)),
      },
    },
    callbacks: {
      encryptJwe: () => Promise.reject(new TypeError('Requests are not encrypted.')),
      signJwt: async (_, { header, payload: claims }) => {
        const part = (value: unknown) => base64url(utf8(JSON.stringify(value)));
        const signed = `${part(header)}.${part(claims)}`;
        const jwt = `${signed}.${base64url(await signer.sign(utf8(signed)))}`;
        return { jwt, signerJwk: { ...signer.publicJwk, kty: signer.publicJwk.kty! } };
      },
    },
  });
  return jar!.authorizationRequestJwt;
}

const requestUri = (deps: Deps, token: string, mode: ResponseMode): string =>
  `${deps.config.origin}/w/${token}${mode === 'direct_post.jwt' ? '/sealed' : ''}`;

/** The links of a request, for a QR code and for a wallet on the same device. */
export interface RequestLinks {
  /** By reference, and short. */
  link: string;
  /** The same, for a wallet that has to encrypt its answer. */
  sealed: string;
  /** All of it in the link, and not signed: for wallets that know no DID. */
  unsigned: string;
}

/** The ways into a request that wallets know; what stands in them opens the question and not the answer. */
export async function requestLinks(deps: Deps, request: OpenRequest): Promise<RequestLinks> {
  const { signed, unsigned } = clientIds(deps, request.token);
  const payload = await requestPayload(deps, request, unsigned, 'direct_post');
  const byReference = (mode: ResponseMode) =>
    `openid4vp://?client_id=${shortly(signed)}&request_uri=${shortly(requestUri(deps, request.token, mode))}`;
  const whole = await createOpenid4vpAuthorizationRequest({
    authorizationRequestPayload: payload,
    callbacks: {
      encryptJwe: () => Promise.reject(new TypeError('Requests are not encrypted.')),
      signJwt: () => Promise.reject(new TypeError('This request is not signed.')),
    },
  });
  return {
    link: byReference('direct_post'),
    sealed: byReference('direct_post.jwt'),
    unsigned: whole.authorizationRequest,
  };
}

/** RFC 3986 §3.4: a colon and a slash stand in a query as they are, and a QR code is better for it. */
const shortly = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2F', '/');
