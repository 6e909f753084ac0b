// Every page in every state, and how someone gets there.
import type { Page } from 'playwright-core';
import { accountPages } from './account-pages.ts';
import { askPages } from './ask-pages.ts';
import { connectionPages } from './connection-pages.ts';
import { type Console, consolePages, startConsole } from './console-pages.ts';
import { dossierPages, type Dossiers, startDossiers } from './dossier-pages.ts';
import { manyPages } from './many-pages.ts';
import { learnerPages, type Learners, startLearners } from './learner-pages.ts';
import { notebookPages, type Notebooks, startNotebooks } from './notebook-pages.ts';
import { signInPages } from './sign-in-pages.ts';
import { startTeams, teamPages, type Teams } from './team-pages.ts';
import { validationPages, type Validations, startValidations } from './validation-pages.ts';
import { checkOnPage, type Site, startSite } from './site.ts';

export interface PageToSee {
  open: (page: Page, site: SiteInStates) => Promise<unknown>;
  status?: number;
}

export type SiteInStates = Site & {
  states: Record<'revoked' | 'offered' | 'claimed' | 'withdrawn', string>;
  learners: Learners;
  notebooks: Notebooks;
  validations: Validations;
  dossiers: Dossiers;
  teams: Teams;
  console: Console;
};

/** The service with an award in each state that an award can have. */
export async function startSiteInStates(): Promise<SiteInStates> {
  const site = await startSite();
  const [revoked, offered, claimed, withdrawn] = [
    await site.award(),
    await site.award(),
    await site.award(),
    await site.award(),
  ];
  const revokedUrl = await site.claim(revoked.claim);
  await site.claim(claimed.claim);
  await site.revoke(revoked.id);
  await site.revoke(withdrawn.id, 'fraud');
  return {
    ...site,
    learners: await startLearners(site),
    notebooks: await startNotebooks(site),
    validations: await startValidations(site),
    dossiers: await startDossiers(site),
    teams: await startTeams(site),
    console: await startConsole(site),
    states: { revoked: revokedUrl, offered: offered.claim, claimed: claimed.claim, withdrawn: withdrawn.claim },
  };
}

/** How each page is reached, and the status that it answers with when it is no 200. */
export const pages: Record<string, PageToSee> = {
  'front page': { open: (page, { origin }) => page.goto(origin) },
  'check form': { open: (page, { origin }) => page.goto(`${origin}/verify`) },
  'check without input': { open: (page, { origin }) => checkOnPage(page, origin, { text: '' }), status: 400 },
  'the camera, where there is none': {
    open: async (page, { origin }) => {
      await page.goto(`${origin}/verify/camera`);
      await page.waitForSelector('.told:not(:empty)');
    },
  },
  'the check without a network, not asked for': {
    open: async (page, { origin }) => {
      await page.goto(`${origin}/verify/offline`);
      await page.waitForSelector('[data-told]:not(:empty)');
    },
  },
  'a link, on another day': {
    open: (page, { origin, demo }) =>
      page.goto(`${origin}/verify?url=${encodeURIComponent(demo.badgeUrl)}&at=2026-01-02`),
  },
  'a badge beside a person': {
    open: async (page, { origin, files }) => {
      await checkOnPage(page, origin, { file: files.valid });
      await page
        .getByText(/^(Is het deze persoon|Is it this person)\?$/)
        .last()
        .click();
      await page.fill('#name', 'Sam de Vries');
      await page.locator('#name').press('Enter');
      await page.waitForSelector('.compared');
    },
  },
  'all that was read': {
    open: (page, { origin, demo }) =>
      page.goto(`${origin}/verify?url=${encodeURIComponent(demo.badgeUrl)}&technical=1`),
  },
  'valid badge': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.valid }) },
  'changed badge': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.tampered }) },
  'hostile badge': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.hostile }) },
  'expired badge': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.expired }) },
  'issuer out of reach': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.unresolvable }) },
  'unknown words': { open: (page, { origin, files }) => checkOnPage(page, origin, { file: files.unreadable }) },
  'no badge at all': { open: (page, { origin }) => checkOnPage(page, origin, { text: 'zomaar wat' }), status: 400 },
  'a link to nothing': {
    open: (page, { origin }) => page.goto(`${origin}/verify?url=https://nergens.example/badge`),
    status: 422,
  },
  'shared badge': { open: (page, { demo }) => page.goto(demo.badgeUrl) },
  'revoked badge': { open: (page, { states }) => page.goto(states.revoked) },
  'offered badge': { open: (page, { states }) => page.goto(states.offered) },
  'picked-up badge': { open: (page, { states }) => page.goto(states.claimed) },
  'withdrawn offer': { open: (page, { states }) => page.goto(states.withdrawn) },
  institution: { open: (page, { demo }) => page.goto(demo.institutionUrl) },
  'empty institution': { open: (page, { origin }) => page.goto(`${origin}/i/leeg`) },
  achievement: { open: (page, { document }) => page.goto(JSON.parse(document).credentialSubject.achievement.id) },
  'what can be earned': { open: (page, { origin }) => page.goto(`${origin}/catalogue`) },
  'what can be earned, searched in vain': { open: (page, { origin }) => page.goto(`${origin}/catalogue?text=niemand`) },
  'an achievement as a goal': {
    open: (page, { document }) =>
      page.goto(JSON.parse(document).credentialSubject.achievement.id.replace(/\/versions.*/, '/goal')),
  },
  ...learnerPages,
  ...notebookPages,
  ...validationPages,
  ...dossierPages,
  ...teamPages,
  ...accountPages,
  ...askPages,
  ...connectionPages,
  ...signInPages,
  ...consolePages,
  ...manyPages,
  glossary: { open: (page, { origin }) => page.goto(`${origin}/glossary`) },
  privacy: { open: (page, { origin }) => page.goto(`${origin}/privacy`) },
  terms: { open: (page, { origin }) => page.goto(`${origin}/terms`) },
  'API documentation': { open: (page, { origin }) => page.goto(`${origin}/api/docs`) },
  'no such page': { open: (page, { origin }) => page.goto(`${origin}/niets`), status: 404 },
};
