import type { Language } from '../platform/language.ts';
import { type Assurance, strongest } from './assurance.ts';
import { type Identity, proofOf } from './identities.ts';

interface Words {
  logins: Record<Identity['kind'], (date: string) => string>;
  levels: Record<Assurance, string>;
  checkedName: (name: string) => string;
  typedName: string;
}

/** What a login proved of who said something, in sentences for beside a name that they typed; never more than that. */
export function tellLogin(identity: Identity, provenAt: string, language: Language): string {
  const t = words[language];
  const date = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(provenAt));
  const level = strongest(proofOf(identity));
  const checked = identity.nameSource !== null && identity.nameSource !== 'self' && level.startsWith('validate-names');
  return [
    t.logins[identity.kind](date),
    t.levels[level],
    // A name that was checked is told as the provider gave it: what was typed here may be another.
    checked && identity.name ? t.checkedName(identity.name) : t.typedName,
  ]
    .filter(Boolean)
    .join(' ');
}

const words: Record<Language, Words> = {
  nl: {
    logins: {
      eduid: date => `Wie het zei, logde op ${date} in met een eduID.`,
      institution: date => `Wie het zei, logde op ${date} in met een account bij een instelling.`,
      email: date => `Wie het zei, logde op ${date} in met een link die naar een e-mailadres was gestuurd.`,
      did: date => `Wie het zei, bewees op ${date} een digitale sleutel te hebben.`,
    },
    levels: {
      login: '',
      'linked-institution': 'De login was gekoppeld aan een instelling.',
      'affiliation-student': 'Een instelling meldde dat deze persoon student was.',
      'validate-names': 'De naam bij de login is gecontroleerd.',
      'validate-names-external':
        'De naam bij de login is gecontroleerd door een bank, een overheid of een andere dienst.',
    },
    checkedName: name => `Die naam is: ${name}.`,
    typedName: 'De naam die hier staat, is door de persoon zelf ingevuld.',
  },
  en: {
    logins: {
      eduid: date => `Who said it signed in with an eduID on ${date}.`,
      institution: date => `Who said it signed in with an account at an institution on ${date}.`,
      email: date => `Who said it signed in on ${date} by a link that was sent to an e-mail address.`,
      did: date => `Who said it proved on ${date} to have a digital key.`,
    },
    levels: {
      login: '',
      'linked-institution': 'That login was linked to an institution.',
      'affiliation-student': 'An institution said that this person was a student.',
      'validate-names': 'The name of that login was checked.',
      'validate-names-external': 'The name of that login was checked by a bank, a government or another service.',
    },
    checkedName: name => `That name is: ${name}.`,
    typedName: 'The name that stands here was filled in by the person.',
  },
};
