import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { linkIn, type PeopleSite, signInAs, startPeopleSite } from './people-site.ts';
import { said } from './site.ts';

const SAM = 'sam.devries@example.org';

describe('a badge that finds its owner, with scripts off', () => {
  let site: PeopleSite;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  /** A browser of someone's own, phone-sized. */
  const someone = async (locale = 'nl') => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      locale,
      viewport: { width: 390, height: 844 },
    });
    contexts.push(context);
    return context;
  };
  beforeAll(async () => {
    site = await startPeopleSite();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await site?.close();
  });

  const heading = (page: Page) => said(page.locator('h1'));
  const main = (page: Page) => said(page.locator('main'));

  it(
    'an awarder gives it to an address; the learner proves who they are, step by step; an employer sees it',
    { timeout: 180_000 },
    async () => {
      // 1. The student administration awards, to an e-mail address.
      const desk = await signInAs(await someone(), site.origin, 'tom', '/console/hogeschool-voorbeeld/awards/new');
      await desk.getByRole('link', { name: 'Vrijwilligers begeleiden' }).click();
      await desk.check('input[name=kind][value=email]');
      await desk.fill('input[name=address]', SAM);
      await desk.fill('input[name=name]', 'S. de Vries');
      await desk.check('input[name=basis][value=assessment]');
      await desk.fill('input[name=decidedBy]', 'Examinator Social Work');
      await desk.fill('input[name=decidedOn]', '2026-11-10');
      await desk.fill('input[name=reference]', 'wandeling-1');
      await desk.click('main form button[value=check]');
      await desk.click('main form button[value=make]');
      expect(new URL(desk.url()).pathname).toMatch(/\/awards\/[0-9a-f-]{36}$/);

      // 2. The learner follows the letter, logs in with an eduID, and is asked to be known better.
      const learner = await someone();
      const page = await learner.newPage();
      await page.goto(linkIn(await site.letterTo(SAM)));
      expect(await heading(page)).toBe('Er ligt een badge voor je klaar');
      await page.getByRole('link', { name: 'Log in om hem op te halen' }).click();
      await page.getByRole('link', { name: /Inloggen met eduID/ }).click();
      await page.getByRole('button', { name: /Sam de Vries eduID/ }).click();
      expect(await heading(page)).toBe('Nog één stap voor je badge');
      expect(await main(page)).toContain('Je naam is nog niet gecontroleerd');

      // 3. Not now: nothing is claimed, and nothing is said that was not proven.
      await page.getByRole('link', { name: /Ga verder met eduID/ }).click();
      await page.getByRole('button', { name: 'Nu niet' }).click();
      expect(await heading(page)).toBe('Nog één stap voor je badge');

      // 4. With an institution linked at eduID the name counts, and stands in the badge.
      await page.getByRole('link', { name: /Ga verder met eduID/ }).click();
      await page.getByRole('button', { name: /Koppel Hogeschool Voorbeeld/ }).click();
      expect(await main(page)).toContain('Een instelling staat in voor de naam');
      await page.getByRole('button', { name: 'Haal je badge op' }).click();
      expect(await heading(page)).toBe('Vrijwilligers begeleiden');
      const mine = page.url().split('?')[0]!;

      // 5. The account is tied to an institution account as well.
      await page.goto(`${site.origin}/account/add?return=/account`);
      const add = await page.getByRole('link', { name: /eduID.* toevoegen/ }).getAttribute('href');
      await page.goto(`${new URL(add!, site.origin).href}&hint=sam-student`);
      // The provider ends its own session of Sam first, with a page of its own.
      const other = page.getByRole('button', { name: 'Continue' });
      if (await other.count()) await other.click();
      expect(await heading(page)).toBe('Mijn account');
      expect(await main(page)).toContain('sam-student@hogeschool-voorbeeld.example');

      // 6. An employer sees a valid badge, and nothing about its holder yet.
      await page.goto(mine);
      const shared = await page.getByRole('link', { name: 'Naar de pagina om te delen' }).getAttribute('href');
      const employer = await (await someone()).newPage();
      await employer.goto(new URL(shared!, site.origin).href);
      expect(await said(employer.locator('.answer'))).toContain('Deze badge is geldig');
      expect(await main(employer)).not.toContain('Bevestigd door de houder');

      // 7. The holder, who just proved who they are, confirms; the employer is told when and how, without an address.
      await page.getByRole('link', { name: 'Bevestig dat jij het bent' }).click();
      await page.getByRole('button', { name: 'Ja, deze badge is van mij' }).click();
      await employer.reload();
      const told = await main(employer);
      expect(told).toContain('Bevestigd door de houder');
      expect(told).toMatch(/naam .*instelling/i);
      for (const address of [SAM, 'sam-student']) expect(told).not.toContain(address);

      // 8. The institution account goes, as it does after graduation; with only the eduID left, the badge is still there.
      await page.goto(`${site.origin}/account`);
      const tie = page
        .locator('article, li, section')
        .filter({ hasText: 'sam-student@hogeschool-voorbeeld.example' })
        .last();
      await tie.getByRole('link', { name: /[Ll]osmaken/ }).click();
      await page.locator('main form button').click();
      expect(await main(page)).not.toContain('sam-student@hogeschool-voorbeeld.example');
      const later = await signInAs(await someone(), site.origin, 'sam', '/badges');
      expect(await heading(later)).toBe('Mijn badges');
      expect(await main(later)).toContain('Vrijwilligers begeleiden');
    },
  );
});
