import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../src/catalogue/index.ts';
import { productTerms, verdictTerms } from '../../src/web/glossary-product.ts';
import { conceptTerms } from '../../src/web/glossary-words.ts';
import { fromHeader } from '../../src/web/language.ts';
import { en } from '../../src/web/messages.en.ts';
import { nl } from '../../src/web/messages.nl.ts';
import { preferred } from '../../src/web/negotiate.ts';

/** Every sentence of a table, by its key; functions are called with something to fill in. */
function sentences(table: unknown, path = ''): [string, string][] {
  if (typeof table === 'string') return [[path, table]];
  if (typeof table === 'function') return [2, undefined].map(n => [path, String(table(n, n))]);
  return Object.entries(table as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}
const glossary = [...productTerms, ...verdictTerms, ...Object.values(conceptTerms).flat()];

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
