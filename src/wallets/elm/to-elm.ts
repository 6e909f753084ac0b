// An award in the European Learning Model (ELM 3), for services that read European Digital Credentials. It is a second way
// to say what the badge says, and nobody has sealed it: the badge remains what is signed and can be revoked.
import type { Alignment, OpenBadgeCredential } from '../../vc/open-badge.ts';
import { countries, languages, type Node, vocabulary, writer } from './vocabulary.ts';

const CONTEXT = ['https://www.w3.org/2018/credentials/v1', 'http://data.europa.eu/snb/model/context/edc-ap'];

const UNSEALED = {
  nl: 'Niet verzegeld. Dit is een omzetting van een ondertekende Open Badge; alleen die badge kan worden gecontroleerd:',
  en: 'Not sealed. This is a conversion of a signed Open Badge; only that badge can be checked:',
};

/** The European Digital Credential, unsealed, of a badge of ours. `address`: where the badge itself is checked. Pure. */
export function toElm(badge: OpenBadgeCredential, address: string): Node {
  const { achievement } = badge.credentialSubject;
  const language = achievement.inLanguage?.split('-')[0] ?? 'nl';
  const write = writer(language);
  const { say, node, concept } = write;
  const spoken = languages[language] && concept(languages[language]);
  const issuer = organisation(badge, write);
  const name = badge.credentialSubject.identifier?.find(i => i.identityType === 'name' && !i.hashed)?.identityHash;
  const notice = `${language === 'nl' ? UNSEALED.nl : UNSEALED.en} ${address}`;
  return {
    '@context': CONTEXT,
    // Not the id of the badge: two documents under one id would pass for one.
    id: `urn:credential:${badge.id.replace(/^urn:uuid:/, '')}`,
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialSchema: { id: 'http://data.europa.eu/snb/model/ap/edc-generic-full', type: 'ShaclValidator2017' },
    credentialProfiles: concept(vocabulary.generic, 'Generic'),
    displayParameter: node('DisplayParameter', {
      ...(spoken ? { primaryLanguage: spoken, language: [spoken] } : {}),
      title: say(achievement.name),
      description: say(notice),
    }),
    issued: badge.validFrom,
    issuanceDate: badge.validFrom,
    validFrom: badge.validFrom,
    ...(badge.validUntil ? { expirationDate: badge.validUntil } : {}),
    issuer,
    credentialSubject: {
      id: badge.credentialSubject.id,
      type: 'Person',
      ...(name ? { fullName: say(name) } : {}),
      hasClaim: [claim(badge, write)],
    },
  };
}

type Writer = ReturnType<typeof writer>;

function organisation({ issuer }: OpenBadgeCredential, { say, node, concept }: Writer): Node {
  const { addressCountryCode: code = '', addressLocality: place } = issuer.address ?? {};
  const country = countries[code];
  return {
    id: issuer.id,
    type: 'Organisation',
    ...(issuer.name ? { legalName: say(issuer.name) } : {}),
    ...(issuer.otherIdentifier
      ? {
          identifier: issuer.otherIdentifier.map(({ identifier, identifierType }) =>
            node('Identifier', { notation: identifier, schemeName: identifierType.replace(/^ext:/, '') }),
          ),
        }
      : {}),
    ...(country
      ? {
          location: [
            node('Location', {
              address: [
                node('Address', {
                  countryCode: concept(country),
                  ...(place ? { fullAddress: node('Note', { noteLiteral: say(place) }) } : {}),
                }),
              ],
            }),
          ],
        }
      : {}),
  };
}

/** What was achieved, by what assessment it is proven, what led to it, and what it is by its specification. */
function claim(badge: OpenBadgeCredential, write: Writer): Node {
  const { say, node, concept } = write;
  const { achievement } = badge.credentialSubject;
  const of = alignedIn(badge);
  // Only activities of the EU's list led to it; the other forms are modes in which it was done.
  const activities = of('ext:Participation').filter(a => a.targetUrl.startsWith(vocabulary.activity));
  return {
    id: achievement.id,
    type: 'LearningAchievement',
    title: say(achievement.name),
    ...(achievement.description ? { description: say(achievement.description) } : {}),
    awardedBy: node('AwardingProcess', {
      awardingBody: [{ id: badge.issuer.id, type: 'Organisation' }],
      ...(badge.awardedDate ? { awardingDate: badge.awardedDate } : {}),
    }),
    provenBy: of('ext:AssessmentType').map(type => assessment(badge, type, write)),
    ...(activities.length
      ? {
          influencedBy: activities.map(({ targetName, targetUrl }) =>
            node('LearningActivity', {
              title: say(targetName),
              specifiedBy: node('LearningActivitySpecification', {
                title: say(targetName),
                dcType: [concept(targetUrl, targetName)],
              }),
            }),
          ),
        }
      : {}),
    specifiedBy: specification(badge, write),
  };
}

