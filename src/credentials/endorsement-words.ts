import type { Language } from '../platform/language.ts';
import { composeLetter } from '../platform/letter.ts';
import type { Letter } from '../platform/mail.ts';

interface Words {
  title: (by: string) => string;
  person: (by: string, host: string) => string;
  onBehalfOf: (whom: string) => string;
  institution: (by: string) => string;
  /** Nothing keeps a list of what was withdrawn; the place itself says it. */
  stands: (url: string) => string;
  subject: string;
  waits: (about: string) => string;
  decide: string;
  action: string;
  footer: (name: string) => string;
}

/** What the signed words say of who says them, and the letter to whom they are about. */
const words: Record<Language, Words> = {
  nl: {
    title: by => `Onderschrijving door ${by}`,
    person: (by, host) => `${by} zei dit. ${host} ondertekende het voor deze persoon.`,
    onBehalfOf: whom => `Naar eigen zeggen namens ${whom}.`,
    institution: by => `${by} zei dit en ondertekende het zelf.`,
    stands: url => `Of dit nog geldt, staat op ${url}.`,
    subject: 'Iemand onderschrijft jullie',
    waits: about => `Er wacht een onderschrijving van: ${about}.`,
    decide: 'Lees wat er staat en kies of je het laat zien. Doe je niets, dan ziet niemand het.',
    action: 'Bekijk de onderschrijving',
    footer: name => `Je krijgt deze mail omdat dit adres bij ${name} staat.`,
  },
  en: {
    title: by => `Endorsement by ${by}`,
    person: (by, host) => `${by} said this. ${host} signed it for them.`,
    onBehalfOf: whom => `By their own account on behalf of ${whom}.`,
    institution: by => `${by} said this and signed it.`,
    stands: url => `Whether it still stands is told at ${url}.`,
    subject: 'Someone endorses you',
    waits: about => `An endorsement is waiting, of: ${about}.`,
    decide: 'Read what it says and choose whether to show it. Do nothing, and nobody sees it.',
    action: 'See the endorsement',
    footer: name => `You get this mail because this address is that of ${name}.`,
  },
};

export const endorsementWords = (language: Language): Words => words[language];

/** Tells an institution that something waits. What was said stands behind the login and not in the letter. */
export function endorsementLetter(
  language: Language,
  { to, institution, about, url }: { to: string; institution: string; about: string; url: string },
): Letter {
  const t = words[language];
  return composeLetter({
    language,
    to,
    subject: t.subject,
    paragraphs: [t.waits(about), t.decide],
    action: { label: t.action, url },
    footer: t.footer(institution),
  });
}
