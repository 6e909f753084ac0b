import { DomainError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';
import { COMPACT_JWS } from '../vc/jws.ts';
import { COMPACT_SD_JWT } from '../vc/sd-jwt.ts';
import type { SignedShortBadge } from '../vc/short-badge.ts';
import { type Envelope, jwtInEnvelope, readJwt } from './read-jwt.ts';
import { readSdJwt } from './read-sd-jwt.ts';
import { readShort } from './verify-short.ts';

/** A JSON object within the limits, and the JWT that it came in, if any; the only thing that `verify` takes. */
export type Candidate = {
  readonly document: Record<string, unknown>;
  readonly envelope?: Envelope;
  /** The address that answered with it. */
  readonly source?: string;
  /** The short form of a badge, which is no document; null for one that cannot be read. */
  readonly short?: SignedShortBadge | null;
};

// interfaces.md, "Limits". The others are ours to add, for what costs jsonld most: it compares each value of a list with
// all others (1.4 s for 4,500), and works through a context, or the context of a type, each time that it is named (46 s
// for one context named 3,000 times).
export const MAX_DEPTH = 32;
const MAX_NODES = 500;
const MAX_VALUES = 5_000;
const MAX_ITEMS = 500;
const MAX_TYPES = 1_000;
const MAX_CONTEXTS = 5;
const MAX_CONTEXTS_IN_ALL = 32;
const MAX_PROOFS = 3;
export const MAX_STATUSES = 4;

/**
 * Takes an object, or a text that holds one, or a JWT, as a badge to check; `vp` for a presentation. Nothing is fetched
 * and nothing is judged here.
 * @throws DomainError `json-malformed` for a text, `credential-unreadable` for what is no JSON object, `limit-broken`
 *   for one that is too deep, too large or has too many proofs or statuses
 */
export function readCandidate(input: unknown, kind: 'vc' | 'vp' = 'vc'): Candidate {
  const short = typeof input === 'string' && kind === 'vc' ? readShort(input) : undefined;
  if (short !== undefined) return { document: {}, short };
  const candidate = withinJwt(input, kind) ?? { document: readObject(input) };
  assertLimits(candidate.document);
  return candidate;
}

/** The document that a JWT holds, in whatever way the JWT was handed over. */
function withinJwt(input: unknown, kind: 'vc' | 'vp'): Candidate | undefined {
  const compact = typeof input === 'string' ? input.trim() : isObject(input) && jwtInEnvelope(input, kind);
  if (!compact) return undefined;
  try {
    if (kind === 'vc' && COMPACT_SD_JWT.test(compact)) return readSdJwt(compact);
    return COMPACT_JWS.test(compact) ? readJwt(compact, kind) : undefined;
  } catch (error) {
    throw tooDeep(error);
  }
}

function readObject(input: unknown): Record<string, unknown> {
  let value = input;
  if (typeof input === 'string') {
    try {
      value = parseJson(input.trim(), { maxDepth: MAX_DEPTH });
    } catch (error) {
      throw tooDeep(error);
    }
  }
  if (isObject(value)) return value;
  throw new DomainError('credential-unreadable', 'There is no badge in this: a badge is a JSON object.');
}

const tooDeep = (error: unknown): unknown =>
  error instanceof DomainError && error.code === 'limit-depth' ? limitBroken(`more than ${MAX_DEPTH} levels`) : error;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Holds a document to the limits, once more where a part of it came to light later. Throws `limit-broken`. */
export function assertLimits(document: JsonObject): void {
  assertSize(document);
  assertCount(document.proof, MAX_PROOFS, 'proofs');
  assertCount(document.credentialStatus, MAX_STATUSES, 'statuses');
}

/** Walks without recursion, so that no depth can exhaust the stack, and stops at the first limit. */
function assertSize(document: object): void {
  let nodes = 0;
  let values = 0;
  let types = 0;
  let contexts = 0;
  const toVisit: { value: object; depth: number }[] = [{ value: document, depth: 1 }];
  for (let next = toVisit.pop(); next; next = toVisit.pop()) {
    if (next.depth > MAX_DEPTH) throw limitBroken(`more than ${MAX_DEPTH} levels`);
    if (!Array.isArray(next.value) && ++nodes > MAX_NODES) throw limitBroken(`more than ${MAX_NODES} nodes`);
    const members = Object.entries(next.value);
    if (Array.isArray(next.value) && members.length > MAX_ITEMS) throw limitBroken(`a list of more than ${MAX_ITEMS}`);
    for (const [name, value] of members) {
      if (++values > MAX_VALUES) throw limitBroken(`more than ${MAX_VALUES} values`);
      if (name === 'type') types += countOf(value);
      if (name === '@context') {
        assertCount(value, MAX_CONTEXTS, 'contexts');
        contexts += countOf(value);
      }
      if (typeof value === 'object' && value !== null) toVisit.push({ value, depth: next.depth + 1 });
    }
    if (types > MAX_TYPES) throw limitBroken(`more than ${MAX_TYPES} types`);
    if (contexts > MAX_CONTEXTS_IN_ALL) throw limitBroken(`more than ${MAX_CONTEXTS_IN_ALL} contexts in all`);
  }
}

const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

function assertCount(value: unknown, most: number, what: string): void {
  if (Array.isArray(value) && value.length > most) throw limitBroken(`more than ${most} ${what}`);
}

export const limitBroken = (what: string) => new DomainError('limit-broken', `The badge has ${what}.`);
