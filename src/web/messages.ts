import { en } from './messages.en.ts';
import { nl } from './messages.nl.ts';

/** The languages of the pages, the first one for whoever asks for neither. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

/** The keys and shapes of the Dutch table; the English one is checked against it. */
export type Messages = typeof nl;

export const messages: Record<Language, Messages> = { nl, en };

export const otherLanguage = (language: Language): Language => (language === 'nl' ? 'en' : 'nl');
