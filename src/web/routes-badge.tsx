import { type Context, Hono } from 'hono';
import {
  confirmHolder,
  findShareLink,
  lastConfirmation,
  openCopy,
  readAwardShared,
  readOwnership,
  readShared,
  type ShareLink,
  withoutParts,
} from '../credentials/index.ts';
import { identitiesOf, isFresh, sessionOf } from '../people/index.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, openToAll } from '../platform/http.ts';
import { checkCredential } from '../verifier/index.ts';
import { drawPreview, type FileKind, fileKinds, kindOf, sendBadgeFile } from './badge-files.tsx';
import { readBadgeView } from './badge-view.ts';
import { countGuesses } from './guesses.ts';
import { preferred } from './negotiate.ts';
import { type Behind, leftOutBy, openLink, readBehind, readWhole, unlessAbsent, useLink } from './open-link.ts';
import { answerTitle } from './pages/answer.tsx';
import { ConfirmPage, confirmTitle } from './pages/confirm.tsx';
import { SharePage } from './pages/share.tsx';
import { OpenLinkPage, SharedByLinkPage } from './pages/shared-by-link.tsx';
import { renderPage } from './render.tsx';
import { withoutHidden } from './visible.tsx';

const TOKENS = { jwt: 'application/vc+jwt', 'sd-jwt': 'application/dc+sd-jwt' } as const;

/** What a badge can be had as where parts of it are left out: its page, an SD-JWT, and files that hold that. */
const shortForms = ['text/html', TOKENS['sd-jwt'], ...Object.values(fileKinds)] as const;
const forms = [
  'text/html',
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/json',
  TOKENS.jwt,
  TOKENS['sd-jwt'],
  ...Object.values(fileKinds),
] as const;
type Form = (typeof forms)[number];

const suffixes: Record<string, Exclude<Form, 'text/html'>> = { json: 'application/json', ...TOKENS, ...fileKinds };
const FILE = '/c/:file{[\\w-]+\\.(json|jwt|sd-jwt|png|svg|pdf)}';

/** A shared badge: it stands behind a token that is the only key to it. */
export const badgeRoutes = new Hono<AppEnv>()
  .use('/c/*', countGuesses)
  .on('OPTIONS', ['/c/:token', FILE], openToAll)
  .get(FILE, c => {
    const [token = '', suffix = ''] = c.req.param('file').split('.');
    return send(c, token, suffixes[suffix]!);
  })
  // What a QR code with a short form opens: the rest stands behind #, which a browser takes along and sends to nobody.
  .get('/V', c => c.redirect('/verify', 302))
  .get('/c/:token', async c => {
    const { deps, session } = c.var;
    const token = c.req.param('token');
    const form = await formAsked(c, token);
    if (form !== 'text/html') return send(c, token, form);
    const shared = await unlessAbsent(readShared(deps, token));
    if (!shared) return renderByLink(c, token);
    const [report, ownership, confirmation] = await Promise.all([
      checkCredential(deps, { credential: shared.credential }),
      readOwnership(deps, token, session?.person),
      lastConfirmation(deps, shared.awardId),
    ]);
    const holder = { ...ownership, confirmation, signedIn: session !== undefined };
    return renderPage(c, view => {
      const { title, recipient } = readBadgeView(shared.credential, view.language);
      const name = title ?? view.t.badge.untitled;
      return {
        title: recipient ? `${name}, ${view.t.badge.forWhom} ${recipient}` : name,
        noindex: true,
        cache: 'no-store',
        body: <SharePage view={view} report={report} holder={holder} {...shared} />,
      };
    });
  })
  .get('/c/:token/preview.png', async c => {
    const { preview, state, awardId, token } = await findShareLink(c.var.deps, c.req.param('token'));
    if (!preview || state !== 'live') throw notFound('picture');
    const { credential, institution } = await readAwardShared(c.var.deps, awardId, token);
    const { slug, profile } = institution;
    const drawn = await drawPreview(c, { credential, institution: { slug, name: profile.name } });
    return c.body(new Uint8Array(drawn), 200, {
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      ...shareable,
    });
  })
  .post('/c/:token/open', async c => {
    const token = c.req.param('token');
    await useLink(c, token);
    return c.redirect(`/c/${token}`, 303);
  })
  .get('/c/:token/confirm', c => renderConfirm(c, c.req.param('token')))
  .post('/c/:token/confirm', async c => {
    const token = c.req.param('token');
    await confirmHolder(c.var.deps, sessionOf(c), token);
    return c.redirect(`/c/${token}`, 303);
  });

