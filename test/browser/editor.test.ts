import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startConsole } from './console-pages.ts';
import { type Site, startSite } from './site.ts';

describe('the console and its editor of achievements, in a browser', () => {
  let site: Site;
  let browser: Browser;
  let cookie: { name: string; value: string };
  beforeAll(async () => {
    site = await startSite();
    const { member } = await startConsole(site);
    const [name, value] = member.headers.cookie.split('=') as [string, string];
    cookie = { name, value };
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = async (javaScriptEnabled: boolean) => {
    const context = await browser.newContext({
      locale: 'nl',
      viewport: { width: 390, height: 844 },
      javaScriptEnabled,
    });
    await context.addCookies([{ ...cookie, url: site.origin.replace('http:', 'https:'), secure: true }]);
    const page = await context.newPage();
    await page.goto(`${site.origin}/console/beheer/achievements/new`);
    return page;
  };

  it('finds outcomes and tells what is missing as one types', async () => {
    const page = await open(true);
    await page.fill('#name', 'Getypt');
    await page.fill('#search', 'werft');
    await page.waitForSelector('#found button[name=add]');
    await page.selectOption('#eqf', '4');
    await page.waitForSelector('#completeness progress[value="7"]');
    expect(new URL(page.url()).pathname).toBe('/console/beheer/achievements/new');
    await page.click('#found button[name=add]');
    expect(await page.inputValue('#outcomes')).toBe('Werft vrijwilligers');
    expect(await page.inputValue('#name')).toBe('Getypt');
  });

  it('does the same without scripts, by buttons and the Enter key', async () => {
    const page = await open(false);
    await page.fill('#name', 'Getypt');
    await page.fill('#search', 'werft');
    await page.press('#search', 'Enter');
    await page.click('#found button[name=add]');
    expect(await page.inputValue('#outcomes')).toBe('Werft vrijwilligers');
    await page.fill('#description', 'Waar het over gaat.');
    await page.click('button[value=save]');
    expect(await page.textContent('.done')).toContain('Het concept is bewaard');
  });

  it('has the rooms behind one button on a phone, by keyboard and without scripts, and side by side on a desk', async () => {
    const page = await open(false);
    const rooms = page.locator('.rooms ul');
    expect((await page.locator('.console-head').boundingBox())!.height).toBeLessThan(130);
    expect(await rooms.isVisible()).toBe(false);
    await page.focus('.rooms .menu');
    await page.keyboard.press('Enter');
    expect(await rooms.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await rooms.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await Promise.all([page.waitForURL('**/console/beheer'), page.keyboard.press('Enter')]);

    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await rooms.isVisible()).toBe(true);
    expect(await page.isVisible('.rooms .menu')).toBe(false);
  });
});
