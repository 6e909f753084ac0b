import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../src/platform/context.ts';
import { addExperience, assessMyself, openOwn } from '../../src/portfolio/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';
import { createPerson } from '../support/people.ts';
import { createValidation, type Validation } from '../support/validation.ts';
import { exampleAchievement } from '../support/world.ts';
import { said } from './site.ts';

const SLUG = 'wijkschool';
const WAYS = 'Laat zien hoe je een klus veilig afrondt.\nOf vertel erover met iemand van je werk.';

/** Someone at a browser of their own, whose clicks are counted. */
interface Someone {
  page: Page;
  clicks: number;
  click: (selector: string) => Promise<void>;
}

describe('a validation, with scripts off', () => {
  let origin: string;
  let school: Validation;
  let world: ReturnType<typeof createWorld>;
  let browser: Browser;
  let further: string;
  let close: () => Promise<void>;
  let assessor: Someone;
  let examiner: Someone;
  let board: Someone;
  const contexts: BrowserContext[] = [];

  async function someone(who?: { headers: { cookie: string } }, width = 390): Promise<Someone> {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      locale: 'nl',
      viewport: { width, height: 844 },
    });
    contexts.push(context);
    if (who) {
      const [name, value] = who.headers.cookie.split('=') as [string, string];
      await context.addCookies([{ name, value, url: origin.replace('http:', 'https:'), secure: true }]);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const self: Someone = {
      page,
      clicks: 0,
      click: async selector => {
        self.clicks++;
        await page.click(selector);
      },
    };
    return self;
  }

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${port}`;
    world = createWorld({ origin, network: new Map() });
    school = await createValidation(world, SLUG);
    const requires = { units: [], achievements: [school.achievement] };
    const content = { ...exampleAchievement, name: 'Leiden in de wijk', policy: { requires } };
    further = (await publishAchievement(school.ctx, (await importAchievement(school.ctx, content)).id)).id;
    const server = createServer(getRequestListener(world.app.fetch));
    await new Promise<void>(listening => server.listen(port, listening));
    close = () => new Promise<void>(closed => server.close(() => closed()).closeAllConnections());
    browser = await launchBrowser();
    assessor = await someone(school.assessor, 1280);
    examiner = await someone(school.examiner, 1280);
    board = await someone(await school.staff('board', 'Bo Commissie', 'coordinator'), 1280);
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await close?.();
  });

  const main = ({ page }: Someone) => said(page.locator('main'));
  const turn = ({ page }: Someone) => said(page.locator('#next'));
  const open = ({ page }: Someone, path: string) => page.goto(`${origin}${path}`);
  const desk = (id: string) => `/console/${SLUG}/dossiers/${id}`;
  /** What stands folded is opened, as one does by hand. */
  const unfold = ({ page }: Someone, summary: string) => page.click(`summary:has-text("${summary}")`);
  const press = ({ page }: Someone, move: string, within = 'main') =>
    page.locator(`${within} form:has(input[name=move][value="${move}"]) button[type=submit]`).first().click();

  /** A learner with eleven experiences, some laid beside outcomes, who tells a twelfth on the page. */
  async function learnerWithPortfolio(name: string) {
    const person = await createPerson(world, { name, nameSource: 'institution' });
    const session = { person: person.id, language: 'nl', identity: person.identityId } as SignedIn;
    const book = await openOwn(world.deps, session);
    const told: string[] = [];
    const periods = { periodFrom: null, periodTo: null };
    for (let n = 1; n < 12; n++)
      told.push(
        await addExperience(world.deps, book, {
          kind: 'informal',
          context: 'work',
          title: `Klus ${n}`,
          story: `Wat ik deed bij klus ${n}.`,
          answers: {},
          ...periods,
        }),
      );
    for (const [i, { outcomes }] of school.units.entries())
      await assessMyself(world.deps, book, {
        outcomeId: outcomes[0]!,
        scale: 'show',
        experiences: told.slice(i * 2, i * 2 + 2),
      });
    const learner = await someone(person);
    await open(learner, '/portfolio/new');
    await learner.page.fill('[name=title]', 'De buurtmoestuin');
    await learner.page.fill('[name=story]', 'Met de hele straat een moestuin opgezet.');
    await learner.page.click('main form button[type=submit]');
    return learner;
  }

  /** Intake: the learner asks, and shows all but the twelfth. */
  async function ask(learner: Someone): Promise<string> {
    await open(learner, `/i/${SLUG}/achievements/${school.achievement}/begin`);
    await learner.page.fill('[name=aim]', 'Ik wil werken in de wijk.');
    for (const box of await learner.page.locator('label.tick:has-text("Klus") input').all()) await box.check();
    await learner.page.click('main form button[type=submit]');
    const id = /\/validations\/([^?]+)/.exec(learner.page.url())![1]!;
    expect(await turn(learner)).toContain('is aan zet');
    return id;
  }

  async function accept(id: string) {
    await open(board, `/console/${SLUG}/work`);
    await board.page.click(`a[href$="/dossiers/${id}"] >> nth=0`);
    await board.page.fill('#text', 'Fijn dat je dit vraagt. Het duurt drie weken.');
    await press(board, 'accept');
    await unfold(board, 'Deel iemand in');
    await board.page.selectOption('select[name=assessor-person]', school.assessor.id);
    await press(board, 'assign');
  }

  async function handIn(learner: Someone, id: string) {
    await open(learner, `/validations/${id}`);
    await press(learner, 'hand-in');
  }

  /** The assessor's judgement: words for each part, and the clicks beside them. */
  async function judge(id: string, stands: boolean[]) {
    await open(assessor, desk(id));
    assessor.clicks = 0;
    await assessor.click('.turn a.button');
    const parts = await assessor.page.locator('fieldset.part').all();
    expect(parts).toHaveLength(stands.length);
    for (const [i, part] of parts.entries()) {
      await part.locator('textarea').fill('Het portfolio laat dit van veel kanten zien.');
      const partId = (await part.getAttribute('id'))!.slice('part-'.length);
      await assessor.click(`input[name="stands-${partId}"][value=${stands[i] ? 'yes' : 'no'}]`);
      await assessor.click(`input[name="all-${partId}"]`);
    }
    await assessor.page.fill('[name=advice]', 'Ga hiermee door.');
    await assessor.click('form:has(input[name=move][value=judge]) button[type=submit]');
    expect(await turn(assessor)).toContain('is aan zet');
    return assessor.clicks;
  }

  /** Goes on by Tab until a place is reached, as who has no mouse does. */
  async function tabTo({ page }: Someone, selector: string) {
    const reached = () => page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`);
    for (let n = 0; n < 150; n++) {
      await page.keyboard.press('Tab');
      if (await reached()) return;
    }
    throw new Error(`No Tab leads to ${selector}`);
  }
  const keys = async (who: Someone, selector: string, ...pressed: string[]) => {
    await tabTo(who, selector);
    for (const key of pressed) await who.page.keyboard.press(key);
  };
  const write = async (who: Someone, selector: string, text: string) => {
    await tabTo(who, selector);
    await who.page.keyboard.insertText(text);
  };
  /** Sends the form that holds a move, and waits for what follows. */
  const sendByKeys = async (who: Someone, move: string) => {
    await tabTo(who, `form:has(input[name=move][value="${move}"]) button[type=submit]`);
    await Promise.all([who.page.waitForNavigation(), who.page.keyboard.press('Enter')]);
  };

  /** The same judgement without a mouse. */
  async function judgeByKeys(id: string, stands: boolean[], ways: string) {
    await open(assessor, desk(id));
    await keys(assessor, '.turn a.button', 'Enter');
    for (const [i, unit] of school.units.entries()) {
      await write(assessor, `[name="whole-${unit.id}"]`, 'Het portfolio laat dit van veel kanten zien.');
      // Tab comes to the first of a choice, an arrow chooses the next.
      await keys(assessor, `[name="stands-${unit.id}"]`, ...(stands[i] ? ['Space'] : ['ArrowDown']));
      await keys(assessor, `[name="all-${unit.id}"]`, 'Space');
    }
    await write(assessor, '[name^="ways-"]', ways);
    await write(assessor, '[name=advice]', 'Ga hiermee door.');
    await sendByKeys(assessor, 'judge');
    expect(await turn(assessor)).toContain('is aan zet');
  }

  async function agreeByKeys(id: string) {
    await open(examiner, desk(id));
    await tabTo(examiner, '.turn a.button');
    await Promise.all([examiner.page.waitForNavigation(), examiner.page.keyboard.press('Enter')]);
    await sendByKeys(examiner, 'agree');
    expect(await main(examiner)).toContain('Het besluit staat.');
  }

  async function reply(learner: Someone, id: string, ownWords = '') {
    await open(learner, `/validations/${id}`);
    await learner.page.fill('#reply-text', 'Hier herken ik mij in.');
    if (ownWords) await learner.page.fill('#own-words', ownWords);
    await press(learner, 'reply');
  }

  async function agree(id: string) {
    await open(examiner, desk(id));
    examiner.clicks = 0;
    await examiner.click('.turn a.button');
    await examiner.click('form:has(input[name=move][value=agree]) button[type=submit]');
    expect(await main(examiner)).toContain('Het besluit staat.');
    return examiner.clicks;
  }

  /** What a stranger is told of the learner's badge. */
  async function checked(learner: Someone, id: string, title: string): Promise<string> {
    await open(learner, `/validations/${id}`);
    await learner.page.click(`li:has-text("${title}") a[href^="/badges/"]`);
    const shared = await learner.page.getByRole('link', { name: 'Naar de pagina om te delen' }).getAttribute('href');
    const stranger = await someone();
    await stranger.page.goto(new URL(shared!, origin).href);
    return main(stranger);
  }

  it(
    'six people go from a portfolio to a badge that is valid, a sample, and a second round that builds on it',
    { timeout: 180_000 },
    async () => {
      const learner = await learnerWithPortfolio('Noor Bakker');
      const id = await ask(learner);
      await accept(id);

      // The learner shows the twelfth to who they invite as well, and invites a guide and someone from work.
      await open(learner, `/validations/${id}`);
      const garden = learner.page.locator('#shown li', { hasText: 'De buurtmoestuin' });
      await garden.locator('input[name=partners]').check();
      await garden.getByRole('button', { name: /Laat zien/ }).click();
      const invite = async (name: string, kind: string) => {
        await open(learner, `/validations/${id}`);
        await unfold(learner, 'Nodig iemand uit');
        await learner.page.fill('#partner-name', name);
        await learner.page.selectOption('#partner-kind', kind);
        await press(learner, 'invite');
        return said(learner.page.locator('.notice code'));
      };
      const guide = await someone(await createPerson(world, { name: 'Gijs Gids' }));
      await guide.page.goto(await invite('Gijs', 'guide'));
      await guide.page.click('form[action$="/join"] button');
      expect(await main(guide)).toContain('Je kijkt mee als begeleider.');
      await unfold(guide, 'Zeg of vraag iets');
      await guide.page.fill('#say-text', 'Wie heeft de moestuin bedacht?');
      await guide.page.click('button[name=move][value=ask]');

      const work = await someone();
      const link = await invite('Wil Werkman', 'work');
      await work.page.goto(link);
      expect(await main(work)).toContain('De buurtmoestuin');
      expect(await main(work)).not.toContain('Klus 1');
      await work.page.fill('#say-text', 'Noor trok de hele straat mee.');
      await work.page.click('button[name=move][value=comment]');

      // A question waits for the learner before anything else; a conversation is written down and confirmed.
      await open(learner, `/validations/${id}`);
      expect(await turn(learner)).toBe('Jij bent aan zet');
      await learner.page.fill('[id^=answer-]', 'Ik, samen met mijn buurvrouw.');
      await press(learner, 'answer');
      await handIn(learner, id);
      await open(assessor, `/console/${SLUG}/work`);
      expect(await main(assessor)).toContain('Noor Bakker');
      await open(assessor, desk(id));
      await unfold(assessor, 'Verslag van een gesprek');
      await assessor.page.fill('#report-text', 'We spraken over wie wat deed.');
      await press(assessor, 'report');
      await open(learner, `/validations/${id}`);
      await press(learner, 'confirm-report');

      expect(await judge(id, [true, true, true])).toBeLessThanOrEqual(12);
      await reply(learner, id, 'Dit heb ik met de buurt gedaan.');
      expect(await agree(id)).toBe(2);
      const told = await checked(learner, id, 'Werken in de wijk');
      expect(told).toContain('Deze badge is geldig');
      expect(told).toContain('Dit heb ik met de buurt gedaan.');
      for (const secret of ['moestuin', 'Klus', 'Noor trok']) expect(told).not.toContain(secret);

      // The board looks at it again, and tells the assessor.
      await open(board, `/console/${SLUG}/work`);
      expect(await main(board)).toContain('steekproef');
      await open(board, desk(id));
      await board.page.check('input[name=reading][value=same]');
      await board.page.fill('[name=feedback]', 'Helder geschreven.');
      await press(board, 'sample');
      await open(assessor, desk(id));
      expect(await main(assessor)).toContain('Helder geschreven.');

      // The plan, the partner's link taken back, and a second round that builds on the first.
      await open(learner, `/validations/${id}`);
      expect(await main(learner)).not.toContain('Helder geschreven.');
      await unfold(learner, 'Zet in het plan');
      await learner.page.fill('#plan-text', 'Een jaar meedraaien in het wijkteam.');
      await press(learner, 'plan');
      await open(learner, `/validations/${id}`);
      await learner.page.locator('#people li', { hasText: 'Wil Werkman' }).getByRole('button').click();
      const gone = await work.page.goto(link);
      expect(gone!.status()).toBe(410);

      await open(learner, `/validations/${id}`);
      await unfold(learner, 'Terug, opnieuw of stoppen');
      await press(learner, 'next-cycle');
      await open(assessor, desk(id));
      await unfold(assessor, 'Leg er iets naast');
      await assessor.page.selectOption('select[name=achievement]', further);
      await press(assessor, 'add-achievement');
      await handIn(learner, id);
      await judge(id, [true]);
      await reply(learner, id);
      await agree(id);
      expect(await checked(learner, id, 'Leiden in de wijk')).toContain('Deze badge is geldig');
      expect(await checked(learner, id, 'Werken in de wijk')).toContain('Deze badge is geldig');
      await open(learner, '/badges');
      for (const title of ['Werken in de wijk', 'Leiden in de wijk']) expect(await main(learner)).toContain(title);
    },
  );

  it(
    'judged and decided by keyboard alone: of three units two stand, after a reconsideration the badge is there; and someone withdraws',
    { timeout: 180_000 },
    async () => {
      const learner = await learnerWithPortfolio('Sam de Vries');
      const id = await ask(learner);
      await accept(id);
      await handIn(learner, id);
      await judgeByKeys(id, [true, true, false], WAYS);
      await reply(learner, id);
      await agreeByKeys(id);

      await open(learner, `/validations/${id}`);
      const notYet = await main(learner);
      expect(notYet).toContain('Nog niet');
      expect(notYet).toContain('Dit is geen afwijzing.');
      expect(notYet).toContain('Laat zien hoe je een klus veilig afrondt.');
      expect(notYet).toContain('Commissie van Beroep');
      for (const unit of ['Werk plannen', 'Met mensen omgaan']) expect(notYet).toContain(unit);
      expect(await learner.page.locator('a[href^="/badges/"]').count()).toBe(0);
      const paper = await learner.page.request.get(
        new URL((await learner.page.locator('a[href$=".pdf"]').first().getAttribute('href'))!, origin).href,
      );
      expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf']);

      await unfold(learner, 'Vraag een heroverweging');
      await learner.page.fill('[id^=again-]', 'Veilig werken zie je in klus 5 en 6.');
      await press(learner, 'ask-reconsideration');
      await open(board, desk(id));
      expect(await main(board)).toContain('Veilig werken zie je in klus 5 en 6.');
      await board.page.check('input[name=upheld][value=no]');
      await board.page.fill('[name=why]', 'Klus 5 en 6 laten het zien.');
      await unfold(board, 'Alleen als het besluit verandert');
      await board.page.check('input[name^=outcome-][value=awarded]');
      await press(board, 'reconsider');
      expect(await checked(learner, id, 'Werken in de wijk')).toContain('Deze badge is geldig');

      // Someone stops: what was shown is gone at once, and nothing comes of it.
      const other = await learnerWithPortfolio('Kim Jansen');
      const stopped = await ask(other);
      await accept(stopped);
      await handIn(other, stopped);
      await open(assessor, desk(stopped));
      expect(await main(assessor)).toContain('Klus 3');
      await open(other, `/validations/${stopped}`);
      await unfold(other, 'Terug, opnieuw of stoppen');
      await other.page.check('form:has(input[value=withdraw]) input[type=checkbox]');
      await press(other, 'withdraw');
      expect(await turn(other)).toBe('Je hebt dit traject gestopt');
      await open(assessor, desk(stopped));
      const left = await main(assessor);
      expect(left).not.toContain('Klus 3');
      expect(left).toContain('De deelnemer is gestopt.');
      await open(other, '/badges');
      expect(await main(other)).not.toContain('Werken in de wijk');
    },
  );
});
