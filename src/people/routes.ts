import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, parse } from '../platform/http.ts';
import { type Language, languages } from '../platform/language.ts';
import { assurances } from './assurance.ts';
import { keepAttempt, takeAttempt } from './attempt.ts';
import { finishLogin } from './finish-login.ts';
import { leave } from './logout.ts';
import { ownPath } from './own-path.ts';
import { wasPressed } from './press.ts';
import { setSessionCookie, clearSessionCookie } from './sessions.ts';
import { startLogin } from './start-login.ts';

/** Where someone goes who did not say where: a page that knows who they are sends them on. */
const HOME = '/start';

const request = z.object({
  return: z.string().optional(),
  level: z.enum(assurances).default('login'),
  fresh: z.literal('1').optional(),
  purpose: z.enum(['link', 'prove']).optional(),
  hint: z.string().max(100).optional(),
  /** For `link`: what the page on which it was pressed gave. */
  press: z.string().max(100).optional(),
});

/** Signing in at a provider, and signing out. The pages around it stand in `web`. */
export const peopleRoutes = new Hono<AppEnv>()
  .get('/login/:provider', async c => {
    noStore(c);
    const { fresh, purpose, ...asked } = parse(request, c.req.query());
    const provider = c.req.param('provider');
    const back = ownPath(asked.return, asked.return ? '/' : HOME);
    const { deps, session } = c.var;
    const choose = `/account/add?return=${encodeURIComponent(back)}`;
    if (purpose === 'link' && session && !(await wasPressed(deps, session, asked.press)))
      return c.redirect(choose, 303);
    try {
      const { url, attempt } = await startLogin(
        c.var.deps,
        {
          provider,
          return: back,
          level: asked.level,
          fresh: fresh === '1',
          purpose: purpose ?? 'enter',
          hint: asked.hint,
        },
        c.var.session,
      );
      await keepAttempt(c, attempt);
      return c.redirect(url, 303);
    } catch (error) {
      const first = purpose === 'link' && error instanceof DomainError && proofFirst(c, error, choose);
      if (first) return c.redirect(first, 303);
      throw error;
    }
  })
  .get('/login/:provider/callback', async c => {
    noStore(c);
    const query = new URL(c.req.url).searchParams;
    const attempt = await takeAttempt(c, c.req.param('provider'), query.get('state') ?? '');
    const { secret, then } = await finishLogin(c.var.deps, c.req.param('provider'), {
      query,
      attempt,
      session: c.var.session,
      userAgent: c.req.header('user-agent'),
      language: languagesOf(c),
    });
    if (secret !== undefined) setSessionCookie(c, secret);
    return c.redirect(then, 303);
  })
  .post('/logout', async c => {
    noStore(c);
    const { session, deps } = c.var;
    if (session) await leave(deps, session);
    clearSessionCookie(c);
    return c.redirect(session?.provider ? `/logged-out?at=${session.provider}` : '/logged-out', 303);
  });

/** What a person who is new chose to read here, and the first language that their browser asks for. */
function languagesOf(c: Context) {
  const known = (wish: string | undefined): Language | undefined => languages.find(language => language === wish);
  const asked = (c.req.header('accept-language') ?? '').slice(0, 2).toLowerCase();
  return { chosen: known(getCookie(c, 'lang')), otherwise: known(asked) ?? languages[0] };
}

const noStore = (c: Context) => c.header('cache-control', 'no-store');

/**
 * Adding a way in asks for a fresh proof of who is signed in: first at the provider where they signed in, and from there
 * back to the page to add. Undefined where that way is not open; the page of the error says what to do.
 */
function proofFirst(c: Context<AppEnv>, { code }: DomainError, then: string): string | undefined {
  const provider = c.var.session?.provider;
  const known = c.var.deps.config.providers.some(({ id }) => id === provider);
  if (code !== 'proof-needed' || !known) return undefined;
  return `/login/${provider}?purpose=prove&return=${encodeURIComponent(then)}`;
}
