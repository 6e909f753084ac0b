import { Hono } from 'hono';
import { type AppEnv, openToAll } from '../platform/http.ts';
import { linksOf, readProtocols } from '../wallets/index.ts';
import { InteractionPage } from './pages/interaction.tsx';
import { renderPage } from './render.tsx';
import { wantsPage } from './wants-page.ts';

/** The address in a QR code for wallets (VCALM, "Interaction URL"): protocols for a wallet, words for a person. */
export const interactionRoutes = new Hono<AppEnv>()
  .use('/interactions/*', openToAll)
  .get('/interactions/:token', async c => {
    const { deps } = c.var;
    const token = c.req.param('token');
    const protocols = await readProtocols(deps, token);
    if (!wantsPage(c)) return c.json({ protocols }, 200, { 'cache-control': 'no-store', vary: 'Accept' });
    const links = await linksOf(deps, token);
    return renderPage(c, view => ({
      title: view.t.interaction.title,
      noindex: true,
      cache: 'no-store',
      body: <InteractionPage view={view} {...links} offer={protocols.OID4VCI!} />,
    }));
  });
