import type { z } from 'zod';
import { parse } from '../platform/http.ts';
import { type AchievementContent, achievementContent } from './content.ts';
import type { Imported } from './import.ts';
import {
  array,
  defined,
  firstWords,
  httpUrl,
  isObject,
  type Json,
  languageTag,
  number,
  objects,
  text,
} from './json-reading.ts';
import type { AssessmentType, ParticipationForm, SupervisionForm } from './vocabulary.ts';

/** The value of an extension of edubadges: `{"extensions:ECTSExtension": {"ECTS": 2.5}}` (ecosystem §2.2). */
const extension = (source: Json, name: string): unknown => {
  const key = `extensions:${name}Extension`;
  // Public documents have them at the top; the service's own API by name or as a list.
  const within = isObject(source.extensions) ? source.extensions[key] : undefined;
  const value = source[key] ?? within ?? objects(source.extensions).find(isNamed(name));
  return isObject(value) ? value[name] : undefined;
};
const isNamed = (name: string) => (value: Json) => array(value.type).includes(`extensions:${name}Extension`);

/**
 * Reads a BadgeClass of Open Badges 2.0 with the extension fields of edubadges, and the fields that edubadges keeps
 * beside them (ecosystem §2.2 and §2.3). Its issuer is left behind. Pure.
 * @throws DomainError `request-invalid`
 */
export function readBadgeClass(source: Json): Imported {
  const notes: string[] = [];
  const criteria = isObject(source.criteria) ? source.criteria : { id: source.criteria };
  const narrative = text(criteria.narrative) || text(source.criteria_text);
  const criteriaUrl = httpUrl(criteria.id) ?? httpUrl(source.criteria_url);
  const description = text(source.description);
  if (!description && narrative) notes.push('The description was empty and was filled from the criteria.');
  const image = isObject(source.image) ? text(source.image.id) : text(source.image);
  const name = text(source.qualityAssuranceName) || text(source.quality_assurance_name);
  const url = httpUrl(source.qualityAssuranceUrl) ?? httpUrl(source.quality_assurance_url);
  if (name && !url) notes.push('The quality assurance has no address and was left out.');
  const told = text(source.qualityAssuranceDescription) || text(source.quality_assurance_description);
  const input: z.input<typeof achievementContent> = {
    type: typeOf(source),
    name: text(source.name),
    description: description || narrative,
    language: languageTag(text(extension(source, 'Language')), notes),
    criteria: { narrative, ...(criteriaUrl ? { url: criteriaUrl } : {}) },
    outcomes: [...outcomesOf(text(extension(source, 'LearningOutcome'))), ...alignedOutcomes(source, notes)],
    workload: workloadOf(source, notes),
    level: levelOf(source, notes),
    assessment: listed(source, 'assessment_type', assessmentWords, notes),
    participation: listed(source, 'participation', participationWords, notes),
    qualityAssurance: name && url ? [{ name, url, ...(told ? { description: told } : {}) }] : [],
    ...defined({
      supervision: supervisionOf(source),
      identityChecked: typeof source.assessment_id_verified === 'boolean' ? source.assessment_id_verified : undefined,
      image: httpUrl(image),
    }),
    identifiers: array(extension(source, 'EducationProgramIdentifier'))
      .filter(value => typeof value === 'number' || text(value))
      .map(value => ({ type: 'ext:EducationProgramIdentifier', identifier: String(value) })),
    tags: array(source.tags).map(text).filter(Boolean),
  };
  if (source.expires !== undefined || source.expiration_period)
    notes.push('Badges of it end after some time over there; here that is said for each award.');
  return { content: parse(achievementContent, input), notes };
}

function typeOf(source: Json): AchievementContent['type'] {
  const said = text(source.badge_class_type) || text(source.badgeClassType);
  if (said === 'micro_credential') return 'MicroCredential';
  if (said === 'regular') return 'Course';
  if (said === 'extra_curricular') return 'CoCurricular';
  if (extension(source, 'EducationProgramIdentifier') !== undefined) return 'Course';
  return extension(source, 'ECTS') !== undefined || extension(source, 'StudyLoad') !== undefined
    ? 'MicroCredential'
    : 'Badge';
}

