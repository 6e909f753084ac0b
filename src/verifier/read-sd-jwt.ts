import { DomainError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';
import { VcError } from '../vc/errors.ts';
import { headerDefect } from '../vc/jws.ts';
import { type ClaimedDocument, documentInClaims, timesIn, tokenStatusOf } from '../vc/jwt-claims.ts';
import { disclose, parseSdJwt, type SdJwt } from '../vc/sd-jwt.ts';
import type { Envelope } from './read-jwt.ts';

/** What an envelope that lets a part be left out holds beside its JWT. */
export type Selective = {
  sdJwt: SdJwt;
  /** Known once it has been opened: the claims of which something was left out, or may have been. */
  hidden?: ReadonlySet<string>;
  /** What kind of thing the claims say that this is, and whether they are all there is: no JSON-LD. */
  vct?: string;
  plain?: boolean;
};

type Envelop = Envelope & { selective: Selective };

// SD-JWT VC §3.2.1 and, until 2024, §3.2.1 of its drafts; VC-JOSE-COSE §3.2.1.
const TYPES = ['dc+sd-jwt', 'vc+sd-jwt', 'vc+ld+sd-jwt', 'vc+ld+json+sd-jwt'];
/** A certificate is told and not trusted; metadata of the type may come along. Neither is acted on. */
const MORE = ['x5c', 'vctm'];
const MAX_DISCLOSURES = 500;

const parse = (json: string) => parseJson(json, { maxDepth: 34 });

/**
 * Reads an SD-JWT, with or without key binding. Nothing is believed or put in its place yet: the document is what the
 * issuer signed, digests and all, until `openSelective`.
 * @throws DomainError `credential-unreadable` when there is no JWT in it, `limit-broken`, `limit-depth`
 */
export function readSdJwt(compact: string): { document: JsonObject; envelope: Envelop } {
  let sdJwt: SdJwt;
  try {
    sdJwt = parseSdJwt(compact, parse);
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'json-malformed') throw error;
    if (!(error instanceof VcError || error instanceof DomainError || error instanceof TypeError)) throw error;
    throw new DomainError('credential-unreadable', 'The SD-JWT could not be read.', { cause: error });
  }
  const { issued, disclosures } = sdJwt;
  if (disclosures.length > MAX_DISCLOSURES)
    throw new DomainError('limit-broken', `The badge has more than ${MAX_DISCLOSURES} disclosures.`);
  const plain = !('@context' in issued.payload);
  // Without a context, nothing but its type tells this from any other JWT of the issuer (RFC 8725 §3.11).
  const untyped = plain && issued.header.typ === undefined;
  // One document, one signature: a proof inside would be about other statements than those outside.
  const defect = 'proof' in issued.payload || untyped ? 'proof-malformed' : headerDefect(issued.header, TYPES, MORE);
  return {
    document: issued.payload,
    envelope: { jws: issued, defect, audience: [], nonce: undefined, selective: { sdJwt } },
  };
}

/**
 * The document with what was disclosed in its place: JSON-LD where there is a context, and claims as they stand where
 * there is none.
 * @throws VcError `disclosure-invalid`; DomainError `limit-depth`
 */
export async function openSelective(
  envelope: Envelop,
): Promise<{ document: JsonObject; envelope: Envelop } | undefined> {
  const { sdJwt } = envelope.selective;
  const { payload, hidden } = await disclose(sdJwt, parse);
  // What gives all words their meaning is there as a whole, or there is nothing to read.
  if (hidden.has('@context')) throw new VcError('disclosure-invalid', 'A context may have been left out.');
  const { vct, ...claims } = payload;
  const plain = !('@context' in payload);
  const claimed = plain ? plainDocument(payload) : documentInClaims(claims, 'vc');
  if (!claimed) return undefined;
  const { document, ...beside } = claimed;
  // As above, for one that was disclosed.
  const defect = 'proof' in document ? 'proof-malformed' : envelope.defect;
  const selective = {
    sdJwt,
    hidden,
    plain,
    ...(typeof vct === 'string' ? { vct } : {}),
  };
  return { document, envelope: { ...envelope, defect, ...beside, selective } };
}

/**
 * Claims that are no JSON-LD, as they stand; members that pages and checks go by are put beside those that they repeat.
 */
function plainDocument(claims: JsonObject): ClaimedDocument | undefined {
  const times = timesIn(claims);
  if (!times) return undefined;
  const { iss, jti, sub, issuer, id, credentialSubject: subject, aud, nonce, status } = claims;
  const idOf = (node: unknown) => (isObject(node) ? node.id : node);
  const repeats: [string, unknown, unknown][] = [
    ['iss', iss, idOf(issuer)],
    ['jti', jti, id],
    ['sub', sub, idOf(subject)],
  ];
  const conflict = repeats.find(([, claim, member]) => claim !== undefined && member !== undefined && claim !== member);
  const document: JsonObject = { ...claims };
  if (iss !== undefined && issuer === undefined) document.issuer = iss;
  if (iss !== undefined && isObject(issuer) && issuer.id === undefined) document.issuer = { ...issuer, id: iss };
  if (jti !== undefined && id === undefined) document.id = jti;
  return {
    document,
    conflict: conflict?.[0],
    ...times,
    audience: [aud ?? []].flat(),
    nonce,
    ...(status === undefined ? {} : { status: tokenStatusOf(status) }),
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
