import { type Assertion, type IssuerProfile, readIssuerProfile } from '../vc/open-badge-2.ts';
import type { Code } from './codes.ts';
import type { FetchJson } from './verify.ts';

/** The badge class of an assertion and its issuer, each as it stands at its own address where it has one. */
export type Parts = { badgeClass: JsonObject; issuer: JsonObject; profile: IssuerProfile };
type NoParts = { code: Code; outcome: 'failed' | 'unknown'; evidence: Record<string, unknown> };

export const OB2_PART = { maxBytes: 256 * 1024, accept: 'application/ld+json, application/json' };

/**
 * Follows an assertion to its badge class and to its issuer. Both are read at their own addresses (OB 2.0 §"Hosted
 * Verification"): what is written out inside another part is for who cannot fetch, and could say anything. Only a badge
 * class without an address of its own is taken as it was written.
 */
export async function readParts(badge: Assertion['badge'], fetchJson: FetchJson): Promise<Parts | NoParts> {
  const badgeClass = await readPart(badge, fetchJson);
  if ('code' in badgeClass) return badgeClass;
  const { issuer: named } = badgeClass.part;
  const address = typeof named === 'string' ? named : isObject(named) ? named.id : undefined;
  // Nobody is the issuer but who answers at an address: a name alone is anyone's.
  if (typeof address !== 'string' || !isWeb(address)) {
    return { outcome: 'unknown', code: 'issuer-unbound', evidence: { issuer: address } };
  }
  const issuer = await readPart(address, fetchJson);
  if ('code' in issuer) return issuer;
  const profile = readIssuerProfile(issuer.part);
  if (!profile) return { outcome: 'unknown', code: 'issuer-unbound', evidence: { issuer: address } };
  return { badgeClass: badgeClass.part, issuer: issuer.part, profile };
}

async function readPart(part: string | JsonObject, fetchJson: FetchJson): Promise<{ part: JsonObject } | NoParts> {
  const address = typeof part === 'string' ? part : part.id;
  if (typeof address !== 'string' || !isWeb(address)) {
    return typeof part === 'string' ? unreachable(part, 'fetch-refused') : { part };
  }
  let fetched: unknown;
  try {
    fetched = await fetchJson(address, OB2_PART);
  } catch (error) {
    return unreachable(address, (error as { code?: unknown }).code);
  }
  if (!isObject(fetched)) return unreachable(address, 'fetch-type');
  // Badges of 1.x had no ids: there the address is all there is.
  if (fetched.id !== undefined && !sameAddress(fetched.id, address)) {
    return { outcome: 'unknown', code: 'did-id-mismatch', evidence: { address, id: String(fetched.id).slice(0, 500) } };
  }
  return { part: { ...fetched, id: address } };
}

const unreachable = (address: string, reason: unknown): NoParts => ({
  outcome: 'unknown',
  code: 'issuer-unresolvable',
  evidence: { address, reason },
});

/** An address that a browser would open; `http:` too, which the fetcher refuses and says so. */
export const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address);

/** Whether two texts are one address, however they are spelled. */
export function sameAddress(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return one === other || (isWeb(one) && isWeb(other) && new URL(one).href === new URL(other).href);
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
