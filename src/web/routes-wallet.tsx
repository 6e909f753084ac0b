import { Hono } from 'hono';
import { readMyBadge } from '../credentials/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { offerBadge } from '../wallets/index.ts';
import { readLanguage } from './language.ts';
import { WalletPage } from './pages/wallet.tsx';
import { renderPage } from './render.tsx';

const personal = { noindex: true, cache: 'no-store' } as const;

/** A badge of whoever is signed in, on its way to a wallet. What was made is shown in the answer to the form, and once. */
export const walletRoutes = new Hono<AppEnv>()
  .get('/badges/:id/wallet', signedIn, async c => {
    const badge = await readMyBadge(c.var.deps, sessionOf(c).person, c.req.param('id'));
    return renderPage(c, view => ({
      title: view.t.people.badges.wallet.title,
      ...personal,
      body: <WalletPage view={view} badge={badge} />,
    }));
  })
  .post('/badges/:id/wallet', signedIn, async c => {
    const { person } = sessionOf(c);
    const id = c.req.param('id');
    const badge = await readMyBadge(c.var.deps, person, id);
    const offer = await offerBadge(c.var.deps, { awardId: id, personId: person, language: readLanguage(c) });
    return renderPage(c, view => ({
      title: view.t.people.badges.wallet.title,
      ...personal,
      body: <WalletPage view={view} badge={badge} offer={offer} />,
    }));
  });
