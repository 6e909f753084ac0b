import { type Context, Hono } from 'hono';
import { followOneTimeLink, ownPath, readOneTimeLink, sendOneTimeLink, setSessionCookie } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { createRateLimit, type RateLimit } from '../platform/rate-limit.ts';
import { readForm } from './form.ts';
import { readLanguage } from './language.ts';
import { EmailPage, EmailSentPage, FollowPage, followTitle } from './pages/email.tsx';
import { renderPage } from './render.tsx';

/**
 * Letters are dearer than checks: a class that signs in at once goes through, a program that tries addresses does not.
 */
const LETTERS = { perMinute: 10, burst: 30 };
const limits = new WeakMap<Deps, RateLimit>();

/** Refuses who asks for more letters than a class does. @throws DomainError `rate-limited` */
export function limitLetters(c: Context<AppEnv>): void {
  const { deps } = c.var;
  if (!deps.rateLimit) return;
  const limit = limits.get(deps) ?? createRateLimit({ ...LETTERS, now: deps.clock });
  limits.set(deps, limit);
  const answer = limit.take(deps.clientAddress(c));
  if (!answer.ok)
    throw new DomainError('rate-limited', 'Please wait before you ask for another mail.', {
      extensions: { retryAfter: answer.retryAfter },
    });
}

/** Whether a text could be an address at all. Not whether it is: that is told to nobody (threat W11). */
export const looksLikeAddress = (text: string): boolean => /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(text);

/** Where no mail can be sent, there is no such way in. */
function requireMail(deps: Deps): void {
  if (!deps.mailer) throw notFound('page');
}

/** In and out by a one-time link. */
export const emailRoutes = new Hono<AppEnv>()
  .get('/login/email', c => {
    requireMail(c.var.deps);
    const then = ownPath(c.req.query('return'));
    return renderPage(c, view => ({
      title: view.t.people.account.email.title,
      noindex: true,
      cache: 'no-store',
      body: <EmailPage view={view} then={then} />,
    }));
  })
  .post('/login/email', async c => {
    const { deps, session } = c.var;
    requireMail(deps);
    const form = await readForm(c);
    const then = ownPath(form.get('return'));
    const email = form.get('email');
    if (!looksLikeAddress(email))
      return renderPage(c, view => ({
        title: view.t.people.account.email.title,
        status: 400,
        noindex: true,
        cache: 'no-store',
        body: <EmailPage view={view} then={then} wrong={email.slice(0, 300)} />,
      }));
    limitLetters(c);
    await sendOneTimeLink(deps, { email, purpose: 'sign-in', language: readLanguage(c), then, session });
    return renderPage(c, view => ({
      title: view.t.people.account.email.sentTitle,
      noindex: true,
      cache: 'no-store',
      body: <EmailSentPage view={view} then={then} />,
    }));
  })
  // Looking at a link uses nothing up: mail scanners and previews open it too.
  .get('/login/link/:token', async c => {
    const token = c.req.param('token');
    const link = await readOneTimeLink(c.var.deps, token);
    return renderPage(c, view => ({
      title: followTitle(view, link),
      noindex: true,
      cache: 'no-store',
      body: <FollowPage view={view} link={link} token={token} signedIn={c.var.session !== undefined} />,
    }));
  })
  .post('/login/link', async c => {
    const form = await readForm(c);
    const { deps, session } = c.var;
    const userAgent = c.req.header('user-agent');
    const { secret, then } = await followOneTimeLink(deps, form.get('token'), { session, userAgent });
    if (secret) setSessionCookie(c, secret);
    c.header('cache-control', 'no-store');
    return c.redirect(then, 303);
  });
