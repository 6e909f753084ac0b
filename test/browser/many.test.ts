import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { pasteMany, settle } from './many-pages.ts';
import { type Site, said, startSite } from './site.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A browser without scripts, in a language and a width. */
async function open(locale: 'nl' | 'en', width: number): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale,
    viewport: { width, height: 844 },
    acceptDownloads: true,
  });
  return context.newPage();
}

describe('two hundred badges at once, with scripts off', () => {
  it('200 links are pasted, the page shows how far it is by itself, and ends in how many are in order', async () => {
    const page = await open('nl', 390);
    const lines = Array.from({ length: 200 }, (_, i) =>
      i % 25 === 24 ? `P${i}\thttps://nergens${i}.example/badge` : `P${i}\t${site.demo.badgeUrl}?nr=${i}`,
    );
    await pasteMany(page, site.origin, lines.join('\n'));
    expect(await said(page.locator('h1'))).toBe('We controleren 200 badges');
    expect(await page.locator('progress').getAttribute('max')).toBe('200');
    // Nobody presses anything: the page refreshes itself.
    await page.locator('h1.verdict').waitFor({ timeout: 60_000 });
    expect(await said(page.locator('h1'))).toBe('192 van 200 in orde');
    expect(await said(page.locator('main h2').nth(1))).toBe('Niet te lezen (8)');
    expect(await page.locator('tbody tr').count()).toBe(200);
    await page.context().close();
  }, 90_000);

  it.each([
    ['nl', 390, 'Dit rapport is van ons, en er is niets aan veranderd'],
    ['en', 1280, 'This report is ours, and nothing in it was changed'],
  ] as const)('the report is downloaded and checked, in %s at %d pixels', async (locale, width, words) => {
    const page = await open(locale, width);
    await pasteMany(page, site.origin, `Sam\t${site.demo.badgeUrl}\nNoor\thttps://nergens.example/badge`);
    await settle(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[download="report.pdf"]').click(),
    ]);
    const paper = readFileSync(await download.path());
    const check = async (name: string, buffer: Buffer) => {
      await page.goto(`${site.origin}/verify`);
      await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
      await page.click('main form button[type=submit]');
      return said(page.locator('h1'));
    };
    expect(await check('rapport.pdf', paper)).toBe(words);
    expect(await page.locator('tbody tr').count()).toBe(2);
    const changed = Buffer.from(paper);
    // Nobody sees this byte, and still the pages are not as we make them.
    changed.write('%', paper.length - 1);
    expect(await check('rapport.pdf', changed)).not.toBe(words);
    await page.context().close();
  });

  it('W5: a result is framed by a page of another, and the check itself is not', async () => {
    const page = await open('nl', 1280);
    const shared = new URL(site.demo.badgeUrl).pathname;
    let src = '';
    const other = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html');
      answer.end(`<iframe src="${src}" width="600" height="400"></iframe>`);
    });
    await new Promise<void>(listening => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const framed = async (path: string) => {
      src = `${site.origin}${path}`;
      await page.goto(`http://127.0.0.1:${port}/`);
      return page.frameLocator('iframe').locator('.verdict').count();
    };
    expect(await framed(`/embed${shared}`)).toBe(1);
    expect(await framed(shared)).toBe(0);
    other.close();
    await page.context().close();
  });
});
