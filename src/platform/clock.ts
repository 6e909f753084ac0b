/** A day of 24 hours, in milliseconds: for terms, not for the calendar, whose days differ. */
export const DAY_MS = 24 * 3_600_000;
