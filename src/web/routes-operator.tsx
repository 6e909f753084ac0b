import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isOperatorKey } from '../institutions/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { sha256Hex } from '../platform/ids.ts';
import { makeStamp, readStamp } from '../platform/mac.ts';
import { importTrustList, listTrustLists, readCounts, readTrustList, removeTrustList } from '../verifier/index.ts';
import { readFields } from './form.ts';
import { OperatorKeyPage, OperatorPage, type OperatorProps } from './pages/operator.tsx';
import { renderPage } from './render.tsx';

const COOKIE = 'operator';
const PURPOSE = 'operator-page';
const HOUR_MS = 60 * 60_000;
const DAYS = 30;
const operator = { kind: 'operator' } as const;

/** Where no operator's key is set there is no such page. @throws DomainError `not-found` */
const configured: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!c.var.deps.config.operatorKey) throw notFound('page');
  c.header('cache-control', 'no-store');
  await next();
};

/** Lets in whoever gave the key within the hour; another key ends every way in. */
const entered: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!(await isIn(c))) throw new DomainError('unauthenticated', 'Give the operator’s key first.');
  await next();
};

/** The operator's own page: the numbers of the service, and whom it knows. */
export const operatorPageRoutes = new Hono<AppEnv>()
  .use('/operator', configured)
  .use('/operator/*', configured)
  .get('/operator', async c => ((await isIn(c)) ? show(c) : keyPage(c)))
  .post('/operator/session', rateLimited, async c => {
    const { key } = await readFields(c);
    if (typeof key !== 'string' || !(await isOperatorKey(c.var.deps, key))) return keyPage(c, true);
    const { stamp } = await makeStamp(c.var.deps, PURPOSE, HOUR_MS, await boundTo(c));
    setCookie(c, COOKIE, stamp, {
      path: '/operator',
      maxAge: HOUR_MS / 1000,
      httpOnly: true,
      sameSite: 'Strict',
      secure: c.var.deps.config.origin.startsWith('https:'),
    });
    return c.redirect('/operator', 303);
  })
  .post('/operator/leave', c => {
    deleteCookie(c, COOKIE, { path: '/operator' });
    return c.redirect('/operator', 303);
  })
  .post('/operator/trust-lists', entered, async c => {
    const { id, name, owner, content, file } = await readFields(c);
    const text = file instanceof File && file.size > 0 ? await file.text() : content;
    const given = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : undefined);
    try {
      const about = { name: given(name), owner: given(owner) };
      const list = readTrustList(typeof text === 'string' ? text : '', about);
      await importTrustList(c.var.deps, given(id) ?? '', list, operator);
    } catch (error) {
      if (!(error instanceof DomainError) || !['request-invalid', 'json-malformed'].includes(error.code)) throw error;
      return show(c, { refused: error.detail });
    }
    return c.redirect('/operator?done=done', 303);
  })
  .post('/operator/trust-lists/:id/removal', entered, async c => {
    await removeTrustList(c.var.deps, c.req.param('id'), operator);
    return c.redirect('/operator?done=removed', 303);
  });

/** What a way in is bound to. */
const boundTo = async (c: Context<AppEnv>) => [await sha256Hex(c.var.deps.config.operatorKey ?? '')];

const isIn = async (c: Context<AppEnv>): Promise<boolean> =>
  (await readStamp(c.var.deps, PURPOSE, HOUR_MS, await boundTo(c), getCookie(c, COOKIE) ?? '')) !== undefined;

const keyPage = (c: Context<AppEnv>, wrong?: boolean) =>
  renderPage(c, view => ({
    title: view.t.operator.enter,
    status: wrong ? 401 : 200,
    noindex: true,
    cache: 'no-store',
    body: <OperatorKeyPage view={view} wrong={wrong} />,
  }));

async function show(c: Context<AppEnv>, refused?: { refused: string }): Promise<Response> {
  const { deps } = c.var;
  const [counts, lists] = [await readCounts(deps, DAYS), await listTrustLists(deps)];
  const done = c.req.query('done');
  const told: OperatorProps['told'] = refused ?? (done === 'done' || done === 'removed' ? { done } : undefined);
  return renderPage(c, view => ({
    title: view.t.operator.title,
    status: refused ? 400 : 200,
    noindex: true,
    cache: 'no-store',
    wide: true,
    body: <OperatorPage view={view} counts={counts} lists={lists} told={told} />,
  }));
}
