// Signing in and out, and what can go wrong on the way.
import { rogueProvider } from '../support/rogue-provider.ts';
import type { PageToSee, SiteInStates } from './page-list.ts';

/** Offers a second provider, one that answers. */
async function withProvider({ world }: SiteInStates): Promise<void> {
  const { providers } = world.deps.config;
  if (providers.some(({ id }) => id === 'proef')) return;
  const provider = await rogueProvider({ id: 'proef', name: 'Hogeschool Proef', issuer: 'https://proef.example' });
  world.deps.providerFetch = provider.fetch;
  providers.push(provider.config);
}

const at = (path: string, status?: number): PageToSee => ({
  open: async (page, site) => {
    await withProvider(site);
    return page.goto(site.origin + path);
  },
  ...(status === undefined ? {} : { status }),
});

export const signInPages: Record<string, PageToSee> = {
  'sign in, with one provider down': at('/login?return=/account'),
  'sign in for a level': at('/login?level=validate-names'),
  'sign in afresh': at('/login?fresh=1'),
  'a login that has lapsed': at('/login/proef/callback?code=x&state=y', 400),
  'a provider that is down': at('/login/eduid', 503),
  'signed out': at('/logged-out'),
  'signed out here alone': at('/logged-out?at=eduid'),
};
