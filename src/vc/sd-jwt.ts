import { decodeBase64url, encodeBase64url, utf8 } from './bytes.ts';
import { didJwkDocument, didKeyDocument } from './did.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { headerDefect, type Jws, parseJws, verifyJws } from './jws.ts';
import type { PublicKey } from './multikey.ts';
import { findVerificationMethod } from './verification-method.ts';

/** An SD-JWT (RFC 9901 §4), taken apart; nothing of it is believed yet. */
export type SdJwt = {
  /** What the issuer signed, with digests in the place of what can be left out. */
  issued: Jws;
  disclosures: string[];
  /** The JWT with which a holder shows that this is theirs, and the text that it has to hash. */
  keyBinding?: string;
  presented: string;
};

/** What an SD-JWT says, with what was disclosed in its place. */
type Disclosed = {
  payload: JsonObject;
  /** Claims of which something was left out, or may have been: a digest may be a decoy. `''` is the payload itself. */
  hidden: ReadonlySet<string>;
};

export type Parse = (json: string) => unknown;

/** What could be an SD-JWT in compact form: a JWS and a tilde. */
export const COMPACT_SD_JWT = /^[\w-]+\.[\w-]+\.[\w-]*~/;

/** RFC 9901 §4.1.1, of the registry of Named Information: no truncated ones, and none that is broken. */
const HASHES: Record<string, string> = { 'sha-256': 'SHA-256', 'sha-384': 'SHA-384', 'sha-512': 'SHA-512' };
const MAX_DEPTH = 40;
/** SD-JWT VC §3.2.2.2 and RFC 9901 §9.7: what decides whether it is valid is never among what can be left out. */
const IN_THE_OPEN = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status'];

/** Takes an SD-JWT apart. Throws `jws-malformed`, or what `parse` throws, when there is no JWT before the first tilde. */
export function parseSdJwt(compact: string, parse: Parse): SdJwt {
  const [jws = '', ...parts] = compact.split('~');
  const last = parts.pop();
  return {
    issued: parseJws(jws, parse),
    disclosures: parts,
    ...(last ? { keyBinding: last } : {}),
    presented: last ? compact.slice(0, -last.length) : compact,
  };
}

/**
 * Puts what was disclosed in its place (RFC 9901 §7.1, steps 3 to 5).
 * Throws `disclosure-invalid`, whatever is wrong; the message says what.
 */
export async function disclose({ issued, disclosures }: SdJwt, parse: Parse): Promise<Disclosed> {
  const { payload } = issued;
  const hash = hashOf(payload);
  const given = new Map<string, unknown[]>();
  for (const text of disclosures) {
    const digest = encodeBase64url(new Uint8Array(await crypto.subtle.digest(hash, utf8(text))));
    if (given.has(digest)) throw invalid('A disclosure is given twice.');
    given.set(digest, readDisclosure(text, parse));
  }

  const met = new Set<string>();
  const hidden = new Set<string>();
  /** What a digest stands for: `undefined` when that was not disclosed. `claim` is the outermost one that it is in. */
  const find = (digest: unknown, length: 2 | 3, claim: string): unknown[] | undefined => {
    if (typeof digest !== 'string') throw invalid('A digest is no text.');
    if (met.has(digest)) throw invalid('A digest stands in two places.');
    met.add(digest);
    const disclosure = given.get(digest);
    if (!disclosure) hidden.add(claim);
    else if (disclosure.length !== length) throw invalid('A disclosure is not of the kind that its place asks for.');
    return disclosure;
  };

  const open = (value: unknown, depth: number, claim: string): unknown => {
    if (depth > MAX_DEPTH) throw invalid('The disclosures are nested too deep.');
    if (Array.isArray(value)) return value.flatMap(item => openItem(item, depth, claim));
    return isObject(value) ? openObject(value, depth, claim) : value;
  };
  const openItem = (item: unknown, depth: number, claim: string): unknown[] => {
    if (!isObject(item) || !('...' in item)) return [open(item, depth + 1, claim)];
    if (Object.keys(item).length !== 1) throw invalid('A digest in a list has something beside it.');
    const disclosure = find(item['...'], 2, claim);
    return disclosure ? [open(disclosure[1], depth + 1, claim)] : [];
  };
  const openObject = ({ _sd: digests, ...plain }: JsonObject, depth: number, claim: string): JsonObject => {
    if ('...' in plain) throw invalid('A digest of a list stands where there is no list.');
    const members = Object.entries(plain);
    const opened: JsonObject = Object.fromEntries(
      members.map(([name, member]) => [name, open(member, depth + 1, claim || name)]),
    );
    if (digests === undefined) return opened;
    if (!Array.isArray(digests)) throw invalid('The digests are no list.');
    for (const digest of digests as unknown[]) {
      const [, name, value] = find(digest, 3, claim) ?? [];
      if (name === undefined) continue;
      if (typeof name !== 'string' || ['_sd', '...', '_sd_alg', '__proto__'].includes(name))
        throw invalid('A disclosed claim has a name that no claim can have.');
      if (Object.hasOwn(opened, name)) throw invalid(`The claim ${name} is there and is disclosed as well.`);
      if (depth === 0 && IN_THE_OPEN.includes(name)) throw invalid(`The claim ${name} may not be one to leave out.`);
      opened[name] = open(value, depth + 1, claim || name);
    }
    return opened;
  };

  const { _sd_alg: _, ...said } = openObject(payload, 0, '');
  if ([...given.keys()].some(digest => !met.has(digest))) throw invalid('A disclosure belongs to no digest.');
  if (IN_THE_OPEN.some(name => hasDigests(payload[name]))) throw invalid('A part of what decides can be left out.');
  return { payload: said, hidden };
}

