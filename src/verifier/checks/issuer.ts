import type { Finding } from '../report.ts';
import type { Known } from '../verify.ts';
import type { Sound } from './form.ts';

/**
 * Who the issuer is, according to lists that have an owner. What the badge says of its issuer is evidence, not truth.
 * Never changes the verdict.
 */
export async function checkIssuer({ document, issuerId }: Sound, known: Known | undefined): Promise<Finding> {
  const { name } = typeof document.issuer === 'object' ? (document.issuer as { name?: unknown }) : {};
  const evidence = { issuer: issuerId, ...(typeof name === 'string' ? { claimedName: name } : {}) };
  const entry = await known?.(issuerId);
  return entry
    ? { outcome: 'ok', code: 'issuer-known', evidence: { ...evidence, ...entry } }
    : { outcome: 'unknown', code: 'issuer-unknown', evidence };
}
