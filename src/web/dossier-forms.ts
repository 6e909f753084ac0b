import { type Basis, bases } from '../catalogue/index.ts';
import { countWays, type Judging, type Open, type Result, type Words } from '../dossiers/index.ts';
import type { Institution } from '../institutions/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { Form } from './form.ts';

const MOST = 20_000;
const text = (form: Form, name: string, most = MOST) => form.get(name).slice(0, most);

/** Says which fields still have to be filled. */
export const missing = (...fields: string[]): DomainError =>
  new DomainError('request-invalid', 'Something is missing.', { extensions: { missing: fields } });

/** A text that has to be there. @throws DomainError `request-invalid` */
export function needed(form: Form, name: string): string {
  const said = text(form, name);
  if (!said) throw missing(name);
  return said;
}

/** The texts of a form that someone wrote, so that none is lost when it is refused. */
export function textsOf(form: Form, names: readonly string[]): string[] {
  return names.map(name => form.get(name)).filter(Boolean);
}

/** Fields of the page in which someone writes. */
export const writtenFields = (open: Open[]): string[] => [
  'text',
  'why',
  'overall',
  'advice',
  'sees',
  'motive',
  'feedback',
  'appeal',
  ...open.flatMap(a => [`ways-${a.id}`, ...a.parts.map(part => `whole-${part.id}`)]),
];

/** The judgement of its form: texts and ticks by part, and all that is shared where that was ticked. */
export function judgingOf(form: Form, open: Open[], shared: string[]): Omit<Judging, 'on' | 'form'> {
  const parts = open.flatMap(a => a.parts);
  const texts = (ids: string[], name: string) =>
    Object.fromEntries(ids.map(id => [id, text(form, `${name}-${id}`)]).filter(([, said]) => said)) as Record<
      string,
      string
    >;
  const sees = text(form, 'sees');
  const overall = text(form, 'overall');
  return {
    whole: texts(
      parts.map(part => part.id),
      'whole',
    ),
    stands: parts.map(part => part.id).filter(id => form.get(`stands-${id}`) === 'yes'),
    carried: parts.flatMap(({ id }) =>
      (form.get(`all-${id}`) === 'yes' ? shared : form.all(`carry-${id}`)).map(experience => ({
        part: id,
        experience,
      })),
    ),
    advice: text(form, 'advice'),
    ways: texts(
      open.map(a => a.id),
      'ways',
    ),
    route: form.get('route') === 'board' ? 'board' : 'examiner',
    ...(sees ? { sees } : {}),
    ...(overall ? { overall } : {}),
  };
}

/** What a form decides on each achievement. @throws DomainError `request-invalid` with the fields that are missing */
export function resultsOf(form: Form, open: Open[]): { results: Result[]; ways: Record<string, string> } {
  const ways: Record<string, string> = {};
  const lacking: string[] = [];
  const results = open.map(({ id, version, parts }): Result => {
    const outcome = form.get(`outcome-${id}`);
    const said = text(form, `ways-${id}`, 5_000);
    const units = parts.map(part => part.id).filter(part => part !== id);
    if (outcome !== 'awarded' && outcome !== 'not-yet') lacking.push(`outcome-${id}`);
    if (outcome !== 'awarded' && !said) lacking.push(`ways-${id}`);
    if (outcome !== 'awarded') ways[id] = said;
    const awarded = outcome === 'awarded';
    return {
      achievement: id,
      version,
      outcome: awarded ? 'awarded' : 'not-yet',
      stands: awarded ? units : form.all(`stands-${id}`).filter(unit => units.includes(unit)),
      ways: awarded ? 0 : countWays(said),
    };
  });
  if (lacking.length) throw missing(...lacking);
  return { results, ways };
}

/** The ground that a form chose. @throws DomainError `request-invalid` */
export function basisOf(form: Form): Basis {
  const basis = bases.find(each => each === form.get('basis'));
  if (!basis) throw missing('basis');
  return basis;
}

/** Words of a request that is accepted. */
export function acceptWords(form: Form): Words {
  const more = (['duration', 'cost', 'guide'] as const).map(name => [name, text(form, name, 200)] as const);
  return { text: needed(form, 'text'), ...Object.fromEntries(more.filter(([, said]) => said)) };
}

/** Grounds with the usual one of this kind of institution first. */
export function usualFirst(grounds: Basis[], { profile: { kind } }: Pick<Institution, 'profile'>): Basis[] {
  const usual: Basis = kind === 'evc' ? 'evc' : ['mbo', 'hbo', 'wo'].includes(kind) ? 'assessment' : 'organisation';
  return [...grounds].sort((a, b) => Number(b === usual) - Number(a === usual));
}
