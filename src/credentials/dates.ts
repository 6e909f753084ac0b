/** The zone in which a Dutch decision has its day. */
const ZONE = 'Europe/Amsterdam';

/**
 * A day as the moment it begins in Amsterdam: `2026-11-03` → `2026-11-03T00:00:00+01:00`.
 * Clocks change at 01:00 UTC, never at midnight, so the offset at that moment is that of the whole midnight.
 */
export function startOfDay(day: string): string {
  const midnightUtc = new Date(`${day}T00:00:00Z`);
  const name = offset()
    .formatToParts(new Date(midnightUtc.getTime() - 3_600_000))
    .find(p => p.type === 'timeZoneName')!.value;
  return `${day}T00:00:00${name === 'GMT' ? '+00:00' : name.slice('GMT'.length)}`;
}

/** Today in Amsterdam, as `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => calendar().format(moment);

/** A day written out: `3 november 2026`, `3 November 2026`. */
export const writtenOut = (day: string, language: 'nl' | 'en'): string =>
  (language === 'nl' ? dutch() : english()).format(new Date(`${day}T00:00:00Z`));

// Making a formatter costs as much as a signature, so each is made once, when it is first asked for.
const kept = (locale: string, options: Intl.DateTimeFormatOptions) => {
  let formatter: Intl.DateTimeFormat | undefined;
  return () => {
    formatter ??= new Intl.DateTimeFormat(locale, options);
    return formatter;
  };
};
const offset = kept('en', { timeZone: ZONE, timeZoneName: 'longOffset' });
const calendar = kept('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const dutch = kept('nl-NL', { dateStyle: 'long', timeZone: 'UTC' });
const english = kept('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** An RFC 3339 time in whole seconds, UTC. */
export const toSeconds = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
