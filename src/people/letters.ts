import type { Language } from '../platform/language.ts';
import type { LetterWords } from '../platform/letter.ts';
import type { LinkPurpose } from './sealed-link.ts';

interface LinkWords {
  language: Language;
  email: string;
  purpose: LinkPurpose;
  url: string;
  origin: string;
}

/** The letter with a one-time link. It says what pressing the button does, so that nobody presses for a stranger. */
export function oneTimeLinkLetter({ language, email, purpose, url, origin }: LinkWords): LetterWords {
  const { subject, paragraphs, label, footer } = words[language][purpose];
  const host = new URL(origin).host;
  return {
    language,
    to: email,
    subject: subject(host),
    paragraphs,
    action: { label, url },
    footer: footer(host),
  };
}

interface Words {
  subject: (host: string) => string;
  paragraphs: string[];
  label: string;
  footer: (host: string) => string[];
}

const words: Record<Language, Record<LinkPurpose, Words>> = {
  nl: {
    'sign-in': {
      subject: host => `Inloggen bij ${host}`,
      paragraphs: [
        'Met deze knop log je in. Dat kan één keer, en tot een half uur nadat je erom vroeg.',
        'Heb je hier niet om gevraagd? Dan hoef je niets te doen. Stuur deze mail niet door: wie de knop heeft, kan inloggen.',
      ],
      label: 'Verder naar inloggen',
      footer: host => [`Je krijgt deze mail omdat iemand op ${host} met dit adres wil inloggen.`],
    },
    link: {
      subject: host => `Dit adres toevoegen bij ${host}`,
      paragraphs: [
        'Met deze knop voeg je dit e-mailadres toe aan je account. Open hem in de browser waarin je bent ingelogd. Dat kan één keer, en tot een half uur nadat je erom vroeg.',
        'Heb je hier niet om gevraagd? Doe dan niets: het adres wordt niet toegevoegd.',
      ],
      label: 'Adres toevoegen',
      footer: host => [`Je krijgt deze mail omdat iemand op ${host} dit adres aan een account wil toevoegen.`],
    },
  },
  en: {
    'sign-in': {
      subject: host => `Sign in at ${host}`,
      paragraphs: [
        'This button signs you in. It works once, and for half an hour after you asked for it.',
        'Did you not ask for this? Then there is nothing to do. Do not pass this mail on: whoever has the button can sign in.',
      ],
      label: 'Go on to sign in',
      footer: host => [`You get this mail because someone wants to sign in at ${host} with this address.`],
    },
    link: {
      subject: host => `Add this address at ${host}`,
      paragraphs: [
        'This button adds this e-mail address to your account. Open it in the browser in which you are signed in. It works once, and for half an hour after you asked for it.',
        'Did you not ask for this? Then do nothing: the address is not added.',
      ],
      label: 'Add the address',
      footer: host => [`You get this mail because someone wants to add this address to an account at ${host}.`],
    },
  },
};
