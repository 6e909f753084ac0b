import type { Language } from '../platform/language.ts';
import type { LetterWords } from '../platform/letter.ts';

interface Ask {
  language: Language;
  to: string;
  /** As who is asked knows the one who asks. */
  as: string;
  name: string;
  url: string;
  until: string;
}

/**
 * The letter that asks someone for a few words. What the learner wrote stands behind the link and not in it, so that
 * nobody can have us send their own text to a stranger.
 */
export function referenceLetter({ language, to, as, name, url, until }: Ask): LetterWords {
  return {
    language,
    to,
    ...words[language]({ as, name, until, host: new URL(url).host }),
    ...{ action: { label: labels[language], url } },
  };
}

const labels: Record<Language, string> = { nl: 'Bekijk de vraag', en: 'See the question' };

type Filled = Record<'as' | 'name' | 'until' | 'host', string>;
type Words = Pick<LetterWords, 'subject' | 'greeting' | 'paragraphs' | 'footer'>;

const words: Record<Language, (filled: Filled) => Words> = {
  nl: ({ as, name, until, host }) => ({
    subject: `${as} vraagt je om een paar woorden`,
    greeting: `Hallo ${name}`,
    paragraphs: [
      `${as} verzamelt wat hij of zij heeft geleerd, en vraagt jou om daar iets over te zeggen. Dat kan in een paar zinnen, of ingesproken. Je hebt geen account nodig.`,
      `De link werkt tot ${until}. Wil je niet? Dan hoef je niets te doen. Niemand krijgt dat te horen.`,
    ],
    footer: [
      `Je krijgt deze mail omdat iemand op ${host} jouw adres invulde. Wij bewaren het adres niet.`,
      'Ken je deze persoon niet? Klik dan nergens op.',
    ],
  }),
  en: ({ as, name, until, host }) => ({
    subject: `${as} asks you for a few words`,
    greeting: `Hello ${name}`,
    paragraphs: [
      `${as} is collecting what they have learned, and asks you to say something about it. A few sentences will do, or a recording. You need no account.`,
      `The link works until ${until}. Would you rather not? Then there is nothing to do. Nobody is told.`,
    ],
    footer: [
      `You get this mail because someone at ${host} filled in your address. We do not keep the address.`,
      'Do you not know this person? Then do not press anything.',
    ],
  }),
};
