// The rooms of awards and achievements in the console, in every state.
import type { Page } from 'playwright-core';
import { importPlace, previewImport } from '../../src/catalogue/index.ts';
import { awardCredential, awardInput } from '../../src/credentials/index.ts';
import { updatePolicy } from '../../src/institutions/index.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { press } from '../support/browser.ts';
import { inPieces, skillsCsv } from '../support/esco.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward, operatorOf } from '../support/world.ts';
import { endorsePages, fillEndorsements } from './endorse-pages.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

/** An institution whose awards are in every state, and someone with the roles that open these rooms. */
export async function startConsole({ world }: Site) {
  const school = await createSchool(world, 'beheer', {
    ...exampleAchievement,
    suspendable: true,
    results: [{ name: 'Cijfer', type: 'RawScore', min: '1', max: '10' }],
  });
  const key = school.keys.awarder;
  let count = 0;
  const award = async () => {
    const recipient = { email: `l${++count}@example.org`, name: `Leerling ${count}` };
    const { json } = await world.api('/api/v1/awards', { key, body: exampleAward(school.achievement, { recipient }) });
    return json.id as string;
  };
  const change = (id: string, how: string, body: object) => world.api(`/api/v1/awards/${id}/${how}`, { key, body });
  const [issued, suspended, revoked, waiting] = [await award(), await award(), await award(), await award()];
  await change(suspended, 'suspension', { text: 'We kijken het na.' });
  await change(revoked, 'revocation', { reason: 'error', text: 'Er stond een verkeerde datum op.' });
  await updatePolicy(operatorOf(world.deps, school.institution), { confirmRevocation: true, releaseBatchAbove: 1 });
  await change(waiting, 'revocation', { reason: 'fraud' });
  const other = await createMember(world, school.institution, ['awarder']);
  const actor = {
    kind: 'member' as const,
    person: other.id,
    roles: [{ role: 'awarder' as const, achievements: null }],
  };
  const ctx: Ctx = { ...operatorOf(world.deps, school.institution), actor };
  for (const n of [1, 2])
    await awardCredential(
      ctx,
      awardInput.parse(exampleAward(school.achievement, { recipient: { email: `g${n}@example.org` } })),
      {
        id: 'a'.repeat(22),
        size: 2,
      },
    );
  const member = await createMember(world, school.institution, ['awarder', 'coordinator', 'board']);
  const catalogue = await fillCatalogue(world, school);
  const endorser = await fillEndorsements(world, school);
  return { member, endorser, issued, suspended, revoked, waiting, achievement: school.achievement, ...catalogue };
}

/** A standard with an outcome, a published unit, and an import that was looked at. */
async function fillCatalogue(world: Site['world'], school: Awaited<ReturnType<typeof createSchool>>) {
  const ask = async (path: string, body: object) =>
    (await world.api(`/api/v1${path}`, { key: school.keys.coordinator, body })).json as { id: string };
  const framework = (await ask('/frameworks', { names: { nl: 'Vrijwilligers', en: 'Volunteers' }, shared: true })).id;
  const words = { nl: { name: 'Werft vrijwilligers', plain: 'Je zoekt mensen.' }, en: { name: 'Recruits volunteers' } };
  const outcome = (await ask(`/frameworks/${framework}/outcomes`, { words, code: 'V1' })).id;
  const unit = (await ask('/units', { name: 'Vrijwilligers vinden', outcomes: [outcome] })).id;
  await ask(`/units/${unit}/publication`, { establishedBy: 'De curriculumtafel' });
  const text = skillsCsv('nl', { rows: 4, replace: { 2: 'KnowledgeSkillCompetence,kapot' } });
  const place = importPlace(operatorOf(world.deps, school.institution));
  const looked = await previewImport(place, { files: [{ name: 'skills_nl.csv', bytes: inPieces(text) }] });
  return { framework, outcome, unit, looked: looked.id };
}

export type Console = Awaited<ReturnType<typeof startConsole>>;

const open =
  (path: (c: Console) => string, then?: (page: Page) => Promise<unknown>): PageToSee['open'] =>
  async (page, { origin, console: c }) => {
    // As a cookie of the browser, since forms are sent too; a cookie of that name is for https, or for this machine.
    const [name, value] = c.member.headers.cookie.split('=') as [string, string];
    await page.context().addCookies([{ name, value, url: origin.replace('http:', 'https:'), secure: true }]);
    const address = new URL(`/console/beheer${path(c)}`, origin);
    address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
    await page.goto(address.href);
    await then?.(page);
  };

const decide = async (page: Page) => {
  await page.fill('#decidedBy', 'A. Examinator');
  await page.fill('#decidedOn', '2026-01-15');
};
const look = (page: Page) => press(page, 'button[value=check]');

export const consolePages: Record<string, PageToSee> = {
  'groups that begin': { open: open(() => '/groups') },
  awards: { open: open(() => '/awards') },
  'the rooms, opened': {
    open: open(
      () => '/awards',
      page => page.click('.rooms .menu'),
    ),
  },
  'awards that were searched': { open: open(() => '/awards?text=niemand') },
  'what to award': { open: open(() => '/awards/new') },
  'an award as a form': { open: open(c => `/awards/new?achievement=${c.achievement}`) },
  'an award with something wrong': {
    open: open(
      c => `/awards/new?achievement=${c.achievement}`,
      async page => {
        await decide(page);
        await page.fill('#address', 'niemand');
        await look(page);
      },
    ),
    status: 400,
  },
  'an award before it is made': {
    open: open(
      c => `/awards/new?achievement=${c.achievement}`,
      async page => {
        await decide(page);
        await page.fill('#address', 'nieuw@example.org');
        await look(page);
      },
    ),
  },
  'a group before it is made': {
    open: open(
      c => `/awards/many?achievement=${c.achievement}`,
      async page => {
        await decide(page);
        await page.fill('#lines', 'x1@example.org; Xandra\nkapot\nx2@example.org');
        await look(page);
      },
    ),
  },
  'an issued award': { open: open(c => `/awards/${c.issued}`) },
  'a suspended award': { open: open(c => `/awards/${c.suspended}`) },
  'a revoked award': { open: open(c => `/awards/${c.revoked}`) },
  'a revocation that waits': { open: open(c => `/awards/${c.waiting}`) },
  'a replacement as a form': { open: open(c => `/awards/${c.issued}/replacement`) },
  achievements: { open: open(() => '/achievements') },
  'an achievement as a form': { open: open(c => `/achievements/${c.achievement}`) },
  'a new achievement': { open: open(() => '/achievements/new') },
  'an achievement that was looked at': {
    open: open(
      () => '/achievements/new',
      async page => {
        await page.fill('#name', 'Bekeken');
        await page.fill('#outcomes', 'Weet alles');
        await page.fill('#search', 'vrijw');
        await press(page, '#pick button[value=look]');
      },
    ),
  },
  'learning outcomes': { open: open(() => '/frameworks?text=v') },
  'a standard': { open: open(c => `/frameworks/${c.framework}`) },
  'a new standard': { open: open(() => '/frameworks/new') },
  'an outcome as a form': { open: open(c => `/outcomes/${c.outcome}`) },
  'a new outcome': { open: open(c => `/frameworks/${c.framework}/outcomes/new`) },
  'a unit as a form': { open: open(c => `/units/${c.unit}`) },
  'a new unit': { open: open(() => '/units/new') },
  ...endorsePages,
  'what others say, in the console': { open: open(() => '/endorsements') },
  imports: { open: open(() => '/imports') },
  'what an import changes': { open: open(c => `/imports/${c.looked}`) },
};
