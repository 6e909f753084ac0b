import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Site, said, startSite } from './site.ts';

describe('picking up a badge, with scripts off', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    site = await startSite();
    browser = await launchBrowser();
    page = await browser.newPage({ javaScriptEnabled: false, locale: 'nl' });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const heading = () => said(page.locator('h1'));

  it('looking changes nothing, one button picks it up, and its page can be shared', async () => {
    const award = await site.award();
    const state = async () =>
      (await site.world.api(`/api/v1/awards/${award.id}`, { key: site.school.keys.awarder })).json.state;
    await page.goto(award.claim);
    await page.goto(award.claim);
    expect(await heading()).toBe('Er ligt een badge voor je klaar');
    expect(await said(page.locator('main'))).toContain('Niemand heeft gecontroleerd wie je bent');
    expect(await state()).toBe('released');

    await page.getByRole('button', { name: 'Haal je badge op' }).click();
    expect(new URL(page.url()).pathname).toMatch(/^\/c\/[\w-]{22}$/);
    expect(await heading()).toBe('Samenwerken');
    expect(await said(page.locator('.answer'))).toContain('Deze badge is geldig');
    expect(await state()).toBe('claimed');

    const shared = page.url();
    expect(shared.length).toBeLessThan(120);
    expect(await page.getByRole('img', { name: /QR-code/ }).count()).toBe(1);
    const data = page.getByRole('link', { name: 'Download de badge (JSON)' });
    expect(await data.getAttribute('href')).toBe(`${new URL(shared).pathname}.json`);

    await page.goto(award.claim);
    expect(await heading()).toBe('Deze badge is al opgehaald');
    await page.getByRole('link', { name: 'Bekijk de badge' }).click();
    expect(page.url()).toBe(shared);
  });

  it('an offer that was withdrawn says so, also to whoever had the page open already', async () => {
    const award = await site.award();
    await page.goto(award.claim);
    await site.revoke(award.id);
    await page.getByRole('button', { name: 'Haal je badge op' }).click();
    expect(await heading()).toBe('Deze badge kun je niet meer ophalen');
    expect(page.url()).toBe(award.claim);
  });

  it('a link that is not complete leads to a page that says what to do', async () => {
    const response = await page.goto(`${site.origin}/claim/abc`);
    expect(response!.status()).toBe(404);
    expect(await heading()).toBe('Deze pagina is er niet');
    expect(await said(page.locator('main'))).toContain(response!.headers()['x-request-id']!);
  });

  it('by keyboard alone: skip link, main action, answer', async () => {
    const award = await site.award();
    await page.goto(award.claim);
    await page.keyboard.press('Tab');
    expect(await said(page.locator(':focus'))).toBe('Naar de inhoud');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await said(page.locator(':focus'))).toBe('Haal je badge op');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/*');
    expect(await heading()).toBe('Samenwerken');
  });
});
