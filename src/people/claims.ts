import { type Language, languages } from '../platform/language.ts';

/** What a provider said about someone, as it came: nothing in it is of a known type. */
export type Claims = Readonly<Record<string, unknown>>;

const MAX_TEXT = 500;
const MAX_VALUES = 50;

/** A text with something in it; undefined for every other thing, also a list of one. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.normalize('NFC').trim();
  return text && text.length <= MAX_TEXT ? text : undefined;
}

/** The texts of a claim with several values; one value may come without a list. */
export function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value.slice(0, MAX_VALUES) : [value];
  return values.map(textOf).filter(text => text !== undefined);
}

/** The name as one would write it. */
export function nameOf(claims: Claims): string | undefined {
  const both = [textOf(claims.given_name), textOf(claims.family_name)].filter(Boolean).join(' ');
  return both || textOf(claims.name);
}

/** A language of ours that the person prefers; undefined when they prefer none. */
export function languageOf(claims: Claims): Language | undefined {
  const tag = (textOf(claims.preferred_language) ?? textOf(claims.locale))?.toLowerCase().split(/[-_]/)[0];
  return languages.find(language => language === tag);
}

/**
 * The `acr` of an account that is no eduID. The levels of eduID are eduID's to give: another provider that names one, or
 * an institution whose word SURFconext hands on, would make a login count for more than it is (threat O7).
 */
export function acrOf(claims: Claims): string | null {
  const values = (textOf(claims.acr) ?? '').split(' ').filter(value => value && !value.startsWith(EDUID_LEVELS));
  return values.join(' ') || null;
}
const EDUID_LEVELS = 'https://eduid.nl/';
