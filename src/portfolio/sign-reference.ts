/**
 * A reference as an OB 3.0 EndorsementCredential, signed by the service for who said it after a login. It says what was
 * said, by whom, and how surely we know that; of the experience it carries a hash, never a word.
 */
import { serviceSigner } from '../institutions/index.ts';
import { type Assurance, type Identity, proofOf, strongest } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { StoredFile } from '../platform/files.ts';
import { base64url, newUrn } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Language } from '../platform/language.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../vc/contexts.ts';
import { formatDateTimeStamp } from '../vc/date.ts';
import { sign } from '../vc/proof.ts';
import { objectionOf } from '../vc/reference.ts';
import { referenceQuestions } from './reference-input.ts';
import type { experiences, references } from './schema.ts';

type Experience = Pick<
  typeof experiences.$inferSelect,
  'kind' | 'context' | 'title' | 'periodFrom' | 'periodTo' | 'story'
>;
type Said = Pick<typeof references.$inferSelect, 'name' | 'relation' | 'words' | 'answers'>;

interface ToSign {
  answer: Said;
  experience: Experience | undefined;
  /** How the giver knows the learner; it stands in for an experience where there is none. */
  as: string;
  recording: StoredFile | undefined;
  login: { identity: Identity; provenAt: string };
  language: Language;
}

/** @throws DomainError `signing-failed`, and what `serviceSigner` throws */
export async function signReference(deps: Deps, input: ToSign): Promise<string> {
  const { answer, experience, as, recording, language } = input;
  const now = deps.clock();
  const signer = await serviceSigner(deps);
  const id = newUrn();
  const t = words[language];
  const credential = {
    '@context': [VC2_CONTEXT, OB_CONTEXT],
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: {
      id: signer.controller,
      type: ['Profile'],
      name: new URL(deps.config.origin).host,
      url: deps.config.origin,
    },
    validFrom: formatDateTimeStamp(now),
    name: t.title(answer.name),
    description: whoSaid(deps, input),
    credentialSubject: {
      id: await subjectOf(id, experience ?? { name: as }),
      type: ['EndorsementSubject'],
      endorsementComment: commentOf(answer, language, recording),
    },
  };
  try {
    const signed = await sign(credential, signer, { created: now });
    const objection = await objectionOf(signed, signer, now);
    if (objection) throw new Error(objection);
    return JSON.stringify(signed);
  } catch (cause) {
    throw new DomainError('signing-failed', 'It was not signed. Nothing is lost; try again.', { cause });
  }
}

/**
 * What is endorsed, as a name that only who has its words can make (RFC 6920): the id of the credential is random and
 * goes into the hash, so that the same words have another name each time.
 */
export async function subjectOf(credentialId: string, about: Experience | { name: string }): Promise<string> {
  const named =
    'title' in about
      ? Object.fromEntries(
          (['kind', 'context', 'title', 'periodFrom', 'periodTo', 'story'] as const).map(key => [key, about[key]]),
        )
      : { name: about.name };
  const bytes = new TextEncoder().encode(canonicalJson({ salt: credentialId, about: named }));
  return `ni:///sha-256;${base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))}`;
}

/** All that was said; a recording by its hash. */
export function commentOf(
  { words: said, answers }: Pick<Said, 'words' | 'answers'>,
  language: Language,
  recording?: Pick<StoredFile, 'sha256'>,
): string {
  const t = words[language];
  return [
    said,
    ...referenceQuestions.filter(key => answers[key]).map(key => `${t.questions[key]}\n${answers[key]}`),
    ...(recording ? [t.recording(recording.sha256)] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What a login proved, and never more. */
function whoSaid(deps: Deps, { answer, login: { identity, provenAt }, language }: ToSign): string {
  const t = words[language];
  const date = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(provenAt));
  const level = strongest(proofOf(identity));
  const relation = t.relations[answer.relation] ?? t.relations.other!;
  const checked = identity.nameSource !== null && identity.nameSource !== 'self' && level.startsWith('validate-names');
  return [
    t.said(answer.name, relation, new URL(deps.config.origin).host),
    t.logins[identity.kind](date),
    t.levels[level],
    // A name that was checked is told as the provider gave it: what was typed here may be another.
    checked && identity.name ? t.checkedName(identity.name) : t.typedName,
  ]
    .filter(Boolean)
    .join(' ');
}

interface Words {
  title: (name: string) => string;
  said: (name: string, relation: string, host: string) => string;
  relations: Record<string, string>;
  logins: Record<Identity['kind'], (date: string) => string>;
  levels: Record<Assurance, string>;
  checkedName: (name: string) => string;
  typedName: string;
  recording: (hash: string) => string;
  questions: Record<(typeof referenceQuestions)[number], string>;
}

const words: Record<Language, Words> = {
  nl: {
    title: name => `Aanbeveling van ${name}`,
    said: (name, relation, host) => `${name} (${relation}) zei dit. ${host} ondertekende het voor deze persoon.`,
    relations: {
      colleague: 'collega',
      client: 'klant',
      peer: 'studie- of lotgenoot',
      trainer: 'trainer of docent',
      neighbour: 'buur',
      other: 'bekende',
    },
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
    recording: hash => `Ingesproken. SHA-256 van de opname: ${hash}`,
    questions: {
      'good-at': 'Waar is deze persoon goed in?',
      example: 'Een voorbeeld daarvan',
      'with-others': 'Hoe is het om met deze persoon te werken?',
      next: 'Wat kan deze persoon nog leren?',
    },
  },
  en: {
    title: name => `Endorsement by ${name}`,
    said: (name, relation, host) => `${name} (${relation}) said this. ${host} signed it for them.`,
    relations: {
      colleague: 'colleague',
      client: 'client',
      peer: 'peer',
      trainer: 'trainer or teacher',
      neighbour: 'neighbour',
      other: 'acquaintance',
    },
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
    recording: hash => `Spoken. SHA-256 of the recording: ${hash}`,
    questions: {
      'good-at': 'What is this person good at?',
      example: 'An example of that',
      'with-others': 'What is it like to work with this person?',
      next: 'What can this person still learn?',
    },
  },
};
