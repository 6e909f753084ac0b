import { type AchievementContent, achievementContent } from '../catalogue/index.ts';
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
    outcomes: content?.outcomes.map(o => o.name.replaceAll(/\s+/g, ' ')).join('\n') ?? '',
    eqf: content?.level.eqf?.toString() ?? '',
    nlqf: content?.level.nlqf ?? '',
    ects: content?.workload.ects?.toString() ?? '',
    sbu: content?.workload.sbu?.toString() ?? '',
    assessment: content?.assessment ?? [],
    participation: content?.participation ?? [],
    claim: content?.claim?.assurance ?? 'none',
    undoMinutes: content?.undoMinutes?.toString() ?? '',
    suspendable: content?.suspendable ? 'yes' : '',
  };
}

export type ReadAchievement = { content: AchievementContent; errors?: undefined } | { errors: Record<string, string> };

/** Reads the form over what was there: what the form does not show stays as it was. */
export function readAchievementForm(view: View, form: Form, before: AchievementContent | undefined): ReadAchievement {
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
    outcomes: readOutcomes(form.get('outcomes'), before),
    level: { ...number('eqf', form), ...(form.get('nlqf') ? { nlqf: form.get('nlqf') } : {}) },
    workload: { ...number('ects', form), ...number('sbu', form), ...kept(before) },
    assessment: form.all('assessment'),
    participation: form.all('participation'),
    claim: claim === 'none' ? undefined : { ...before?.claim, assurance: claim },
    undoMinutes: undefined,
    ...number('undoMinutes', form),
    suspendable: form.get('suspendable') === 'yes',
  };
  const parsed = achievementContent.safeParse(input);
  if (parsed.success) return { content: parsed.data };
  const numbers = new Set(['ects', 'sbu', 'eqf', 'nlqf', 'undoMinutes']);
  const wrong = parsed.error.issues.map(({ path: [first, second] }) => {
    const name = first === 'level' || first === 'workload' ? String(second) : String(first);
    return [name, numbers.has(name) ? t.wrong.number : t.wrong.text];
  });
  return { errors: Object.fromEntries(wrong) };
}

const number = (name: string, form: Form) =>
  form.get(name) ? { [name]: Number(form.get(name).replace(',', '.')) } : {};
const kept = (before: AchievementContent | undefined) =>
  before?.workload.hours ? { hours: before.workload.hours } : {};

/** One outcome a line; a line that stood there before keeps its code and its plain words. */
function readOutcomes(text: string, before: AchievementContent | undefined): unknown[] {
  const known = new Map(before?.outcomes.map(o => [o.name.replaceAll(/\s+/g, ' '), o]));
  return text
    .split('\n')
    .map(line => line.trim().replaceAll(/\s+/g, ' '))
    .filter(Boolean)
    .map(name => known.get(name) ?? { name });
}
