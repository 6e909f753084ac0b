import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { searchOutcomes } from '../catalogue/index.ts';
import { awardsOf } from '../credentials/index.ts';
import {
  addExperience,
  addFile,
  addGoal,
  addLink,
  askHelper,
  assessMyself,
  editExperience,
  endHelp,
  forgetSelfAssessment,
  type Holder,
  listExperiences,
  listGoals,
  listHelpers,
  listReferences,
  listSelfAssessments,
  promptSetNames,
  readEvidenceFile,
  readExperience,
  readPortfolio,
  removeEvidence,
  removeExperience,
  removeGoal,
  requireOwner,
  saveStandard,
  scales,
} from '../portfolio/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { answerFile } from '../platform/serve-file.ts';
import { importedBy } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { guards, type Held } from './holder-guards.ts';
import { answersOf, drop, entryOf, filledWith, idOf, readFiles } from './notebook-forms.ts';
import { BookPage } from './pages/notebook/book.tsx';
import { type EntryForm, EntryPage, NewEntryPage } from './pages/notebook/entry.tsx';
import { HelpersPage, OutcomesPage, StandardPage } from './pages/notebook/more.tsx';
import type { Base, Book } from './pages/notebook/parts.tsx';
import { type PageOptions, renderPage } from './render.tsx';
import { withDossiers } from './stands-behind.ts';
import type { View } from './view.ts';

/** For a page of a notebook: seen by nobody else, kept by no cache. */
export const renderBook = (c: C, page: (view: View) => PageOptions & { body: Child }): Promise<Response> =>
  renderPage(c, view => ({ noindex: true, cache: 'no-store', island: 'notebook', ...page(view) }));

/** The same for a page that stands at each door: its title says at which. */
const renderAt = (c: C, { base }: Book, page: (view: View) => PageOptions & { body: Child }): Promise<Response> =>
  renderBook(c, view => {
    const { begin, together } = view.t.portfolio;
    const door = { '/portfolio': '', '/begin': `${begin.title}: `, '/together': `${together.title}: ` }[base];
    const shown = page(view);
    return { ...shown, title: door + shown.title };
  });

/** A draft has pages of its own for the first steps, and its card for all that was told. */
const homes: Record<Base, string> = {
  '/portfolio': '/portfolio',
  '/begin': '/begin/card',
  '/together': '/together/notebook',
};

/** The same notebook at three doors: one's own, a draft without a login, and that of whom one helps. */
export const notebookRoutes = new Hono<AppEnv>()
  .route('/', notebookAt('/portfolio'))
  .route('/', notebookAt('/begin'))
  .route('/', notebookAt('/together'));

type C = Context<AppEnv>;

function notebookAt(base: Base) {
  const app = new Hono<AppEnv>();
  const guard = guards[base];
  const get = (path: string, handle: Held) => app.get(path, guard(handle));
  const post = (path: string, handle: Held) => app.post(path, guard(handle));
  const bookOf = ({ until }: Holder): Book => ({ base, home, ...(until ? { until } : {}) });
  const entry = `${base}/experiences/:id`;
  const home = homes[base];

  // A draft has pages of its own for the first steps.
  if (base !== '/begin') get(home, (c, holder) => renderHome(c, holder, bookOf(holder)));
  get(`${base}/new`, (c, holder) => renderNew(c, holder, bookOf(holder)));
  post(`${base}/new`, (c, holder) => addNew(c, holder, bookOf(holder)));
  get(entry, (c, holder) => renderEntry(c, holder, bookOf(holder)));
  post(entry, (c, holder) => edit(c, holder, bookOf(holder), false));
  post(`${entry}/answers`, (c, holder) => edit(c, holder, bookOf(holder), true));
  post(`${entry}/evidence`, (c, holder) => addShown(c, holder, bookOf(holder)));
  post(`${entry}/evidence/:evidence/remove`, async (c, holder) => {
    await removeEvidence(c.var.deps, holder, c.req.param('id')!, c.req.param('evidence')!);
    return c.redirect(`${base}/experiences/${c.req.param('id')}?done=removed`, 303);
  });
  post(`${entry}/remove`, async (c, holder) => {
    await removeExperience(c.var.deps, holder, c.req.param('id')!);
    return c.redirect(base === '/begin' ? '/begin/card' : `${home}?done=removed`, 303);
  });
  get(`${base}/files/:file`, async (c, holder) =>
    answerFile(c, c.var.deps, await readEvidenceFile(c.var.deps, holder, c.req.param('file')!)),
  );
  get(`${base}/standard`, async (c, holder) => {
    const portfolio = await readPortfolio(c.var.deps, holder);
    return renderAt(c, bookOf(holder), view => ({
      title: view.t.portfolio.standard.title,
      body: <StandardPage view={view} book={bookOf(holder)} portfolio={portfolio} />,
    }));
  });
  post(`${base}/standard`, async (c, holder) => {
    const form = await readForm(c);
    const part = (name: string) => form.get(name).slice(0, 5_000);
    const help = (['self', 'some', 'together'] as const).find(value => value === form.get('help')) ?? 'some';
    await saveStandard(c.var.deps, holder, {
      standard: { important: part('important'), wants: part('wants'), made: part('made') },
      help,
    });
    return c.redirect(base === '/begin' ? '/begin/card' : `${home}?done=kept`, 303);
  });
  post(`${base}/goals`, async (c, holder) => {
    const words = (await readForm(c)).get('words').slice(0, 300);
    if (words) await addGoal(c.var.deps, holder, { words });
    return c.redirect(base === '/begin' ? '/begin/card' : `${home}?done=kept#goals`, 303);
  });
  post(`${base}/goals/:id/remove`, async (c, holder) => {
    await removeGoal(c.var.deps, holder, c.req.param('id')!);
    return c.redirect(base === '/begin' ? '/begin/card' : `${home}?done=removed#goals`, 303);
  });
  get(`${base}/outcomes`, (c, holder) => renderOutcomes(c, holder, bookOf(holder)));
  post(`${base}/outcomes`, async (c, holder) => {
    const form = await readForm(c);
    const scale = scales.find(value => value === form.get('scale'));
    if (!scale) return renderOutcomes(c, holder, bookOf(holder), form.get('q'));
    await assessMyself(c.var.deps, holder, {
      outcomeId: form.get('outcome'),
      scale,
      experiences: form.all('experience'),
    });
    return c.redirect(`${base}/outcomes?${new URLSearchParams({ q: form.get('q') })}#mine`, 303);
  });
  post(`${base}/outcomes/remove`, async (c, holder) => {
    await forgetSelfAssessment(c.var.deps, holder, (await readForm(c)).get('outcome'));
    return c.redirect(`${base}/outcomes#mine`, 303);
  });
  if (base === '/together') return app;
  get(`${base}/helpers`, (c, holder) => renderHelpers(c, holder, bookOf(holder)));
  post(`${base}/helpers`, async (c, holder) => {
    const { code } = await askHelper(c.var.deps, holder);
    return renderHelpers(c, holder, bookOf(holder), code);
  });
  post(`${base}/helpers/:id/end`, async (c, holder) => {
    await endHelp(c.var.deps, holder, c.req.param('id')!);
    return c.redirect(`${base}/helpers?done=ended`, 303);
  });
  return app;
}

