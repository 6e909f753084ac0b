/** Reading of JSON that others wrote: what is not of the expected kind is not there. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const array = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
export const objects = (value: unknown): Json[] => array(value).filter(isObject);
export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
export const httpUrl = (value: unknown): string | undefined =>
  typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value) ? value : undefined;
export const firstWords = (value: string, max: number): string =>
  value.length > max ? `${value.slice(0, max - 1)}…` : value;
export const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** A language tag as BCP 47 writes it; `nl` where there is none. edubadges writes `en_EN`, which is none. */
export function languageTag(tag: string, notes: string[]): string {
  if (!tag) return 'nl';
  if (/^en[-_]EN$/i.test(tag)) {
    notes.push(`"${tag}" is not a language tag; it was read as en.`);
    return 'en';
  }
  const [language, region] = tag.split(/[-_]/);
  return region ? `${language!.toLowerCase()}-${region.toUpperCase()}` : language!.toLowerCase();
}
