import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../src/catalogue/index.ts';
import { productTerms, verdictTerms } from '../../src/web/glossary-product.ts';
import { conceptTerms } from '../../src/web/glossary-words.ts';
import { fromHeader } from '../../src/web/language.ts';
import { en } from '../../src/web/messages.en.ts';
import { nl } from '../../src/web/messages.nl.ts';
import { preferred } from '../../src/web/negotiate.ts';
import type { View } from '../../src/web/view.ts';
import { whatWasDone } from '../../src/web/what-was-done.ts';
import { sentences } from '../support/sentences.ts';

const glossary = [...productTerms, ...verdictTerms, ...Object.values(conceptTerms).flat()];

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(file => `${folder}/${String(file)}`)
    .filter(file => /\.tsx?$/.test(file) && !file.startsWith('src/web/'));

/** The names of actions that a file gives to the log, where they stand as such. */
const actionsIn = (source: string): string[] =>
  [...source.matchAll(/\b(?:action:[^\n]*|(?:change|changeAs|entry|entryOf|audit)\([^;]{0,120})/g)].flatMap(([part]) =>
    [...part.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g)].map(([, action]) => action!),
  );

describe('the words of the pages', () => {
  const dutch = [...sentences(nl), ...glossary.map(t => [t.key, `${t.name.nl} ${t.meaning.nl}`] as const)];

  it('never call anyone "u", and say badge', () => {
    for (const [key, text] of dutch) {
      expect(text, key).not.toMatch(/\b(u|uw|middels|afnemer|lerende partij|credential)\b/i);
    }
  });

  it('are short sentences', () => {
    for (const [key, text] of dutch)
      for (const sentence of text.split(/[.:;?!](?:\s|$)/))
        expect(sentence.split(/\s+/).length, `${key}: ${sentence}`).toBeLessThan(26);
  });

  it('are all there in both languages', () => {
    expect(sentences(en).map(([key]) => key)).toEqual(sentences(nl).map(([key]) => key));
    for (const [key, text] of [...sentences(nl), ...sentences(en)]) expect(text.trim(), key).not.toBe('');
  });

  it('tell of everything that is written in the log what was done', () => {
    const written = new Set(files('src').flatMap(file => actionsIn(readFileSync(file, 'utf8'))));
    expect(written.size).toBeGreaterThan(100);
    for (const [t, other] of [
      [nl, en],
      [en, nl],
    ])
      for (const action of written) {
        const told = whatWasDone({ t } as View, action);
        expect(told, action).not.toBe(action);
        expect(told, action).not.toBe(whatWasDone({ t: other } as View, action));
      }
    expect(whatWasDone({ t: nl } as View, 'dossier.judge')).toBe('in een dossier: schreef het beoordelingsrapport');
    expect(whatWasDone({ t: nl } as View, 'of.later')).toBe('of.later');
  });

  it('explain every concept that a badge can point to, each under its own anchor', () => {
    const keys = glossary.map(t => t.key);
    expect(new Set(keys).size).toBe(keys.length);
    const { assessmentTypes, participationForms, supervisionForms, glossaryTerms } = vocabulary;
    const pointed = [assessmentTypes, participationForms, supervisionForms, glossaryTerms].flatMap(Object.keys);
    expect(keys).toEqual(expect.arrayContaining([...pointed, 'identity-verification']));
  });
});

describe('what a browser likes', () => {
  it('is a language that it names, by weight', () => {
    expect(fromHeader('en-GB,en;q=0.9,nl;q=0.8')).toBe('en');
    expect(fromHeader('fr,nl-BE;q=0.5,en;q=0.4')).toBe('nl');
    expect(fromHeader('en;q=0, nl;q=0.1')).toBe('nl');
    for (const neither of ['fr', '', undefined, ';;;,,,=', 'en;q=x']) expect(fromHeader(neither)).toBeUndefined();
  });

  it('is a form that it names, the most specific range first', () => {
    const offers = ['text/html', 'application/vc', 'application/json'] as const;
    expect(preferred('application/json', offers)).toBe('application/json');
    expect(preferred('application/*', offers)).toBe('application/vc');
    expect(preferred('text/html;q=0.1, application/json', offers)).toBe('application/json');
    expect(preferred('*/*, text/html;q=0', offers)).toBe('application/vc');
    expect(preferred('application/vc; charset=utf-8', offers)).toBe('application/vc');
    for (const nothing of [undefined, '', 'image/png', ';q=', '*/*;q=2'])
      expect(preferred(nothing, offers)).toBe('text/html');
  });
});