async function renderHome(c: C, holder: Holder, book: Book): Promise<Response> {
  const { deps } = c.var;
  const person = holder.by === 'person' ? holder.person! : undefined;
  const [portfolio, experiences, goals, said, badges, elsewhere] = await Promise.all([
    readPortfolio(deps, holder),
    listExperiences(deps, holder).then(all => withDossiers(deps, holder, all)),
    listGoals(deps, holder),
    listSelfAssessments(deps, holder),
    person ? awardsOf(deps, person) : [],
    person ? importedBy(deps, person) : [],
  ]);
  const props = { portfolio, experiences, goals, assessed: said.length, badges, elsewhere, done: c.req.query('done') };
  return renderAt(c, book, view => ({
    title: view.t.portfolio.book.title,
    body: <BookPage view={view} book={book} {...props} />,
  }));
}

const renderNew = (c: C, holder: Holder, book: Book, form?: EntryForm): Promise<Response> =>
  renderAt(c, book, view => ({
    title: view.t.portfolio.entry.newTitle,
    status: form ? 400 : 200,
    body: (
      <NewEntryPage view={view} book={book} next={form?.get('id') || newId(view.now)} {...(form ? { form } : {})} />
    ),
  }));

async function addNew(c: C, holder: Holder, book: Book): Promise<Response> {
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

async function renderEntry(
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
async function edit(c: C, holder: Holder, book: Book, answersOnly: boolean): Promise<Response> {
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

async function addShown(c: C, holder: Holder, book: Book): Promise<Response> {
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

/** `tried`: someone sent a form without saying how far they are. */
async function renderOutcomes(c: C, holder: Holder, book: Book, tried?: string): Promise<Response> {
  const { deps } = c.var;
  const sought = (tried ?? c.req.query('q') ?? '').trim().slice(0, 200);
  const [said, experiences] = await Promise.all([listSelfAssessments(deps, holder), listExperiences(deps, holder)]);
  const find = (language: View['language']) =>
    sought ? searchOutcomes(deps.db, { text: sought, language, limit: 10 }) : Promise.resolve([]);
  const found = { nl: await find('nl'), en: await find('en') };
  return renderAt(c, book, view => ({
    title: view.t.portfolio.outcomes.title,
    status: tried === undefined ? 200 : 400,
    body: (
      <OutcomesPage
        {...{ view, book, sought, said, experiences }}
        found={found[view.language]}
        missing={tried !== undefined}
      />
    ),
  }));
}

async function renderHelpers(c: C, holder: Holder, book: Book, code?: string): Promise<Response> {
  requireOwner(holder);
  const helpers = await listHelpers(c.var.deps, holder);
  const done = c.req.query('done');
  return renderAt(c, book, view => ({
    title: view.t.portfolio.helpers.title,
    body: <HelpersPage view={view} book={book} helpers={helpers} code={code} done={done} />,
  }));
}
