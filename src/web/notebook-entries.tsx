/** What is done with one experience at each door: told, read, changed, and shown. */
import type { Context } from 'hono';
import {
  addExperience,
  addFile,
  addLink,
  editExperience,
  type Holder,
  listReferences,
  promptSetNames,
  readExperience,
} from '../portfolio/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { readForm } from './form.ts';
import { answersOf, drop, entryOf, filledWith, idOf, readFiles } from './notebook-forms.ts';
import { EntryPage } from './pages/notebook/entry.tsx';
import { type EntryForm, NewEntryPage } from './pages/notebook/entry-form.tsx';
import type { Book } from './pages/notebook/parts.tsx';
import { renderAt } from './render-book.tsx';
import { withDossiers } from './stands-behind.ts';
import type { View } from './view.ts';

type C = Context<AppEnv>;

export const renderNew = (c: C, holder: Holder, book: Book, form?: EntryForm): Promise<Response> =>
  renderAt(c, book, view => ({
    title: view.t.portfolio.entry.newTitle,
    status: form ? 400 : 200,
    body: (
      <NewEntryPage view={view} book={book} next={form?.get('id') || newId(view.now)} {...(form ? { form } : {})} />
    ),
  }));

export async function addNew(c: C, holder: Holder, book: Book): Promise<Response> {
  const { deps } = c.var;
  const { form, files, refused } = await readFiles(c, holder);
  const input = entryOf(form);
  if (!input.success) {
    await drop(c, files);
    return renderNew(c, holder, book, filledWith(form, input.error));
  }
  const id = await addExperience(deps, holder, { ...input.data, ...idOf(form), stories: files });
  return c.redirect(`${book.base}/experiences/${id}?done=${refused ? 'refused' : 'kept'}`, 303);
}

interface Trouble {
  form?: EntryForm;
  stale?: boolean;
  status?: number;
  alert?: (view: View) => string;
}

export async function renderEntry(
  c: C,
  holder: Holder,
  book: Book,
  { form, stale, status, alert }: Trouble = {},
): Promise<Response> {
  const told = await readExperience(c.var.deps, holder, c.req.param('id')!);
  const [experience = told] = await withDossiers(c.var.deps, holder, [told]);
  const references = book.base === '/portfolio' ? await listReferences(c.var.deps, holder, experience.id) : [];
  const asked = promptSetNames.find(name => name === c.req.query('set'));
  const done = c.req.query('done');
  return renderAt(c, book, view => {
    const { entry, tell } = view.t.portfolio;
    const told = alert?.(view) ?? (done === 'refused' ? `${tell.refused} ${tell.keptRest}` : undefined);
    return {
      title: experience.title,
      status: status ?? 200,
      body: (
        <EntryPage
          view={view}
          book={book}
          experience={experience}
          asked={asked}
          references={references}
          form={form}
          stale={stale ?? false}
          notice={done ? entry.done[done] : undefined}
          alert={told}
        />
      ),
    };
  });
}

/** Changes the words of an entry, or its answers alone; what the form does not bring stays as it is. */
export async function edit(c: C, holder: Holder, book: Book, answersOnly: boolean): Promise<Response> {
  const { deps } = c.var;
  const id = c.req.param('id')!;
  const form = await readForm(c);
  const before = await readExperience(deps, holder, id);
  const answers = answersOf(form, before.answers);
  const { kind, context, title, periodFrom, periodTo, story } = before;
  const kept = { kind, context, title, periodFrom, periodTo, story } as const;
  const input = answersOnly ? ({ success: true, data: { ...kept, answers } } as const) : entryOf(form, answers);
  if (!input.success) return renderEntry(c, holder, book, { form: filledWith(form, input.error), status: 400 });
  try {
    await editExperience(deps, holder, id, { ...input.data, version: Number(form.get('version')) });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'experience-changed') throw error;
    const sent: EntryForm = answersOnly
      ? {
          get: name => (form.has(name) ? form.get(name) : ((kept as Record<string, string | null>)[name] ?? '')),
          errors: {},
        }
      : filledWith(form);
    return renderEntry(c, holder, book, { form: sent, stale: true, status: 409 });
  }
  return c.redirect(`${book.base}/experiences/${id}?done=kept${answersOnly ? '#questions' : ''}`, 303);
}

export async function addShown(c: C, holder: Holder, book: Book): Promise<Response> {
  const { deps } = c.var;
  const id = c.req.param('id')!;
  await readExperience(deps, holder, id);
  const { form, files, refused } = await readFiles(c, holder);
  const [file, ...more] = files;
  await drop(c, more);
  const title = form.get('caption');
  const url = form.get('url');
  if (refused && !file)
    return renderEntry(c, holder, book, { alert: view => view.t.portfolio.tell.refused, status: 400 });
  if (!file && !url)
    return renderEntry(c, holder, book, { alert: view => view.t.portfolio.entry.showNothing, status: 400 });
  try {
    if (file) await addFile(deps, holder, id, { use: 'evidence', title, file });
    if (url) await addLink(deps, holder, id, { use: 'evidence', title: file ? '' : title, url });
  } catch (error) {
    if (!(error instanceof DomainError) || !['request-invalid', 'limit-broken'].includes(error.code)) throw error;
    const { code } = error;
    return renderEntry(c, holder, book, {
      alert: ({ t }) => (code === 'limit-broken' ? t.portfolio.entry.full : t.portfolio.entry.linkWrong),
      status: 400,
    });
  }
  return c.redirect(`${book.base}/experiences/${id}?done=shown#shows`, 303);
}
