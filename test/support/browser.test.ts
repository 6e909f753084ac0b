import { expect, it } from 'vitest';
import { findBrowser, launchBrowser } from './browser.ts';

it('a browser starts and renders', { timeout: 30_000 }, async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent('<title>Waarmerk</title><h1>Dag</h1>');
    expect([await page.title(), await page.locator('h1').textContent()]).toEqual(['Waarmerk', 'Dag']);
    expect((await page.screenshot()).length).toBeGreaterThan(1_000);
  } finally {
    await browser.close();
  }
});

it('a CHROMIUM_PATH that cannot be run is named, not passed over', () => {
  expect(() => findBrowser({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow('/nowhere/chromium');
});
