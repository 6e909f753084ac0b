import type { Look, PlanInput } from '../dossiers/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { readFileRow, type StoredFile } from '../platform/files.ts';
import type { Form } from './form.ts';

/** What was said in a form. @throws DomainError `request-invalid` when nothing was */
export function wordsOf(text: string): { text: string } {
  if (!text) throw new DomainError('request-invalid', 'Write something first.');
  return { text };
}

/** A file that shows one of these experiences. @throws DomainError `not-found` for any other */
export async function sharedFile(deps: Deps, shared: Look['shared'], id: string): Promise<StoredFile> {
  const experience = shared.find(each => each.evidence.some(e => e.fileId === id));
  if (!experience) throw notFound('file');
  return readFileRow(deps, `portfolio:${experience.portfolioId}`, id);
}

/** A line of the plan from its form; what is no web address or day is left out. */
export function planOf(form: Form, words: string): PlanInput {
  const owner = (['learner', 'institution', 'employer'] as const).find(each => each === form.get('owner')) ?? 'learner';
  const offer = form.get('offer');
  const next = form.get('next');
  const answers = Object.fromEntries(
    (['want', 'can', 'time'] as const)
      .map(name => [name, form.get(name).slice(0, 500)] as const)
      .filter(([, answer]) => answer),
  );
  return {
    words: words.slice(0, 2_000),
    owner,
    answers,
    ...(URL.canParse(offer) && /^https?:$/.test(new URL(offer).protocol) ? { offerUrl: new URL(offer).href } : {}),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(next) ? { nextOn: next } : {}),
  };
}
