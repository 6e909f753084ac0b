import { describe, expect, it } from 'vitest';
import { lintOutcome } from '../../src/catalogue/lint-outcome.ts';

const hints = (name: string, language: 'nl' | 'en' = 'nl', plain: string | undefined = 'In gewone taal.') =>
  lintOutcome({ name, plain }, language);

describe('the linter of outcomes', () => {
  it.each([
    ['Voert een gesprek met een cliënt over wensen', 'nl'],
    ['De student kan een plan van aanpak maken', 'nl'],
    ['een team begeleiden', 'nl'],
    ['software ontwikkelen', 'nl'],
    ['Plans the work of a team', 'en'],
    ['The participant can repair a bicycle and its brakes', 'en'],
  ] as const)('has nothing to say of "%s"', (name, language) => {
    expect(hints(name, language)).toEqual([]);
  });

  it.each([
    ['Weet hoe een motor werkt', 'nl', 'not-observable'],
    ['Understands the basics of law', 'en', 'not-observable'],
    ['Verkoopgesprekken', 'nl', 'too-fine'],
    ['De theorie van het recht', 'nl', 'no-verb'],
    ['Management of projects', 'en', 'no-verb'],
    ['Rondt de cursus lassen af', 'nl', 'names-course'],
    ['Attends the workshop on cheese', 'en', 'names-course'],
    ['Werkt 40 uur zelfstandig in een team', 'nl', 'names-duration'],
    ['Writes code for 3 weeks', 'en', 'names-duration'],
    ['Plant en begeleidt en toetst het werk', 'nl', 'several-at-once'],
    ['Maakt een plan. Voert het uit.', 'nl', 'several-at-once'],
    ['Klikt op de knop Bewaren in het menu', 'nl', 'too-fine'],
  ] as const)('hints at "%s"', (name, language, hint) => {
    expect(hints(name, language)).toContain(hint);
  });

  it('asks for a text in plain language', () => {
    expect(hints('Plant het werk van een team', 'nl', '')).toEqual(['no-plain-text']);
  });
});
