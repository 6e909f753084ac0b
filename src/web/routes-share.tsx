import { type Context, Hono } from 'hono';
import {
  makeShareLink,
  readMyBadge,
  readMyDocument,
  renewShare,
  shareLinkInput,
  shareLinksOf,
  type SharePart,
  withdrawShareLink,
} from '../credentials/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import { parse, type AppEnv } from '../platform/http.ts';
import { readBadgeView } from './badge-view.ts';
import { type Form, readForm } from './form.ts';
import { ShareLinksPage } from './pages/share-links.tsx';
import { renderPage } from './render.tsx';
import { wantsPage } from './wants-page.ts';

/** Who sees a badge of who is signed in: links are made, listed and withdrawn. Somebody else's badge is a 404. */
export const shareRoutes = new Hono<AppEnv>()
  .get('/badges/:id/share', signedIn, c => renderLinks(c, c.req.param('id')))
  .post('/badges/:id/share', signedIn, async c => {
    const id = c.req.param('id');
    const form = await readForm(c);
    const asked = {
      purpose: form.get('purpose'),
      readers: form.get('readers'),
      term: form.get('term'),
      without: form.all('without'),
      preview: form.get('preview') === 'yes',
    };
    if (wantsPage(c) && !shareLinkInput.safeParse(asked).success) return renderLinks(c, id, form);
    // Whose badge it is comes before what is asked about it.
    await readMyBadge(c.var.deps, sessionOf(c).person, id);
    await makeShareLink(c.var.deps, sessionOf(c), id, parse(shareLinkInput, asked));
    return c.redirect(`/badges/${id}/share?done=made`, 303);
  })
  .post('/badges/:id/share/withdraw', signedIn, async c => {
    const id = c.req.param('id');
    await withdrawShareLink(c.var.deps, sessionOf(c), id, (await readForm(c)).get('link'));
    return c.redirect(`/badges/${id}/share?done=withdrawn`, 303);
  })
  .post('/badges/:id/share/renew', signedIn, async c => {
    const id = c.req.param('id');
    await renewShare(c.var.deps, sessionOf(c), id);
    return c.redirect(`/badges/${id}/share?done=renewed`, 303);
  });

/** `refused` holds a form that could not be taken as it was. */
async function renderLinks(c: Context<AppEnv>, id: string, refused?: Form): Promise<Response> {
  const { deps } = c.var;
  const { person } = sessionOf(c);
  const [badge, document, links] = await Promise.all([
    readMyBadge(deps, person, id),
    readMyDocument(deps, person, id),
    shareLinksOf(deps, person, id),
  ]);
  const parts = partsIn(JSON.parse(document));
  const done = c.req.query('done');
  return renderPage(c, view => ({
    title: `${view.t.people.badges.links.title}: ${badge.achievement.name}`,
    status: refused ? 400 : 200,
    noindex: true,
    cache: 'no-store',
    body: <ShareLinksPage view={view} {...{ badge, links, parts, done, refused }} />,
  }));
}

/** What a badge has that can be left out. */
function partsIn(credential: object): SharePart[] {
  const { recipient, results, creditsEarned, evidence, narrative } = readBadgeView(credential, 'nl');
  const has: Record<SharePart, boolean> = {
    name: recipient !== undefined,
    results: results.length > 0 || creditsEarned !== undefined,
    evidence: evidence.length > 0,
    narrative: narrative !== undefined,
  };
  return (Object.keys(has) as SharePart[]).filter(part => has[part]);
}
