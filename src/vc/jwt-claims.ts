import { VC1_CONTEXT } from './contexts.ts';
import { formatDateTimeStamp } from './date.ts';
import type { TokenStatusEntry } from './signed-meaning.ts';

/** What the claims of a JWT say: a document, and what the claims around it say besides. */
export type ClaimedDocument = {
  document: JsonObject;
  /** The claim that says something else than the document does, if any. */
  conflict?: string;
  notBefore?: Date;
  expires?: Date;
  audience: unknown[];
  nonce: unknown;
  /** Where the claims say that the status of the token is kept. */
  status?: TokenStatusEntry;
};

// RFC 7519 §4.1 and the claims that presentations and proofs of possession add. They are no part of the document.
const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf', 'status'];

/**
 * The document in the claims: at the top, as VC-JOSE-COSE §3.1 and OB 3.0 §8.2.4 have it, or under `vc` or `vp`, as
 * VC-DATA-MODEL 1.1 §6.3.1 had it, where members that only the claims have are put back. Claims that repeat a member
 * have to say the same. Undefined when there is no document, or when it could be either.
 */
export function documentInClaims(claims: JsonObject, wrapper: 'vc' | 'vp'): ClaimedDocument | undefined {
  const wrapped = claims[wrapper];
  if ((wrapped !== undefined && '@context' in claims) || (wrapper === 'vc' ? 'vp' : 'vc') in claims) return undefined;
  if (!isObject(wrapped ?? {}) || (wrapped === undefined && !('@context' in claims))) return undefined;
  const times = timesIn(claims);
  if (!times) return undefined;
  const { notBefore, expires } = times;

  const document: JsonObject = isObject(wrapped)
    ? filledIn(wrapped, claims, wrapper, notBefore, expires)
    : Object.fromEntries(Object.entries(claims).filter(([name]) => !CLAIMS.includes(name)));
  const audience = [claims.aud ?? []].flat();
  return {
    document,
    conflict: conflictOf(document, claims, wrapper),
    notBefore,
    expires,
    audience,
    nonce: claims.nonce,
    ...(claims.status === undefined ? {} : { status: tokenStatusOf(claims.status) }),
  };
}

/**
 * The claim `status` of a token (draft-ietf-oauth-status-list §6.1): a place in a list. Of a claim that is something else
 * as well, or something else altogether, nothing is read, so that it is judged as one that could not be told.
 */
export function tokenStatusOf(claim: unknown): TokenStatusEntry {
  const { status_list: list, ...others } = isObject(claim) ? claim : {};
  const { idx, uri } = isObject(list) && Object.keys(others).length === 0 ? list : {};
  return {
    kind: 'token-status-list',
    uri: typeof uri === 'string' ? uri : undefined,
    idx: Number.isSafeInteger(idx) && (idx as number) >= 0 ? (idx as number) : undefined,
  };
}

/** From when until when the claims hold; undefined when one of their dates is none. */
export function timesIn({ nbf, exp, iat }: JsonObject): { notBefore?: Date; expires?: Date } | undefined {
  const [notBefore, expires, issued] = [nbf, exp, iat].map(numericDate);
  if (notBefore === null || expires === null || issued === null) return undefined;
  return { notBefore, expires };
}

function filledIn(
  wrapped: JsonObject,
  { iss, sub, jti }: JsonObject,
  wrapper: 'vc' | 'vp',
  notBefore?: Date,
  expires?: Date,
): JsonObject {
  const document = { ...wrapped };
  const put = (name: string, value: unknown) => {
    if (value !== undefined && document[name] === undefined) document[name] = value;
  };
  put('id', jti);
  if (wrapper === 'vp') {
    put('holder', iss);
    return document;
  }
  if (isObject(document.issuer) && document.issuer.id === undefined) document.issuer = { ...document.issuer, id: iss };
  put('issuer', iss);
  const { credentialSubject: subject } = document;
  if (isObject(subject) && subject.id === undefined && sub !== undefined)
    document.credentialSubject = { ...subject, id: sub };
  const first = [document['@context']].flat()[0] === VC1_CONTEXT;
  put(first ? 'issuanceDate' : 'validFrom', notBefore && formatDateTimeStamp(notBefore));
  put(first ? 'expirationDate' : 'validUntil', expires && formatDateTimeStamp(expires));
  return document;
}

/** OB 3.0 §8.2.4.1, VC-JOSE-COSE §3.1.3: iss, jti and sub repeat the issuer, the id and the id of the subject. */
function conflictOf(document: JsonObject, { iss, sub, jti }: JsonObject, wrapper: 'vc' | 'vp'): string | undefined {
  const idOf = (node: unknown) => (isObject(node) ? node.id : node);
  if (iss !== undefined && iss !== idOf(wrapper === 'vc' ? document.issuer : document.holder)) return 'iss';
  if (jti !== undefined && jti !== document.id) return 'jti';
  if (wrapper === 'vp' || sub === undefined) return undefined;
  const subjects = [document.credentialSubject].flat();
  return subjects.length === 1 && sub === idOf(subjects[0]) ? undefined : 'sub';
}

/** RFC 7519 §2, NumericDate; `null` for what is none. */
function numericDate(value: unknown): Date | undefined | null {
  if (value === undefined) return undefined;
  const sound = typeof value === 'number' && Math.abs(value) < 253_402_300_800;
  return sound ? new Date(value * 1000) : null;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
