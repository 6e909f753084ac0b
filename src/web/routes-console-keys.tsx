import { type Context, Hono } from 'hono';
import { sweep } from '../credentials/index.ts';
import {
  addJoseKey,
  addKey,
  compromiseKey,
  listJoseKeys,
  listKeys,
  memberOf,
  requireRight,
  rotateJoseKey,
  rotateKey,
} from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { KeysPage } from './pages/console/keys.tsx';
import { type View, viewOf } from './view.ts';

async function showKeys(c: Context<AppEnv>, wrong?: Filled): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'key.manage', { whole: true });
  const keys = await listKeys(ctx.deps, ctx.institution.id);
  const forTokens = await listJoseKeys(ctx.deps, ctx.institution.id);
  return renderConsole(c, 'keys', (view, place) => ({
    title: view.t.console.keys.title,
    status: wrong && 400,
    alert: wrong && <WrongFields view={view} form={wrong} />,
    body: <KeysPage view={view} place={place} keys={keys} forTokens={forTokens} form={wrong ?? startWith()} />,
  }));
}

/** For which kind of key a form was sent; undefined for those of Data Integrity. */
async function askedAlgorithm(c: Context<AppEnv>): Promise<'ES256' | undefined> {
  return (await readForm(c)).get('kind') === 'ES256' ? 'ES256' : undefined;
}

function wrongIn(view: View, form: Form): Record<string, string> {
  const { keys, forms } = view.t.console;
  return {
    ...(form.get('key') ? {} : { key: forms.choose }),
    ...(form.get('sure') === 'yes' ? {} : { sure: keys.sureNeeded }),
  };
}

/** Lists that the key before signed are signed again at once; then the page says what was done. */
async function after(c: Context<AppEnv>, done: string): Promise<Response> {
  const { deps, institution } = c.var.ctx;
  await sweep(deps);
  return doneAt(c, `/console/${institution.slug}/keys`, done);
}

/** The signing keys of an institution. */
export const consoleKeyRoutes = new Hono<AppEnv>()
  .get('/console/:slug/keys', signedIn, memberOf, c => showKeys(c))
  .post('/console/:slug/keys/publication', signedIn, memberOf, async c => {
    const { deps, institution, actor } = c.var.ctx;
    const algorithm = await askedAlgorithm(c);
    await (algorithm ? addJoseKey(deps, institution, actor, algorithm) : addKey(deps, institution, actor));
    return after(c, 'key-published');
  })
  .post('/console/:slug/keys/rotation', signedIn, memberOf, async c => {
    const { deps, institution, actor } = c.var.ctx;
    const algorithm = await askedAlgorithm(c);
    await (algorithm ? rotateJoseKey(deps, institution, actor, algorithm) : rotateKey(deps, institution, actor));
    return after(c, 'key-rotated');
  })
  .post('/console/:slug/keys/compromise', signedIn, memberOf, async c => {
    const { deps, institution, actor } = c.var.ctx;
    const form = await readForm(c);
    const wrong = wrongIn(await viewOf(c), form);
    if (Object.keys(wrong).length) return showKeys(c, sentWith(form, wrong));
    await compromiseKey(deps, institution, actor, form.get('key'));
    return after(c, 'key-compromised');
  });
