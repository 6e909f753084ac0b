import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { png } from '../support/files.ts';
import { type PeopleSite, startPeopleSite } from './people-site.ts';
import { said } from './site.ts';

const PHONE = { viewport: { width: 390, height: 844 }, locale: 'nl-NL' };

describe('someone without an account, on a telephone', () => {
  let site: PeopleSite;
  let browser: Browser;
  const photo = join(mkdtempSync(join(tmpdir(), 'photo-')), 'tuin.png');
  beforeAll(async () => {
    writeFileSync(photo, png({ width: 60, height: 40 }));
    site = await startPeopleSite();
    browser = await launchBrowser(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const heading = (page: Page) => said(page.locator('h1'));
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('begins, tells three things by voice and photo, prints, and later goes on after a login', async () => {
    const context = await browser.newContext({ ...PHONE, permissions: ['microphone'] });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', message => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', error => wrong.push(error.message));
    await page.goto(`${site.origin}/begin`);
    expect(await heading(page)).toBe('Begin hier');
    await page.getByText('Ik wil ander werk leren').click();
    await press(page, 'Begin');
    for (const question of ['Wat doe je graag?', 'Waar vragen anderen jou voor?']) {
      expect(await heading(page)).toBe(question);
      await press(page, 'Neem op');
      await page.getByText('Je wordt opgenomen').waitFor();
      // Long enough for a sound to have been taken.
      await page.waitForTimeout(400);
      await press(page, 'Stop');
      await page.getByText('Opgenomen.').waitFor();
      await Promise.all([page.waitForURL('**/begin/story', { waitUntil: 'load' }), press(page, 'Bewaar dit')]);
    }
    expect(await heading(page)).toBe('Wat leerde je zonder les?');
    await page.setInputFiles('#photo', photo);
    await Promise.all([page.waitForURL('**/begin/story', { waitUntil: 'load' }), press(page, 'Bewaar dit')]);
    await page.getByRole('link', { name: 'Bekijk wat je al kunt' }).click();
    expect(await heading(page)).toBe('Dit kun je al');
    expect(await page.locator('.sheet > li').count()).toBe(3);
    expect(
      await page.locator('.photo img').evaluate(img => (img as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(60);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('.qr').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    const code = await said(page.locator('.copy'));
    expect(code.length).toBeLessThan(120);
    expect(wrong).toEqual([]);
    await context.close();

    const later = await browser.newContext(PHONE);
    const again = await later.newPage();
    await again.goto(code);
    expect(await heading(again)).toBe('Welkom terug');
    await press(again, 'Ja, ga verder');
    await again.goto(`${site.origin}/login/eduid?hint=sam&return=${encodeURIComponent('/begin/keep')}`);
    expect(await heading(again)).toBe('Bewaar wat je vertelde');
    await press(again, 'Zet het in mijn portfolio');
    expect(await heading(again)).toBe('Wat ik heb geleerd');
    expect(await again.locator('.memory').filter({ hasText: 'Door jou verteld' }).count()).toBe(3);
    await again.getByRole('link', { name: 'Wat ik graag doe' }).click();
    const player = again.locator('audio.player');
    await player.evaluate(element => (element as unknown as { load(): void }).load());
    const heard = await again.request.get(new URL((await player.getAttribute('src'))!, site.origin).href);
    expect([heard.status(), heard.headers()['content-type']]).toEqual([200, 'audio/webm']);
    await again.getByLabel('Waar ben je trots op?').fill('Dat het lukte');
    await again.locator('#questions').getByRole('button', { name: 'Bewaar' }).click();
    expect(await said(again.locator('#questions'))).toContain('Dat het lukte');
    await later.close();
  });

  it('all of it works without scripts, a recording chosen as a file', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/begin`);
    expect(await page.getByRole('button', { name: 'Lees voor' }).isVisible()).toBe(false);
    await press(page, 'Begin');
    expect(await page.getByRole('button', { name: 'Neem op' }).isVisible()).toBe(false);
    await page.fill('#story', 'Ik repareer fietsen.');
    await press(page, 'Bewaar dit');
    await page.getByRole('link', { name: 'Dit kun je al' }).click();
    expect(await said(page.locator('.sheet'))).toContain('Ik repareer fietsen.');
    await context.close();
  });
});
