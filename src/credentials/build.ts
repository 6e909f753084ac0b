import {
  type AchievementContent,
  type PublishedVersion,
  resultDescriptionId,
  toAchievement,
} from '../catalogue/index.ts';
import type { Institution } from '../institutions/index.ts';
import { DomainError } from '../platform/errors.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../vc/contexts.ts';
import type { Evidence, OpenBadgeCredential, Profile, Result } from '../vc/open-badge.ts';
import type { AwardInput } from './award-input.ts';
import { startOfDay, toSeconds, writtenOut } from './dates.ts';
import type { Identified } from './identified.ts';
import { identityEvidence } from './identity-evidence.ts';
import { replacementEvidence, type Replaces } from './replacement-evidence.ts';
import type { StatusPurpose } from './schema.ts';

/** Everything that a badge is made of, looked up and decided. */
export interface AwardFacts {
  origin: string;
  institution: Institution;
  achievementId: string;
  version: Pick<PublishedVersion, 'version' | 'content'>;
  input: AwardInput;
  /** How the holder was known when claiming; null or absent for a bearer badge. */
  identified?: Identified | null;
  /** The badge that this one takes the place of. */
  replaces?: Replaces;
  credentialId: string;
  subjectId: string;
  status: { listUrl: string; index: number; purpose: StatusPurpose };
  /** The time of signing. */
  validFrom: Date;
}

/** A badge before its signature. */
export type UnsignedBadge = Omit<OpenBadgeCredential, 'proof'>;

/**
 * Builds the OB 3.0 credential of an award. Pure: the same facts give the same badge.
 * @throws DomainError `award-not-allowed` for results that the achievement does not have
 */
export function buildBadge(facts: AwardFacts): UnsignedBadge {
  const { institution, input, version, status } = facts;
  const place = { origin: facts.origin, institution, achievementId: facts.achievementId, version: version.version };
  return {
    '@context': [VC2_CONTEXT, OB_CONTEXT],
    id: facts.credentialId,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: version.content.name,
    issuer: toProfile(institution),
    validFrom: toSeconds(facts.validFrom),
    ...(input.validUntil ? { validUntil: toSeconds(new Date(input.validUntil)) } : {}),
    awardedDate: startOfDay(input.awardedDate ?? input.decision.decidedOn),
    credentialSubject: {
      id: facts.subjectId,
      type: ['AchievementSubject'],
      ...(input.recipient.name
        ? {
            identifier: [
              {
                type: 'IdentityObject' as const,
                hashed: false,
                identityHash: input.recipient.name,
                identityType: 'name',
              },
            ],
          }
        : {}),
      ...(input.creditsEarned === undefined ? {} : { creditsEarned: input.creditsEarned }),
      ...(input.narrative ? { narrative: input.narrative } : {}),
      ...(input.results?.length
        ? { result: results(input.results, version.content, index => resultDescriptionId(place, index)) }
        : {}),
      achievement: toAchievement(version.content, place),
    },
    evidence: [
      ...(input.evidence ?? []).map(toEvidence),
      decisionEvidence(facts),
      identityEvidence({ ...facts, language: languageOf(facts) }),
      ...(facts.replaces ? [replacementEvidence(facts.replaces, languageOf(facts))] : []),
    ],
    credentialStatus: {
      id: `${status.listUrl}#${status.index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: status.purpose,
      statusListIndex: String(status.index),
      statusListCredential: status.listUrl,
    },
  };
}

/** The institution as an OB 3.0 Profile. */
export function toProfile({ did, url, profile }: Institution): Profile {
  const { address } = profile;
  return {
    id: did,
    type: ['Profile'],
    name: profile.name,
    url: profile.url ?? url,
    ...(profile.email ? { email: profile.email } : {}),
    ...(profile.description ? { description: profile.description } : {}),
    address: {
      type: ['Address'],
      addressCountryCode: address.countryCode,
      ...(address.locality ? { addressLocality: address.locality } : {}),
      ...(address.street ? { streetAddress: address.street } : {}),
      ...(address.postalCode ? { postalCode: address.postalCode } : {}),
    },
    ...(profile.identifiers.length
      ? {
          otherIdentifier: profile.identifiers.map(({ type, identifier }) => ({
            type: 'IdentifierEntry' as const,
            identifier,
            identifierType: type,
          })),
        }
      : {}),
  };
}

function results(
  given: NonNullable<AwardInput['results']>,
  content: AchievementContent,
  idOf: (index: number) => string,
): Result[] {
  return given.map(({ result, value, status }) => {
    const index =
      result === undefined
        ? content.results.length === 1
          ? 0
          : -1
        : content.results.findIndex(r => r.name === result);
    if (index < 0) {
      const names = content.results.map(r => JSON.stringify(r.name)).join(', ');
      throw new DomainError(
        'award-not-allowed',
        names ? `Name one of the results of this achievement: ${names}.` : 'This achievement has no results.',
      );
    }
    return {
      type: ['Result'],
      resultDescription: idOf(index),
      ...(value ? { value } : {}),
      ...(status ? { status } : {}),
    };
  });
}

const toEvidence = (e: NonNullable<AwardInput['evidence']>[number]): Evidence => ({
  ...(e.url ? { id: e.url } : {}),
  type: ['Evidence'],
  name: e.name,
  ...(e.description ? { description: e.description } : {}),
  ...(e.narrative ? { narrative: e.narrative } : {}),
  ...(e.genre ? { genre: e.genre } : {}),
  ...(e.audience ? { audience: e.audience } : {}),
});

/** Who decides on which basis: by role and never by name, and without the reference, which can point at a person. */
const decisionWords = {
  nl: {
    assessment: 'Een examinator van {name} heeft op {date} besloten, na een beoordeling.',
    exemption:
      'De examencommissie van {name}, of wie zij daarvoor heeft aangewezen, heeft op {date} een vrijstelling gegeven.',
    evc: '{name} heeft op {date} besloten in een EVC-procedure (ervaringscertificaat).',
    organisation:
      '{name} heeft op {date} besloten. Dit is een erkenning van de organisatie zelf, zonder wettelijke waarde.',
    title: 'Besluit',
  },
  en: {
    assessment: 'An examiner of {name} decided on {date}, after an assessment.',
    exemption: 'The examination board of {name}, or whom it mandated, gave an exemption on {date}.',
    evc: '{name} decided on {date} in an EVC procedure (recognition of prior learning).',
    organisation: '{name} decided on {date}. This is the organisation’s own recognition, without legal effect.',
    title: 'Decision',
  },
} as const;

const fill = (sentence: string, values: Record<string, string>) =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
const languageOf = (facts: AwardFacts) => (facts.version.content.language.startsWith('nl') ? 'nl' : 'en');

function decisionEvidence(facts: AwardFacts): Evidence {
  const language = languageOf(facts);
  const words = decisionWords[language];
  const { basis, decidedOn } = facts.input.decision;
  return {
    type: ['Evidence'],
    genre: 'Decision',
    name: words.title,
    description: basis,
    narrative: fill(words[basis], { name: facts.institution.profile.name, date: writtenOut(decidedOn, language) }),
  };
}
