import type { Context } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { readLanguage } from './language.ts';
import { type Language, type Messages, messages, otherLanguage } from './messages.ts';

/** What every page knows of the request: handed down as a value, never through a context that requests share. */
export interface View {
  language: Language;
  t: Messages;
  origin: string;
  path: string;
  /** The same page in the other language. */
  switchHref: string;
  now: Date;
  requestId: string;
}

export function viewOf(c: Context<AppEnv>): View {
  const language = readLanguage(c);
  const url = new URL(c.req.url);
  const query = new URLSearchParams(url.search);
  query.set('lang', otherLanguage(language));
  return {
    language,
    t: messages[language],
    origin: c.var.deps?.config.origin ?? url.origin,
    path: url.pathname,
    switchHref: `${url.pathname}?${query}`,
    now: c.var.deps?.clock() ?? new Date(),
    requestId: c.var.requestId ?? '',
  };
}
