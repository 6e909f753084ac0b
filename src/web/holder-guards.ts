import type { Context, Handler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sessionOf, signedIn } from '../people/index.ts';
import { draftDays, HELP_HOURS, type Holder, holdDraft, holdHelped, holdOwn, openOwn } from '../portfolio/index.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import type { Base } from './pages/notebook/parts.tsx';

/** What stands behind a guard of a notebook: it knows whose it is. */
export type Held = (c: Context<AppEnv>, holder: Holder) => Response | Promise<Response>;
type Guard = (handle: Held) => Handler<AppEnv>;

const DRAFT = '__Host-begin';
const HELPER = '__Host-helper';
const code = /^[A-Za-z0-9_-]{22}$/;

const reads = (c: Context) => c.req.method === 'GET' || c.req.method === 'HEAD';

/** One's own: a portfolio comes to be with the first thing that is told, and not by looking. */
const own: Guard = handle => async c => {
  let answer: Response | undefined;
  const led = await signedIn(c, async () => {
    answer = await handle(c, await (reads(c) ? holdOwn : openOwn)(c.var.deps, sessionOf(c)));
  });
  return led ?? answer!;
};

/** A draft, by the cookie of this browser. Without one there is the first page. */
const draft: Guard = handle => async c => {
  c.header('cache-control', 'no-store');
  // Anyone can have one, and each change is a row in a log that is for good.
  if (!reads(c)) await rateLimited(c, () => Promise.resolve());
  const holder = await heldDraft(c);
  if (holder) return handle(c, holder);
  if (reads(c)) return c.redirect('/begin', 303);
  throw notFound('draft');
};

/** Whom one helps, for as long as that lasts. */
const helped: Guard = handle => async c => {
  c.header('cache-control', 'no-store');
  const secret = helperSecret(c);
  const holder = secret && (await holdHelped(c.var.deps, secret));
  if (holder) return handle(c, holder);
  if (reads(c)) return c.redirect(secret ? '/together?ended=1' : '/together', 303);
  throw notFound('page for a helper');
};

export const guards: Record<Base, Guard> = { '/portfolio': own, '/begin': draft, '/together': helped };

const cookie = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
export const draftCode = (c: Context<AppEnv>): string | undefined => {
  const held = getCookie(c, DRAFT);
  return held && code.test(held) ? held : undefined;
};
export const helperSecret = (c: Context<AppEnv>): string | undefined => {
  const held = getCookie(c, HELPER);
  return held && code.test(held) ? held : undefined;
};

/** The draft that this browser began, if it is there still. */
export async function heldDraft(c: Context<AppEnv>): Promise<Holder | undefined> {
  const held = draftCode(c);
  return held ? holdDraft(c.var.deps, held) : undefined;
}

export const keepDraft = (c: Context<AppEnv>, held: string): void =>
  setCookie(c, DRAFT, held, { ...cookie, maxAge: draftDays(c.var.deps) * 86_400 });
export const forgetDraft = (c: Context<AppEnv>): unknown => deleteCookie(c, DRAFT, { path: '/', secure: true });
export const keepHelper = (c: Context<AppEnv>, secret: string): void =>
  setCookie(c, HELPER, secret, { ...cookie, maxAge: HELP_HOURS * 3_600 });
export const forgetHelper = (c: Context<AppEnv>): unknown => deleteCookie(c, HELPER, { path: '/', secure: true });