/** One text of Markdown over there; here each point of a list is an outcome. */
function outcomesOf(told: string): { name: string }[] {
  const points = told
    .split('\n')
    .map(line => /^\s*(?:[-*+•]|\d+[.)])\s+(\S.*)$/.exec(line)?.[1]?.trim())
    .filter(point => point !== undefined);
  return (points.length ? points : told ? [told] : []).map(name => ({ name: name.slice(0, 2000) }));
}

function alignedOutcomes(source: Json, notes: string[]): z.input<typeof achievementContent>['outcomes'] & object {
  return objects(source.alignment ?? source.alignments).flatMap(a => {
    const name = text(a.targetName) || text(a.target_name);
    const url = httpUrl(a.targetUrl) ?? httpUrl(a.target_url);
    if (!name) return [];
    if (!url) notes.push(`"${firstWords(name, 60)}" has no address and stands without a code.`);
    const framework = text(a.targetFramework) || text(a.target_framework) || 'Outcome';
    const code = text(a.targetCode) || text(a.target_code);
    const plain = text(a.targetDescription) || text(a.target_description);
    return [
      {
        name,
        ...(plain ? { plain: plain.slice(0, 1000) } : {}),
        ...(url ? { code: { framework: framework.slice(0, 100), url, ...(code ? { code } : {}) } } : {}),
      },
    ];
  });
}

function workloadOf(source: Json, notes: string[]): z.input<typeof achievementContent>['workload'] & object {
  const ects = number(extension(source, 'ECTS'));
  const whole = ects === undefined ? undefined : Math.round(ects * 2) / 2;
  if (whole !== ects) notes.push(`${ects} EC was read as ${whole}.`);
  const hours = (name: string) => {
    const value = number(extension(source, name));
    return value && value >= 1 ? Math.round(value) : undefined;
  };
  return defined({ ects: whole || undefined, sbu: hours('StudyLoad'), hours: hours('TimeInvestment') });
}

function levelOf(source: Json, notes: string[]): { eqf?: number } {
  const eqf = number(extension(source, 'EQF'));
  if (eqf === undefined) return {};
  if (Number.isInteger(eqf) && eqf >= 1 && eqf <= 8) return { eqf };
  notes.push(`The level ${eqf} is none of EQF and was left out.`);
  return {};
}

const supervisionOf = ({ assessment_supervised: watched, assessment_id_verified: known }: Json) => {
  if (typeof watched !== 'boolean') return undefined;
  const forms: Record<string, SupervisionForm> = { yes: 'supervised-no-identity', no: 'unsupervised-no-identity' };
  return watched && known === true ? ('onsite-identity' as const) : forms[watched ? 'yes' : 'no'];
};

/** The words of edubadges (ecosystem §2.3), as our concepts. */
const assessmentWords: Record<string, AssessmentType[]> = {
  written_exam: ['written-exam'],
  oral_exam: ['oral-exam'],
  // As it is spelled over there.
  oram_exam: ['oral-exam'],
  report_paper: ['marked-assignment'],
  behavioural_assessment: ['practical-assessment'],
  professional_product: ['artefact'],
  development_report: ['continuous-evaluation'],
  portfolio_assessment: ['portfolio'],
  personalized_assessment: ['recognition-of-prior-learning'],
};
const participationWords: Record<string, ParticipationForm[]> = {
  online: ['online'],
  onsite: ['onsite'],
  blended: ['blended'],
  work_experience: ['work-experience'],
};

function listed<K extends string>(source: Json, member: string, words: Record<string, K[]>, notes: string[]): K[] {
  const camel = member.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const said = array(source[member] ?? source[camel])
    .flatMap(value => text(value).split(','))
    .map(w => w.trim());
  return said.filter(Boolean).flatMap(word => {
    const known = words[word.toLowerCase()];
    if (!known) notes.push(`The ${member} "${firstWords(word, 60)}" is not in the published list and was left out.`);
    return known ?? [];
  });
}