export type Asked = { nonce?: string; audience?: string };

/**
 * Checks the key binding of an SD-JWT (RFC 9901 §7.3) against the key in the `cnf` of what the issuer signed, and for the
 * nonce and audience that were asked for, if any. Resolves to what it says.
 * Throws `key-binding-invalid`; the message says what is wrong.
 */
export async function verifyKeyBinding(
  { issued, keyBinding, presented }: SdJwt,
  { nonce, audience, now }: Asked & { now: Date },
  parse: Parse,
): Promise<{ nonce: string; audience: string; issuedAt: string }> {
  const wrong = (message: string, cause?: unknown) => new VcError('key-binding-invalid', message, { cause });
  let jws: Jws;
  let key: PublicKey;
  try {
    jws = parseJws(keyBinding ?? '', parse);
    key = holderKey(issued.payload.cnf, now);
  } catch (cause) {
    throw wrong('The key binding, or the key that it should be of, cannot be read.', cause);
  }
  const { header, payload } = jws;
  // §4.3: typ is required, and tells this JWT from any other that the holder signed.
  if (header.typ !== 'kb+jwt' || headerDefect(header, ['kb+jwt'])) throw wrong('The header is not of a key binding.');
  const { iat, aud, nonce: said, sd_hash: hash } = payload;
  if (typeof iat !== 'number' || typeof aud !== 'string' || typeof said !== 'string')
    throw wrong('A claim of the key binding is missing.');
  const digest = await crypto.subtle.digest(hashOf(issued.payload), utf8(presented));
  if (hash !== encodeBase64url(new Uint8Array(digest))) throw wrong('The key binding is of something else.');
  if (!(Math.abs(iat) < 253_402_300_800) || iat * 1000 > now.getTime() + 5 * 60_000)
    throw wrong('The key binding is from the future.');
  if ((nonce !== undefined && said !== nonce) || (audience !== undefined && aud !== audience))
    throw wrong('The key binding was made for another occasion.');
  if (!(await verifyJws(jws, key))) throw wrong('The key binding is not signed by the holder.');
  return { nonce: said, audience: aud, issuedAt: new Date(iat * 1000).toISOString() };
}

/** RFC 7800 §3.2, §3.4: the key itself, or a DID that holds it. */
function holderKey(cnf: unknown, now: Date): PublicKey {
  const { jwk, kid } = isObject(cnf) ? cnf : {};
  if (jwk !== undefined) return decodeJwk(jwk);
  const did = String(kid).split('#', 1)[0]!;
  const document = did.startsWith('did:key:') ? didKeyDocument(did) : didJwkDocument(did);
  const [method] = document.authentication as string[];
  return findVerificationMethod(document, kid === did ? String(method) : String(kid), 'authentication', now);
}

function hashOf({ _sd_alg: name = 'sha-256' }: JsonObject): string {
  const hash = typeof name === 'string' && Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
  if (!hash) throw invalid('The digests are made in a way that is not safe, or not known.');
  return hash;
}

/** A salt, a name for a claim of an object, and a value (RFC 9901 §4.2). */
function readDisclosure(text: string, parse: Parse): unknown[] {
  let value: unknown;
  try {
    value = parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decodeBase64url(text)));
  } catch (cause) {
    throw invalid('A disclosure cannot be read.', cause);
  }
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 3) || typeof value[0] !== 'string')
    throw invalid('A disclosure is not a salt, a name and a value.');
  return value;
}

function hasDigests(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasDigests);
  return (
    isObject(value) && Object.entries(value).some(([name, m]) => name === '_sd' || name === '...' || hasDigests(m))
  );
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (message: string, cause?: unknown) => new VcError('disclosure-invalid', message, { cause });
