import { DomainError } from '../platform/errors.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../vc/contexts.ts';
import { VcError } from '../vc/errors.ts';
import { hashDocument } from '../vc/hash-data.ts';
import { issuedBadge } from '../vc/open-badge.ts';
import type { UnsignedBadge } from './build.ts';

declare const linted: unique symbol;
/** A badge that may be signed, with the hash of what it says; only `lint` makes one. */
export type LintedBadge = { badge: UnsignedBadge; hash: Uint8Array; readonly [linted]: true };

/** What `lint` holds a badge against beside the published rules. */
interface LintPolicy {
  /** The DID that will sign; a badge of another issuer is refused. */
  issuer: string;
  /** Where the status list must stand. */
  origin: string;
}

/**
 * Judges a badge before any key is touched: our own strict form of OB 3.0, JSON-LD safe mode (every term defined,
 * nothing dropped), and our policy.
 * @throws DomainError `lint-failed` with `errors`
 */
export async function lint(badge: UnsignedBadge, policy: LintPolicy): Promise<LintedBadge> {
  const form = issuedBadge.safeParse(badge);
  const errors = form.success
    ? policyErrors(badge, policy)
    : form.error.issues.slice(0, 20).map(i => `${i.path.map(String).join('.')}: ${i.message}`);
  if (errors.length) throw refused(errors);
  try {
    return { badge, hash: await hashDocument(badge) } as LintedBadge;
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    throw refused([`${error.code}: ${error.message}`]);
  }
}

const refused = (errors: string[]) => new DomainError('lint-failed', errors[0]!, { extensions: { errors } });

function policyErrors(badge: UnsignedBadge, policy: LintPolicy): string[] {
  const errors: string[] = [];
  const contexts = JSON.stringify(badge['@context']);
  if (contexts !== JSON.stringify([VC2_CONTEXT, OB_CONTEXT]))
    errors.push('@context: not the two contexts that our badges have');
  const issuer = typeof badge.issuer === 'string' ? badge.issuer : badge.issuer.id;
  if (issuer !== policy.issuer) errors.push('issuer: not the institution that signs');
  if (!badge.credentialStatus?.statusListCredential.startsWith(`${policy.origin}/status/`))
    errors.push('credentialStatus: not a list of ours');
  if (badge.validUntil && Date.parse(badge.validUntil) <= Date.parse(badge.validFrom))
    errors.push('validUntil: not after validFrom');
  const { criteria } = badge.credentialSubject.achievement;
  if (!criteria.narrative && !criteria.id) errors.push('criteria: neither a narrative nor an address');
  return errors;
}
