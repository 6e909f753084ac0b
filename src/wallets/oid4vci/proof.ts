import type { CopyHolder } from '../../credentials/index.ts';
import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { didJwkDocument, onlyMethodOf } from '../../vc/did.ts';
import { VcError } from '../../vc/errors.ts';
import { didOfJwk, jwkOfDid } from '../../vc/holder-key.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import { headerDefect, type Jws, parseJws, verifyJws } from '../../vc/jws.ts';
import { timesIn } from '../../vc/jwt-claims.ts';
import type { PublicKey } from '../../vc/multikey.ts';
import { PROOF_ALGORITHMS } from './configurations.ts';
import { refused } from '../oauth/refusal.ts';

export const PROOF_TYPE = 'openid4vci-proof+jwt';
/** How old a proof may be; its nonce lives no longer. */
const PROOF_MS = 5 * 60_000;
/** How far the clock of a wallet may be from ours. */
const SKEW_MS = 60_000;

/** A key that signed a proof. */
export interface ProvenKey {
  holder: NonNullable<CopyHolder>;
  /** The DID of the key, in one spelling. */
  did: string;
  nonce: string;
}

export interface ProofAsked {
  /** The issuer that the proof has to be made out to. */
  audience: string;
  /** The only `iss` that it may name, if any. */
  clientId: string | null;
  now: Date;
}

/**
 * Reads and verifies a key proof (OID4VCI Appendix F.1). Its nonce is for the caller to look at.
 * @throws DomainError with `invalid_proof`
 */
export async function verifyProof(jwt: string, asked: ProofAsked): Promise<ProvenKey> {
  try {
    const jws = parseJws(jwt, json => parseJson(json));
    const { holder, did, key } = signerOf(jws);
    if (!(await verifyJws(jws, key))) throw bad('its signature is not of its key');
    return { holder, did, nonce: readClaims(jws.payload, asked) };
  } catch (error) {
    const unreadable =
      error instanceof VcError ||
      error instanceof TypeError ||
      (error instanceof DomainError && ['json-malformed', 'limit-depth'].includes(error.code));
    throw unreadable ? bad('it could not be read', error) : error;
  }
}

const bad = (why: string, cause?: unknown) => refused('invalid_proof', `A proof is not right: ${why}.`, cause);

function signerOf({ header }: Jws): { holder: NonNullable<CopyHolder>; did: string; key: PublicKey } {
  // RFC 8725 §3.11: typ keeps a JWT that was signed for something else from being a proof. Who made the key is not asked
  // here, and a wallet may say it all the same (OID4VCI Appendix F.1).
  if (header.typ === undefined || headerDefect(header, [PROOF_TYPE], ['key_attestation'])) throw bad('its header');
  if (!PROOF_ALGORITHMS.includes(String(header.alg))) throw bad('its alg is not in the metadata');
  const { kid, jwk } = header;
  if ((kid === undefined) === (jwk === undefined)) throw bad('it names its key not once');
  if (jwk !== undefined) {
    const did = didOfJwk(jwk);
    if (!mayVerify(jwk as JsonObject, header.alg)) throw bad('its key is not for signing');
    return { holder: { jwk: jwkOfDid(did) }, did, key: decodeJwk(jwk) };
  }
  const did = String(kid).split('#', 1)[0]!;
  if (kid !== did && kid !== onlyMethodOf(did)) throw bad('its kid is no key of its DID');
  // did:jwk §2: a key that is for encryption signs nothing.
  if (did.startsWith('did:jwk:') && !(didJwkDocument(did).authentication as string[]).length)
    throw bad('its key is not for signing');
  return { holder: { did }, did, key: decodeJwk(jwkOfDid(did)) };
}

/** Whether a key says that it is for this (RFC 7517 §4.2, §4.3, §4.4). */
const mayVerify = ({ use = 'sig', key_ops: operations = ['verify'], alg = null }: JsonObject, asked: unknown) =>
  use === 'sig' && Array.isArray(operations) && operations.includes('verify') && (alg === null || alg === asked);

/** The nonce of a proof whose other claims are right. */
function readClaims(claims: JsonObject, { audience, clientId, now }: ProofAsked): string {
  const { iss, aud, iat, nonce } = claims;
  const audiences = [aud].flat();
  if (audiences.length !== 1 || audiences[0] !== audience) throw bad('its aud is not this issuer');
  if (iss !== undefined && iss !== clientId) throw bad('its iss is not the client that fetched the token');
  const times = timesIn(claims);
  if (typeof iat !== 'number' || !times) throw bad('its iat');
  const age = now.getTime() - iat * 1000;
  if (age > PROOF_MS + SKEW_MS || age < -SKEW_MS) throw bad('it is too old, or from the future');
  if (times.expires && times.expires.getTime() + SKEW_MS <= now.getTime()) throw bad('it has ended');
  if (times.notBefore && times.notBefore.getTime() - SKEW_MS > now.getTime()) throw bad('it is from the future');
  if (typeof nonce !== 'string' || nonce === '') throw bad('it has no nonce');
  return nonce;
}
