import { DomainError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';

/** A JSON object within the limits; the only thing that `verify` takes. */
export type Candidate = { readonly document: Record<string, unknown> };

// interfaces.md, "Limits". Values are ours to add: jsonld compares each value of a list with all others.
const MAX_DEPTH = 32;
const MAX_NODES = 500;
const MAX_VALUES = 5_000;
const MAX_PROOFS = 3;
export const MAX_STATUSES = 4;

/**
 * Takes an object, or a text that holds one, as a badge to check. Nothing is fetched and nothing is judged here.
 * @throws DomainError `json-malformed` for a text, `credential-unreadable` for what is no JSON object, `limit-broken`
 *   for one that is too deep, too large or has too many proofs or statuses
 */
export function readCandidate(input: unknown): Candidate {
  const value = typeof input === 'string' ? readText(input) : input;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DomainError('credential-unreadable', 'There is no badge in this: a badge is a JSON object.');
  }
  const document = value as Record<string, unknown>;
  assertSize(document);
  assertCount(document.proof, MAX_PROOFS, 'proofs');
  assertCount(document.credentialStatus, MAX_STATUSES, 'statuses');
  return { document };
}

function readText(text: string): unknown {
  const trimmed = text.trim();
  if (/^[\w-]+\.[\w-]*\.[\w-]+(~|$)/.test(trimmed)) {
    throw new DomainError('credential-unreadable', 'Badges in the form of a JWT are not read here yet.');
  }
  try {
    return parseJson(trimmed, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'limit-depth')
      throw limitBroken(`more than ${MAX_DEPTH} levels`);
    throw error;
  }
}

/** Walks without recursion, so that no depth can exhaust the stack, and stops at the first limit. */
function assertSize(document: object): void {
  let nodes = 0;
  let values = 0;
  const toVisit: { value: object; depth: number }[] = [{ value: document, depth: 1 }];
  for (let next = toVisit.pop(); next; next = toVisit.pop()) {
    if (next.depth > MAX_DEPTH) throw limitBroken(`more than ${MAX_DEPTH} levels`);
    if (!Array.isArray(next.value) && ++nodes > MAX_NODES) throw limitBroken(`more than ${MAX_NODES} nodes`);
    for (const value of Object.values(next.value)) {
      if (++values > MAX_VALUES) throw limitBroken(`more than ${MAX_VALUES} values`);
      if (typeof value === 'object' && value !== null) toVisit.push({ value, depth: next.depth + 1 });
    }
  }
}

function assertCount(value: unknown, most: number, what: string): void {
  if (Array.isArray(value) && value.length > most) throw limitBroken(`more than ${most} ${what}`);
}

export const limitBroken = (what: string) => new DomainError('limit-broken', `The badge has ${what}.`);
