import { type Context, Hono } from 'hono';
import { listAchievements } from '../catalogue/index.ts';
import {
  type AwardSearch,
  listBatches,
  releaseBatch,
  releaseDue,
  searchAwards,
  withdrawOffer,
} from '../credentials/index.ts';
import { memberOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { refusalIn } from './award-form.ts';
import { doneAt, renderConsole } from './console.tsx';
import { AwardsPage, shownStates } from './pages/console/awards.tsx';
import { startWith } from './pages/console/fields.tsx';
import { viewOf } from './view.ts';

/** What each achievement is called, the newest words first. */
async function achievementNames(ctx: Ctx): Promise<Map<string, string>> {
  const { items } = await listAchievements(ctx, { limit: 1000 });
  return new Map(items.map(({ id, published, draft }) => [id, (published?.content ?? draft)!.name]));
}

const isDay = (text: string | undefined) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);

/** What a list is asked for; what cannot be meant is left out. */
function readSearch(query: Record<string, string | undefined>): AwardSearch {
  const text = query.text?.trim().slice(0, 200);
  const state = shownStates.find(s => s === query.state);
  return {
    limit: 50,
    ...(text ? { text } : {}),
    ...(query.achievement ? { achievement: query.achievement.slice(0, 100) } : {}),
    ...(state ? { state } : {}),
    ...(isDay(query.from) ? { from: query.from } : {}),
    ...(isDay(query.until) ? { until: query.until } : {}),
    ...(query.batch ? { batch: query.batch.slice(0, 100) } : {}),
    ...(query.cursor ? { cursor: query.cursor.slice(0, 100) } : {}),
  };
}

async function showAwards(c: Context<AppEnv>, wrong?: { status: 403 | 404; sentence: string }): Promise<Response> {
  const { ctx } = c.var;
  const query = wrong ? {} : c.req.query();
  const search = readSearch(query);
  const { items, next } = await searchAwards(ctx, search);
  const batches = search.cursor ? [] : await listBatches(ctx);
  const names = await achievementNames(ctx);
  const url = new URL(c.req.url);
  if (next) url.searchParams.set('cursor', next);
  url.searchParams.delete('done');
  return renderConsole(c, 'awards', (view, place) => ({
    title: view.t.console.awards.title,
    status: wrong?.status,
    alert: wrong?.sentence,
    body: (
      <AwardsPage
        view={view}
        place={place}
        items={items}
        next={next && url.pathname + url.search}
        search={search}
        form={startWith(query)}
        batches={batches}
        names={names}
      />
    ),
  }));
}

const awardsPath = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/awards`;

/** Takes back what is still held of a batch; what was let go meanwhile stays. */
async function dropBatch(ctx: Ctx, batch: string): Promise<void> {
  for (;;) {
    const { items } = await searchAwards(ctx, { batch, state: 'held', limit: 200 });
    if (!items.length) return;
    for (const { id } of items) {
      try {
        await withdrawOffer(ctx, id);
      } catch (error) {
        if (!(error instanceof DomainError && ['not-found', 'award-state'].includes(error.code))) throw error;
      }
    }
  }
}

/** Awards: a list to search in, and groups that wait for a second person. */
export const consoleAwardsRoutes = new Hono<AppEnv>()
  .get('/console/:slug/awards', signedIn, memberOf, c => showAwards(c))
  .post('/console/:slug/awards/batches/:batch/release', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    try {
      await releaseBatch(ctx, c.req.param('batch'));
    } catch (error) {
      const view = await viewOf(c);
      return showAwards(c, { status: 403, sentence: refusalIn(view, error) });
    }
    // The timer would do it too; whoever pressed sees it happen.
    await releaseDue(ctx.deps);
    return doneAt(c, awardsPath(c), 'batch-released');
  })
  .post('/console/:slug/awards/batches/:batch/withdrawal', signedIn, memberOf, async c => {
    await dropBatch(c.var.ctx, c.req.param('batch'));
    return doneAt(c, awardsPath(c), 'batch-dropped');
  });
