import type { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { achievementContent } from './content.ts';
import { array, defined, firstWords, httpUrl, isObject, type Json, number, objects, text } from './json-reading.ts';
import type { OutcomeWords } from './outcome-content.ts';
import { type AchievementItem, type FrameworkPackage, isFormula, type Refused } from './package.ts';
import type { AssessmentType, ParticipationForm } from './vocabulary.ts';

/** Lists of resources of an OOAPI, of version 5 or 6. */
export interface OoapiDocument {
  programmes: Json[];
  courses: Json[];
  learningOutcomes: Json[];
}

/** Finds the resources in a page, a list, one resource, or several lists by name; undefined when there are none. */
export function findOoapi(document: unknown): OoapiDocument | undefined {
  const found: OoapiDocument = { programmes: [], courses: [], learningOutcomes: [] };
  const put = (value: Json) => {
    if (text(value.learningOutcomeId)) found.learningOutcomes.push(value);
    else if (text(value.courseId)) found.courses.push(value);
    else if (text(value.programId) || text(value.programmeId)) found.programmes.push(value);
  };
  const lists = isObject(document)
    ? [document.items, document.programs, document.programmes, document.courses, document.learningOutcomes]
    : [document];
  // One resource holds `learningOutcomes` of its own, which are texts.
  if (isObject(document)) put(document);
  const single = found.programmes.length + found.courses.length + found.learningOutcomes.length > 0;
  if (!single) for (const list of lists) objects(list).forEach(put);
  return found.programmes.length + found.courses.length + found.learningOutcomes.length ? found : undefined;
}

/**
 * Reads programmes, courses and outcomes of an OOAPI (ecosystem §6). Outcomes with an id of their own (version 6) are a
 * framework; those that a course only tells (version 5) stand in the achievement. Pure.
 * @param origin the address that they came from, which names the framework
 */
export function readOoapi(
  document: OoapiDocument,
  origin: string,
): { frameworks: FrameworkPackage[]; achievements: AchievementItem[]; refused: Refused[]; notes: string[] } {
  const refused: Refused[] = [];
  const notes: string[] = [];
  const base = origin.replace(/\/+$/, '');
  const outcomes = new Map(document.learningOutcomes.map(o => [text(o.learningOutcomeId), o]));
  const frameworks = outcomes.size ? [frameworkOf(document.learningOutcomes, base, refused)] : [];
  const achievements: AchievementItem[] = [];
  const seen = new Set<string>();
  for (const source of [...document.programmes, ...document.courses]) {
    const id = text(source.courseId) || text(source.programmeId) || text(source.programId);
    if (seen.has(id)) refused.push({ at: id, why: 'twice' });
    else {
      seen.add(id);
      const item = achievementOf(source, id, outcomes, base);
      if (item) achievements.push(item);
      else refused.push({ at: firstWords(id, 100), why: text(words(source.name)) ? 'unreadable' : 'name-missing' });
    }
  }
  return { frameworks, achievements, refused, notes };
}

const outcomeUri = (base: string, id: string) => `${base}/learning-outcomes/${id}`;

function frameworkOf(list: Json[], base: string, refused: Refused[]): FrameworkPackage {
  if (!httpUrl(base)) throw new DomainError('import-unreadable', 'The address of the OOAPI is missing.');
  const items: FrameworkPackage['items'] = new Map();
  const links: FrameworkPackage['links'] = [];
  for (const source of list) {
    const id = text(source.learningOutcomeId);
    const told = { nl: outcomeWordsOf(source, 'nl'), en: outcomeWordsOf(source, 'en') };
    const uri = outcomeUri(base, id);
    const names = [told.nl?.name, told.en?.name].filter(name => name !== undefined);
    const why = !/^[\w.:-]{1,200}$/.test(id)
      ? 'address'
      : !names.length
        ? 'name-missing'
        : names.some(isFormula)
          ? 'formula'
          : items.has(uri)
            ? 'twice'
            : undefined;
    if (why) {
      refused.push({ at: firstWords(id, 100) || '?', why });
      continue;
    }
    const primary = isObject(source.primaryCode) ? text(source.primaryCode.code) : '';
    const level = text(source.complexityLevel).slice(0, 50);
    items.set(uri, {
      kind: 'outcome',
      ...(primary ? { code: primary.slice(0, 200) } : {}),
      ...(level ? { level } : {}),
      words: defined(told),
    });
    for (const parent of array(source.parentIds).map(text).filter(Boolean))
      links.push({ from: uri, to: outcomeUri(base, parent), kind: 'broader' });
  }
  const host = new URL(base).host;
  return {
    framework: { uri: base, kind: 'qualification', source: 'ooapi', names: { nl: host, en: host } },
    items,
    links: links.filter(link => items.has(link.to)),
    wholeOf: new Set(),
  };
}

/** The text of a list of `{language, value}` in a language; of version 5 a plain text too. */
function words(value: unknown, language?: 'nl' | 'en'): string {
  if (typeof value === 'string') return language === 'en' ? '' : value.trim();
  const list = objects(value);
  const said = language && list.find(v => text(v.language).toLowerCase().startsWith(language));
  return text((said ?? (language ? undefined : (list.find(v => /^nl/i.test(text(v.language))) ?? list[0])))?.value);
}

function outcomeWordsOf(source: Json, language: 'nl' | 'en'): OutcomeWords | undefined {
  const name = words(source.name, language).slice(0, 2_000);
  const description = words(source.description, language).slice(0, 10_000);
  return name ? { name, ...(description ? { description } : {}) } : undefined;
}

/** A programme or a course as a draft; undefined when it cannot be one. */
function achievementOf(
  source: Json,
  id: string,
  outcomes: Map<string, Json>,
  base: string,
): AchievementItem | undefined {
  const notes: string[] = [];
  const language = words(source.name, 'nl') || typeof source.name === 'string' ? 'nl' : 'en';
  const told = (value: unknown) => words(value, language) || words(value);
  const link = httpUrl(source.link);
  const input: z.input<typeof achievementContent> = {
    type: text(source.formalDocument) === 'micro_credential_certificate' ? 'MicroCredential' : 'Course',
    name: told(source.name),
    description: told(source.description).slice(0, 10_000),
    language,
    criteria: { narrative: told(source.qualificationRequirements).slice(0, 20_000), ...(link ? { url: link } : {}) },
    outcomes: outcomesOf(source, outcomes, base, language, notes),
    workload: workloadOf(source, notes),
    level: levelOf(text(source.levelOfQualification)),
    assessment: told(source.assessment) ? assessmentOf(told(source.assessment)) : [],
    participation: participationOf(source),
    ...defined({
      prerequisites: told(source.admissionRequirements).slice(0, 5_000) || undefined,
    }),
    identifiers: [source.primaryCode, ...array(source.otherCodes)]
      .filter(isObject)
      .map(code => ({ type: codeType(text(code.codeType)), identifier: text(code.code).slice(0, 100) }))
      .filter(code => code.identifier)
      .slice(0, 10),
  };
  const parsed = achievementContent.safeParse(input);
  return parsed.success ? { source: `ooapi:${id}`, content: parsed.data, notes } : undefined;
}

const codeType = (said: string): string =>
  /^(sourcedId|systemId|identifier)$/.test(said) ? said : `ext:${said.replaceAll(/[^A-Za-z0-9._]/g, '') || 'code'}`;

function outcomesOf(source: Json, known: Map<string, Json>, base: string, language: 'nl' | 'en', notes: string[]) {
  const host = httpUrl(base) ? new URL(base).host : 'OOAPI';
  const coded = [...array(source.learningOutcomeIds), ...objects(source.learningOutcomes).map(o => o.learningOutcomeId)]
    .map(text)
    .filter(Boolean);
  const named = coded.flatMap(id => {
    const outcome = known.get(id) ?? objects(source.learningOutcomes).find(o => text(o.learningOutcomeId) === id);
    const name = outcome ? words(outcome.name, language) || words(outcome.name) : '';
    if (!name) notes.push(`The outcome ${firstWords(id, 60)} is named and not in what was read.`);
    const url = httpUrl(outcomeUri(base, id));
    return name ? [{ name: name.slice(0, 2_000), ...(url ? { code: { framework: host, url } } : {}) }] : [];
  });
  // Version 5: each outcome is a list of `{language, value}`.
  const texts = array(source.learningOutcomes)
    .filter(value => Array.isArray(value) || (isObject(value) && 'value' in value))
    .map(value => words(value, language) || words(value))
    .filter(Boolean)
    .map(name => ({ name: name.slice(0, 2_000) }));
  return [...named, ...texts].slice(0, 100);
}

function workloadOf(source: Json, notes: string[]) {
  const load: { ects?: number; sbu?: number; hours?: number } = {};
  for (const { studyLoadUnit, value } of objects(source.studyLoad)) {
    const amount = number(value);
    if (!amount || amount <= 0) continue;
    const unit = text(studyLoadUnit);
    if (unit === 'ects') load.ects = Math.max(0.5, Math.round(amount * 2) / 2);
    else if (unit === 'sbu') load.sbu = Math.max(1, Math.round(amount));
    else if (unit === 'hour') load.hours = Math.max(1, Math.round(amount));
    else notes.push(`A study load in "${firstWords(unit, 30)}" was left out.`);
  }
  return load;
}

/** Version 5: `1`…`8`, `4+`; version 6: `eqf_1`…`eqf_8`, `nlqf_4plus`. */
function levelOf(said: string): z.input<typeof achievementContent>['level'] {
  if (said === '4+' || said === 'nlqf_4plus') return { eqf: 4, nlqf: '4+' };
  const eqf = Number(/^(?:eqf_)?([1-8])$/.exec(said)?.[1]);
  return eqf ? { eqf } : {};
}

const assessmentOf = (told: string): AssessmentType[] => {
  const found: [RegExp, AssessmentType][] = [
    [/portfolio/i, 'portfolio'],
    [/schriftelijk|written/i, 'written-exam'],
    [/mondeling|oral|gesprek/i, 'oral-exam'],
    [/praktijk|practical/i, 'practical-assessment'],
    [/project/i, 'project-work'],
  ];
  return found.flatMap(([words, type]) => (words.test(told) ? [type] : []));
};

const modes: Record<string, ParticipationForm[]> = {
  online: ['online'],
  presential: ['onsite'],
  'on campus': ['onsite'],
  situated: ['work-based'],
  blended: ['blended'],
  hybrid: ['blended'],
  work_based: ['work-based'],
  'distance-learning': ['online'],
};
const participationOf = (source: Json): ParticipationForm[] => [
  ...new Set(array(source.modesOfDelivery ?? source.modeOfDelivery).flatMap(mode => modes[text(mode)] ?? [])),
];
