/**
 * A login that is under way stands in a sealed cookie of the browser that began it (docs/decisions/0009): only that
 * browser can end it, and strangers cannot fill a table with beginnings.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { base64url, fromBase64url, sha256Hex } from '../platform/ids.ts';
import { parseJson } from '../platform/json.ts';
import { seal, unseal } from '../platform/seal.ts';
import { assurances } from './assurance.ts';

export const ATTEMPT_MS = 10 * 60_000;
const PREFIX = '__Host-login-';
/** More than one tab may be signing in; more than a few make a header that servers refuse. */
const AT_ONCE = 4;

const attempt = z.strictObject({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  return: z.string(),
  level: z.enum(assurances),
  fresh: z.boolean(),
  /** `enter`: come in; `prove`: be the same person once more; `link`: add an identity to the person who is signed in. */
  purpose: z.enum(['enter', 'prove', 'link']),
  /** For `prove` and `link`: whose. */
  person: z.string().optional(),
  session: z.string().optional(),
  /** Milliseconds since 1970. */
  expires: z.number(),
});
export type Attempt = z.infer<typeof attempt>;

const nameOf = async (state: string) => PREFIX + (await sha256Hex(state)).slice(0, 16);
const placeOf = (provider: string) => `login:${provider}`;

/** Hands the attempt to the browser, and takes back the oldest when there are many. */
export async function keepAttempt(c: Context<AppEnv>, made: Attempt): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(made));
  const sealed = await seal(c.var.deps.config.sessionSecret, bytes, placeOf(made.provider));
  // Browsers send the oldest first (RFC 6265 §5.4).
  const held = Object.keys(getCookie(c)).filter(name => name.startsWith(PREFIX));
  for (const name of held.slice(0, Math.max(0, held.length - AT_ONCE + 1))) forget(c, name);
  setCookie(c, await nameOf(made.state), base64url(sealed), {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: ATTEMPT_MS / 1000,
  });
}

/** The attempt that this browser began with this state at this provider, taken out of the browser; undefined if none. */
export async function takeAttempt(c: Context<AppEnv>, provider: string, state: string): Promise<Attempt | undefined> {
  const name = await nameOf(state);
  const cookie = getCookie(c, name);
  if (cookie === undefined) return undefined;
  forget(c, name);
  const found = await openAttempt(c.var.deps, cookie, provider);
  if (!found || found.provider !== provider || found.state !== state) return undefined;
  const left = found.expires - c.var.deps.clock().getTime();
  // Longer than it was made for means that the clock was set back.
  return left > 0 && left <= ATTEMPT_MS ? found : undefined;
}

async function openAttempt(deps: Deps, cookie: string, provider: string): Promise<Attempt | undefined> {
  const sealed = fromBase64url(cookie);
  if (!sealed || sealed.length < 28) return undefined;
  try {
    const opened = await unseal(deps.config.sessionSecret, sealed, placeOf(provider));
    return attempt.safeParse(parseJson(new TextDecoder().decode(opened))).data;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

const forget = (c: Context<AppEnv>, name: string) => deleteCookie(c, name, { path: '/', secure: true });
