import { type Context, Hono } from 'hono';
import { readInstitution } from '../institutions/index.ts';
import { linkSpent, sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { authorize, readAuthorization, refuseWallet, sourceOf } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { WalletAsksPage } from './pages/wallet-asks.tsx';
import { renderPage } from './render.tsx';
import { policyWithFormsTo } from './security.ts';

/** The authorization endpoint of each institution (OID4VCI §5): a wallet asks, whoever is signed in answers. */
export const walletAsksRoutes = new Hono<AppEnv>()
  .get('/i/:slug/authorize', signedIn, async c => {
    const { deps } = c.var;
    const institution = await readInstitution(deps, c.req.param('slug'));
    const asked = { clientId: once(c, 'client_id'), requestUri: once(c, 'request_uri') };
    const { request, badges } = await readAuthorization(deps, institution, sessionOf(c), asked);
    // The answer leads back to the wallet, and a browser holds that against the form.
    c.header('content-security-policy', policyWithFormsTo(sourceOf(request.redirectUri)));
    return renderPage(c, view => ({
      title: view.t.people.badges.wallet.asks.title,
      noindex: true,
      cache: 'no-store',
      body: (
        <WalletAsksPage
          view={view}
          institution={{ slug: institution.slug, name: institution.profile.name }}
          request={request}
          requestUri={asked.requestUri}
          badges={badges}
        />
      ),
    }));
  })
  .post('/i/:slug/authorize', signedIn, async c => {
    const { deps } = c.var;
    const institution = await readInstitution(deps, c.req.param('slug'));
    const form = await readForm(c);
    const asked = { clientId: form.get('client_id'), requestUri: form.get('request_uri') };
    const decision = form.get('decision');
    if (decision !== 'allow' && decision !== 'deny')
      throw new DomainError('request-invalid', 'The decision is allow or deny.');
    const session = sessionOf(c);
    const to =
      decision === 'allow'
        ? await authorize(deps, institution, session, { ...asked, badge: form.get('badge') })
        : await refuseWallet(deps, institution, session, asked);
    return c.redirect(to, 303);
  });

/** A parameter that stands once. A request that was not pushed leads nowhere: nothing in it could be believed. */
function once(c: Context<AppEnv>, name: string): string {
  const [value, ...more] = c.req.queries(name) ?? [];
  if (!value || more.length) throw linkSpent();
  return value;
}
