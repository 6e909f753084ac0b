// The check without a network, in a real browser of which the network is cut: asked for, used, renewed and let go of.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateJoseKey, localJoseSigner } from '../../src/vc/jose-signer.ts';
import { readShortBadge, signShortBadge } from '../../src/vc/short-badge.ts';
import { offlineCode } from '../../src/web/offline-code.ts';
import { launchBrowser, press, withCamera } from '../support/browser.ts';
import { asFilm, asJpeg, qrPicture } from '../support/containers.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';
import { said } from './site.ts';

/** What the service was asked, in the order in which it was. */
const asked: string[] = [];

/** The service, with badges whose codes are on paper. */
async function startService() {
  const port = await freePort();
  const world = createWorld({ origin: `http://localhost:${port}`, network: new Map() });
  const school = await createCopies(world);
  const codeOf = async (id: string) => offlineCode(world.deps, id);
  const [good, revoked] = [await school.give(), await school.give()];
  const codes = { good: await codeOf(good), revoked: await codeOf(revoked) };
  await world.api(`/api/v1/awards/${revoked}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
  const { badge } = readShortBadge(codes.good.split('#')[1]!);
  const { publicJwk, pkcs8 } = await generateJoseKey('ES256');
  const issuer = 'did:web:elders.example';
  const key = { id: `${issuer}#k1`, controller: issuer, algorithm: 'ES256' as const, publicJwk, pkcs8 };
  const strange = await signShortBadge({ ...badge, issuer }, await localJoseSigner(key));
  const [head, last] = [codes.good.slice(0, -1), Number(codes.good.at(-1))];
  return {
    world,
    school,
    origin: world.origin,
    codes: { ...codes, strange: `${world.origin}/V#${strange}`, changed: `${head}${(last + 1) % 10}` },
    server: serve({
      fetch: request => (asked.push(new URL(request.url).pathname), world.app.fetch(request)),
      port,
    }) as Server,
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let service: Awaited<ReturnType<typeof startService>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  service = await startService();
  const film = join(tmpdir(), `paper-${process.pid}.y4m`);
  writeFileSync(film, asFilm(qrPicture(service.codes.good, { width: 640, height: 480, scale: 5 })));
  browser = await launchBrowser(withCamera(film));
});
afterAll(async () => {
  await browser?.close();
  service?.server.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'nl', viewport: { width: 390, height: 844 } });
  page = await context.newPage();
});
afterEach(() => context.close());

const told = (part: string) => page.locator('[data-told]', { hasText: part }).waitFor();
const verdict = (words: string) => page.locator('h2.verdict', { hasText: words }).waitFor();
const opens = () => page.goto(`${service.origin}/verify/offline`);
/** How many stores and workers the browser keeps for us. */
const stored = () =>
  page.evaluate(
    'Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(all => all.map(some => some.length))',
  );

/** Asks to keep it, as someone with a network does. */
async function prepare() {
  await opens();
  await page.getByRole('button', { name: 'Ook zonder netwerk gebruiken' }).click();
  await told('Het staat klaar');
}

/** Gives a photo of a code. */
async function photograph(code: string) {
  const buffer = Buffer.from(asJpeg(qrPicture(code, { scale: 4 })));
  await page.setInputFiles('#photo', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
  await page.click('form[data-photo] button');
}

/** What axe finds on the page, and how much of it has to be read sideways. */
async function flaws() {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document).then(r => r.violations)')) as {
    id: string;
    nodes: unknown[];
  }[];
  const sideways = await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
  return [found.map(({ id }) => id), sideways];
}

