// Services that ask to see someone's badges, and what a person let in.
import type { Page } from 'playwright-core';
import { connectService, SCOPE } from '../support/ob3-client.ts';
import type { PageToSee, SiteInStates } from './page-list.ts';

type Who = 'sam' | 'kim';

/** Opens a path of ours as someone who is signed in, in the language of the browser. */
async function goTo(page: Page, { origin, learners }: SiteInStates, who: Who, path: string) {
  await page.setExtraHTTPHeaders({ cookie: learners[who].headers.cookie });
  const address = new URL(path, origin);
  address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
  return page.goto(address.href);
}

/** The question of a service that has just registered. */
export async function askOf(site: SiteInStates, scope?: string) {
  const service = await connectService(site.world, { client_name: 'Rugzak, de app voor al je bewijzen' });
  const asked = await service.begin(scope);
  const answer = await site.world.request(asked.url.href);
  return { service, ...asked, path: answer.headers.get('location')! };
}

export const connectionPages: Record<string, PageToSee> = {
  'a service asks': {
    open: async (page, site) => goTo(page, site, 'sam', (await askOf(site)).path),
  },
  'a service asks for a little': {
    open: async (page, site) => goTo(page, site, 'sam', (await askOf(site, SCOPE.profile)).path),
  },
  'connected services': {
    open: async (page, site) => {
      const { headers } = site.learners.sam;
      const service = await connectService(site.world, { client_name: 'Rugzak, de app voor al je bewijzen' });
      const { access_token } = await service.connect(headers);
      await service.get('/credentials', access_token);
      await (await connectService(site.world)).connect(headers, SCOPE.read);
      return goTo(page, site, 'sam', '/account/connections?done=ended');
    },
  },
  'connected services, none': { open: (page, site) => goTo(page, site, 'kim', '/account/connections') },
  'a service that did not register': {
    open: (page, site) => goTo(page, site, 'sam', '/connect?client_id=x'),
    status: 400,
  },
};
