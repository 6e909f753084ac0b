import type { Institution } from '../institutions/index.ts';
import type { Achievement, Alignment, ResultDescription } from '../vc/open-badge.ts';
import type { AchievementContent } from './content.ts';
import {
  assessmentTypes,
  type Concept,
  glossaryTerms,
  identityVerification,
  participationForms,
  supervisionForms,
} from './vocabulary.ts';

/** Where a published version stands for everyone to read; also the `id` of the Achievement in its badges. */
interface VersionPlace {
  origin: string;
  institution: Institution;
  achievementId: string;
  version: number;
}

export const versionUrl = (p: VersionPlace) =>
  `${p.institution.url}/achievements/${p.achievementId}/versions/${p.version}`;

/** The id under which a badge's Result names what it is a result of. */
export const resultDescriptionId = (place: VersionPlace, index: number) => `${versionUrl(place)}#result-${index + 1}`;

/**
 * Says an achievement in plain OB 3.0, every European element without a context of our own (domain.md, The
 * achievement), so that any OB 3.0 verifier and wallet understands it. Pure.
 */
export function toAchievement(content: AchievementContent, place: VersionPlace): Achievement {
  const url = versionUrl(place);
  const alignment = alignments(content, place);
  return {
    id: url,
    type: ['Achievement'],
    achievementType: content.type,
    name: content.name,
    description: content.description,
    criteria: {
      ...(content.criteria.url ? { id: content.criteria.url } : {}),
      narrative: criteriaNarrative(content),
    },
    inLanguage: content.language,
    image: { id: content.image ?? `${url}/image.svg`, type: 'Image' },
    ...(alignment.length ? { alignment } : {}),
    ...(content.workload.ects === undefined ? {} : { creditsAvailable: content.workload.ects }),
    ...(content.results.length ? { resultDescription: resultDescriptions(content, place) } : {}),
    ...(content.identifiers.length
      ? {
          otherIdentifier: content.identifiers.map(({ type, identifier }) => ({
            type: 'IdentifierEntry' as const,
            identifier,
            identifierType: type,
          })),
        }
      : {}),
    ...(content.tags.length ? { tag: content.tags } : {}),
    ...(content.related.length ? { related: content.related.map(id => ({ id, type: ['Related'] })) } : {}),
    version: String(place.version),
  };
}

/** The criteria, then each outcome that has no code and is not told there yet, then the prerequisites. */
function criteriaNarrative(content: AchievementContent): string {
  const dutch = isDutch(content);
  const told = content.criteria.narrative;
  const untold = content.outcomes.filter(o => !o.code && !told.includes(o.name)).map(o => `- ${o.name}`);
  const parts = [told];
  if (untold.length) parts.push(`${dutch ? 'Leeruitkomsten' : 'Learning outcomes'}:\n${untold.join('\n')}`);
  if (content.prerequisites) parts.push(`${dutch ? 'Vooraf' : 'Prerequisites'}: ${content.prerequisites}`);
  const text = parts.filter(Boolean).join('\n\n');
  if (text || content.criteria.url) return text;
  return content.outcomes.map(o => `- ${o.name}`).join('\n');
}

function alignments(content: AchievementContent, place: VersionPlace): Alignment[] {
  const term = (targetType: string, key: string, concept: Concept) =>
    conceptAlignment(content, place.origin, targetType, key, concept);
  const list: Alignment[] = content.outcomes.flatMap(o => (o.code ? [outcomeAlignment(o.name, o.plain, o.code)] : []));
  if (content.level.eqf !== undefined) list.push(eqfAlignment(content.level.eqf));
  if (content.level.nlqf !== undefined) list.push(nlqfAlignment(content.level.nlqf));
  for (const key of content.assessment) list.push(term('ext:AssessmentType', key, assessmentTypes[key]));
  for (const key of content.participation) list.push(term('ext:Participation', key, participationForms[key]));
  const assurance = content.qualityAssurance.length
    ? content.qualityAssurance
    : [place.institution.profile.qualityAssurance].filter(q => q !== undefined);
  for (const q of assurance)
    list.push({
      type: ['Alignment'],
      targetType: 'ext:QualityAssurance',
      targetName: q.name,
      targetUrl: q.url,
      ...(q.description ? { targetDescription: q.description } : {}),
      ...(q.code ? { targetCode: q.code } : {}),
    });
  if (content.supervision)
    list.push(term('ext:Supervision', content.supervision, supervisionForms[content.supervision]));
  if (content.identityChecked) list.push(term('ext:Supervision', 'identity-verification', identityVerification));
  if (content.workload.sbu !== undefined)
    list.push({
      ...term('ext:SBU', 'sbu', glossaryTerms.sbu),
      targetName: `${content.workload.sbu} SBU`,
      targetCode: String(content.workload.sbu),
    });
  if (content.workload.hours !== undefined)
    list.push({
      ...term('ext:TimeInvestment', 'time-investment', glossaryTerms['time-investment']),
      targetName: `${content.workload.hours} ${isDutch(content) ? 'uur' : 'hours'}`,
      targetCode: String(content.workload.hours),
    });
  return list;
}

const isDutch = (content: AchievementContent) => content.language.startsWith('nl');

function conceptAlignment(
  content: AchievementContent,
  origin: string,
  targetType: string,
  key: string,
  concept: Concept,
): Alignment {
  return {
    type: ['Alignment'],
    targetType,
    targetName: isDutch(content) ? concept.nl : concept.en,
    targetUrl: concept.eu ?? `${origin}/glossary#${key}`,
    targetCode: key,
  };
}

function outcomeAlignment(
  name: string,
  plain: string | undefined,
  code: NonNullable<AchievementContent['outcomes'][number]['code']>,
): Alignment {
  return {
    type: ['Alignment'],
    targetType: code.type ?? `ext:${code.framework.replaceAll(/[^A-Za-z0-9._]/g, '') || 'Outcome'}`,
    targetName: name,
    targetUrl: code.url,
    targetFramework: code.framework,
    ...(code.code ? { targetCode: code.code } : {}),
    ...(plain ? { targetDescription: plain } : {}),
  };
}

const eqfAlignment = (level: number): Alignment => ({
  type: ['Alignment'],
  targetType: 'ext:EQF',
  targetName: `EQF level ${level}`,
  targetUrl: `http://data.europa.eu/snb/eqf/${level}`,
  targetFramework: 'European Qualifications Framework',
  targetCode: String(level),
});

// No address for each NLQF level is published; the framework's own page stands for all.
const nlqfAlignment = (level: string): Alignment => ({
  type: ['Alignment'],
  targetType: 'ext:NLQF',
  targetName: `NLQF ${level}`,
  targetUrl: 'https://nlqf.nl/',
  targetFramework: 'Nederlands kwalificatieraamwerk',
  targetCode: level,
});

function resultDescriptions(content: AchievementContent, place: VersionPlace): ResultDescription[] {
  return content.results.map((result, index) => ({
    id: resultDescriptionId(place, index),
    type: ['ResultDescription'],
    name: result.name,
    resultType: result.type,
    ...(result.min ? { valueMin: result.min } : {}),
    ...(result.max ? { valueMax: result.max } : {}),
    ...(result.required ? { requiredValue: result.required } : {}),
  }));
}
