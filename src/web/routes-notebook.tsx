import { type Context, Hono } from 'hono';
import { searchOutcomes } from '../catalogue/index.ts';
import { awardsOf } from '../credentials/index.ts';
import {
  addGoal,
  askHelper,
  assessMyself,
  endHelp,
  forgetSelfAssessment,
  type Holder,
  listExperiences,
  listGoals,
  listHelpers,
  listSelfAssessments,
  readEvidenceFile,
  readPortfolio,
  removeEvidence,
  removeExperience,
  removeGoal,
  requireOwner,
  saveStandard,
  scales,
} from '../portfolio/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { answerFile } from '../platform/serve-file.ts';
import { importedBy } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { guards, type Held } from './holder-guards.ts';
import { addNew, addShown, edit, renderEntry, renderNew } from './notebook-entries.tsx';
import { BookPage } from './pages/notebook/book.tsx';
import { OutcomesPage } from './pages/notebook/outcomes.tsx';
import type { Base, Book } from './pages/notebook/parts.tsx';
import { StandardPage } from './pages/notebook/standard.tsx';
import { HelpersPage } from './pages/notebook/together.tsx';
import { renderAt } from './render-book.tsx';
import { withDossiers } from './stands-behind.ts';
import type { View } from './view.ts';

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
