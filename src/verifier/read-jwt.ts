import { DomainError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';
import { VcError } from '../vc/errors.ts';
import { COMPACT_JWS, headerDefect, type Jws, parseJws } from '../vc/jws.ts';
import { type ClaimedDocument, documentInClaims } from '../vc/jwt-claims.ts';
import { COMPACT_SD_JWT } from '../vc/sd-jwt.ts';
import type { Selective } from './read-sd-jwt.ts';

/**
 * The signature around a document, and what the claims beside it say. `defect`: what is wrong before any key is asked;
 * `selective`: what an SD-JWT holds besides.
 */
export type Envelope = {
  jws: Jws;
  defect: ReturnType<typeof headerDefect>;
  selective?: Selective;
} & Omit<ClaimedDocument, 'document'>;

// VC-JOSE-COSE §3.1 and §6.1; `JWT` is of VC-DATA-MODEL 1.1 and OB 3.0, and the others of drafts between.
const TYPES = {
  vc: ['vc+jwt', 'vc+ld+jwt', 'vc-ld+jwt', 'vc+ld+json+jwt', 'jwt'],
  vp: ['vp+jwt', 'vp+ld+jwt', 'vp-ld+jwt', 'vp+ld+json+jwt', 'jwt'],
};

/**
 * Reads a JWT as a credential (`vc`) or a presentation (`vp`). Nothing is believed yet; what is wrong with its header is
 * kept for the check of the signature to tell.
 * @throws DomainError `credential-unreadable` when there is no document in it, `json-malformed`, `limit-depth`
 */
export function readJwt(compact: string, kind: 'vc' | 'vp'): { document: JsonObject; envelope: Envelope } {
  let jws: Jws;
  try {
    jws = parseJws(compact, json => parseJson(json, { maxDepth: 34 }));
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'json-malformed') throw error;
    if (!(error instanceof VcError || error instanceof DomainError || error instanceof TypeError)) throw error;
    throw new DomainError('credential-unreadable', 'The JWT could not be read.', { cause: error });
  }
  const claimed = documentInClaims(jws.payload, kind);
  if (!claimed) throw new DomainError('credential-unreadable', 'There is no badge in the claims of this JWT.');
  const { document, ...beside } = claimed;
  // One document, one signature: a proof inside would be about other statements than those outside.
  const defect = 'proof' in document ? 'proof-malformed' : headerDefect(jws.header, TYPES[kind]);
  return { document, envelope: { jws, defect, ...beside } };
}

const ENVELOPES = { vc: 'EnvelopedVerifiableCredential', vp: 'EnvelopedVerifiablePresentation' };

/**
 * The JWT or SD-JWT in an EnvelopedVerifiableCredential or an EnvelopedVerifiablePresentation (VC-DATA-MODEL-2.0
 * §4.13.1), or undefined for any other object.
 * @throws DomainError `credential-unreadable` for an envelope that is not one of those
 */
export function jwtInEnvelope(document: JsonObject, kind: 'vc' | 'vp'): string | undefined {
  if (![document.type].flat().includes(ENVELOPES[kind])) return undefined;
  const [, compact] = /^data:application\/[\w.+-]*jwt(?:;[\w=-]+)*,(.+)$/.exec(String(document.id)) ?? [];
  const isSdJwt = kind === 'vc' && compact !== undefined && COMPACT_SD_JWT.test(compact);
  const base = [document['@context']].flat()[0];
  if (base !== 'https://www.w3.org/ns/credentials/v2' || !compact || !(COMPACT_JWS.test(compact) || isSdJwt)) {
    throw new DomainError('credential-unreadable', 'The envelope holds no JWT.');
  }
  return compact;
}
