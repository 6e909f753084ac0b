/** Letters: one composition, two forms that say the same. No picture, nothing from elsewhere, nothing that counts. */
import { DomainError } from './errors.ts';
import type { Language } from './language.ts';
import type { Letter } from './mail.ts';

export interface LetterWords {
  language: Language;
  /** One address, as it is to be written on the envelope. */
  to: string;
  subject: string;
  /** `Hallo Sam`, without the comma. */
  greeting?: string;
  /** Plain text; a line break within a paragraph stays one. */
  paragraphs: string[];
  /** The one thing to do, as a button and as a visible address. */
  action?: { label: string; url: string };
  /** Who sends this, and why. */
  footer: string | string[];
}

/**
 * Composes a letter. Whatever people typed is text in it, and never markup, a header or a second address.
 * @throws DomainError `request-invalid` when `to` is no single address or the action is no web address
 */
export function composeLetter(words: LetterWords): Letter {
  const to = words.to.trim();
  if (!canBeMailed(to)) throw new DomainError('request-invalid', 'This is not an address that mail can be sent to.');
  const url = words.action && webAddress(words.action.url);
  const content: Content = {
    language: words.language,
    subject: line(words.subject).slice(0, 300),
    greeting: words.greeting === undefined ? undefined : `${line(words.greeting)},`,
    paragraphs: words.paragraphs.map(prose).filter(Boolean),
    action: words.action && url ? { label: line(words.action.label), url } : undefined,
    footer: [words.footer].flat().map(prose).filter(Boolean),
  };
  return {
    to,
    language: words.language,
    subject: content.subject,
    text: asText(content),
    html: asHtml(content),
  };
}

interface Content {
  language: Language;
  subject: string;
  greeting?: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  footer: string[];
}

function asText({ greeting, paragraphs, action, footer }: Content): string {
  const parts = [
    ...(greeting ? [greeting] : []),
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    // RFC 3676 §4.3: two dashes and a space set off who it is from.
    ['-- ', ...footer].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

// Mail programs drop what they do not know: without the style the letter still reads from top to bottom.
const style = `:root{color-scheme:light dark}
body{margin:0;padding:24px 16px;background:#fbfaf7;color:#1c1b19;font:17px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}
main{max-width:34rem;margin:0 auto}
p{margin:0 0 1em}
.button{display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4f8f;color:#ffffff;font-weight:600;text-decoration:none}
.address{word-break:break-all;font-size:15px}
footer{margin-top:2em;padding-top:1em;border-top:1px solid #c9c4b8;font-size:15px;color:#57534a}
@media (prefers-color-scheme:dark){body{background:#171614;color:#eeebe4}.button{background:#a9c8f5;color:#10233d}.address a{color:#a9c8f5}footer{border-color:#4a463e;color:#b9b3a6}}`;

function asHtml({ language, subject, greeting, paragraphs, action, footer }: Content): string {
  const paragraph = (words: string) => `<p>${escape(words).replaceAll('\n', '<br>')}</p>`;
  const href = action && escape(action.url);
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
<style>${style}</style>
</head>
<body>
<main>
${[...(greeting ? [greeting] : []), ...paragraphs].map(paragraph).join('\n')}
${action ? `<p><a class="button" href="${href}">${escape(action.label)}</a></p>\n<p class="address"><a href="${href}">${href}</a></p>` : ''}
<footer>
${footer.map(paragraph).join('\n')}
</footer>
</main>
</body>
</html>
`;
}

/** RFC 5321 §4.1.2 without its quoted forms: nothing that a header could read as a second address or a comment. */
const oneAddress = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]{1,253}$/u;

/** Whether a letter can be sent to this: one address, and nothing else. */
export const canBeMailed = (text: string): boolean => oneAddress.test(text);

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new DomainError('request-invalid', 'A letter leads to a web address.');
  return new URL(text).href;
}

/** One line: a header ends where its line ends, and signs that turn the direction of reading are no words. */
const line = (text: string) =>
  text
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

const prose = (text: string) => text.replaceAll(/\r\n?/g, '\n').split('\n').map(line).join('\n').trim();

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
