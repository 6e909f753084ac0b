import { Hono } from 'hono';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { gatherKnowledge } from '../verifier/index.ts';
import { OfflineCheckPage } from './pages/verify-offline.tsx';
import { renderPage } from './render.tsx';
import { workerPolicy } from './security.ts';
import { stylePath } from './style.ts';

/** The check without a network (docs/decisions/0020): the page, what it knows, and the worker that keeps it at hand. */
export const verifyOfflineRoutes = new Hono<AppEnv>()
  .get('/verify/offline', async c => {
    const names = await c.var.deps.assets.names();
    const scripts = ['offline.js', 'zxing_reader.wasm'].flatMap(of => (names[of] ? [`/assets/${names[of]}`] : []));
    const brings = [stylePath, '/favicon.svg', ...scripts];
    return renderPage(c, view => ({
      title: view.t.withoutNetwork.title,
      island: 'offline',
      body: <OfflineCheckPage view={view} brings={brings} />,
    }));
  })
  .get('/verify/offline/knowledge', rateLimited, async c => {
    c.header('cache-control', 'no-cache');
    return c.json(await gatherKnowledge(c.var.deps, c.req.query('after')));
  })
  .get('/verify/worker.js', async c => {
    const { assets } = c.var.deps;
    const name = (await assets.names())['offline-worker.js'];
    const script = name && (await assets.read(name));
    if (!script) throw notFound('file');
    return c.body(script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': workerPolicy,
      // Its own folder would leave out `/verify` itself, and `/V`, which the code on paper opens.
      'service-worker-allowed': '/',
    });
  });
