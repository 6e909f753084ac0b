import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../src/web/messages.ts';
import { launchBrowser } from '../support/browser.ts';
import { sentences } from '../support/sentences.ts';
import { dossierPages } from './dossier-pages.ts';
import { pages, type SiteInStates, startSiteInStates } from './page-list.ts';
import { teamPages } from './team-pages.ts';
import { validationPages } from './validation-pages.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer changes with the colours and with the width. */
const rulesOfLooks = ['color-contrast', 'target-size', 'link-in-text-block'];

const looks = [
  { width: 390, scheme: 'light', rules: everyRule },
  { width: 390, scheme: 'dark', rules: rulesOfLooks },
  { width: 1280, scheme: 'dark', rules: everyRule },
  { width: 1280, scheme: 'light', rules: rulesOfLooks },
] as const;
/** Other words change neither the colours nor what a wide page is made of: in English each page is judged once by axe. */
const judgedInEnglish = looks[0];

let site: SiteInStates;
let browser: Browser;
beforeAll(async () => {
  site = await startSiteInStates();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens a page and keeps what the browser said and asked meanwhile. */
async function see(language: string, name: string) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: language });
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  let answer: Response | undefined;
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => !request.url().startsWith(`${site.origin}/`) && elsewhere.push(request.url()));
  page.on('response', response => {
    if (response.request().isNavigationRequest()) answer = response;
  });
  await pages[name]!.open(page, site);
  await page.waitForLoadState();
  // Chromium says by itself that an answer was no 200.
  const own = complaints.filter(text => !text.startsWith('Failed to load resource'));
  return { page, answer: answer!, complaints: own, elsewhere };
}

const factsOf = (page: Page) =>
  page.evaluate(`({
    language: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    inline: document.querySelectorAll('[style], script:not([src^="/assets/"]), style').length,
    twice: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i),
  })`) as Promise<Record<string, unknown>>;

/** English that a Dutch page says as its own, text by text: no codes, and nothing that is marked as another language. */
async function englishOn(page: Page): Promise<string[]> {
  const texts = (await page.evaluate(`(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const within = node.parentElement;
      if (within.closest('[lang]').lang === 'nl' && !within.closest('code, pre')) texts.push(node.data.trim());
    }
    return texts;
  })()`)) as string[];
  return texts.filter(text => onlyEnglish.has(text));
}

const textsOf = (table: object) => sentences(table).map(([, text]) => text);
const dutch = new Set(textsOf(messages.nl));
/** What the English table says and the Dutch one nowhere does. Not the other way round: the people here write Dutch. */
const onlyEnglish = new Set(textsOf(messages.en).filter(text => text.length > 2 && !dutch.has(text)));

const tooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth') as Promise<number>;

/** The screens of a validation, from either side. A room with the settings of an institution is not one. */
const { 'settings of an institution': _, ...ofDossiers } = dossierPages;
const screens = { ...validationPages, ...ofDossiers, ...teamPages };

/**
 * What a screen asks before all else: its buttons that stand out and are not folded away. One that leads to a place on
 * the page, and what is sent from that place, are one.
 */
const mainActions = (page: Page) =>
  page.evaluate(`(() => {
    const main = [...document.querySelectorAll('main .button:not(.quiet, .danger)')].filter(b => !b.closest('details'));
    const leads = main.filter(b => b.tagName === 'A' && b.hash && b.pathname === location.pathname);
    const places = leads.map(a => document.getElementById(a.hash.slice(1)));
    return main.filter(b => !places.some(place => place?.contains(b))).map(b => b.textContent.trim());
  })()`) as Promise<string[]>;

async function violations(page: Page, rules: readonly string[]): Promise<string[]> {
  const found = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(r => r.violations)`);
  return (found as { id: string; nodes: { html: string }[] }[]).map(
    v => `${v.id}: ${v.nodes.map(n => n.html).join(' | ')}`,
  );
}

/** A page, whosever it is; what a form leads to when it is shown again is the page that it stands on. */
const placeOf = (url: string) =>
  new URL(url).pathname
    .replaceAll(/\/[\w-]{20,}/g, '/:id')
    .replace(/^\/console\/[\w-]+/, '/console/:slug')
    .replace(/^\/r\/:id\/own-key$/, '/r/:id');

/** The tests of every page in one language: each has a file, so that two run side by side. */
export const everyPageIn = (language: 'nl' | 'en') =>
  describe(`every page in ${language}, on a phone and on a desk, by day and by night`, () => {
    /** For each title the places that have it; a place is a path without what differs from badge to badge. */
    const titles = new Map<string, Set<string>>();
    // Who is signed in reads in their own language.
    beforeAll(() => void site.world.db.sqlite.prepare('update people set language = ?').run(language));

    it.each(Object.keys(pages))('%s', async name => {
      const { page, answer, complaints, elsewhere } = await see(language, name);
      expect(answer.status()).toBe(pages[name]!.status ?? 200);
      expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");
      expect(elsewhere, 'asks no other host').toEqual([]);
      expect(complaints).toEqual([]);
      const facts = await factsOf(page);
      expect(facts).toMatchObject({ language, headings: 1, mains: 1, inline: 0, twice: [] });
      if (language === 'nl') expect(await englishOn(page)).toEqual([]);
      const place = placeOf(page.url());
      // What is not there has one title, wherever it is not.
      if (answer.status() !== 404)
        titles.set(facts.title as string, (titles.get(facts.title as string) ?? new Set()).add(place));

      if (name in screens) expect((await mainActions(page)).length, 'one main action').toBeLessThanOrEqual(1);
      await page.evaluate(axe);
      for (const look of looks) {
        const { width, scheme, rules } = look;
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: scheme });
        expect(await tooWide(page), `${width} px`).toBeLessThanOrEqual(0);
        if (language === 'en' && look !== judgedInEnglish) continue;
        expect(await violations(page, rules), `${width} px, ${scheme}`).toEqual([]);
      }
      if (language === 'nl') {
        // At 400 % a desk of 1280 pixels is 320 wide (WCAG 2.2, 1.4.10).
        await page.setViewportSize({ width: 320, height: 256 });
        expect(await tooWide(page), '400 %').toBeLessThanOrEqual(0);
      }
      await page.close();
    });

    it('each page has a title of its own', () => {
      expect([...titles].filter(([, places]) => places.size > 1)).toEqual([]);
    });
  });