/** What a link of a learner leads to, which is no page of its own but theirs to end. */
async function renderByLink(c: Context<AppEnv>, token: string): Promise<Response> {
  const { deps, session } = c.var;
  const { link, shared } = await openLink(c, token);
  const preview = link.preview ? await previewOf(c, link) : undefined;
  const personal = { noindex: true, cache: 'no-store', ...(preview ? { preview } : {}) } as const;
  if (!shared)
    return renderPage(c, view => ({
      title: view.t.people.badges.links.open.title,
      ...personal,
      body: <OpenLinkPage view={view} token={token} />,
    }));
  const { credential, institution } = shared;
  const [report, confirmation] = await Promise.all([
    checkCredential(deps, { credential }),
    lastConfirmation(deps, shared.awardId),
  ]);
  const mine = session?.person === link.personId;
  return renderPage(c, view => ({
    title: answerTitle(view, report),
    ...personal,
    body: <SharedByLinkPage view={view} {...{ link, report, institution, credential, confirmation, mine }} />,
  }));
}

/** What the maker of a link lets a chat or a site show of it: the title and the institution, and nobody's name. */
async function previewOf(c: Context<AppEnv>, { awardId, token }: ShareLink) {
  const { deps } = c.var;
  const { credential, institution, shareUrl } = await readAwardShared(deps, awardId, token);
  const { title } = readBadgeView(credential, 'nl');
  const said = [title, institution.profile.name].filter(Boolean).join(' · ');
  return { title: withoutHidden(said), image: `${shareUrl}/preview.png` };
}

/** What someone has to do before the page of a badge says that they are its holder. */
async function renderConfirm(c: Context<AppEnv>, token: string): Promise<Response> {
  const { deps, session } = c.var;
  const shared = await readShared(deps, token);
  const { mine } = await readOwnership(deps, token, session?.person);
  const identities = session && mine ? await identitiesOf(deps, session.person) : [];
  const fresh = session !== undefined && isFresh(deps, session);
  const { providers } = deps.config;
  return renderPage(c, view => {
    const { title } = readBadgeView(shared.credential, view.language);
    const badge = title ?? view.t.badge.untitled;
    const who = { signedIn: session !== undefined, mine, fresh, identities, providers };
    return {
      title: `${confirmTitle(view, who)}: ${badge}`,
      noindex: true,
      cache: 'no-store',
      body: <ConfirmPage view={view} token={token} badge={badge} {...who} />,
    };
  });
}

/** What a reader likes best of what there is. Who would rather have the whole than a page gets no page in its place. */
async function formAsked(c: Context<AppEnv>, token: string): Promise<Form> {
  const accept = c.req.header('accept');
  const liked = preferred(accept, forms);
  if (liked === 'text/html' || (await leftOutBy(c, token)).length === 0) return liked;
  const short = preferred(accept, shortForms);
  return short === 'text/html' ? liked : short;
}

/** The badge as data or as a file that holds it; any origin may read it. */
async function send(c: Context<AppEnv>, token: string, form: Exclude<Form, 'text/html'>): Promise<Response> {
  const { deps } = c.var;
  const kind = kindOf(form);
  if (kind) return file(c, kind, token, await readBehind(c, token));
  if (form === TOKENS['sd-jwt']) return document(c, await sdJwtOf(c, await readBehind(c, token)), form);
  const { awardId, document: signed } = await readWhole(c, token);
  if (form === TOKENS.jwt) return document(c, (await openCopy(deps, awardId, 'jwt_vc_json')).document, form);
  return document(c, signed, form);
}

/** The copy that parts can be left out of, without those that are. */
const sdJwtOf = async (c: Context<AppEnv>, { shared, without }: Behind): Promise<string> =>
  withoutParts((await openCopy(c.var.deps, shared.awardId, 'dc+sd-jwt')).document, without);

/** Byte for byte as it was signed. */
const document = (c: Context, text: string, type: string) =>
  c.body(text, 200, { 'content-type': type, 'cache-control': 'no-store', 'x-robots-tag': 'noindex', ...shareable });

/** The badge in a picture or on paper: what was signed whole, or what is left of it. */
async function file(c: Context<AppEnv>, kind: FileKind, shareToken: string, behind: Behind): Promise<Response> {
  const { shared, without } = behind;
  for (const [name, value] of Object.entries(shareable)) c.header(name, value);
  const { slug, profile } = shared.institution;
  const document = without.length > 0 ? await sdJwtOf(c, behind) : shared.document;
  const institution = { slug, name: profile.name };
  return sendBadgeFile(c, kind, { ...shared, id: shared.awardId, document, without, institution, shareToken });
}

const shareable = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Accept',
};
