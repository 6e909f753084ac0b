// Many badges at once, their report, a result for others' pages and the operator's page, in each state.
import type { Page } from 'playwright-core';
import { DomainError } from '../../src/platform/errors.ts';
import { startBatch } from '../../src/verifier/batch.ts';
import { signReport } from '../../src/verifier/index.ts';
import { press } from '../support/browser.ts';
import type { PageToSee } from './page-list.ts';
import { checkOnPage, type Site } from './site.ts';

const OPERATOR_KEY = 'the-operator-of-a-site';

/** Pastes links or badges into the form of many. */
export async function pasteMany(page: Page, origin: string, lines: string): Promise<void> {
  await page.goto(`${origin}/verify/many`);
  await page.fill('#links', lines);
  await press(page, 'main form button[type=submit]');
}

/** Looks again until all are done; a page that refreshes by itself does the same. */
export async function settle(page: Page): Promise<void> {
  while (await page.locator('progress').count()) {
    await page.waitForTimeout(150);
    await page.reload();
  }
}

/** One that is in order, one that was changed, one that came before, one that nobody can judge, and mere words. */
const mixed = ({ demo, files }: Pick<Site, 'demo' | 'files'>) =>
  [
    `Sam\t${demo.badgeUrl}`,
    `Noor\t${demo.badgeUrl}?again`,
    'Joost\thttps://nergens.example/badge',
    `Mila\tzomaar wat`,
    `Anna\t${JSON.stringify(JSON.parse(files.tampered)).replaceAll('\t', ' ')}`,
  ].join('\n');

async function operator(page: Page, { origin, world }: Site): Promise<void> {
  world.deps.config.operatorKey = OPERATOR_KEY;
  await page.goto(`${origin}/operator`);
  await page.fill('#key', OPERATOR_KEY);
  await press(page, 'main form button[type=submit]');
}

async function report(page: Page, { origin, world }: Site, change = (text: string) => text): Promise<void> {
  const row = { row: 1, name: 'Sam', verdict: 'valid' as const, code: 'valid', checkedAt: new Date().toISOString() };
  const text = JSON.stringify(await signReport(world.deps, { language: 'nl', rows: [row] }));
  await checkOnPage(page, origin, { text: change(text) });
}

/** Opens a page while the service answers as it does to too many; afterwards it is as it was. */
async function refusing(page: Page, { origin, world }: Site, deps: Partial<Site['world']['deps']>): Promise<void> {
  const before = { ...world.deps };
  Object.assign(world.deps, deps);
  try {
    await page.goto(`${origin}/verify?url=https://nergens.example/badge`);
  } finally {
    Object.assign(world.deps, { rateLimit: before.rateLimit, fetcher: before.fetcher });
  }
}

export const manyPages: Record<string, PageToSee> = {
  'asked too often': {
    open: (page, site) => refusing(page, site, { rateLimit: { take: () => ({ ok: false, retryAfter: 30 }) } }),
    status: 429,
  },
  'too busy': {
    open: (page, site) => {
      const session = () => {
        throw new DomainError('too-busy', 'Many are checking badges.', { extensions: { retryAfter: 5 } });
      };
      return refusing(page, site, { fetcher: { ...site.world.deps.fetcher, session } });
    },
    status: 503,
  },
  'a day to come': {
    open: (page, { origin, demo }) =>
      page.goto(`${origin}/verify?url=${encodeURIComponent(demo.badgeUrl)}&at=2999-01-01`),
    status: 400,
  },
  'many, for a day to come': {
    open: async (page, { origin, demo }) => {
      await page.goto(`${origin}/verify/many`);
      await page.fill('#links', demo.badgeUrl);
      await page.fill('#at', '2999-01-01');
      await press(page, 'main form button[type=submit]');
    },
    status: 400,
  },
  'many at once': { open: (page, { origin }) => page.goto(`${origin}/verify/many`) },
  'many, refused': { open: (page, { origin, demo }) => pasteMany(page, origin, demo.badgeUrl), status: 400 },
  'many, under way': {
    open: async (page, { origin, world }) => {
      const text = 'https://nergens.example/badge';
      const inputs = Array.from({ length: 2 }, (_, i) => ({ name: `${i}`, text: `${text}/${i}` }));
      const token = await startBatch(world.deps, inputs, { language: 'nl' });
      // Its first look is always before the first answer.
      await page.goto(`${origin}/verify/many/${token}?still=1`);
    },
  },
  'many, done': {
    open: async (page, site) => {
      await pasteMany(page, site.origin, mixed(site));
      await settle(page);
    },
  },
  'many, one of them': {
    open: async (page, site) => {
      await pasteMany(page, site.origin, mixed(site));
      await settle(page);
      await page.goto(`${page.url()}/1`);
    },
  },
  'a report of ours': { open: (page, site) => report(page, site) },
  'a report that was changed': {
    open: (page, site) => report(page, site, text => text.replace('"name":"Sam"', '"name":"Noor"')),
  },
  'a report of another': {
    open: (page, site) => report(page, site, text => text.replace(/did:web:[^"#]+/, 'did:web:elders.example')),
  },
  'a result for others': {
    open: (page, { origin, demo }) => page.goto(`${origin}/embed${new URL(demo.badgeUrl).pathname}`),
  },
  'no result for others': { open: (page, { origin }) => page.goto(`${origin}/embed/c/niets`), status: 404 },
  'operator’s key': {
    open: (page, { origin, world }) => {
      world.deps.config.operatorKey = OPERATOR_KEY;
      return page.goto(`${origin}/operator`);
    },
  },
  operator: { open: operator },
};
