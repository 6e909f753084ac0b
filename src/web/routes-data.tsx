import { type Context, Hono } from 'hono';
import { clearSessionCookie, identitiesOf, isFresh, sessionOf, signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { CONFIRMATIONS, eraseMyself, exportJson, exportZip, heldAbout } from '../privacy/index.ts';
import { readForm } from './form.ts';
import { DataPage } from './pages/account-data.tsx';
import { ErasedPage, ErasePage } from './pages/account-erase.tsx';
import { renderPage } from './render.tsx';
import { sendPrivateFile } from './send-file.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** What we hold about who is signed in: to see, to take, to erase. */
export const dataRoutes = new Hono<AppEnv>()
  .get('/account/data', signedIn, async c => {
    const held = await heldAbout(c.var.deps, sessionOf(c).person);
    return renderPage(c, view => ({
      title: view.t.people.data.title,
      ...personal,
      body: <DataPage view={view} held={held} />,
    }));
  })
  .get('/account/data.json', signedIn, async c => {
    const text = JSON.stringify(await exportJson(c.var.deps, sessionOf(c).person), null, 2);
    return sendPrivateFile(c, text, { type: 'application/json', name: 'waarmerk.json' });
  })
  .get('/account/data.zip', signedIn, async c => {
    const zip = await exportZip(c.var.deps, sessionOf(c).person);
    return sendPrivateFile(c, zip, { type: 'application/zip', name: 'waarmerk.zip' });
  })
  .get('/account/erase', signedIn, c => renderErase(c))
  .post('/account/erase', signedIn, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    const word = (await readForm(c)).get('word');
    if (isFresh(deps, session) && !CONFIRMATIONS.includes(word.toLowerCase())) return renderErase(c, true);
    await eraseMyself(deps, session, word);
    clearSessionCookie(c);
    c.set('session', undefined);
    return renderPage(c, view => ({
      title: view.t.people.data.erase.doneTitle,
      ...personal,
      body: <ErasedPage view={view} />,
    }));
  });

async function renderErase(c: Context<AppEnv>, wrong = false): Promise<Response> {
  const { deps } = c.var;
  const session = sessionOf(c);
  const identities = await identitiesOf(deps, session.person);
  const rest = { identities, providers: deps.config.providers, fresh: isFresh(deps, session), wrong };
  return renderPage(c, view => ({
    title: view.t.people.data.erase.title,
    status: wrong ? 400 : 200,
    ...personal,
    body: <ErasePage view={view} {...rest} />,
  }));
}
