import type { Context } from 'hono';
import { listMemberships } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
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
  /** Who is signed in, and whether they have a role at an institution. */
  signedIn?: { person: string; member: boolean };
  requestId: string;
}

/** What every page is drawn with: the language of the reader, its words, and who is signed in. */
export async function viewOf(c: Context<AppEnv>): Promise<View> {
  const language = readLanguage(c);
  const url = new URL(c.req.url);
  const query = new URLSearchParams(url.search);
  query.set('lang', otherLanguage(language));
  const { session, deps } = c.var;
  return {
    language,
    t: messages[language],
    origin: c.var.deps?.config.origin ?? url.origin,
    path: url.pathname,
    switchHref: `${url.pathname}?${query}`,
    now: c.var.deps?.clock() ?? new Date(),
    requestId: c.var.requestId ?? '',
    ...(session ? { signedIn: { person: session.person, member: await isMember(deps, session.person) } } : {}),
  };
}

/** For the bar alone: a page about an error is shown also when the database cannot be read. */
const isMember = (deps: Deps, person: string): Promise<boolean> =>
  listMemberships(deps, person).then(
    roles => roles.length > 0,
    () => false,
  );
