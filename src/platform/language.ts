/** The languages of pages and mails, the first one for whoever asks for neither. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];
