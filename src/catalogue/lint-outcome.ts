import type { Language } from '../platform/language.ts';
import { fold } from './fold.ts';

/** What could be better about the words of an outcome. Each is advice and stops nothing. */
export const outcomeHints = [
  'no-verb',
  'not-observable',
  'names-course',
  'names-duration',
  'several-at-once',
  'too-fine',
  'too-long',
  'no-plain-text',
] as const;
export type OutcomeHint = (typeof outcomeHints)[number];

/** Verbs that say what someone has, and not what can be seen of it. */
const unseen = {
  nl: /\b(weet|weten|kent|kennen|begrijpt|begrijpen|beheerst|beheersen|leert|leren|is bekend met|heeft kennis van|heeft inzicht in|is zich bewust van|waardeert|snapt|snappen)\b/,
  en: /\b(knows?|understands?|learns?|appreciates?|is aware of|is familiar with|has knowledge of|has insight into|grasps?|be aware of|be familiar with)\b/,
};
const course = {
  nl: /\b(cursus|training|module|vak|college|opleiding|les|lessen|lesdag|workshop|studiejaar|semester|blok \d|neemt deel|deelgenomen|aanwezig)\b/,
  en: /\b(course|training|module|lecture|class|classes|workshop|semester|curriculum|attends?|attended|participates? in|takes? part)\b/,
};
const duration = {
  nl: /\b\d+\s*(uur|uren|minuten|dag|dagen|weken|week|maanden|maand|jaar|ec|sbu|ects|dagdelen|dagdeel)\b/,
  en: /\b\d+\s*(hours?|minutes?|days?|weeks?|months?|years?|ec|ects|credits?)\b/,
};
const joins = { nl: /\b(en|alsook|evenals|en\/of)\b/g, en: /\b(and|as well as|and\/or)\b/g };

/** Small words that no sentence about what someone does begins with as its verb, and endings of verbs in Dutch. */
const notVerbs = new Set(
  'de het een dit dat deze die van in op met voor bij aan door als om en of the a an this that these of in on with for by as and or'.split(
    ' ',
  ),
);
const leads = {
  nl: /^(je|de student|de deelnemer|de kandidaat|de medewerker|de vrijwilliger|de lerende|iemand|hij|zij)?\s*(kan|kunt|is in staat om)?\s*/,
  en: /^(you|the (student|participant|candidate|employee|volunteer|learner)|someone)?\s*(can|is able to)?\s*/,
};
const verb = {
  // A first person singular or an infinitive: werkt, plant, voert, maken, doen.
  nl: /^[a-z]+(t|en|n|d)$/,
  en: /^[a-z]+$/,
};
/** Nouns of English that often stand first in a title. */
const nominal = /(tion|ment|ness|ity|ship|ance|ence|ism|ology|ics|skills?|knowledge|principles|basics|ing)$/;
const nominalNl = /(ing|heid|schap|atie|iteit|kunde|kennis|vaardigheden|vaardigheid|leer|ment|basis)$/;
const separable =
  /^(af|aan|op|uit|in|voor|na|om|over|mee|samen|bij|door|toe|terug|vast|weer|onder|tegen|binnen|buiten)$/;

/**
 * Reads the words of an outcome as a colleague would: does it say what can be seen, of one thing, apart from a course
 * and its length, and is there a text for who does not read easily? Pure; it knows patterns and no grammar, so it hints.
 */
export function lintOutcome(outcome: { name: string; plain?: string | undefined }, language: Language): OutcomeHint[] {
  const text = fold(outcome.name).replace(/[.;:]+$/, '');
  const hints = new Set<OutcomeHint>();
  const said = text.replace(leads[language], '');
  const words = said.split(' ').filter(Boolean);
  if (unseen[language].test(text)) hints.add('not-observable');
  else if (!hasVerb(words, language)) hints.add('no-verb');
  if (course[language].test(text)) hints.add('names-course');
  if (duration[language].test(text)) hints.add('names-duration');
  if (isSeveral(text, language)) hints.add('several-at-once');
  if (words.length > 0 && words.length < 2) hints.add('too-fine');
  if (/\b(klikt|klik op|tikt op|drukt op|clicks?|presses|press|taps?)\b/.test(text)) hints.add('too-fine');
  if (words.length > 40) hints.add('too-long');
  if (!outcome.plain?.trim()) hints.add('no-plain-text');
  return outcomeHints.filter(hint => hints.has(hint));
}

/** Whether one of the first words, or the last as Dutch puts an infinitive, reads as a verb. */
function hasVerb(words: string[], language: Language): boolean {
  const first = words[0] ?? '';
  if (!first || notVerbs.has(first)) return language === 'nl' && endsWithInfinitive(words);
  if (language === 'en') return verb.en.test(first) && !nominal.test(first);
  if (verb.nl.test(first) && !nominalNl.test(first)) return true;
  return endsWithInfinitive(words) || (words.length > 1 && separable.test(words.at(-1)!));
}

const endsWithInfinitive = (words: string[]): boolean => {
  const last = words.at(-1) ?? '';
  return (
    words.length > 1 && /[a-z]{2,}en$|^(doen|gaan|staan|zien|slaan)$/.test(last) && !/(heden|ingen|aties)$/.test(last)
  );
};

/** Several sentences, a list, or more than one "and" between things that are done. */
function isSeveral(text: string, language: Language): boolean {
  if (/[.;]\s+\S/.test(text) || /(^|\n)\s*[-•*]\s/.test(text)) return true;
  return (text.match(joins[language])?.length ?? 0) > 1;
}
