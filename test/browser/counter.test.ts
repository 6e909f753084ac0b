// The counter as people use it, in a real browser: the camera, a photo, something dropped, the keyboard, and its weight.
import { writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, withCamera } from '../support/browser.ts';
import { asFilm, asJpeg, itxt, png, qrPicture } from '../support/containers.ts';
import { checkOnPage, type Site, said, startSite } from './site.ts';

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  const film = join(tmpdir(), `camera-${process.pid}.y4m`);
  writeFileSync(film, asFilm(qrPicture(site.demo.badgeUrl, { width: 640, height: 480, scale: 9 })));
  browser = await launchBrowser(withCamera(film));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'nl', viewport: { width: 390, height: 844 } });
  page = await context.newPage();
});
afterEach(() => context.close());

const heading = () => said(page.locator('h1'));
const verdict = async (text: string) => {
  await page.waitForSelector('.answer h1');
  expect(await heading()).toBe(text);
};

describe('what people hold', () => {
  it('a QR code before the camera: read in the browser, by our own reader, asked for on one page alone', async () => {
    const asked: string[] = [];
    page.on('request', request => asked.push(new URL(request.url()).pathname));
    await page.goto(site.origin);
    expect(asked.some(path => /camera|wasm/.test(path))).toBe(false);
    await page.getByRole('link', { name: 'Scan met de camera' }).click();
    await verdict('Deze badge is geldig');
    expect(page.url()).toContain('/verify?url=');
    expect(asked.filter(path => path.endsWith('.wasm'))).toHaveLength(1);
  });

  it('a camera that may not be used is told, and a photo does it', async () => {
    const refusing = await browser.newContext({ locale: 'en' });
    const other = await refusing.newPage();
    await other.addInitScript(
      "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    );
    await other.goto(`${site.origin}/verify/camera`);
    await other.getByText('The camera may not be used').waitFor();
    // As phones make them: with so much beside the picture that it is more than the service would take.
    const photo = Buffer.concat([
      asJpeg(qrPicture(site.demo.badgeUrl, { angle: 5, noise: 0.3 })),
      Buffer.alloc(2_100_000),
    ]);
    await other.setInputFiles('#photo', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
    await other.getByRole('button', { name: 'Check the photo' }).click();
    await other.waitForSelector('.answer h1');
    expect(await said(other.locator('h1'))).toBe('This badge is valid');
    await refusing.close();
  });

  it('with scripts off the camera page takes a photo', async () => {
    const plain = await browser.newContext({ locale: 'nl', javaScriptEnabled: false });
    const other = await plain.newPage();
    await other.goto(`${site.origin}/verify/camera`);
    expect(await said(other.locator('main'))).toContain('Met een foto lukt het ook');
    expect(await other.locator('[data-start], [data-stop], video').filter({ visible: true }).count()).toBe(0);
    const buffer = Buffer.from(asJpeg(qrPicture(site.demo.badgeUrl)));
    await other.setInputFiles('#photo', { name: 'foto.jpg', mimeType: 'image/jpeg', buffer });
    await other.getByRole('button', { name: 'Controleer de foto' }).click();
    expect(await said(other.locator('h1'))).toBe('Deze badge is geldig');
    await plain.close();
  });

  it('a picture that is dropped, a file that is pasted, and what stands behind the # of the address', async () => {
    const baked = Buffer.from(png([itxt(site.document)])).toString('base64');
    const given = `const bytes = Uint8Array.from(atob('${baked}'), c => c.charCodeAt(0));
      const data = new DataTransfer(); data.items.add(new File([bytes], 'badge.png', { type: 'image/png' }));`;
    await page.goto(site.origin);
    await page.evaluate(`{ ${given}
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })); }`);
    await verdict('Deze badge is geldig');

    await page.goto(`${site.origin}/verify`);
    await page.evaluate(`{ ${given}
      document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })); }`);
    await verdict('Deze badge is geldig');

    await page.goto(site.origin);
    await page.goto(`${site.origin}/verify#${encodeURIComponent(site.demo.badgeUrl)}`);
    expect(await page.locator('textarea').inputValue()).toBe(site.demo.badgeUrl);
    expect(new URL(page.url()).hash).toBe('');
    await page.keyboard.press('Enter');
    await verdict('Deze badge is geldig');
  });

  it('several files, or links on lines of their own, are checked at once from the same field', async () => {
    await page.goto(site.origin);
    const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.setInputFiles('#file', [file('a.json', site.files.valid), file('b.json', site.files.tampered)]);
    await page.getByRole('button', { name: 'Controleer' }).click();
    await page.waitForURL(/\/verify\/many\//);
    await page.goto(site.origin);
    await page.fill('textarea', `${site.demo.badgeUrl}\n${site.origin}/c/nergens`);
    await page.getByRole('button', { name: 'Controleer' }).click();
    await page.waitForURL(/\/verify\/many\//);
  });

  it('says that it is at work, and that one is offline, where a screen reader hears it', async () => {
    await page.goto(`${site.origin}/verify`);
    await page.fill('textarea', site.demo.badgeUrl);
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Controleer' }).click();
    expect(await said(page.getByRole('status'))).toContain('Je bent niet verbonden met internet');
    await context.setOffline(false);
    // Held where the answer would be on its way.
    await page.evaluate("document.forms[0].addEventListener('submit', event => event.preventDefault())");
    await page.getByRole('button', { name: 'Controleer' }).click();
    expect(await said(page.getByRole('status'))).toContain('We controleren de badge');
    expect(await page.locator('form[aria-busy=true]').count()).toBe(1);
  });
});

describe('by keyboard alone, and by ear', () => {
  it('from the front page to the answer and on to another day: the answer has the focus, and its title says it', async () => {
    await page.goto(site.origin);
    const press = async (key: string, until: string) => {
      for (let i = 0; i < 40; i++) {
        if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(until)})`)) return;
        await page.keyboard.press(key);
      }
      throw new Error(`${until} is not reached by ${key}`);
    };
    await press('Tab', 'textarea');
    await page.keyboard.type(site.demo.badgeUrl);
    await press('Tab', '[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.answer h1');
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
    expect(await page.title()).toMatch(/^Geldig: /);
    await press('Tab', 'summary');
    await page.keyboard.press('Enter');
    await press('Tab', '#at');
    await page.keyboard.type('01022026');
    await press('Tab', '[form=ask-day]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=2026-/);
    expect(await said(page.locator('.answer'))).toContain('Dit antwoord gaat over');
  });

  it('headings go down by one, and the verdict comes first of all that is read', async () => {
    await checkOnPage(page, site.origin, { file: site.files.valid });
    const levels = (await page.evaluate(
      "[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))",
    )) as number[];
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(await said(page.locator('main > :first-child h1'))).toBe('Deze badge is geldig');
  });

  it('at 400 % of 1280 pixels nothing has to be read sideways, and nothing moves for who asked for that', async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    // The film would be read at once.
    await page.route('**/*.wasm', () => {});
    for (const open of [
      () => page.goto(`${site.origin}/verify`),
      () => page.goto(`${site.origin}/verify/camera`, { waitUntil: 'domcontentloaded' }),
      () => checkOnPage(page, site.origin, { file: site.files.hostile }),
    ]) {
      await open();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    }
  });

  it('prints the answer and the badge, without what is there to press', async () => {
    await checkOnPage(page, site.origin, { file: site.files.valid });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('h1').isVisible()).toBe(true);
    for (const hidden of ['.actions', '#further', 'nav', 'form'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
  });
});

describe('a question further', () => {
  it('on a day: keeps what was asked, and says it of that day', async () => {
    await checkOnPage(page, site.origin, { file: site.files.valid });
    await page.getByText('Was hij geldig op een andere dag?').click();
    await page.fill('#at', '2020-05-01');
    await page.getByRole('button', { name: 'Bekijk die dag' }).click();
    await verdict('Deze badge was niet geldig op 1 mei 2020');
    expect(await page.inputValue('#at')).toBe('2020-05-01');
    await page.getByRole('button', { name: 'English' }).click();
    await verdict('This badge was not valid on 1 May 2020');
  });

  it('of a person: compares, keeps nothing, and never stands in an address', async () => {
    await checkOnPage(page, site.origin, { text: site.demo.badgeUrl });
    await page.getByText('Is het deze persoon?', { exact: true }).click();
    await page.fill('#name', 'Sam de Vries');
    await page.getByRole('button', { name: 'Vergelijk' }).click();
    await page.waitForSelector('.compared');
    expect(await said(page.locator('.compared'))).toContain('Vraag naar een identiteitsbewijs');
    expect(page.url()).toBe(`${site.origin}/verify`);
    expect(await page.inputValue('#name')).toBe('');
    await page.fill('#name', 'Iemand Anders');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.compared .failed');
    await verdict('Deze badge is geldig');
  });
});

describe('its weight', () => {
  it('a page weighs less than 60 KB with its style and script, and answers within a second on a slow phone', async () => {
    const url = `${site.origin}/verify?url=${encodeURIComponent(site.demo.badgeUrl)}`;
    for (const address of [site.origin, `${site.origin}/verify`, url]) {
      const fresh = await browser.newContext({ locale: 'nl' });
      const first = await fresh.newPage();
      let bytes = 0;
      first.on('response', async response => {
        const { responseBodySize } = await response.request().sizes();
        bytes += responseBodySize;
      });
      await first.goto(address, { waitUntil: 'networkidle' });
      await expect.poll(() => bytes).toBeGreaterThan(10_000);
      console.log(`${new URL(address).pathname}: ${bytes} bytes`);
      expect(bytes).toBeLessThan(60_000);
      await fresh.close();
    }
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await client.send('Network.enable');
    // Slow 4G, as Lighthouse has it.
    const kbps = 1_600 * 128;
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: kbps,
      uploadThroughput: kbps / 2,
    });
    await page.goto(url);
    const paint = "performance.getEntriesByName('first-contentful-paint')[0]";
    await page.waitForFunction(`${paint} !== undefined`);
    const painted = (await page.evaluate(`${paint}.startTime`)) as number;
    console.log(`first answer on a slow phone: ${Math.round(painted)} ms`);
    // Only a quiet machine can tell.
    if (loadavg()[0]! < 1) expect(painted).toBeLessThan(1_000);
  });
});
