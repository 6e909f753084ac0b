import { domainOf } from '../../vc/domain.ts';
import type { Finding } from '../report.ts';
import type { Known } from '../verify.ts';

/** What a list says of an issuer. */
export type Listing = {
  /** The list by its name, and who answers for it. */
  list: string;
  owner: string;
  /** What the list calls the issuer. */
  name: string;
  /** Whether the issuer itself is on the list, or only the domain that it is at. */
  by: 'issuer' | 'domain';
  since?: string;
  until?: string;
  suspended?: string;
};

/**
 * Who the issuer is, according to lists that have an owner. What the badge says of its issuer is evidence, not truth.
 * Never changes the verdict.
 */
export async function checkIssuer(
  { id, name }: { id: string; name: unknown },
  known: Known | undefined,
  now: Date,
): Promise<Finding> {
  const domain = domainOf(id);
  const evidence = {
    issuer: id,
    ...(domain === undefined ? {} : { domain }),
    ...(typeof name === 'string' ? { claimedName: name } : {}),
  };
  const listings = (await known?.(id)) ?? [];
  const finding = (outcome: Finding['outcome'], code: Finding['code'], first: Listing): Finding => ({
    outcome,
    code,
    evidence: { ...evidence, ...first, ...(listings.length > 1 ? { lists: listings } : {}) },
  });
  // One list that warns counts for more than another that does not know.
  const suspended = listings.find(listing => listing.suspended !== undefined);
  if (suspended) return finding('unknown', 'issuer-suspended', suspended);
  const current = listings.filter(listing => covers(listing, now));
  const named = current.find(({ by }) => by === 'issuer');
  if (named) return finding('ok', 'issuer-known', named);
  if (current[0]) return finding('ok', 'issuer-domain-known', current[0]);
  const ended = listings.find(({ until }) => until !== undefined && new Date(until) < now);
  if (ended) return finding('unknown', 'issuer-ended', ended);
  return { outcome: 'unknown', code: 'issuer-unknown', evidence };
}

/** Whether any list knows the issuer, whatever it says of it. */
export const listed = async (issuerId: string, known: Known | undefined): Promise<boolean> =>
  ((await known?.(issuerId)) ?? []).length > 0;

const covers = ({ since, until }: Listing, now: Date): boolean =>
  (since === undefined || new Date(since) <= now) && (until === undefined || new Date(until) >= now);
