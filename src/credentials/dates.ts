/** The zone in which a Dutch decision has its day. */
const ZONE = 'Europe/Amsterdam';

/**
 * A day as the moment it begins in Amsterdam: `2026-11-03` → `2026-11-03T00:00:00+01:00`.
 * Clocks change at 01:00 UTC, never at midnight, so the offset at that moment is that of the whole midnight.
 */
export function startOfDay(day: string): string {
  const midnightUtc = new Date(`${day}T00:00:00Z`);
  const name = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' })
    .formatToParts(new Date(midnightUtc.getTime() - 3_600_000))
    .find(p => p.type === 'timeZoneName')!.value;
  const offset = name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
  return `${day}T00:00:00${offset}`;
}

/** Today in Amsterdam, as `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    moment,
  );

/** An RFC 3339 time in whole seconds, UTC. */
export const toSeconds = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
