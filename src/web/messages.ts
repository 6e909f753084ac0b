import { type Language, languages } from '../platform/language.ts';
import { en } from './messages.en.ts';
import { nl } from './messages.nl.ts';

export { type Language, languages };

/** The keys and shapes of the Dutch table; the English one is checked against it. */
export type Messages = typeof nl;

export const messages: Record<Language, Messages> = { nl, en };

export const otherLanguage = (language: Language): Language => (language === 'nl' ? 'en' : 'nl');
