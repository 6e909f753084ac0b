import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, BODY_LIMIT, rateLimited } from '../platform/http.ts';
import { findBadges } from '../verifier/index.ts';
import { importBadge, readImported, recheckImported, removeImported } from '../wallets/index.ts';
import { readBadgeView } from './badge-view.ts';
import { readForm } from './form.ts';
import { answerTitle } from './pages/answer.tsx';
import { AddBadgePage, AddedPage, type AddRefusal, ElsewherePage } from './pages/elsewhere.tsx';
import { renderPage } from './render.tsx';
import { sendPrivateFile } from './send-file.ts';
import { readAsked } from './verify-input.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** What cannot be read is told on the form. */
const unread = new Set([
  'json-malformed',
  'limit-depth',
  'limit-broken',
  'credential-unreadable',
  'credential-unreachable',
  'body-too-large',
]);

/** Badges from elsewhere: checked, kept, checked again, for who is signed in alone. Somebody else's is a 404. */
export const elsewhereRoutes = new Hono<AppEnv>()
  .get('/badges/add', signedIn, c => renderAdd(c))
  .post('/badges/add', signedIn, rateLimited, async c => {
    try {
      return await check(c);
    } catch (error) {
      if (!(error instanceof DomainError) || !unread.has(error.code)) throw error;
      return renderAdd(c, 'unread');
    }
  })
  .post('/badges/add/keep', signedIn, rateLimited, async c => {
    const form = await readForm(c);
    const source = form.get('source') === 'file' ? 'file' : 'text';
    const id = await importBadge(c.var.deps, sessionOf(c), { document: form.get('document'), source });
    return c.redirect(`/badges/elsewhere/${id}?done=kept`, 303);
  })
  .get('/badges/elsewhere/:id', signedIn, async c => {
    const badge = await readImported(c.var.deps, sessionOf(c).person, c.req.param('id'));
    const done = c.req.query('done');
    return renderPage(c, view => ({
      title: `${view.t.people.badges.elsewhere.heading}: ${readBadgeView(badge.content, view.language).title ?? view.t.badge.untitled}`,
      ...personal,
      body: <ElsewherePage view={view} badge={badge} done={done} />,
    }));
  })
  .get('/badges/elsewhere/:id/badge', signedIn, async c => {
    const { document, mediaType } = await readImported(c.var.deps, sessionOf(c).person, c.req.param('id'));
    const name = `badge.${document.startsWith('{') ? 'json' : 'txt'}`;
    return sendPrivateFile(c, document, { type: mediaType, name });
  })
  .post('/badges/elsewhere/:id/check', signedIn, rateLimited, async c => {
    const id = c.req.param('id');
    await recheckImported(c.var.deps, sessionOf(c), id);
    return c.redirect(`/badges/elsewhere/${id}?done=checked`, 303);
  })
  .post('/badges/elsewhere/:id/remove', signedIn, async c => {
    await removeImported(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect('/badges?done=removed', 303);
  });

async function check(c: Context<AppEnv>): Promise<Response> {
  const asked = await readAsked(c);
  if ('nothing' in asked) return renderAdd(c, 'refused');
  if ('several' in asked) return renderAdd(c, 'several');
  const { text, file } = asked;
  const { found, check } = await findBadges(c.var.deps, file ? { file } : { credential: text });
  const [first, ...more] = found;
  if (!first || more.length > 0) return renderAdd(c, 'several');
  const document = typeof first.badge === 'string' ? first.badge : JSON.stringify(first.badge);
  // The form that keeps it has to fit in a body, in which each sign may take three.
  if (encodeURIComponent(document).length > BODY_LIMIT - 1_000) return renderAdd(c, 'tooLarge');
  const report = await check(first);
  return renderPage(c, view => ({
    title: answerTitle(view, report),
    ...personal,
    body: <AddedPage view={view} report={report} document={document} source={file ? 'file' : 'text'} />,
  }));
}

const renderAdd = (c: Context<AppEnv>, refused?: AddRefusal) =>
  renderPage(c, view => ({
    title: view.t.people.badges.elsewhere.title,
    status: refused ? 400 : 200,
    ...personal,
    body: <AddBadgePage view={view} refused={refused} />,
  }));
