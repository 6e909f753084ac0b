import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { asJpeg, pdf, qrPicture } from '../support/containers.ts';
import { checkOnPage, type Site, said, startSite } from './site.ts';

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

describe('checking a badge, with scripts off', () => {
  let context: BrowserContext;
  let page: Page;

  beforeEach(async () => {
    context = await browser.newContext({
      javaScriptEnabled: false,
      locale: 'nl',
      viewport: { width: 390, height: 844 },
    });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const heading = () => said(page.locator('h1'));

  it('by a pasted text', async () => {
    await checkOnPage(page, site.origin, { text: site.document });
    expect(await heading()).toBe('Deze badge is geldig');
    expect(await page.title()).toContain('Geldig: Samenwerken in de wijk');
    const told = await said(page.locator('main'));
    for (const part of [
      'Microcredential · 15 EC · niveau 6 (NLQF/EQF)',
      'Sam de Vries',
      'Een examinator van Hogeschool Voorbeeld',
    ])
      expect(told).toContain(part);
    expect(await page.locator('.checks > li').count()).toBe(9);
  });

  it('by a pasted link, also without its scheme where it is https', async () => {
    await checkOnPage(page, site.origin, { text: site.demo.badgeUrl });
    expect(await heading()).toBe('Deze badge is geldig');
    await checkOnPage(page, site.origin, { text: 'nergens.example/c/abc' });
    expect(await heading()).toBe('We konden geen badge lezen');
  });

  it('by a link of its own, which can be kept', async () => {
    await page.goto(`${site.origin}/verify?url=${encodeURIComponent(site.demo.badgeUrl)}`);
    expect(await heading()).toBe('Deze badge is geldig');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await heading()).toBe('This badge is valid');
  });

  it('by a file', async () => {
    await checkOnPage(page, site.origin, { file: site.files.valid });
    expect(await heading()).toBe('Deze badge is geldig');
  });

  it('says which of the three answers it is, and why', async () => {
    await checkOnPage(page, site.origin, { file: site.files.tampered });
    expect(await heading()).toBe('Deze badge is niet geldig');
    expect(await said(page.locator('.answer'))).toContain('De handtekening klopt niet');
    await checkOnPage(page, site.origin, { file: site.files.unresolvable });
    expect(await heading()).toBe('We weten het niet zeker');
    await checkOnPage(page, site.origin, { file: site.files.unreadable });
    expect(await heading()).toBe('We weten het niet zeker');
    expect(await page.locator('article').count()).toBe(0);
  });

  it('a revoked badge says so, when, and for what reason', async () => {
    const award = await site.award();
    const url = await site.claim(award.claim);
    await page.goto(url);
    expect(await said(page.locator('.answer h2'))).toBe('Deze badge is geldig');
    await site.revoke(award.id, 'decision-annulled');
    await page.goto(url);
    expect(await said(page.locator('.answer'))).toMatch(/niet geldig[\s\S]*ingetrokken[\s\S]*besluit is vernietigd/);
  });

  it('W8: no verdict comes from the address', async () => {
    await page.goto(`${site.origin}/verify?status=valid&verdict=valid&name=X&code=valid`);
    expect(await heading()).toBe('Een badge controleren');
    expect(await page.locator('.answer').count()).toBe(0);
  });

  it('W9: an unknown issuer is said first, its id stands before its name, and its tricks are shown', async () => {
    await checkOnPage(page, site.origin, { file: site.files.hostile });
    expect(await said(page.locator('.answer p').nth(1))).toMatch(/^Onbekende uitgever/);
    const issuer = await said(page.locator('.facts dd').first());
    expect(issuer).toMatch(/^een losse sleutel[\s\S]*did:key:z6Mk[\s\S]*noemt zich/);
    expect(issuer).toContain('U+202E');
    expect(issuer).toContain('verschillende alfabetten');
  });

  it('nothing given, or two things at once, is told at the field', async () => {
    await checkOnPage(page, site.origin, { text: ' ' });
    expect(await said(page.locator('#text-error'))).toContain('Plak eerst een link');
    expect(await page.locator('textarea').getAttribute('aria-describedby')).toContain('text-error');
    await page.fill('textarea', 'iets');
    await page.setInputFiles('input[type=file]', {
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    });
    await page.click('main form button');
    expect(await said(page.locator('#text-error'))).toContain('één van beide');
  });

  it('what cannot be read is no verdict, and what was typed stays in the field', async () => {
    for (const [text, told] of [
      ['{"a":', 'geen goede JSON'],
      ['zomaar wat', 'We konden dit niet lezen'],
      ['https://nergens.example/', 'konden de badge niet ophalen'],
    ] as const) {
      await checkOnPage(page, site.origin, { text });
      expect(await heading()).toBe('We konden geen badge lezen');
      expect(await said(page.locator('.notice'))).toContain(told);
      expect(await page.locator('textarea').inputValue()).toBe(text);
    }
    await checkOnPage(page, site.origin, { file: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), name: 'badge.json' });
    expect(await said(page.locator('.notice'))).toContain('beschadigd');
    await checkOnPage(page, site.origin, { file: Buffer.from([0xff, 0xfe, 0x7b, 0x00]) });
    expect(await said(page.locator('.notice'))).toContain('UTF-8');
    await checkOnPage(page, site.origin, { file: '%PDF-1.7', name: 'badge.json' });
    expect(await said(page.locator('.notice'))).toContain('Aan deze pdf zit geen badge vast');
  });

  it('a file over the limit is a page that says what to do', async () => {
    await checkOnPage(page, site.origin, { file: `{"a":"${'x'.repeat(1_100_000)}"}` });
    expect(await said(page.locator('.notice'))).toContain('hooguit 1 MB');
    await checkOnPage(page, site.origin, { file: Buffer.alloc(10_100_000, 0x20) });
    expect(await heading()).toBe('Dit is te groot');
  });

  it('by a picture of the QR code that stands on its page, and by a PDF with the badge in it', async () => {
    await checkOnPage(page, site.origin, {
      file: Buffer.from(asJpeg(qrPicture(site.demo.badgeUrl, { angle: 8 }))),
      name: 'IMG_0001.HEIC',
    });
    expect(await heading()).toBe('Deze badge is geldig');
    await checkOnPage(page, site.origin, { file: Buffer.from(pdf([{ name: 'a.json', content: site.document }])) });
    expect(await heading()).toBe('Deze badge is geldig');
  });

  it('of several badges the one that is chosen', async () => {
    const other = JSON.stringify({ ...JSON.parse(site.document), name: 'Verzonnen \u202E!' });
    const two = pdf([
      { name: 'echt.json', content: site.document },
      { name: 'vals.json', content: other },
    ]);
    await checkOnPage(page, site.origin, { file: Buffer.from(two) });
    expect(await heading()).toBe('Welke badge bedoel je?');
    expect(await page.locator('.answer').count()).toBe(0);
    expect(await said(page.locator('.cards'))).toMatch(/in de pdf, in een bestand echt\.json[\s\S]*U\+202E/);
    await page.getByRole('button', { name: 'Controleer deze' }).nth(1).click();
    expect(await heading()).toBe('Deze badge is niet geldig');
    await checkOnPage(page, site.origin, { file: Buffer.from(two) });
    await page.getByRole('button', { name: 'Controleer deze' }).first().click();
    expect(await heading()).toBe('Deze badge is geldig');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await heading()).toBe('This badge is valid');
  });

  it('the language switch keeps an answer to a pasted text, and is remembered', async () => {
    await checkOnPage(page, site.origin, { text: site.document });
    await page.getByRole('button', { name: 'English' }).click();
    expect(await heading()).toBe('This badge is valid');
    await page.goto(site.origin);
    expect(await heading()).toBe('Is this badge real?');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: 'lang', value: 'en', sameSite: 'Lax' });
    await page.getByRole('link', { name: 'Nederlands' }).click();
    expect(await heading()).toBe('Is deze badge echt?');
  });

  it('the language of the browser decides until something else is asked', async () => {
    const english = await browser.newContext({ locale: 'en-GB' });
    const other = await english.newPage();
    await other.goto(site.origin);
    expect(await other.locator('html').getAttribute('lang')).toBe('en');
    await english.close();
  });
});

