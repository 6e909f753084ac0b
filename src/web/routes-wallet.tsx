import { type Context, Hono } from 'hono';
import { readMyBadge } from '../credentials/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { arrivalOf, offerBadge, offerBySignIn, startExchange } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { readLanguage } from './language.ts';
import { type Made, type OfferWay, offerWays, WalletOfferPage, WalletPage } from './pages/wallet.tsx';
import { WalletArrivalPage } from './pages/wallet-arrival.tsx';
import { renderPage } from './render.tsx';

const personal = { noindex: true, cache: 'no-store' } as const;

/**
 * A badge of whoever is signed in, on its way to a wallet. What was made is shown in the answer to the form, and once.
 */
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
    const { deps } = c.var;
    const way = await readWay(c);
    const badge = await readMyBadge(deps, sessionOf(c).person, c.req.param('id'));
    const made = await make(c, way, badge.id);
    return renderPage(c, view => ({
      title: view.t.people.badges.wallet.steps,
      ...personal,
      body: <WalletOfferPage view={view} badge={badge} made={made} />,
    }));
  })
  .get('/badges/:id/wallet/arrived', signedIn, async c => {
    const { deps } = c.var;
    const { person } = sessionOf(c);
    const badge = await readMyBadge(deps, person, c.req.param('id'));
    const arrival = await arrivalOf(deps, person, badge.id);
    return renderPage(c, view => ({
      title: view.t.people.badges.wallet.arrival.title[arrival.state],
      ...personal,
      body: <WalletArrivalPage view={view} badge={badge} arrival={arrival} />,
    }));
  });

async function readWay(c: Context<AppEnv>): Promise<OfferWay> {
  const given = (await readForm(c)).get('way');
  const way = offerWays.find(one => one === given);
  if (!way) throw new DomainError('request-invalid', 'Choose one of the ways on the page.');
  return way;
}

async function make(c: Context<AppEnv>, way: OfferWay, awardId: string): Promise<Made> {
  const { deps } = c.var;
  const session = sessionOf(c);
  const input = { awardId, personId: session.person, language: readLanguage(c) };
  if (way === 'learner') return { way, offer: await startExchange(deps, session, awardId) };
  if (way === 'sign-in') return { way, offer: await offerBySignIn(deps, input) };
  return { way, offer: await offerBadge(deps, input) };
}
