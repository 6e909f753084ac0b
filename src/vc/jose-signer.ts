import { type Bytes, concat, encodeBase64url, utf8 } from './bytes.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { parseJws, verifyJws } from './jws.ts';

/** What OB 3.0 §8.2.4.1 lets a badge in a JWT be signed with. */
export type JoseAlgorithm = 'ES256' | 'RS256';

/** Something that holds a private key for tokens; as `Signer` it can stand on another machine. */
export interface JoseSigner {
  /** The `kid`: a DID URL, `did:web:example.nl:i:school#key-2026-es256-1`. */
  readonly id: string;
  /** The DID that the key belongs to, which is the issuer of what it signs. */
  readonly controller: string;
  readonly algorithm: JoseAlgorithm;
  readonly publicJwk: Record<string, string>;
  /** Resolves to the signature over these bytes, as RFC 7518 §3.3 and §3.4 write it. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

type Imported = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** RFC 7518 §3.3: 2048 bits or more. */
const GENERATE = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
} as const;
const SIGN = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
} as const;

/** A fresh key pair: the public half as a JWK with nothing but the key and its algorithm, the private half as PKCS #8. */
export async function generateJoseKey(
  algorithm: JoseAlgorithm,
): Promise<{ publicJwk: Record<string, string>; pkcs8: Bytes }> {
  const pair = (await crypto.subtle.generateKey(GENERATE[algorithm], true, ['sign', 'verify'])) as {
    publicKey: Imported;
    privateKey: Imported;
  };
  const jwk = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as Record<string, string>;
  const members = algorithm === 'ES256' ? ['kty', 'crv', 'x', 'y'] : ['kty', 'n', 'e'];
  return {
    publicJwk: { ...Object.fromEntries(members.map(name => [name, jwk[name]!])), alg: algorithm },
    pkcs8: new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer),
  };
}

/** A signer on this machine. The private key goes into one that cannot be taken out again. */
export async function localJoseSigner(
  key: Pick<JoseSigner, 'id' | 'controller' | 'algorithm' | 'publicJwk'> & { pkcs8: Uint8Array },
): Promise<JoseSigner> {
  const { pkcs8, ...told } = key;
  const privateKey = await crypto.subtle.importKey('pkcs8', concat(pkcs8), GENERATE[key.algorithm], false, ['sign']);
  return {
    ...told,
    sign: async bytes => new Uint8Array(await crypto.subtle.sign(SIGN[key.algorithm], privateKey, concat(bytes))),
  };
}

/**
 * Signs claims as a compact JWS; `typ` says what they are (RFC 8725 §3.11). A signature that is not of the signer's key
 * never comes out.
 * Throws `signature-wrong`, and whatever the signer throws.
 */
export async function signJws(typ: string, payload: JsonObject, signer: JoseSigner): Promise<string> {
  const part = (value: unknown) => encodeBase64url(utf8(JSON.stringify(value)));
  const signed = `${part({ typ, alg: signer.algorithm, kid: signer.id })}.${part(payload)}`;
  const compact = `${signed}.${encodeBase64url(await signer.sign(utf8(signed)))}`;
  if (!(await verifyJws(parseJws(compact, JSON.parse), decodeJwk(signer.publicJwk))))
    throw new VcError('signature-wrong', 'The signer gave a signature that is not of its key.');
  return compact;
}
