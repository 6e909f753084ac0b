import { type Context, Hono } from 'hono';
import {
  createFramework,
  createOutcome,
  createUnit,
  editFramework,
  editOutcome,
  editUnit,
  frameworkInput,
  listFrameworks,
  listOutcomes,
  listOwnUnits,
  listUnits,
  outcomeInput,
  publishUnit,
  readFramework,
  readOutcome,
  readOutcomes,
  readUnitState,
  retireOutcome,
  searchOutcomes,
  unitContent,
} from '../catalogue/index.ts';
import { memberOf, requireRight } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { FrameworkForm, FrameworkPage } from './pages/console/framework.tsx';
import { FrameworksPage } from './pages/console/frameworks.tsx';
import { OutcomeForm } from './pages/console/outcome.tsx';
import { UnitForm } from './pages/console/unit.tsx';
import { readLanguage } from './language.ts';
import { type View, viewOf } from './view.ts';
import {
  frameworkValues,
  outcomeValues,
  readFrameworkForm,
  readOutcomeForm,
  readUnitForm,
  unitValues,
} from './framework-forms.ts';

const base = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}`;
const idOf = (c: Context<AppEnv>) => c.req.param('id') ?? '';
const mine = (c: Context<AppEnv>) => c.var.ctx.institution.id;

async function showAll(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.read');
  const text = (c.req.query('text') ?? '').slice(0, 200).trim();
  const [frameworks, own, units, found] = [
    await listFrameworks(ctx.db, mine(c)),
    await listOwnUnits(ctx),
    await listUnits(ctx.db, mine(c)),
    await searchOutcomes(ctx.db, { text, language: readLanguage(c), institution: mine(c), limit: 30 }),
  ];
  const shared = units.filter(u => u.institutionId !== mine(c));
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: view.t.console.frameworks.title,
    body: <FrameworksPage {...{ view, place, frameworks, units: own, shared, text, found }} />,
  }));
}

async function showFramework(c: Context<AppEnv>, sent?: Filled): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.read');
  const framework = await readFramework(ctx.db, idOf(c), mine(c));
  const cursor = c.req.query('cursor')?.slice(0, 100);
  const page = await listOutcomes(ctx.db, framework.id, { limit: 100, ...(cursor ? { cursor } : {}) }, mine(c));
  const form = sent ?? startWith(frameworkValues(framework));
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: framework.names[view.language] ?? framework.names.nl ?? framework.names.en ?? '',
    status: sent && 400,
    alert: sent && <WrongFields view={view} form={sent} />,
    body: <FrameworkPage view={view} place={place} framework={framework} form={form} {...page} />,
  }));
}

async function showNewFramework(c: Context<AppEnv>, sent?: Filled): Promise<Response> {
  requireRight(c.var.ctx, 'framework.edit', { whole: true });
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: view.t.console.frameworks.newTitle,
    status: sent && 400,
    alert: sent && <WrongFields view={view} form={sent} />,
    body: <FrameworkForm view={view} at={`${place.base}/frameworks/new`} form={sent ?? startWith(frameworkValues())} />,
  }));
}

/** The form of an outcome, with advice about its words when it was looked at. */
async function showOutcome(c: Context<AppEnv>, sent?: Filled, wrong = true): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.read');
  const outcome = await readOutcome(ctx.db, idOf(c), mine(c));
  const framework = await readFramework(ctx.db, outcome.framework.id, mine(c));
  const form = sent ?? startWith(outcomeValues(outcome));
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: view.t.console.outcome.title,
    ...(sent && wrong ? { status: 400, alert: <WrongFields view={view} form={sent} /> } : {}),
    body: <OutcomeForm view={view} place={place} framework={framework} outcome={outcome} form={form} />,
  }));
}

async function showNewOutcome(c: Context<AppEnv>, sent?: Filled, wrong = true): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.edit', { whole: true });
  const framework = await readFramework(ctx.db, idOf(c), mine(c));
  if (framework.owner !== mine(c)) throw notFound('framework');
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: view.t.console.outcome.newTitle,
    ...(sent && wrong ? { status: 400, alert: <WrongFields view={view} form={sent} /> } : {}),
    body: <OutcomeForm view={view} place={place} framework={framework} form={sent ?? startWith(outcomeValues())} />,
  }));
}

interface UnitSent {
  form: Filled;
  wrong: boolean;
}

async function showUnit(c: Context<AppEnv>, id: string | undefined, sent?: UnitSent): Promise<Response> {
  const { ctx } = c.var;
  if (id) requireRight(ctx, 'framework.read');
  else requireRight(ctx, 'framework.edit', { whole: true });
  const state = id === undefined ? undefined : await readUnitState(ctx, id);
  const form = sent?.form ?? startWith(unitValues(state?.draft ?? state?.published?.content));
  const text = form.get('search');
  const picked = await readOutcomes(ctx.db, form.all('outcomes'), mine(c));
  const found = text
    ? await searchOutcomes(ctx.db, { text, language: readLanguage(c), institution: mine(c), limit: 12 })
    : [];
  return renderConsole(c, 'frameworks', (view, place) => ({
    title: state ? (state.draft ?? state.published!.content).name : view.t.console.unit.newTitle,
    ...(sent?.wrong ? { status: 400, alert: <WrongFields view={view} form={sent.form} /> } : {}),
    body: <UnitForm {...{ view, place, state, form, picked, found }} />,
  }));
}

/** What was sent, with an outcome more or less. */
function withOutcomes(form: Form): Filled {
  const less = form.get('remove');
  const more = form.get('add');
  const ids = form.all('outcomes').filter(id => id !== less && id !== more);
  const filled = sentWith(form, {});
  return { ...filled, all: name => (name === 'outcomes' ? [...ids, ...(more ? [more] : [])] : filled.all(name)) };
}

async function saveUnit(c: Context<AppEnv>, id: string | undefined): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.edit', { whole: true });
  const form = await readForm(c);
  if (form.get('step') !== 'save') return showUnit(c, id, { form: withOutcomes(form), wrong: false });
  const read = readUnitForm(await viewOf(c), form, unitContent);
  if (read.errors) return showUnit(c, id, { form: sentWith(form, read.errors), wrong: true });
  const state = id ? await editUnit(ctx, id, read.content) : await createUnit(ctx, read.content);
  return doneAt(c, `${base(c)}/units/${state.id}`, 'unit-saved');
}

async function saveOutcome(c: Context<AppEnv>, isNew: boolean): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.edit', { whole: true });
  const show = isNew ? showNewOutcome : showOutcome;
  const form = await readForm(c);
  if (form.get('step') === 'look') return show(c, sentWith(form, {}), false);
  const view = await viewOf(c);
  const read = readOutcomeForm(view, form, outcomeInput);
  if (read.errors) return show(c, sentWith(form, read.errors));
  try {
    const outcome = isNew
      ? await createOutcome(ctx, idOf(c), read.content)
      : await editOutcome(ctx, idOf(c), read.content);
    return doneAt(c, `${base(c)}/outcomes/${outcome.id}`, 'outcome-saved');
  } catch (error) {
    return show(c, sentWith(form, { uri: taken(error, 'outcome-exists', view) }));
  }
}

/** The sentence for an address that something has already. */
function taken(error: unknown, code: DomainError['code'], view: View): string {
  if (error instanceof DomainError && error.code === code) return view.t.console.frameworks.taken;
  throw error;
}

async function saveFramework(c: Context<AppEnv>, isNew: boolean): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'framework.edit', { whole: true });
  const show = isNew ? showNewFramework : showFramework;
  const form = await readForm(c);
  const view = await viewOf(c);
  const read = readFrameworkForm(view, form, frameworkInput);
  if (read.errors) return show(c, sentWith(form, read.errors));
  try {
    const { id } = isNew ? await createFramework(ctx, read.content) : await editFramework(ctx, idOf(c), read.content);
    return doneAt(c, `${base(c)}/frameworks/${id}`, 'framework-saved');
  } catch (error) {
    return show(c, sentWith(form, { uri: taken(error, 'framework-exists', view) }));
  }
}

/** The room of learning outcomes: standards, what stands in them, and units. */
export const consoleFrameworkRoutes = new Hono<AppEnv>()
  .get('/console/:slug/frameworks', signedIn, memberOf, showAll)
  .get('/console/:slug/frameworks/new', signedIn, memberOf, c => showNewFramework(c))
  .post('/console/:slug/frameworks/new', signedIn, memberOf, c => saveFramework(c, true))
  .get('/console/:slug/frameworks/:id', signedIn, memberOf, c => showFramework(c))
  .post('/console/:slug/frameworks/:id', signedIn, memberOf, c => saveFramework(c, false))
  .get('/console/:slug/frameworks/:id/outcomes/new', signedIn, memberOf, c => showNewOutcome(c))
  .post('/console/:slug/frameworks/:id/outcomes/new', signedIn, memberOf, c => saveOutcome(c, true))
  .get('/console/:slug/outcomes/:id', signedIn, memberOf, c => showOutcome(c))
  .post('/console/:slug/outcomes/:id', signedIn, memberOf, c => saveOutcome(c, false))
  .post('/console/:slug/outcomes/:id/retirement', signedIn, memberOf, async c => {
    const { framework } = await retireOutcome(c.var.ctx, c.req.param('id'));
    return doneAt(c, `${base(c)}/frameworks/${framework.id}`, 'outcome-retired');
  })
  .get('/console/:slug/units/new', signedIn, memberOf, c => showUnit(c, undefined))
  .post('/console/:slug/units/new', signedIn, memberOf, c => saveUnit(c, undefined))
  .get('/console/:slug/units/:id', signedIn, memberOf, c => showUnit(c, c.req.param('id')))
  .post('/console/:slug/units/:id', signedIn, memberOf, c => saveUnit(c, c.req.param('id')))
  .post('/console/:slug/units/:id/publication', signedIn, memberOf, async c => {
    const id = c.req.param('id');
    const by = (await readForm(c)).get('establishedBy').slice(0, 200);
    const at = `${base(c)}/units/${id}`;
    if (!by) return c.redirect(`${at}#establishedBy`, 303);
    try {
      await publishUnit(c.var.ctx, id, by);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'unit-incomplete') throw error;
      return c.redirect(at, 303);
    }
    return doneAt(c, at, 'unit-published');
  });
