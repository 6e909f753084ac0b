import { type AchievementContent, achievementContent, type Outcome, pickOutcome } from '../catalogue/index.ts';
import type { Form } from './form.ts';
import type { View } from './view.ts';

/** What the form of an achievement begins with. */
export function achievementValues(content: AchievementContent | undefined): Record<string, string | string[]> {
  return {
    type: content?.type ?? 'MicroCredential',
    name: content?.name ?? '',
    description: content?.description ?? '',
    criteria: content?.criteria.narrative ?? '',
    language: content?.language.startsWith('en') ? 'en' : 'nl',
    outcomes: content?.outcomes.map(o => onOneLine(o.name)).join('\n') ?? '',
    eqf: content?.level.eqf?.toString() ?? '',
    nlqf: content?.level.nlqf ?? '',
    ects: content?.workload.ects?.toString() ?? '',
    sbu: content?.workload.sbu?.toString() ?? '',
    assessment: content?.assessment ?? [],
    participation: content?.participation ?? [],
    claim: content?.claim?.assurance ?? 'none',
    undoMinutes: content?.undoMinutes?.toString() ?? '',
    suspendable: content?.suspendable ? 'yes' : '',
    prerequisites: content?.prerequisites ?? '',
    cost: content?.offer?.cost ?? '',
    duration: content?.offer?.duration ?? '',
    countsFor: content?.offer?.countsFor ?? '',
    bases: content?.policy?.bases ?? [],
    examinerApart: said(content?.policy?.examinerApart),
    guideApart: said(content?.policy?.guideApart),
    validMonths: content?.policy?.validMonths?.toString() ?? '',
    requires: [
      ...(content?.policy?.requires?.units.map(u => `unit:${u.id}:${u.version}`) ?? []),
      ...(content?.policy?.requires?.achievements.map(id => `achievement:${id}`) ?? []),
    ],
    whenComplete: content?.policy?.whenComplete ?? '',
  };
}

type ReadAchievement = { content: AchievementContent; errors?: undefined } | { errors: Record<string, string> };

const said = (value: boolean | undefined) => (value === undefined ? '' : value ? 'yes' : 'no');

/**
 * Reads the form over what was there: what the form does not show stays as it was.
 * @param picked outcomes of the catalogue that were added; a line with the name of one has its code
 */
export function readAchievementForm(
  view: View,
  form: Form,
  before: AchievementContent | undefined,
  picked: readonly Outcome[] = [],
): ReadAchievement {
  const { forms, achievement: t } = view.t.console;
  if (!form.get('name')) return { errors: { name: forms.needed } };
  const language = form.get('language');
  const claim = form.get('claim');
  const input = {
    ...before,
    type: form.get('type'),
    name: form.get('name'),
    description: form.get('description'),
    language: before?.language.startsWith(language) ? before.language : language,
    criteria: { ...before?.criteria, narrative: form.get('criteria') },
    outcomes: readOutcomes(form.get('outcomes'), before, picked, language === 'en' ? 'en' : 'nl'),
    level: { ...number('eqf', form), ...(form.get('nlqf') ? { nlqf: form.get('nlqf') } : {}) },
    workload: { ...number('ects', form), ...number('sbu', form), ...kept(before) },
    assessment: form.all('assessment'),
    participation: form.all('participation'),
    claim: claim === 'none' ? undefined : { ...before?.claim, assurance: claim },
    undoMinutes: undefined,
    ...number('undoMinutes', form),
    suspendable: form.get('suspendable') === 'yes',
    prerequisites: form.get('prerequisites') || undefined,
    ...ifAny('offer', offerOf(form)),
    ...ifAny('policy', policyOf(form)),
  };
  const parsed = achievementContent.safeParse(input);
  if (parsed.success) return { content: parsed.data };
  const numbers = new Set(['ects', 'sbu', 'eqf', 'nlqf', 'undoMinutes', 'validMonths']);
  const nested = new Set(['level', 'workload', 'offer', 'policy']);
  const wrong = parsed.error.issues.map(({ path: [first, second] }) => {
    const name = nested.has(String(first)) ? String(second) : String(first);
    return [name, numbers.has(name) ? t.wrong.number : t.wrong.text];
  });
  return { errors: Object.fromEntries(wrong) };
}

const number = (name: string, form: Form) =>
  form.get(name) ? { [name]: Number(form.get(name).replace(',', '.')) } : {};
const kept = (before: AchievementContent | undefined) =>
  before?.workload.hours ? { hours: before.workload.hours } : {};

/** A part of which something was filled in; of a part that was emptied nothing stays. */
const ifAny = (name: string, part: object) => ({ [name]: Object.keys(part).length ? part : undefined });

const offerOf = (form: Form) => ({ ...text('cost', form), ...text('duration', form), ...text('countsFor', form) });
const text = (name: string, form: Form) => (form.get(name) ? { [name]: form.get(name) } : {});
const choice = (name: string, form: Form) => (form.get(name) ? { [name]: form.get(name) === 'yes' } : {});

function policyOf(form: Form): object {
  const required = form.all('requires').map(value => value.split(':'));
  const units = required.flatMap(([kind, id, version]) => (kind === 'unit' ? [{ id, version: Number(version) }] : []));
  const achievements = required.flatMap(([kind, id]) => (kind === 'achievement' ? [id] : []));
  const bases = form.all('bases');
  return {
    ...(bases.length ? { bases } : {}),
    ...choice('examinerApart', form),
    ...choice('guideApart', form),
    ...number('validMonths', form),
    ...(required.length ? { requires: { units, achievements }, ...text('whenComplete', form) } : {}),
  };
}

/** An outcome's name on one line, as the form shows it. */
export const onOneLine = (name: string): string => name.replaceAll(/\s+/g, ' ').trim();

/** One outcome a line; a line that stood there before, or was picked, keeps its code and its plain words. */
function readOutcomes(
  lines: string,
  before: AchievementContent | undefined,
  picked: readonly Outcome[],
  language: 'nl' | 'en',
): AchievementContent['outcomes'] {
  const known = new Map(
    [...picked.map(o => pickOutcome(o, language)), ...(before?.outcomes ?? [])].map(o => [onOneLine(o.name), o]),
  );
  return lines
    .split('\n')
    .map(onOneLine)
    .filter(Boolean)
    .map(name => known.get(name) ?? { name });
}
