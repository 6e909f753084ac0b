/**
 * A reference as an OB 3.0 EndorsementCredential, signed by the service for who said it after a login. It says what was
 * said, by whom, and how surely we know that; of the experience it carries a hash, never a word.
 */
import { signAsService } from '../institutions/index.ts';
import { type Identity, tellLogin } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import type { StoredFile } from '../platform/files.ts';
import { base64url, newUrn } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import type { Language } from '../platform/language.ts';
import { endorsementCredential } from '../vc/endorsement.ts';
import { referenceQuestions } from './reference-input.ts';
import type { experiences, references } from './schema.ts';

type Experience = Pick<
  typeof experiences.$inferSelect,
  'kind' | 'context' | 'title' | 'periodFrom' | 'periodTo' | 'story'
>;
type Said = Pick<typeof references.$inferSelect, 'name' | 'relation' | 'words' | 'answers'>;

/** What a reference says, and of what. */
export interface ToSign {
  answer: Said;
  experience: Experience | undefined;
  /** How the giver knows the learner; it stands in for an experience where there is none. */
  as: string;
  recording: StoredFile | undefined;
}

/** By the service, for who signed in. @throws what `signAsService` throws */
export async function signReference(
  deps: Deps,
  said: ToSign,
  login: { identity: Identity; provenAt: string },
  language: Language,
): Promise<string> {
  const at = deps.clock();
  const { host } = new URL(deps.config.origin);
  const { name } = said.answer;
  const who = words[language].said(name, relationOf(said, language), host);
  const description = `${who} ${tellLogin(login.identity, login.provenAt, language)}`;
  const unsigned = await unsignedReference(said, { id: newUrn(), at, description }, language);
  return signAsService(deps, at, issuer => endorsementCredential({ ...unsigned, issuer }));
}

/** The same for a key of the giver's own, which proves nothing of who they are but that it is theirs. */
export function unsignedForOwnKey(said: ToSign, { id, at }: { id: string; at: Date }, language: Language) {
  const description = words[language].own(said.answer.name, relationOf(said, language));
  return unsignedReference(said, { id, at, description }, language);
}

async function unsignedReference(
  { answer, experience, as, recording }: ToSign,
  document: { id: string; at: Date; description: string },
  language: Language,
) {
  return {
    ...document,
    name: words[language].title(answer.name),
    about: await subjectOf(document.id, experience ?? { name: as }),
    comment: commentOf(answer, language, recording),
  };
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

const relationOf = ({ answer }: ToSign, language: Language): string =>
  words[language].relations[answer.relation] ?? words[language].relations.other!;

interface Words {
  title: (name: string) => string;
  said: (name: string, relation: string, host: string) => string;
  own: (name: string, relation: string) => string;
  relations: Record<string, string>;
  recording: (hash: string) => string;
  questions: Record<(typeof referenceQuestions)[number], string>;
}

const words: Record<Language, Words> = {
  nl: {
    title: name => `Aanbeveling van ${name}`,
    said: (name, relation, host) => `${name} (${relation}) zei dit. ${host} ondertekende het voor deze persoon.`,
    own: (name, relation) => `${name} (${relation}) zei dit en ondertekende het met een eigen sleutel.`,
    relations: {
      colleague: 'collega',
      client: 'klant',
      peer: 'studie- of lotgenoot',
      trainer: 'trainer of docent',
      neighbour: 'buur',
      other: 'bekende',
    },
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
    own: (name, relation) => `${name} (${relation}) said this and signed it with a key of their own.`,
    relations: {
      colleague: 'colleague',
      client: 'client',
      peer: 'peer',
      trainer: 'trainer or teacher',
      neighbour: 'neighbour',
      other: 'acquaintance',
    },
    recording: hash => `Spoken. SHA-256 of the recording: ${hash}`,
    questions: {
      'good-at': 'What is this person good at?',
      example: 'An example of that',
      'with-others': 'What is it like to work with this person?',
      next: 'What can this person still learn?',
    },
  },
};
