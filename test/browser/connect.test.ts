// A person lets a service in, in a browser: the form of ours leads back to the service.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { REDIRECT } from '../support/ob3-client.ts';
import { askOf } from './connection-pages.ts';
import { type SiteInStates, startSiteInStates } from './page-list.ts';

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

it.each([
  ['Geef toegang', 'code'],
  ['Geef geen toegang', 'error'],
])('“%s” leads back with a %s, past a policy that lets forms go nowhere else', async (button, said) => {
  const asked = await askOf(site);
  const context = await browser.newContext({ locale: 'nl' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  await page.route(`${REDIRECT}**`, route => route.fulfill({ contentType: 'text/html', body: 'terug' }));
  const [name = '', value = ''] = site.learners.sam.headers.cookie.split('=');
  // Chromium takes a cookie of this name only as Secure, and localhost is secure enough for it.
  await context.addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, sameSite: 'Lax' }]);
  await page.goto(site.origin + asked.path);
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.waitForURL(`${REDIRECT}**`);
  const back = new URL(page.url());
  expect([back.searchParams.has(said), back.searchParams.get('state')]).toEqual([true, asked.state]);
  expect(complaints).toEqual([]);
  await context.close();
});
