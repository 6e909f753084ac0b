/**
 * The rows of the threat table that this service answers to so far, by section: A proof, keys, binding; B parsing and
 * limits; C fetching; D status lists; E issuing; F signing in; G files; H pages; I keys; J database, crash, operations.
 * A row is covered by a test that has its id in the title. Rows of what is not built yet join with it.
 */
const range = (letter: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${letter}${from + i}`);

export const rows: readonly string[] = [
  ...[...range('V', 1, 19), 'V8b', 'V19b', 'V19c', 'V19d', 'V19e'],
  ...range('V', 20, 30),
  ...range('F', 1, 11),
  ...range('S', 1, 15),
  ...range('P', 1, 8),
  ...range('I', 1, 13),
  ...range('O', 1, 12),
  ...range('W', 1, 13),
  ...range('K', 1, 9),
  ...range('D', 1, 14),
];

/** The rows that a title names. */
export const rowsIn = (title: string): string[] => title.match(/\b[VFSIKDPOW]\d{1,2}[a-e]?\b/g) ?? [];
