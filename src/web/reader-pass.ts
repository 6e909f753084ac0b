import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import { seal, unseal } from '../platform/seal.ts';

const COOKIE = 'reader';
/** How long a browser that used a link may load its page again: to print it, or to read it in another language. */
const PASS_MS = 60 * 60_000;

const placeOf = (token: string) => `reader-pass:${token}`;

/** Notes in the browser that it used this link. The cookie holds a sealed time and nothing about anyone. */
export async function givePass(c: Context<AppEnv>, token: string): Promise<void> {
  const { sessionSecret, origin } = c.var.deps.config;
  const until = c.var.deps.clock().getTime() + PASS_MS;
  const pass = await seal(sessionSecret, new TextEncoder().encode(String(until)), placeOf(token));
  setCookie(c, COOKIE, base64url(pass), {
    path: `/c/${token}`,
    maxAge: PASS_MS / 1000,
    httpOnly: true,
    sameSite: 'Lax',
    secure: origin.startsWith('https:'),
  });
}

/** Whether this browser used this link within the hour; what we did not seal for it is none. */
export async function hasPass(c: Context<AppEnv>, token: string): Promise<boolean> {
  const given = getCookie(c, COOKIE) ?? '';
  const sealed = given.length <= 200 ? fromBase64url(given) : undefined;
  if (!sealed || sealed.length < 28) return false;
  try {
    const text = new TextDecoder().decode(await unseal(c.var.deps.config.sessionSecret, sealed, placeOf(token)));
    const left = Number(text) - c.var.deps.clock().getTime();
    return left > 0 && left <= PASS_MS;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
