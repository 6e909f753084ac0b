import { type Context, Hono } from 'hono';
import {
  type Framework,
  listOutcomes,
  nameOf,
  type Outcome,
  readFramework,
  readOutcome,
  wordsOf,
} from '../catalogue/index.ts';
import { type AppEnv, openToAll, parse } from '../platform/http.ts';
import { z } from 'zod';
import { preferred } from './negotiate.ts';
import { OutcomePage, StandardPage } from './pages/standard.tsx';
import { renderPage } from './render.tsx';

const forms = ['text/html', 'application/json'] as const;
const PAGE = 100;
const query = z.looseObject({ cursor: z.string().max(100).optional() });

/** The addresses by which badges name outcomes of our own: what an institution shares, for people and for programs. */
export const standardRoutes = new Hono<AppEnv>()
  .on('OPTIONS', ['/frameworks/:id', '/outcomes/:id'], openToAll)
  .get('/frameworks/:id', async c => {
    const { db } = c.var.deps;
    const framework = await readFramework(db, c.req.param('id'));
    const { cursor } = parse(query, c.req.query());
    const page = await listOutcomes(db, framework.id, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    if (asked(c) === 'application/json')
      return data(c, { ...frameworkData(framework), outcomes: page.items.map(outcomeData), next: page.next ?? null });
    return renderPage(c, view => ({
      title: nameOf(framework.names, view.language),
      body: <StandardPage view={view} framework={framework} {...page} />,
    }));
  })
  .get('/outcomes/:id', async c => {
    const outcome = await readOutcome(c.var.deps.db, c.req.param('id'));
    if (asked(c) === 'application/json') return data(c, outcomeData(outcome));
    return renderPage(c, view => ({
      title: wordsOf(outcome, view.language).name,
      body: <OutcomePage view={view} outcome={outcome} />,
    }));
  });

const asked = (c: Context) => preferred(c.req.header('accept'), forms);

function data(c: Context, value: object) {
  c.header('access-control-allow-origin', '*');
  c.header('vary', 'Accept');
  c.header('cache-control', 'no-cache');
  return c.json(value);
}

const frameworkData = ({ id, uri, kind, version, names }: Framework) => ({ id, uri, kind, version, names });

const outcomeData = ({ id, uri, kind, code, level, words, framework, retiredAt }: Outcome) => ({
  id,
  uri,
  kind,
  code,
  level,
  words,
  framework: { id: framework.id, uri: framework.uri, names: framework.names, version: framework.version },
  retiredAt,
});
