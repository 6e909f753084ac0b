import type { Policy } from '../policy.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';

const STATUS = '<https://www.w3.org/2018/credentials#credentialStatus>';

/** How it is known that something may have been left out: by a digest in its place, or because the suite allows it. */
type Trace = 'digest' | 'none' | undefined;
/** What whoever shows a badge may have left out of it. */
type Withheld = { dates: Trace; status: Trace };

/**
 * What may be missing that would decide. An SD-JWT has digests in the place of what was left out, and then it could be
 * anything (RFC 9901 §9.7: act as if it may be what validity hangs on). A derived proof of ecdsa-sd-2023 leaves no trace
 * at all: only what the issuer made mandatory cannot have been left out. docs/decisions/0010.
 */
export function whatMayBeWithheld(
  { envelope, meaning, dataset }: Sound,
  mandatory: readonly string[] | undefined,
): Withheld {
  const hidden = envelope?.selective?.hidden ?? new Set();
  const saysEnd = meaning.validUntil.length > 0 || meaning.expirationDate.length > 0 || envelope?.expires !== undefined;
  const saysBegin =
    meaning.validFrom.length > 0 ||
    meaning.issuanceDate.length > 0 ||
    envelope?.notBefore !== undefined ||
    envelope?.jws.payload.iat !== undefined;
  if (mandatory) {
    // One entry that was mandatory says that the issuer let none be left out.
    const root = dataset.root === undefined ? '_:' : `<${dataset.root}>`;
    const keepsStatus = mandatory.some(line => line.startsWith(root) && line.split(' ', 2)[1] === STATUS);
    return { dates: saysEnd && saysBegin ? undefined : 'none', status: keepsStatus ? undefined : 'none' };
  }
  const hidesStatus = (hidden.has('') && meaning.statuses.length === 0) || hidden.has('credentialStatus');
  return {
    dates: hidden.has('') && (!saysEnd || !saysBegin) ? 'digest' : undefined,
    status: hidesStatus ? 'digest' : undefined,
  };
}

/**
 * A good answer is none where a digest shows that something was left out that it rests on; where only the suite allows
 * that, it is told beside the verdict. A bad answer stands.
 */
export function unlessWithheld(
  finding: Finding,
  may: Trace,
  code: 'dates-maybe-withheld' | 'status-maybe-withheld',
  { withheld }: Policy,
): Finding {
  if (!may || (finding.outcome !== 'ok' && finding.outcome !== 'not-applicable')) return finding;
  const evidence = { ...finding.evidence, maybeWithheld: true };
  return withheld === 'unknown' && may === 'digest' ? { outcome: 'unknown', code, evidence } : { ...finding, evidence };
}
