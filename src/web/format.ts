import type { Language } from './messages.ts';

const locales = { nl: 'nl-NL', en: 'en-GB' } as const;
/** The zone in which dates of this service are told. */
const ZONE = 'Europe/Amsterdam';

const parse = (time: string | Date): Date | undefined => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/** `3 november 2026`; what cannot be read as a time stays as it stands. */
export function day(time: string | Date, language: Language): string {
  const date = parse(time);
  if (!date) return String(time);
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: ZONE }).format(date);
}

/** `22 november 2026 om 14:05 (Nederlandse tijd)`. */
export function moment(time: string | Date, language: Language): string {
  const date = parse(time);
  if (!date) return String(time);
  const clock = new Intl.DateTimeFormat(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  }).format(date);
  return language === 'nl'
    ? `${day(date, language)} om ${clock} (Nederlandse tijd)`
    : `${day(date, language)} at ${clock} (time in the Netherlands)`;
}

/** `22 nov 2026 14:05`, for tables whose head names the zone. */
export function stamp(time: string | Date, language: Language): string {
  const date = parse(time);
  if (!date) return String(time);
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE })
    .format(date)
    .replace(',', '');
}

const units = {
  nl: { minute: ['minuut', 'minuten'], hour: ['uur', 'uur'], day: ['dag', 'dagen'], less: 'minder dan een minuut' },
  en: { minute: ['minute', 'minutes'], hour: ['hour', 'hours'], day: ['day', 'days'], less: 'less than a minute' },
} as const;

/** How long ago: `3 minuten`. What lies ahead counts as now. */
export function age(since: string | Date, now: string | Date, language: Language): string | undefined {
  const [from, to] = [parse(since), parse(now)];
  if (!from || !to) return undefined;
  const minutes = Math.floor((to.getTime() - from.getTime()) / 60_000);
  const words = units[language];
  if (minutes < 1) return words.less;
  if (minutes < 60) return count(minutes, words.minute);
  if (minutes < 48 * 60) return count(Math.floor(minutes / 60), words.hour);
  return count(Math.floor(minutes / 1440), words.day);
}

const count = (n: number, [one, many]: readonly [string, string]) => `${n} ${n === 1 ? one : many}`;

/** `2,5` or `2.5`. */
export const number = (value: number, language: Language): string =>
  new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2 }).format(value);

/** The name of a country by its code; the code itself when there is none. */
export function country(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(locales[language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Whether a word of a standard has a word of ours. */
export const isOurs = (words: Record<string, string>, word: string): boolean => Object.hasOwn(words, word);

/** Our word for a word of a standard; the word itself where a badge has one that we do not know. */
export const ourWord = (words: Record<string, string>, word: string): string =>
  isOurs(words, word) ? words[word]! : word;
