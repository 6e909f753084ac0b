import { type Context, Hono } from 'hono';
import {
  type AchievementState,
  createAchievement,
  editAchievement,
  importAchievement,
  listAchievements,
  publishAchievement,
  readAchievement,
} from '../catalogue/index.ts';
import { memberOf, requireRight, scopeOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { achievementValues, readAchievementForm } from './achievement-form.ts';
import { doneAt, renderConsole } from './console.tsx';
import { readForm } from './form.ts';
import { EditPage } from './pages/console/achievement-edit.tsx';
import { AchievementsPage } from './pages/console/achievements.tsx';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { type View, viewOf } from './view.ts';

const base = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/achievements`;

async function showList(c: Context<AppEnv>, wrong?: (view: View) => string): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'achievement.read');
  const scope = scopeOf(ctx.actor, 'achievement.read');
  const cursor = c.req.query('cursor')?.slice(0, 100);
  const { items, next } = await listAchievements(ctx, { limit: 100, ...(cursor ? { cursor } : {}) });
  const shown = scope ? items.filter(({ id }) => scope.includes(id)) : items;
  return renderConsole(c, 'achievements', (view, place) => ({
    title: view.t.console.achievements.title,
    status: wrong && 400,
    alert: wrong?.(view),
    body: <AchievementsPage view={view} place={place} items={shown} next={next} />,
  }));
}

const wordsOf = (state: AchievementState) => (state.draft ?? state.published?.content)!;

async function showOne(c: Context<AppEnv>, id: string, sent?: Filled): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'achievement.read', { achievement: id });
  const state = await readAchievement(ctx, id);
  const form = sent ?? startWith(achievementValues(wordsOf(state)));
  return renderConsole(c, 'achievements', (view, place) => ({
    title: wordsOf(state).name,
    status: sent && 400,
    alert: sent && <WrongFields view={view} form={sent} />,
    body: <EditPage view={view} place={place} state={state} form={form} />,
  }));
}

async function showNew(c: Context<AppEnv>, sent?: Filled): Promise<Response> {
  requireRight(c.var.ctx, 'achievement.edit', { whole: true });
  const form = sent ?? startWith(achievementValues(undefined));
  return renderConsole(c, 'achievements', (view, place) => ({
    title: view.t.console.achievement.newTitle,
    status: sent && 400,
    alert: sent && <WrongFields view={view} form={sent} />,
    body: <EditPage view={view} place={place} form={form} />,
  }));
}

/** The document in an uploaded file; undefined when it holds none. */
async function readFile(c: Context<AppEnv>): Promise<unknown> {
  const { file } = await c.req.parseBody();
  if (!(file instanceof File) || !file.size) return undefined;
  return parseJson((await file.text()).replace(/^\ufeff/, ''));
}

async function importFile(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'achievement.edit', { whole: true });
  try {
    const document = await readFile(c);
    if (document === undefined) return await showList(c, view => view.t.console.achievements.noFile);
    const { id, existed } = await importAchievement(ctx, document);
    return doneAt(c, `${base(c)}/${id}`, existed ? 'achievement-known' : 'achievement-imported');
  } catch (error) {
    const unread = ['achievement-unreadable', 'request-invalid', 'json-malformed', 'limit-depth'];
    if (!(error instanceof DomainError) || !unread.includes(error.code)) throw error;
    return showList(c, view => view.t.console.achievements.unreadable);
  }
}

/** What the institution issues: a list, files read in, and a form of the main fields. */
export const consoleAchievementRoutes = new Hono<AppEnv>()
  .get('/console/:slug/achievements', signedIn, memberOf, c => showList(c))
  .post('/console/:slug/achievements/import', signedIn, memberOf, importFile)
  .get('/console/:slug/achievements/new', signedIn, memberOf, c => showNew(c))
  .post('/console/:slug/achievements/new', signedIn, memberOf, async c => {
    const form = await readForm(c);
    const read = readAchievementForm(await viewOf(c), form, undefined);
    if (read.errors) return showNew(c, sentWith(form, read.errors));
    const { id } = await createAchievement(c.var.ctx, read.content);
    return doneAt(c, `${base(c)}/${id}`, 'achievement-saved');
  })
  .get('/console/:slug/achievements/:id', signedIn, memberOf, c => showOne(c, c.req.param('id')))
  .post('/console/:slug/achievements/:id', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const id = c.req.param('id');
    requireRight(ctx, 'achievement.edit', { achievement: id });
    const form = await readForm(c);
    const read = readAchievementForm(await viewOf(c), form, wordsOf(await readAchievement(ctx, id)));
    if (read.errors) return showOne(c, id, sentWith(form, read.errors));
    await editAchievement(ctx, id, read.content);
    return doneAt(c, `${base(c)}/${id}`, 'achievement-saved');
  })
  .post('/console/:slug/achievements/:id/publication', signedIn, memberOf, async c => {
    const id = c.req.param('id');
    try {
      await publishAchievement(c.var.ctx, id);
    } catch (error) {
      // What is missing stands on the page.
      const known = ['achievement-incomplete', 'achievement-draft-missing'];
      if (!(error instanceof DomainError) || !known.includes(error.code)) throw error;
      return c.redirect(`${base(c)}/${id}`, 303);
    }
    return doneAt(c, `${base(c)}/${id}`, 'achievement-published');
  });
