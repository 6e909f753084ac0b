import { Hono } from 'hono';
import { identitiesOf, sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { connectionsOf, decideConsent, endConnection, readConsent, startAuthorization } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { ConnectionsPage } from './pages/connections.tsx';
import { ConsentPage } from './pages/consent.tsx';
import { renderPage } from './render.tsx';
import { policyWithFormsTo } from './security.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** Services that ask to see someone's badges: the question, the answer, and what was let in. */
export const connectionRoutes = new Hono<AppEnv>()
  .get('/connect', rateLimited, async c => {
    c.header('cache-control', 'no-store');
    return c.redirect(await startAuthorization(c.var.deps, new URL(c.req.url).searchParams), 303);
  })
  .get('/account/connect/:request', signedIn, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    const consent = await readConsent(deps, c.req.param('request'));
    const label = (await identitiesOf(deps, session.person)).find(({ id }) => id === session.identity)?.label;
    // The answer leads back to the service, and a browser holds that against the form.
    c.header('content-security-policy', policyWithFormsTo(new URL(consent.redirectUri).origin));
    return renderPage(c, view => ({
      title: view.t.people.connections.ask.title(consent.host),
      ...personal,
      body: <ConsentPage view={view} consent={consent} action={c.req.path} label={label} />,
    }));
  })
  .post('/account/connect/:request', signedIn, async c => {
    const decision = (await readForm(c)).get('decision');
    if (decision !== 'allow' && decision !== 'deny')
      throw new DomainError('request-invalid', 'The decision is allow or deny.');
    return c.redirect(await decideConsent(c.var.deps, sessionOf(c), c.req.param('request'), decision === 'allow'), 303);
  })
  .get('/account/connections', signedIn, async c => {
    const connections = await connectionsOf(c.var.deps, sessionOf(c).person);
    const done = c.req.query('done');
    return renderPage(c, view => ({
      title: view.t.people.connections.title,
      ...personal,
      body: <ConnectionsPage view={view} connections={connections} done={done} />,
    }));
  })
  .post('/account/connections/:id/end', signedIn, async c => {
    await endConnection(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect('/account/connections?done=ended', 303);
  });
