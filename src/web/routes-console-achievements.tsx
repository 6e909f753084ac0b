import { type Context, Hono } from 'hono';
import {
  type AchievementContent,
  type AchievementState,
  completeness,
  createAchievement,
  editAchievement,
  listAchievements,
  listPublished,
  listUnits,
  pickOutcome,
  publishAchievement,
  readAchievement,
  readOutcomes,
  searchOutcomes,
} from '../catalogue/index.ts';
import { memberOf, readInstitution, requireRight, scopeOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { achievementValues, onOneLine, readAchievementForm } from './achievement-form.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { EditPage } from './pages/console/achievement-edit.tsx';
import { AchievementsPage } from './pages/console/achievements.tsx';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { type View, viewOf } from './view.ts';

const base = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/achievements`;

async function showList(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'achievement.read');
  const scope = scopeOf(ctx.actor, 'achievement.read');
  const cursor = c.req.query('cursor')?.slice(0, 100);
  const { items, next } = await listAchievements(ctx, { limit: 100, ...(cursor ? { cursor } : {}) });
  const shown = scope ? items.filter(({ id }) => scope.includes(id)) : items;
  return renderConsole(c, 'achievements', (view, place) => ({
    title: view.t.console.achievements.title,
    body: <AchievementsPage view={view} place={place} items={shown} next={next} />,
  }));
}

const wordsOf = (state: AchievementState) => (state.draft ?? state.published?.content)!;

/** What was sent to be looked at, and not to be kept: an outcome more, a search, a look at what is missing. */
interface Looked {
  form: Filled;
  /** What is wrong, when it was sent to be kept. */
  wrong?: true;
}

/** Everything that the editor shows beside the form, from what stands in the form now. */
async function aroundForm(c: Context<AppEnv>, form: Filled, view: View, before: AchievementContent | undefined) {
  const { ctx } = c.var;
  const institution = ctx.institution.id;
  const picked = await readOutcomes(ctx.db, form.all('picked').slice(0, 100), institution);
  const search = form.get('search');
  const found = search
    ? await searchOutcomes(ctx.db, { text: search, language: view.language, institution, limit: 12 })
    : [];
  const { profile } = await readInstitution(ctx.deps, ctx.institution.slug);
  const read = readAchievementForm(view, { ...form, has: () => true }, before, picked);
  const content = read.errors ? before : read.content;
  return {
    picked,
    found,
    units: await listUnits(ctx.db, institution),
    others: await listPublished(ctx.db, institution),
    ...(content ? { completeness: completeness(content, profile), outcomes: content.outcomes } : {}),
    language: content?.language.startsWith('en') ? ('en' as const) : ('nl' as const),
  };
}

async function showEditor(c: Context<AppEnv>, id: string | undefined, sent?: Looked): Promise<Response> {
  const { ctx } = c.var;
  if (id) requireRight(ctx, 'achievement.read', { achievement: id });
  else requireRight(ctx, 'achievement.edit', { whole: true });
  const state = id === undefined ? undefined : await readAchievement(ctx, id);
  const before = state && wordsOf(state);
  const form = sent?.form ?? startWith(achievementValues(before));
  const around = await aroundForm(c, form, await viewOf(c), before);
  return renderConsole(c, 'achievements', (view, place) => ({
    title: before?.name ?? view.t.console.achievement.newTitle,
    island: 'editor',
    ...(sent?.wrong ? { status: 400, alert: <WrongFields view={view} form={form} /> } : {}),
    body: <EditPage {...{ view, place, form, around, looked: sent !== undefined }} {...(state ? { state } : {})} />,
  }));
}

/** What was sent, with an outcome of the catalogue more. */
async function withPicked(c: Context<AppEnv>, form: Form): Promise<Filled> {
  const more = form.get('add');
  const filled = sentWith(form, {});
  if (!more) return filled;
  const { ctx } = c.var;
  const [outcome] = await readOutcomes(ctx.db, [more], ctx.institution.id);
  if (!outcome) return filled;
  const { name } = pickOutcome(outcome, form.get('language') === 'en' ? 'en' : 'nl');
  const lines = form.get('outcomes').split('\n').filter(Boolean);
  const outcomes = lines.includes(onOneLine(name)) ? lines : [...lines, onOneLine(name)];
  return {
    errors: {},
    get: field => (field === 'outcomes' ? outcomes.join('\n') : form.get(field)),
    all: field => (field === 'picked' ? [...form.all('picked'), more] : form.all(field)),
  };
}

async function save(c: Context<AppEnv>, id: string | undefined): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'achievement.edit', id ? { achievement: id } : { whole: true });
  const form = await readForm(c);
  if (form.get('step') === 'look' || form.has('add')) return showEditor(c, id, { form: await withPicked(c, form) });
  const before = id ? wordsOf(await readAchievement(ctx, id)) : undefined;
  const picked = await readOutcomes(ctx.db, form.all('picked').slice(0, 100), ctx.institution.id);
  const read = readAchievementForm(await viewOf(c), form, before, picked);
  if (read.errors) return showEditor(c, id, { form: sentWith(form, read.errors), wrong: true });
  const state = id ? await editAchievement(ctx, id, read.content) : await createAchievement(ctx, read.content);
  return doneAt(c, `${base(c)}/${state.id}`, 'achievement-saved');
}

/** What the institution issues: a list, and an editor. */
export const consoleAchievementRoutes = new Hono<AppEnv>()
  .get('/console/:slug/achievements', signedIn, memberOf, c => showList(c))
  .get('/console/:slug/achievements/new', signedIn, memberOf, c => showEditor(c, undefined))
  .post('/console/:slug/achievements/new', signedIn, memberOf, c => save(c, undefined))
  .get('/console/:slug/achievements/:id', signedIn, memberOf, c => showEditor(c, c.req.param('id')))
  .post('/console/:slug/achievements/:id', signedIn, memberOf, c => save(c, c.req.param('id')))
  .post('/console/:slug/achievements/:id/publication', signedIn, memberOf, async c => {
    const id = c.req.param('id');
    try {
      const by = c.req.header('content-type') ? (await readForm(c)).get('establishedBy').slice(0, 200) : '';
      await publishAchievement(c.var.ctx, id, by || undefined);
    } catch (error) {
      // What is missing stands on the page.
      const known = ['achievement-incomplete', 'achievement-draft-missing'];
      if (!(error instanceof DomainError) || !known.includes(error.code)) throw error;
      return c.redirect(`${base(c)}/${id}`, 303);
    }
    return doneAt(c, `${base(c)}/${id}`, 'achievement-published');
  });
