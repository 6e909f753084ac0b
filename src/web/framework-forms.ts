import type { z } from 'zod';
import type { Framework, FrameworkInput, Outcome, OutcomeInput, UnitContent } from '../catalogue/index.ts';
import type { Form } from './form.ts';
import type { View } from './view.ts';

type Values = Record<string, string | string[]>;
export type Read<T> = { content: T; errors?: undefined } | { errors: Record<string, string> };

export const frameworkValues = (f?: Framework): Values => ({
  nameNl: f?.names.nl ?? '',
  nameEn: f?.names.en ?? '',
  kind: f?.kind ?? 'qualification',
  version: f?.version ?? '',
  shared: f?.shared ? 'yes' : '',
});

const given = (form: Form, ...names: string[]) =>
  Object.fromEntries(names.filter(name => form.get(name)).map(name => [name, form.get(name)]));

function judged<T>(view: View, schema: z.ZodType<T>, input: unknown, fields: Record<string, string>): Read<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { content: parsed.data };
  const errors = parsed.error.issues.map(({ path }) => {
    const place = path.join('.');
    return [fields[place] ?? String(path[0]), view.t.console.frameworks.wrong];
  });
  return { errors: Object.fromEntries(errors) };
}

/** A standard as its form says it, or the field that is wrong with its sentence. */
export function readFrameworkForm(view: View, form: Form, schema: z.ZodType<FrameworkInput>): Read<FrameworkInput> {
  const [nl, en] = [form.get('nameNl'), form.get('nameEn')];
  if (!nl && !en) return { errors: { nameNl: view.t.console.frameworks.nameNeeded } };
  const names = { ...(nl ? { nl } : {}), ...(en ? { en } : {}) };
  const input = {
    names,
    kind: form.get('kind'),
    shared: form.get('shared') === 'yes',
    ...given(form, 'version', 'uri'),
  };
  return judged(view, schema, input, { 'names.nl': 'nameNl', 'names.en': 'nameEn' });
}

export const outcomeValues = (o?: Outcome): Values => ({
  nameNl: o?.words.nl?.name ?? '',
  plainNl: o?.words.nl?.plain ?? '',
  nameEn: o?.words.en?.name ?? '',
  plainEn: o?.words.en?.plain ?? '',
  alsoNl: o?.words.nl?.also?.join('\n') ?? '',
  alsoEn: o?.words.en?.also?.join('\n') ?? '',
  kind: o?.kind ?? 'outcome',
  code: o?.code ?? '',
  level: o?.level ?? '',
});

/** The same of an outcome, in one language or two. */
export function readOutcomeForm(view: View, form: Form, schema: z.ZodType<OutcomeInput>): Read<OutcomeInput> {
  const words = (language: 'Nl' | 'En') => {
    const name = form.get(`name${language}`);
    const plain = form.get(`plain${language}`);
    const also = form
      .get(`also${language}`)
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
    return name ? { name, ...(plain ? { plain } : {}), ...(also.length ? { also } : {}) } : undefined;
  };
  const [nl, en] = [words('Nl'), words('En')];
  if (!nl && !en) return { errors: { nameNl: view.t.console.outcome.nameNeeded } };
  const input = {
    kind: form.get('kind'),
    words: { ...(nl ? { nl } : {}), ...(en ? { en } : {}) },
    ...given(form, 'code', 'level', 'uri'),
  };
  return judged(view, schema, input, {
    'words.nl.name': 'nameNl',
    'words.nl.plain': 'plainNl',
    'words.en.name': 'nameEn',
    'words.en.plain': 'plainEn',
  });
}

export const unitValues = (content?: UnitContent): Values => ({
  name: content?.name ?? '',
  description: content?.description ?? '',
  language: content?.language.startsWith('en') ? 'en' : 'nl',
  level: content?.level ?? '',
  shared: content?.shared ? 'yes' : '',
  outcomes: content?.outcomes ?? [],
});

/** The same of a unit. */
export function readUnitForm(view: View, form: Form, schema: z.ZodType<UnitContent>): Read<UnitContent> {
  if (!form.get('name')) return { errors: { name: view.t.console.forms.needed } };
  const input = {
    name: form.get('name'),
    description: form.get('description'),
    language: form.get('language'),
    outcomes: form.all('outcomes'),
    shared: form.get('shared') === 'yes',
    ...given(form, 'level'),
  };
  return judged(view, schema, input, {});
}
