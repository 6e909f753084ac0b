import { type Context, Hono } from 'hono';
import { claimAward, readClaim, readShared } from '../credentials/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, openToAll } from '../platform/http.ts';
import { checkCredential } from '../verifier/index.ts';
import { readBadgeView } from './badge-view.ts';
import { preferred } from './negotiate.ts';
import { asAchievement } from './pages/achievement-view.ts';
import { ClaimPage, claimTitle } from './pages/claim.tsx';
import { SharePage } from './pages/share.tsx';
import { renderPage } from './render.tsx';

const forms = [
  'text/html',
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/json',
] as const;

/** A shared badge and an offered one: each stands behind a token that is the only key to it. */
export const badgeRoutes = new Hono<AppEnv>()
  .on('OPTIONS', ['/c/:token', '/c/:file{[\\w-]+\\.json}'], openToAll)
  .get('/c/:file{[\\w-]+\\.json}', async c => {
    const shared = await readShared(c.var.deps, c.req.param('file').slice(0, -'.json'.length));
    return document(c, shared.document, 'application/json');
  })
  .get('/c/:token', async c => {
    const shared = await readShared(c.var.deps, c.req.param('token'));
    const form = preferred(c.req.header('accept'), forms);
    if (form !== 'text/html') return document(c, shared.document, form);
    const report = await checkCredential(c.var.deps, { credential: shared.credential });
    return renderPage(c, view => {
      const { title, recipient, issuer } = readBadgeView(shared.credential, view.language);
      const name = title ?? view.t.badge.untitled;
      return {
        title: recipient ? `${name}, ${view.t.badge.forWhom} ${recipient}` : name,
        description: [name, issuer.name].filter(Boolean).join(' · '),
        noindex: true,
        cache: 'no-store',
        body: <SharePage view={view} report={report} {...shared} />,
      };
    });
  })
  // Looking at an offer changes nothing: mail scanners and previews open links too.
  .get('/claim/:token', async c => {
    const token = c.req.param('token');
    const claim = await readClaim(c.var.deps, token);
    return renderPage(c, view => {
      const { institution, version, achievement: content, achievementId: id } = claim;
      const achievement = asAchievement(view.origin, { institution, id, version, content });
      return {
        title: `${claimTitle(view, claim)}: ${content.name}`,
        noindex: true,
        cache: 'no-store',
        body: <ClaimPage view={view} claim={claim} token={token} achievement={achievement} />,
      };
    });
  })
  .post('/claim/:token', async c => {
    const token = c.req.param('token');
    try {
      const { shareToken } = await claimAward(c.var.deps, token);
      return c.redirect(`/c/${shareToken}`, 303);
    } catch (error) {
      // Revoked between looking and pressing: the page of the offer says so.
      if (error instanceof DomainError && error.code === 'award-state') return c.redirect(`/claim/${token}`, 303);
      throw error;
    }
  });

/** The badge as data, byte for byte as it was signed; any origin may read it. */
const document = (c: Context, text: string, type: string) =>
  c.body(text, 200, {
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    vary: 'Accept',
  });
