import type { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { parse } from '../platform/http.ts';
import { type AchievementContent, achievementContent } from './content.ts';
import { array, defined, firstWords, httpUrl, isObject, type Json, languageTag, number, text } from './json-reading.ts';
import { readBadgeClass } from './import-edubadges.ts';
import type { AssessmentType, ParticipationForm, SupervisionForm } from './vocabulary.ts';

export interface Imported {
  content: AchievementContent;
  /** What was filled in or left behind, for whoever imports. */
  notes: string[];
}

/**
 * Reads an achievement from a file: our own form, an OB 3.0 Achievement, or an OB 3.0 credential that holds one (the
 * Dutch educredentials profile among them), or a BadgeClass of Open Badges 2.0 as edubadges publishes it. Its content
 * is carried over; its context, issuer, results of a person and end date are left behind. Pure.
 * @throws DomainError `achievement-unreadable`, `request-invalid`
 */
export function readImport(document: unknown): Imported {
  if (!isObject(document)) throw unreadable('The file does not hold an object.');
  if (hasType(document, 'BadgeClass')) return readBadgeClass(document);
  const subject = one(document.credentialSubject);
  const achievement = isObject(subject)
    ? one(subject.achievement)
    : hasType(document, 'Achievement')
      ? document
      : undefined;
  if (subject !== undefined && !isObject(achievement)) throw unreadable('The credential holds no achievement.');
  if (!isObject(achievement)) return { content: parse(achievementContent, document), notes: [] };
  return fromOpenBadge(achievement, document);
}

function fromOpenBadge(source: Json, credential: Json): Imported {
  const notes: string[] = [];
  const criteria = isObject(source.criteria) ? source.criteria : {};
  const narrative = text(criteria.narrative);
  let description = text(source.description);
  if (!description && narrative) {
    description = narrative;
    notes.push('The description was empty and was filled from the criteria.');
  }
  const alignment = readAlignments(array(source.alignment).filter(isObject));
  let outcomes = alignment.outcomes;
  if (!outcomes.length && narrative) {
    outcomes = [{ name: narrative.slice(0, 2000).trim() }];
    notes.push('No outcome was named; the criteria stand as the outcome.');
  }
  const image = isObject(source.image) ? text(source.image.id) : text(source.image);
  const criteriaUrl = httpUrl(criteria.id);
  const ects = number(source.ECTS) ?? number(source.creditsAvailable);
  const programme = array(source.educationProgramIdentifier).map(String);
  const input: z.input<typeof achievementContent> = {
    type: typeOf(source, credential),
    name: text(source.name),
    description,
    language: languageTag(text(source.inLanguage), notes),
    criteria: { narrative, ...(criteriaUrl ? { url: criteriaUrl } : {}) },
    outcomes,
    workload: defined({ ects, sbu: number(source.SBU), hours: number(source.timeInvestment) }),
    level: defined({ eqf: alignment.eqf, nlqf: alignment.nlqf }),
    assessment: concepts(source.assessmentType, assessmentWords, 'assessmentType', notes),
    participation: concepts(source.participationType, participationWords, 'participationType', notes),
    qualityAssurance: alignment.qualityAssurance,
    ...defined({
      supervision: concepts(source.supervisionType, supervisionWords, 'supervisionType', notes)[0],
      identityChecked: typeof source.identityChecked === 'boolean' ? source.identityChecked : undefined,
      image: httpUrl(image),
    }),
    results: array(source.resultDescription).filter(isObject).map(readResult),
    identifiers: [
      ...programme.map(identifier => ({ type: 'ext:EducationProgramIdentifier', identifier })),
      ...array(source.otherIdentifier)
        .filter(isObject)
        .map(o => ({ type: text(o.identifierType) || 'identifier', identifier: text(o.identifier) })),
    ],
    tags: array(source.tag).map(text).filter(Boolean),
  };
  return { content: parse(achievementContent, input), notes };
}

function readAlignments(list: Json[]) {
  const outcomes: z.input<typeof achievementContent>['outcomes'] & object = [];
  const qualityAssurance: z.input<typeof achievementContent>['qualityAssurance'] & object = [];
  let eqf: number | undefined;
  let nlqf: AchievementContent['level']['nlqf'];
  for (const a of list) {
    const kind = text(a.targetType);
    const name = text(a.targetName);
    const url = httpUrl(a.targetUrl);
    const code = text(a.targetCode);
    const description = text(a.targetDescription);
    if (kind === 'ext:EQF') eqf = Number(code || /\d/.exec(name)?.[0]);
    else if (kind === 'ext:NLQF') nlqf = (code || /\d\+?/.exec(name)?.[0]) as typeof nlqf;
    else if (!url) continue;
    else if (kind === 'ext:QualityAssurance')
      qualityAssurance.push({
        name,
        url,
        ...defined({ description: description || undefined, code: code || undefined }),
      });
    else
      outcomes.push({
        name,
        ...(description ? { plain: description } : {}),
        code: {
          framework: text(a.targetFramework) || kind.replace(/^ext:/, '') || 'Outcome',
          url,
          ...defined({ code: code || undefined, type: kind || undefined }),
        },
      });
  }
  return { outcomes, qualityAssurance, eqf, nlqf };
}

const readResult = (r: Json) => ({
  name: text(r.name),
  type: text(r.resultType) || 'Result',
  ...defined({
    min: text(r.valueMin) || undefined,
    max: text(r.valueMax) || undefined,
    required: text(r.requiredValue) || undefined,
  }),
});

/** The words of the educredentials profile, as our concepts; "onsite or blended" is two. */
const assessmentWords: Record<string, AssessmentType[]> = {
  testing: ['testing'],
  'application of a skill': ['application-of-a-skill'],
  portfolio: ['portfolio'],
  'recognition of prior learning': ['recognition-of-prior-learning'],
};
const participationWords: Record<string, ParticipationForm[]> = {
  online: ['online'],
  'onsite or blended': ['onsite', 'blended'],
  volunteering: ['volunteering'],
  'work experience': ['work-experience'],
  'personalized learning activities': ['personalised-learning'],
};
const supervisionWords: Record<string, SupervisionForm[]> = {
  'unsupervised with no identity verification': ['unsupervised-no-identity'],
  'supervised with no identity verification': ['supervised-no-identity'],
  'supervised online': ['supervised-online'],
  'onsite with identity verification': ['onsite-identity'],
};

function concepts<K extends string>(value: unknown, words: Record<string, K[]>, member: string, notes: string[]): K[] {
  return array(value).flatMap(word => {
    const known = words[text(word).toLowerCase()];
    if (!known)
      notes.push(`The ${member} "${firstWords(text(word), 60)}" is not in the published list and was left out.`);
    return known ?? [];
  });
}

/** From the schema that the file names, else from what it says of itself, else from its size. */
function typeOf(source: Json, credential: Json): AchievementContent['type'] {
  const schemas = array(credential.credentialSchema)
    .filter(isObject)
    .map(s => text(s.id));
  if (schemas.some(id => /\/microcredential[\w]*\.json$/.test(id))) return 'MicroCredential';
  if (schemas.some(id => /\/extracurricular[\w]*\.json$/.test(id))) return 'CoCurricular';
  if (schemas.some(id => /\/regular[\w]*\.json$/.test(id))) return 'Course';
  const said = achievementContent.shape.type.safeParse(source.achievementType);
  if (source.achievementType !== undefined && said.success) return said.data;
  return source.ECTS !== undefined || source.SBU !== undefined ? 'MicroCredential' : 'Badge';
}

const one = (value: unknown): unknown => array(value)[0];
const hasType = (value: Json, type: string) => array(value.type).includes(type);
const unreadable = (detail: string) => new DomainError('achievement-unreadable', detail);
