import { parseDateTimeStamp } from '../../vc/date.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';

const CLOCK_SKEW_MS = 5 * 60_000;
const DATES = ['validFrom', 'issuanceDate', 'validUntil', 'expirationDate'] as const;

/**
 * Whether a document is valid at a moment, five minutes aside (VC-DATA-MODEL-2.0 §4.9; VC-DATA-MODEL 1.1 §4.6; the nbf
 * and exp of a JWT, RFC 7519 §4.1). Whatever is said has to hold.
 */
export function checkDates({ document, meaning, envelope, mayLackDates }: Sound, at: Date): Finding {
  const evidence = {
    validFrom: meaning.validFrom[0] ?? meaning.issuanceDate[0] ?? envelope?.notBefore?.toISOString(),
    validUntil: meaning.validUntil[0] ?? meaning.expirationDate[0] ?? envelope?.expires?.toISOString(),
  };
  const failed = (code: Code): Finding => ({ outcome: 'failed', code, evidence });

  const said = DATES.map(name => {
    const dates = meaning[name];
    // A date that is there but says nothing (null, an empty list) is no statement, and no permission either.
    if (dates.length === 0) return name in document ? null : undefined;
    return dates.length === 1 ? (parseDateTimeStamp(dates[0]) ?? null) : null;
  });
  if (said.includes(null)) return failed('malformed');
  const [validFrom, issued, validUntil, expires] = said as (Date | undefined)[];
  const from = ordered(validFrom, issued, envelope?.notBefore).at(-1);
  const until = ordered(validUntil, expires, envelope?.expires).at(0);

  if (from === undefined && !mayLackDates) return failed('malformed');
  if (from !== undefined && until !== undefined && from > until) return failed('malformed');
  if (until !== undefined && until < at.getTime() - CLOCK_SKEW_MS) return failed('expired');
  if (from !== undefined && from > at.getTime() + CLOCK_SKEW_MS) return failed('not-yet-valid');
  return { outcome: 'ok', code: 'dates-current', evidence };
}

const ordered = (...dates: (Date | undefined)[]): number[] =>
  dates.flatMap(date => (date ? [date.getTime()] : [])).sort((one, other) => one - other);
