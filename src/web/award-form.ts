import type { AchievementContent } from '../catalogue/index.ts';
import { type AwardInput, awardInput } from '../credentials/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { View } from './view.ts';

/** The fields of the forms that award, apart from the results that an achievement has. */
export const awardFields = [
  'kind',
  'address',
  'name',
  'basis',
  'decidedBy',
  'decidedOn',
  'reference',
  'narrative',
  'validUntil',
] as const;

/** The name of the field of a result. */
export const resultField = (index: number) => `result-${index}`;

interface Values {
  get(name: string): string;
}

/** What a form says, or what is wrong with it, by field. */
export type Read = { input: AwardInput; errors?: undefined } | { errors: Record<string, string> };

/** Reads the form of one award. */
export function readAward(view: View, form: Values, achievement: string, content: AchievementContent): Read {
  const { forms } = view.t.console;
  const errors: Record<string, string> = {};
  for (const name of ['address', 'decidedBy', 'decidedOn']) if (!form.get(name)) errors[name] = forms.needed;
  for (const name of ['kind', 'basis']) if (!form.get(name)) errors[name] = forms.choose;
  const told = { ...decisionErrors(view, form, content), ...errors };
  if (Object.keys(told).length) return { errors: told };
  const results = content.results.flatMap((r, i) => {
    const value = form.get(resultField(i));
    return value ? [{ result: r.name, value }] : [];
  });
  return judge(view, {
    achievement,
    recipient: { [form.get('kind')]: form.get('address'), ...given('name', form) },
    decision: readDecision(form),
    ...given('narrative', form),
    ...(form.get('validUntil') ? { validUntil: endOf(form.get('validUntil')) } : {}),
    ...(results.length ? { results } : {}),
  });
}

/** The decision that a form tells of. */
export const readDecision = (form: Values) => ({
  basis: form.get('basis'),
  decidedBy: form.get('decidedBy'),
  decidedOn: form.get('decidedOn'),
  ...given('reference', form),
});

/** What the calendar and the law do not allow, told at the field. */
export function decisionErrors(view: View, form: Values, content: AchievementContent): Record<string, string> {
  const { wrong } = view.t.console.award;
  const today = view.now.toISOString().slice(0, 10);
  return {
    ...(form.get('decidedOn') > today ? { decidedOn: wrong.future } : {}),
    ...(form.get('validUntil') && form.get('validUntil') <= today ? { validUntil: wrong.past } : {}),
    ...(form.get('basis') === 'exemption' && content.type === 'MicroCredential' ? { basis: wrong.exemption } : {}),
  };
}

/** Holds an award against its schema, and tells what is wrong by field. */
function judge(view: View, input: unknown): Read {
  const parsed = awardInput.safeParse(input);
  if (parsed.success) return { input: parsed.data };
  const { wrong } = view.t.console.award;
  const errors: Record<string, string> = {};
  for (const { path } of parsed.error.issues) {
    const [first, second] = path.map(String);
    if (first === 'recipient')
      errors[second === 'name' ? 'name' : 'address'] = second === 'name' ? wrong.text : wrong.address;
    else if (first === 'decision') errors[second ?? 'decidedBy'] = wrong.text;
    else errors[first ?? 'address'] = wrong.text;
  }
  return { errors };
}

const given = (name: string, form: Values) => (form.get(name) ? { [name]: form.get(name) } : {});

/** The last second of a day in the Netherlands, in winter as in summer on that day. */
export const endOf = (day: string) => `${day}T21:59:59Z`;

/** Lines that a form of a group may have. */
export const MAX_LINES = 200;

export interface Line {
  line: number;
  text: string;
  read: Read;
}

/** Reads a group: `address; name; result` on each line, also with tabs between, as spreadsheets paste. */
export function readLines(view: View, form: Values, achievement: string, content: AchievementContent): Line[] {
  return form
    .get('lines')
    .split('\n')
    .map((text, i) => ({ text: text.trim(), line: i + 1 }))
    .filter(({ text }) => text)
    .map(({ text, line }) => {
      const [address = '', name = '', result = ''] = text.split(/[;\t]/).map(part => part.trim());
      const own: Record<string, string> = { address, name, [resultField(0)]: result };
      const get = (field: string) => own[field] ?? form.get(field);
      return { line, text, read: readAward(view, { get }, achievement, content) };
    });
}

/** A refusal of a verb in words; what is no refusal of this kind is thrown on. */
export function refusalIn(view: View, error: unknown): string {
  const sentences: Record<string, string> = view.t.console.award.refusals;
  const sentence = error instanceof DomainError ? sentences[error.code] : undefined;
  if (!sentence) throw error;
  return sentence;
}
