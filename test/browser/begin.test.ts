import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { png } from '../support/files.ts';
import { saidIn } from '../support/packages.ts';
import { type PeopleSite, signInAs, startPeopleSite } from './people-site.ts';
import { said } from './site.ts';

const PHONE = { viewport: { width: 390, height: 844 }, locale: 'nl-NL' };

describe('someone without an account, on a telephone', () => {
  let site: PeopleSite;
  /** Another service: its own database, files and address. */
  let elsewhere: PeopleSite;
  let browser: Browser;
  const photo = join(mkdtempSync(join(tmpdir(), 'photo-')), 'tuin.png');
  beforeAll(async () => {
    writeFileSync(photo, png({ width: 60, height: 40 }));
    [site, elsewhere] = await Promise.all([startPeopleSite(), startPeopleSite()]);
    browser = await launchBrowser(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), elsewhere?.close()]);
  });
  const heading = (page: Page) => said(page.locator('h1'));
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  /** Presses what leads to another page, and waits for it. */
  const lead = (page: Page, name: string) => Promise.all([page.waitForNavigation(), press(page, name)]);
  /** The whole portfolio of who is signed in there, as their browser saves it. */
  const taken = async (page: Page, origin: string) => {
    await page.goto(`${origin}/portfolio/pack`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Neem alles mee' }).click();
    return (await download).path();
  };

  it('begins, tells three things by voice and photo, prints, goes on after a login, is told what others saw, and takes it all elsewhere', async () => {
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
    const paper = await page.locator('.qr').screenshot();
    const [code] = await site.world.deps.readQr(paper);
    expect([code, code!.length < 120]).toEqual([await said(page.locator('.copy')), true]);
    expect(wrong).toEqual([]);
    await context.close();

    const later = await browser.newContext(PHONE);
    const again = await later.newPage();
    await again.goto(code!);
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

    // Someone else is asked, who has no account and answers on a telephone of their own.
    await again.getByRole('link', { name: 'Vraag iemand iets over deze ervaring te zeggen' }).click();
    await again.getByLabel('Wie vraag je?').fill('Fatima');
    await again.getByText('buur', { exact: true }).click();
    await again.getByLabel('Hoe heet jij voor deze persoon?').fill('Sam');
    await lead(again, 'Maak de link');
    const link = await again.locator('#link').inputValue();
    const hers = await browser.newContext(PHONE);
    const asked = await hers.newPage();
    await asked.goto(link);
    expect(await heading(asked)).toBe('Sam vraagt jou iets');
    await asked.fill('#words', 'Ik hoorde het door de muur heen.');
    await lead(asked, 'Versturen');
    expect(await heading(asked)).toBe('Dank je wel');
    await hers.close();
    await again.goto(`${site.origin}/portfolio/references`);
    expect(await said(again.locator('main'))).toMatch(/Over “Wat ik graag doe”[^]*Fatima[^]*door de muur heen/);

    // And all of it goes to another service, into an account that holds nothing yet.
    const whole = await taken(again, site.origin);
    const far = await browser.newContext(PHONE);
    const there = await signInAs(far, elsewhere.origin, 'bram', '/portfolio/pack');
    await there.setInputFiles('#zip', whole);
    await lead(there, 'Zet terug');
    expect(await said(there.getByRole('status').first())).toContain('3 ervaringen zijn toegevoegd');
    const [before, after] = [whole, await taken(there, elsewhere.origin)].map(path => saidIn(readFileSync(path)));
    expect([after!.experiences.length, after!.references.length]).toEqual([3, 1]);
    expect(after).toEqual(before);
    await there.goto(`${elsewhere.origin}/portfolio`);
    expect(await said(there.locator('main'))).toContain('Herkend door iemand met naam');
    await Promise.all([later.close(), far.close()]);
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
