import { parseDateTimeStamp } from '../../vc/date.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';

const CLOCK_SKEW_MS = 5 * 60_000;

/** Whether a document is valid at a moment, five minutes aside (VC-DATA-MODEL-2.0 §4.9). */
export function checkDates({ document, meaning }: Sound, at: Date): Finding {
  const evidence = { validFrom: meaning.validFrom[0], validUntil: meaning.validUntil[0] };
  const failed = (code: Code): Finding => ({ outcome: 'failed', code, evidence });
  const [validFrom, validUntil] = [meaning.validFrom, meaning.validUntil].map(said =>
    said.length === 1 ? parseDateTimeStamp(said[0]) : undefined,
  );
  // A date that is there but says nothing (null, an empty list) is no statement, and no permission either.
  const saysUntil = meaning.validUntil.length > 0 || 'validUntil' in document;
  if (!validFrom || (saysUntil && !validUntil)) return failed('malformed');
  if (validUntil && validFrom > validUntil) return failed('malformed');
  if (validUntil && validUntil.getTime() < at.getTime() - CLOCK_SKEW_MS) return failed('expired');
  if (validFrom.getTime() > at.getTime() + CLOCK_SKEW_MS) return failed('not-yet-valid');
  return { outcome: 'ok', code: 'dates-current', evidence };
}
