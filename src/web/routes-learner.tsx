import { type Context, Hono } from 'hono';
import {
  awardsOf,
  liveLinksOf,
  offersFor,
  readMyBadge,
  readMyDocument,
  reopenOffer,
  replyTo,
  withdrawConfirmations,
} from '../credentials/index.ts';
import { listMemberships } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { issuedBadge } from '../vc/open-badge.ts';
import { importedBy, toElm } from '../wallets/index.ts';
import { type FileKind, sendBadgeFile } from './badge-files.tsx';
import { readForm } from './form.ts';
import { offlineCode } from './offline-code.ts';
import { MyBadgePage } from './pages/my-badge.tsx';
import { isBare, MyBadgesPage } from './pages/my-badges.tsx';
import { OfflinePage } from './pages/offline.tsx';
import { renderPage } from './render.tsx';
import { elsewhereRoutes } from './routes-elsewhere.tsx';
import { shareRoutes } from './routes-share.tsx';
import { sendPrivateFile } from './send-file.ts';
import { wantsPage } from './wants-page.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** The badges of who is signed in. Somebody else's is a 404. */
export const learnerRoutes = new Hono<AppEnv>()
  .route('/', elsewhereRoutes)
  .route('/', shareRoutes)
  // Where someone goes who signed in and did not say for what: staff to their work, unless a badge of their own is here.
  .get('/start', signedIn, async c => {
    const { deps } = c.var;
    const { person } = sessionOf(c);
    const [shelf, roles] = await Promise.all([readShelf(deps, person), listMemberships(deps, person)]);
    return c.redirect(roles.length > 0 && isBare(shelf) ? '/console' : '/badges', 303);
  })
  .get('/badges', signedIn, async c => {
    const { deps } = c.var;
    const { person } = sessionOf(c);
    const [shelf, links] = await Promise.all([readShelf(deps, person), liveLinksOf(deps, person)]);
    const sought = (c.req.query('q') ?? '').trim().slice(0, 100);
    const done = c.req.query('done');
    return renderPage(c, view => ({
      title: [view.t.people.badges.mine.title, sought].filter(Boolean).join(': '),
      ...personal,
      body: <MyBadgesPage view={view} {...{ ...shelf, links, sought, done }} />,
    }));
  })
  .post('/badges/offers/:id/again', signedIn, async c => {
    const { token } = await reopenOffer(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect(`/claim/${token}`, 303);
  })
  .get('/badges/:id', signedIn, c => renderBadge(c, c.req.param('id')))
  .get('/badges/:id/offline', signedIn, async c => {
    const { deps } = c.var;
    const badge = await readMyBadge(deps, sessionOf(c).person, c.req.param('id'));
    const code = await offlineCode(deps, badge.id);
    return renderPage(c, view => ({
      title: `${view.t.files.offline.title}: ${badge.achievement.name}`,
      ...personal,
      body: <OfflinePage view={view} badge={badge} code={code} />,
    }));
  })
  .get('/badges/:id/badge.json', signedIn, async c => {
    const document = await readMyDocument(c.var.deps, sessionOf(c).person, c.req.param('id'));
    return sendPrivateFile(c, document, { type: 'application/json', name: 'badge.json' });
  })
  .get('/badges/:id/badge.png', signedIn, c => sendFile(c, 'png', c.req.param('id')))
  .get('/badges/:id/badge.svg', signedIn, c => sendFile(c, 'svg', c.req.param('id')))
  .get('/badges/:id/badge.pdf', signedIn, c => sendFile(c, 'pdf', c.req.param('id')))
  .get('/badges/:id/badge.elm.json', signedIn, async c => {
    const { deps } = c.var;
    const { person } = sessionOf(c);
    const id = c.req.param('id');
    const badge = issuedBadge.parse(JSON.parse(await readMyDocument(deps, person, id)));
    const { shareToken } = await readMyBadge(deps, person, id);
    const { origin } = deps.config;
    const elm = JSON.stringify(toElm(badge, shareToken ? `${origin}/c/${shareToken}` : `${origin}/verify`));
    return sendPrivateFile(c, elm, { type: 'application/ld+json', name: 'badge-unsealed.elm.json' });
  })
  .post('/badges/:id/reply', signedIn, async c => {
    const id = c.req.param('id');
    const words = (await readForm(c)).get('words');
    try {
      await replyTo(c.var.deps, sessionOf(c), id, words);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'request-invalid' || !wantsPage(c)) throw error;
      return renderBadge(c, id, { words });
    }
    return c.redirect(`/badges/${id}?done=replied`, 303);
  })
  .post('/badges/:id/confirmations/withdraw', signedIn, async c => {
    const id = c.req.param('id');
    await withdrawConfirmations(c.var.deps, sessionOf(c), id);
    return c.redirect(`/badges/${id}?done=withdrawn`, 303);
  });

/** Every badge of theirs, of here and of elsewhere, and what waits for them. */
async function readShelf(deps: Deps, person: string) {
  const [badges, offers, elsewhere] = await Promise.all([
    awardsOf(deps, person),
    offersFor(deps, person),
    importedBy(deps, person),
  ]);
  return { badges, offers, elsewhere };
}

/** Their badge in a picture or on paper. */
async function sendFile(c: Context<AppEnv>, kind: FileKind, id: string): Promise<Response> {
  const { deps } = c.var;
  const { person } = sessionOf(c);
  const document = await readMyDocument(deps, person, id);
  const credential = JSON.parse(document) as object;
  return sendBadgeFile(c, kind, { document, credential, ...(await readMyBadge(deps, person, id)) });
}

/** One badge of theirs; `refused` holds a reply that could not be taken as it was. */
async function renderBadge(c: Context<AppEnv>, id: string, refused?: { words: string }): Promise<Response> {
  const { person } = sessionOf(c);
  const badge = await readMyBadge(c.var.deps, person, id);
  const live = (await liveLinksOf(c.var.deps, person)).get(id) ?? 0;
  const done = c.req.query('done');
  return renderPage(c, view => ({
    title: badge.achievement.name,
    status: refused ? 400 : 200,
    ...personal,
    body: <MyBadgePage view={view} badge={badge} live={live} done={done} refused={refused} />,
  }));
}
