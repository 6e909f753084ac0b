import { describe, expect, it } from 'vitest';
import { composeLetter } from '../../src/platform/letter.ts';

const words = {
  language: 'nl' as const,
  to: 'zoë@example.org',
  subject: 'Je badge ligt klaar',
  greeting: 'Hallo Zoë',
  paragraphs: ['Eerste alinea.', 'Tweede,\nover twee regels.'],
  action: { label: 'Haal op', url: 'https://w.example/claim/abc?a=1&b=2' },
  footer: ['Waarom je dit krijgt.'],
};

/** The words of the HTML, as a reader without styles has them. */
const readable = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replaceAll('<br>', '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");

describe('a letter', () => {
  it('says the same as text and as HTML, in its language, with the address of its action in sight', () => {
    const letter = composeLetter(words);
    expect(letter.html).toContain('<html lang="nl">');
    for (const part of ['Hallo Zoë,', ...words.paragraphs, words.action.label, words.action.url, ...words.footer]) {
      expect(letter.text).toContain(part);
      expect(readable(letter.html)).toContain(part);
    }
  });

  it('fetches nothing and counts nothing: no picture, script, form or style from elsewhere', () => {
    const { html } = composeLetter(words);
    expect(html).not.toMatch(/<(img|script|iframe|form|link|object|svg)|url\(|@import|src=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(m => m[1])).toEqual(
      Array(2).fill('https://w.example/claim/abc?a=1&amp;b=2'),
    );
  });

  it('holds what people typed as text, and never as markup', () => {
    const nasty = `<img src=x onerror=alert(1)> & "quoted" 'single'`;
    const letter = composeLetter({ ...words, greeting: nasty, subject: nasty, paragraphs: [nasty], footer: nasty });
    expect(letter.html).not.toContain('<img');
    expect(readable(letter.html).split(nasty)).toHaveLength(4);
    expect(letter.text).toContain(nasty);
  });

  it('has a subject of one line, whatever is in it', () => {
    const subject = 'Een\r\nBcc: a@evil.example\u2028twee\u0000\u202edrie';
    expect(composeLetter({ ...words, subject }).subject).toBe('Een Bcc: a@evil.example twee drie');
  });

  it.each([
    'a@b.example\r\nBcc: c@evil.example',
    'a@b.example, c@evil.example',
    'a@b.example;c@evil.example',
    'Naam <a@b.example>',
    '"a b"@c.example',
    'a@b.example (comment)',
    'a\u0000@b.example',
    'group:a@b.example;',
    'niemand',
    '',
  ])('goes to one address: %j is refused', to => {
    expect(() => composeLetter({ ...words, to })).toThrow('request-invalid');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/claim/abc', ''])('leads to the web: %j is refused', url => {
    expect(() => composeLetter({ ...words, action: { label: 'x', url } })).toThrow('request-invalid');
  });
});
