const DATE_TIME_STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Reads an XSD `dateTimeStamp` (VC-DATA-MODEL-2.0 §4.9): a date that exists, a zone, a four-digit year, no leap second
 * and no 24:00. Returns `undefined` for anything else, whatever its type. Digits past the millisecond are dropped.
 */
export function parseDateTimeStamp(value: unknown): Date | undefined {
  const match = typeof value === 'string' ? DATE_TIME_STAMP.exec(value) : null;
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0);
  // XSD 1.1 part 2 §3.3.7: an offset is at most 14:00.
  if (hour > 23 || minute > 59 || second > 59 || Number(match[10] ?? 0) > 59 || zone > 14 * 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)));
  return new Date(date.getTime() - (match[8] === '-' ? -zone : zone) * 60_000);
}

/** Writes a `dateTimeStamp` in UTC, to the second, as in `2026-01-31T12:00:00Z`. */
export function formatDateTimeStamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
