import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { AppEnv } from '../platform/http.ts';
import { type Language, languages } from './messages.ts';

const COOKIE = 'lang';
const YEAR = 365 * 24 * 3600;

const known = (value: string | undefined): Language | undefined => languages.find(language => language === value);

/** The language of a page: asked for by `?lang=`, else kept in the cookie, else the person's, the browser's, Dutch. */
export function readLanguage(c: Context<AppEnv>): Language {
  return (
    known(c.req.query('lang')) ??
    known(getCookie(c, COOKIE)) ??
    c.var.session?.language ??
    fromHeader(c.req.header('accept-language')) ??
    'nl'
  );
}

/** Keeps a language that was asked for by `?lang=`. The cookie holds a language and nothing about anyone. */
export function keepLanguage(c: Context<AppEnv>): void {
  const asked = known(c.req.query('lang'));
  if (asked) rememberLanguage(c, asked);
}

/** Keeps a language in the browser, over what it kept before. */
export function rememberLanguage(c: Context<AppEnv>, asked: Language): void {
  if (getCookie(c, COOKIE) === asked) return;
  const secure = c.var.deps?.config.origin.startsWith('https:') ?? false;
  setCookie(c, COOKIE, asked, { path: '/', sameSite: 'Lax', httpOnly: true, secure, maxAge: YEAR });
}

/** The language of ours that Accept-Language likes best (RFC 9110 §12.5.4); none when it likes neither. */
export function fromHeader(header: string | undefined): Language | undefined {
  let best: { language: Language; q: number } | undefined;
  for (const item of (header ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
    const language = known(tag.split('-')[0]);
    const weight = parameters.map(p => p.trim()).find(p => p.startsWith('q='));
    const q = weight ? Number(weight.slice(2)) : 1;
    if (language && q > (best?.q ?? 0)) best = { language, q };
  }
  return best?.language;
}
