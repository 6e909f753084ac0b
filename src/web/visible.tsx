import type { Messages } from './messages.ts';

/**
 * Characters that change how a line reads without being seen: controls, direction marks and overrides, zero-width
 * spaces. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are written with them.
 */
const hidden = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A page is not made forty times as large as the badge to mark each of 300,000 direction marks. */
const MOST_MARKED = 20;

/** The same text, in which more hidden characters than anyone would look at are one sign each. */
export const withFewHidden = (text: string): string =>
  (text.match(hidden)?.length ?? 0) > MOST_MARKED ? text.replace(hidden, '\uFFFD') : text;

/** The same text with a sign for each character that is hidden, or that XML cannot hold: for pictures and paper. */
export const withoutHidden = (text: string): string =>
  text.replace(hidden, '\uFFFD').replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');

/** Text of others, isolated from its surroundings, with what is hidden in it made visible. */
export function Visible({ text, t }: { text: string; t: Messages }) {
  return <bdi>{parts(text, t)}</bdi>;
}

/** The same without the isolation, for within a `<bdi>` or a block of its own. */
export function parts(said: string, t: Messages) {
  const text = withFewHidden(said);
  const out: unknown[] = [];
  let at = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > at) out.push(text.slice(at, match.index));
    const code = `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    out.push(
      <span
        class="hidden-character"
        role="img"
        aria-label={t.badge.markedCharacter(code)}
        title={t.badge.markedCharacter(code)}
      >
        {code}
      </span>,
    );
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push(text.slice(at));
  return out as string[];
}

/** Whether one word mixes Latin with letters that look like it (Cyrillic, Greek): the oldest trick with names. */
export const mixesScripts = (text: string): boolean =>
  text.split(/\s+/).some(word => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}|\p{Script=Greek}/u.test(word));

/** An address that may become a link: http or https, and nothing else that a browser would run. */
export function safeHref(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** The host of an address, for beside a link that leads elsewhere. */
export const hostOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).host : undefined;
