/** Every sentence of a table of the pages, by its key; functions are called with something to fill in. */
export function sentences(table: unknown, path = ''): [key: string, text: string][] {
  if (typeof table === 'string') return [[path, table]];
  if (typeof table === 'function') return [2, undefined].map(n => [path, String(table(n, n))]);
  return Object.entries(table as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}