function assessment(badge: OpenBadgeCredential, type: Alignment, { say, node, concept }: Writer): Node {
  const { result = [], achievement } = badge.credentialSubject;
  const known = type.targetUrl.startsWith(vocabulary.assessment) && concept(type.targetUrl, type.targetName);
  const checked = alignedIn(badge)('ext:Supervision').find(a => a.targetUrl.startsWith(vocabulary.supervision));
  const grades = result.map(({ resultDescription, value, status }) => {
    const named = achievement.resultDescription?.find(d => d.id === resultDescription)?.name;
    return [named, value ?? status].filter(Boolean).join(': ');
  });
  return node('LearningAssessment', {
    title: say(type.targetName),
    ...(grades.length ? { grade: node('Note', { noteLiteral: say(grades.join('; ')) }) } : {}),
    ...(checked ? { idVerification: concept(checked.targetUrl, checked.targetName) } : {}),
    assessedBy: [{ id: badge.issuer.id, type: 'Organisation' }],
    specifiedBy: node('LearningAssessmentSpecification', {
      title: say(type.targetName),
      ...(known ? { dcType: known } : {}),
    }),
  });
}

function specification(badge: OpenBadgeCredential, { say, node, concept }: Writer): Node {
  const { achievement } = badge.credentialSubject;
  const of = alignedIn(badge);
  const [eqf] = of('ext:EQF');
  const [load] = [...of('ext:SBU'), ...of('ext:TimeInvestment')];
  const modes = of('ext:Participation').filter(a => a.targetUrl.startsWith(vocabulary.mode));
  const notes = [...of('ext:NLQF').map(a => a.targetName), ...of('ext:QualityAssurance').map(told)];
  const outcomes = (achievement.alignment ?? []).filter(a => !ELEMENTS.has(a.targetType ?? ''));
  return node(eqf ? 'Qualification' : 'LearningAchievementSpecification', {
    title: say(achievement.name),
    ...(eqf
      ? {
          eqfLevel: concept(eqf.targetUrl, eqf.targetName, vocabulary.eqfScheme),
          isPartialQualification: achievement.achievementType === 'MicroCredential',
        }
      : {}),
    ...(achievement.creditsAvailable === undefined
      ? {}
      : {
          creditPoint: [
            node('CreditPoint', {
              framework: concept(vocabulary.ects, 'ECTS'),
              point: String(achievement.creditsAvailable),
            }),
          ],
        }),
    ...(load?.targetCode ? { volumeOfLearning: `PT${load.targetCode}H` } : {}),
    ...(modes.length ? { mode: modes.map(a => concept(a.targetUrl, a.targetName)) } : {}),
    ...(achievement.criteria.narrative
      ? { learningOutcomeSummary: node('Note', { noteLiteral: say(achievement.criteria.narrative) }) }
      : {}),
    ...(outcomes.length
      ? {
          learningOutcome: outcomes.map(({ targetName, targetUrl }) => {
            const skill = targetUrl.startsWith(vocabulary.esco) ? 'relatedESCOSkill' : 'relatedSkill';
            return node('LearningOutcome', { title: say(targetName), [skill]: [concept(targetUrl, targetName)] });
          }),
        }
      : {}),
    ...(notes.length ? { additionalNote: notes.map(note => node('Note', { noteLiteral: say(note) })) } : {}),
  });
}

const told = ({ targetName, targetDescription, targetUrl }: Alignment): string =>
  `${[targetName, targetDescription].filter(Boolean).join(': ')} (${targetUrl})`;

const ELEMENTS = new Set(
  ['EQF', 'NLQF', 'SBU', 'TimeInvestment', 'AssessmentType', 'Participation', 'Supervision', 'QualityAssurance'].map(
    name => `ext:${name}`,
  ),
);

const alignedIn =
  ({ credentialSubject }: OpenBadgeCredential) =>
  (type: string): Alignment[] =>
    (credentialSubject.achievement.alignment ?? []).filter(a => a.targetType === type);
