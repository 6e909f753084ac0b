import { Hono } from 'hono';
import { assurances, listProviders, ownPath, providerLogout } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { SignedOutPage, SignInPage } from './pages/sign-in.tsx';
import { renderPage } from './render.tsx';

const personal = { noindex: true, cache: 'no-store' } as const;

/** The pages around signing in and out; the way to a provider and back is `people`'s. */
export const signInRoutes = new Hono<AppEnv>()
  .get('/login', async c => {
    const { deps } = c.var;
    const asked = c.req.query();
    const level = assurances.find(assurance => assurance === asked.level) ?? 'login';
    const fresh = asked.fresh === '1';
    const then = asked.return ? ownPath(asked.return) : '/start';
    const query = new URLSearchParams({
      return: then,
      ...(level === 'login' ? {} : { level }),
      ...(fresh ? { fresh: '1' } : {}),
    });
    const props = {
      providers: await listProviders(deps),
      mail: deps.mailer !== undefined,
      query: `?${query}`,
      then,
      level,
      fresh,
    };
    return renderPage(c, view => ({
      title: view.t.people.signIn.title,
      ...personal,
      body: <SignInPage view={view} {...props} />,
    }));
  })
  .get('/logged-out', async c => {
    const at = c.req.query('at');
    const provider = at === undefined ? undefined : await providerLogout(c.var.deps, at);
    // On to the provider at once. A form may not lead to another site (form-action), a page that has arrived may.
    if (provider?.url) c.header('refresh', `0; url=${provider.url}`);
    return renderPage(c, view => ({
      title: view.t.people.signIn.out.title,
      ...personal,
      body: <SignedOutPage view={view} provider={provider} />,
    }));
  });
