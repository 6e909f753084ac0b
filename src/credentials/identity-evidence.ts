import type { Evidence } from '../vc/open-badge.ts';
import type { AwardInput } from './award-input.ts';
import { dayOf, writtenOut } from './dates.ts';
import type { Identified } from './identified.ts';

const words = {
  nl: {
    title: 'Van wie',
    bearer: {
      did: 'De instelling heeft deze badge gegeven aan de houder van een digitale sleutel ({did}). Daarmee is niet vastgesteld wie dat is.',
      eduid: 'De instelling kent de ontvanger via een eduID. Wie de badge ophaalt, wordt niet gecontroleerd.',
      eppn: 'De instelling kent de ontvanger via een instellingsaccount. Wie de badge ophaalt, wordt niet gecontroleerd.',
      email: 'De instelling kent de ontvanger via een e-mailadres. Wie de badge ophaalt, wordt niet gecontroleerd.',
    },
    login: {
      eduid: 'De houder logde op {date} in met een eduID.',
      institution: 'De houder logde op {date} in met een account bij {provider}.',
      email: 'De houder logde op {date} in met een link die naar een e-mailadres was gestuurd.',
      did: 'De houder bewees op {date} een digitale sleutel te hebben.',
    },
    mfa: 'Daarbij is een tweede stap gebruikt, naast een wachtwoord of link.',
    linked: 'Die eduID was gekoppeld aan een account bij een instelling.',
    student: 'Een instelling meldde daarbij dat de houder student was.',
    name: {
      institution: 'Een instelling staat in voor de naam.',
      external: 'Een bank, een overheid of een andere dienst dan een instelling staat in voor de naam.',
      unstated: 'De naam is gecontroleerd; door wie, is ons niet verteld.',
      none: 'Niemand heeft de naam gecontroleerd.',
      absent: 'De naam is gecontroleerd, maar staat niet in deze badge.',
      unnamed: 'Daarmee is niet vastgesteld wie dat is.',
    },
  },
  en: {
    title: 'About whom',
    bearer: {
      did: 'The institution gave this badge to the holder of a digital key ({did}). That does not establish who they are.',
      eduid: 'The institution knows the recipient by an eduID. Nobody checks who picks up the badge.',
      eppn: 'The institution knows the recipient by an institution account. Nobody checks who picks up the badge.',
      email: 'The institution knows the recipient by an e-mail address. Nobody checks who picks up the badge.',
    },
    login: {
      eduid: 'The holder signed in with an eduID on {date}.',
      institution: 'The holder signed in with an account at {provider} on {date}.',
      email: 'The holder signed in on {date} by a link that was sent to an e-mail address.',
      did: 'The holder proved on {date} to have a digital key.',
    },
    mfa: 'A second step was used beside a password or link.',
    linked: 'That eduID was linked to an account at an institution.',
    student: 'An institution said that the holder was a student.',
    name: {
      institution: 'An institution vouches for the name.',
      external: 'A bank, a government or another service that is not an institution vouches for the name.',
      unstated: 'The name was checked; by whom, we were not told.',
      none: 'Nobody has checked the name.',
      absent: 'The name was checked, but it is not in this badge.',
      unnamed: 'That does not establish who they are.',
    },
  },
} as const;

interface Facts {
  language: 'nl' | 'en';
  input: Pick<AwardInput, 'recipient'>;
  identified?: Identified | null;
}

/**
 * How and when the holder was identified, in words for people and a code for programs: what was proven, and never more
 * (domain.md, The award and its life). No address and no name stands in it.
 */
export function identityEvidence({ language, input: { recipient }, identified }: Facts): Evidence {
  const t = words[language];
  const entry = (description: string, narrative: string): Evidence => ({
    type: ['Evidence'],
    genre: 'Identity',
    name: t.title,
    description,
    narrative,
  });
  if (identified)
    return entry(codeOf(identified), identitySentences(identified, language, recipient.name !== undefined));
  const kind = recipient.did ? 'did' : recipient.eduid ? 'eduid' : recipient.eppn ? 'eppn' : 'email';
  return entry(kind, t.bearer[kind].replaceAll('{did}', recipient.did ?? ''));
}

/** `claimed-eduid-validate-names-mfa`: by what, how well, and whether with a second factor. */
const codeOf = ({ kind, assurance, mfa }: Identified) => `claimed-${kind}-${assurance}${mfa ? '-mfa' : ''}`;

/**
 * The same sentences for a page, so that who claims reads beforehand what the badge will say. `named`: a name is in it.
 */
export function identitySentences(
  { at, kind, provider, assurance, nameBy, mfa }: Identified,
  language: 'nl' | 'en',
  named: boolean,
): string {
  const t = words[language];
  const date = writtenOut(dayOf(new Date(at)), language);
  const login = t.login[kind].replaceAll('{date}', date).replaceAll('{provider}', provider ?? '');
  // An account at an institution is one; only of an eduID it is told that it was linked to one.
  const linked = assurance === 'linked-institution' && kind === 'eduid' ? t.linked : undefined;
  const student = assurance === 'affiliation-student' ? t.student : undefined;
  return [login, ...(mfa ? [t.mfa] : []), linked, student, nameLine(t.name, kind, nameBy, named)]
    .filter(Boolean)
    .join(' ');
}

function nameLine(
  t: (typeof words)['nl' | 'en']['name'],
  kind: Identified['kind'],
  nameBy: Identified['nameBy'],
  named: boolean,
): string {
  if (nameBy) return named ? t[nameBy] : t.absent;
  // By an address or a key nobody is known, with or without a name.
  return kind === 'email' || kind === 'did' ? t.unnamed : t.none;
}
