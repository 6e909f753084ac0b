/** Values of JSON-LD as they come: one or many, plain or wrapped, in one language or several. */

export const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const strings = (value: unknown): string[] =>
  list(value).filter((v): v is string => typeof v === 'string' && v !== '');

/** A number, also one that was written as text or with `@value`; undefined for anything else. */
export function number(value: unknown): number | undefined {
  const plain = list(value)[0];
  const bare = record(plain)['@value'] ?? plain;
  const n = typeof bare === 'string' && bare.trim() ? Number(bare) : bare;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}

/** A text, `{"@value": …}`, a list of them by language, or a map from language to text. */
export function text(value: unknown, prefer: string): string | undefined {
  const said = list(value).flatMap(spellings);
  const mine = said.find(s => s.language?.toLowerCase().startsWith(prefer));
  return (mine ?? said[0])?.text || undefined;
}

function spellings(value: unknown): { text: string; language?: string }[] {
  if (typeof value === 'string') return [{ text: value }];
  if (typeof value === 'number') return [{ text: String(value) }];
  const object = record(value);
  if ('@value' in object)
    return strings(object['@value']).map(t => ({ text: t, language: strings(object['@language'])[0] }));
  return Object.entries(object).flatMap(([language, t]) =>
    /^[a-z]{2,3}(-|$)/i.test(language) ? strings(t).map(s => ({ text: s, language })) : [],
  );
}
