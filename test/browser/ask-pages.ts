// A checker who asks for a badge from a wallet, and whoever opens a code for wallets without one.
import type { Page } from 'playwright-core';
import { makeCopy } from '../../src/credentials/index.ts';
import { startExchange } from '../../src/wallets/index.ts';
import { type Presenter, presenterOn } from '../support/presenter.ts';
import type { PageToSee, SiteInStates } from './page-list.ts';

/** Asks for any badge, up to the code. */
async function ask(page: Page, { origin }: SiteInStates) {
  await page.goto(`${origin}/verify/wallet`);
  return Promise.all([page.waitForURL(/\/verify\/wallet\/[\w-]+$/), page.click('form.panel button')]);
}

/** Asks, and lets a wallet answer. */
async function answered(
  page: Page,
  site: SiteInStates,
  answer: (wallet: Presenter, request: object) => Promise<unknown>,
) {
  await ask(page, site);
  const link = await page.getAttribute('a[href^="openid4vp:"]', 'href');
  const wallet = await presenterOn(site.world);
  await answer(wallet, await wallet.open(link!));
  return page.goto(page.url());
}

function shown(page: Page, site: SiteInStates) {
  const { sam, whole } = site.learners;
  return answered(page, site, async (wallet, request) => {
    const holder = { did: wallet.lcw.did };
    const input = { awardId: whole.id, personId: sam.id, format: 'ldp_vc' as const, holder };
    const { document } = await makeCopy(site.world.deps, input);
    return wallet.answer(request, { badge: [await wallet.present(request, 'badge', document)] });
  });
}

export const askPages: Record<string, PageToSee> = {
  'asking for a badge': { open: (page, { origin }) => page.goto(`${origin}/verify/wallet`) },
  'asking for one badge': {
    open: (page, { origin }) => {
      const badge = { badge: 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e', issuer: 'did:web:linde.example' };
      return page.goto(
        `${origin}/verify/wallet?${new URLSearchParams({ ...badge, title: 'Valpreventie in de thuiszorg' })}`,
      );
    },
  },
  'waiting for a wallet': {
    open: async (page, site) => {
      await ask(page, site);
      await page.click('summary');
    },
  },
  'shown from a wallet': { open: shown },
  'a wallet that shows nothing': {
    open: (page, site) => answered(page, site, (wallet, request) => wallet.post(request, { error: 'access_denied' })),
  },
  'an answer for somebody else': {
    open: async (page, site) => {
      await ask(page, site);
      await page.context().clearCookies();
      return page.reload();
    },
    status: 404,
  },
  'a code for wallets, without one': {
    open: async (page, { world, learners, origin }) => {
      const session = { person: learners.sam.id, language: 'nl' } as Parameters<typeof startExchange>[1];
      const { interactionUrl } = await startExchange(world.deps, session, learners.whole.id);
      return page.goto(interactionUrl.replace(/^[^/]+\/\/[^/]+/, origin));
    },
  },
};