describe('the check without a network', () => {
  it('is kept only when asked for, answers with the network cut, and can be let go of', async () => {
    await page.goto(`${service.origin}/verify`);
    await press(page, 'main a[href="/verify/offline"]');
    await told('Dit staat nog niet klaar');
    expect(await stored()).toEqual([0, 0]);
    await prepare();
    expect(await stored()).toEqual([1, 2]);

    await context.setOffline(true);
    asked.length = 0;
    await opens();
    await told('Je hebt nu geen internet');
    await page.getByRole('button', { name: 'Zet de camera aan' }).click();
    await verdict('Deze badge is geldig');
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
    expect(await said(page.locator('.answer'))).toMatch(/Wat het weet, is .+ oud.+Beoordeeld op 1 november 2026/);
    expect(await said(page.locator('[data-facts]'))).toMatch(/Samenwerken.*Sam de Vries.*Proefschool \(localhost/);
    expect(await flaws()).toEqual([[], 0]);
    await photograph(service.codes.revoked);
    await verdict('Deze badge is niet geldig');
    expect(await said(page.locator('.answer'))).toMatch(/ingetrokken.*Dit antwoord komt van dit apparaat/);
    for (const [code, words, cause] of [
      [service.codes.strange, 'We weten het niet zeker', 'Controleer hem opnieuw als je internet hebt'],
      [service.codes.changed, 'Deze badge is niet geldig', 'Wat kun je doen'],
    ] as const) {
      await page.evaluate(`location.hash = '${code.split('#')[1]}'`);
      await verdict(words);
      expect(await said(page.locator('.answer'))).toContain(cause);
    }
    await photograph(`${service.origin}/c/niets`);
    await page.locator('.camera .told', { hasText: 'In deze QR-code zit geen badge' }).waitFor();
    expect(await page.locator('.answer').isVisible()).toBe(false);
    // Whether there is a newer worker the browser asks by itself, and not by way of the network that was cut.
    expect(asked.filter(path => path !== '/verify/worker.js')).toEqual([]);

    await page.getByRole('button', { name: 'Van dit apparaat halen' }).click();
    await told('Op dit apparaat staat niets meer');
    expect(await stored()).toEqual([0, 0]);
    expect(await page.locator('[data-camera]').isVisible()).toBe(false);
  });

  it('opens on what a camera reads from paper, says when what it knows is too old, and renews by itself', async () => {
    await prepare();
    await context.setOffline(true);
    await page.clock.setFixedTime(Date.now() + 26 * 3_600_000);
    for (const [code, words, cause] of [
      [service.codes.good, 'We weten het niet zeker', 'oud'],
      [service.codes.revoked, 'Deze badge is niet geldig', 'ingetrokken'],
    ] as const) {
      await page.goto('about:blank');
      await page.goto(code);
      await told('is te oud: 26 uur');
      await verdict(words);
      expect(await said(page.locator('.answer'))).toContain(cause);
      expect(new URL(page.url()).hash).toBe('');
    }
    await context.setOffline(false);
    await page.goto(`${service.origin}/verify`);
    await context.setOffline(true);
    await page.fill('textarea', service.codes.revoked);
    await press(page, 'main form [type=submit]');
    await verdict('Deze badge is niet geldig');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('h2.verdict').isVisible()).toBe(true);
    expect(await page.locator('form, button').filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });

    await context.setOffline(false);
    await page.clock.setFixedTime(Date.now());
    asked.length = 0;
    await opens();
    await expect.poll(() => asked).toContain('/verify/offline/knowledge');
    await told('Het staat klaar');
    await photograph(service.codes.good);
    await verdict('Deze badge is geldig');
  });

  it('is nobody’s page, speaks the language it was asked in, and is there when only the service is away', async () => {
    const [name, value] = service.school.person.headers.cookie.split('=') as [string, string];
    await context.addCookies([{ name, value, domain: 'localhost', path: '/', secure: true }]);
    await page.goto(`${service.origin}/verify/offline?lang=en`);
    expect(await page.locator('form[action="/logout"]').count()).toBeGreaterThan(0);
    await page.route('**/knowledge', route => route.abort());
    await page.getByRole('button', { name: 'Use it without a network too' }).click();
    await told('Getting it ready failed');
    expect(await stored()).toEqual([0, 0]);
    await page.unroute('**/knowledge');
    await page.getByRole('button', { name: 'Use it without a network too' }).click();
    await told('It is ready');

    service.server.closeAllConnections();
    await new Promise(done => service.server.close(done));
    await opens();
    await told('Renewing failed. It is ready');
    expect(await page.locator('form[action="/logout"]').count()).toBe(0);
    await photograph(service.codes.good);
    await verdict('This badge is valid');
  });
});