describe('a badge that would harm the page, with scripts on', () => {
  it('W1, P8: runs nothing, loads nothing and leads nowhere it should not', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    let dialogs = 0;
    page.on('request', request => asked.push(new URL(request.url()).host));
    page.on('dialog', dialog => {
      dialogs++;
      dialog.dismiss();
    });
    await checkOnPage(page, site.origin, { file: site.files.hostile });
    expect(new Set(asked)).toEqual(new Set([new URL(site.origin).host]));
    expect(dialogs).toBe(0);
    const links = (await page.evaluate('[...document.links].map(a => a.protocol)')) as string[];
    expect(links.filter(protocol => protocol !== 'http:' && protocol !== 'https:')).toEqual([]);
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    expect(await said(page.locator('main'))).toContain('<script>alert(1)</script>');
  });

  it('W7: a link that leads elsewhere tells nothing about where it was followed', async () => {
    const page = await browser.newPage();
    await page.goto(site.demo.badgeUrl);
    const rel = await page.locator('main a[href^="http://data.europa.eu"]').first().getAttribute('rel');
    expect(rel).toContain('noreferrer');
    const response = await page.goto(site.demo.badgeUrl);
    expect(response!.headers()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'cache-control': 'no-store',
    });
  });

  it('W5: no page can be framed', async () => {
    const page = await browser.newPage();
    await page.setContent(`<iframe src="${site.origin}/verify"></iframe>`);
    await page.waitForTimeout(500);
    expect(page.frames()[1]!.url()).toMatch(/^chrome-error:/);
  });
});
