import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { listInstitutions } from '../institutions/index.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import {
  askForBadge,
  type BadgeAsked,
  badgeAsked,
  READ_MS,
  readRequestState,
  redeemResponseCode,
} from '../wallets/index.ts';
import { readForm } from './form.ts';
import { answerTitle } from './pages/answer.tsx';
import { AskPage, NotShownPage, ShownPage, WaitingPage } from './pages/ask.tsx';
import { renderPage } from './render.tsx';

const COOKIE = 'asked';
/** Seconds until a browser that waits asks again. */
const AGAIN = '5';
const personal = { noindex: true, cache: 'no-store' } as const;

/** A checker asks for a badge from a wallet, and reads the answer. Who asked is known by a cookie and in no other way. */
export const askRoutes = new Hono<AppEnv>()
  .get('/verify/wallet', c => {
    const asked = badgeAsked.safeParse(withoutEmpty(name => c.req.query(name)));
    return renderAsk(c, asked.data ?? {});
  })
  .post('/verify/wallet', rateLimited, async c => {
    const form = await readForm(c);
    const asked = badgeAsked.safeParse(withoutEmpty(form.get));
    if (!asked.success) return renderAsk(c, {}, true);
    const { token, secret } = await askForBadge(c.var.deps, asked.data);
    letRead(c, token, secret);
    return c.redirect(`/verify/wallet/${token}`, 303);
  })
  .get('/verify/wallet/:token', async c => {
    const token = c.req.param('token');
    const code = c.req.query('response_code');
    const fresh = code === undefined ? undefined : await redeemResponseCode(c.var.deps, token, code);
    if (fresh !== undefined) letRead(c, token, fresh);
    const request = await readRequestState(c.var.deps, token, fresh ?? getCookie(c, COOKIE));
    if (request.state === 'waiting') c.header('refresh', AGAIN);
    return renderPage(c, view => {
      const { state } = request;
      if (state === 'waiting')
        return {
          title: view.t.ask.waiting.title,
          ...personal,
          body: <WaitingPage view={view} token={token} {...request} />,
        };
      if (state === 'answered')
        return {
          title: `${view.t.ask.fromWallet}: ${answerTitle(view, request.report)}`,
          ...personal,
          body: <ShownPage view={view} answer={request} />,
        };
      return { title: view.t.ask[state].title, ...personal, body: <NotShownPage view={view} state={state} /> };
    });
  });

/** Lets this browser read one answer. */
const letRead = (c: Context<AppEnv>, token: string, secret: string) =>
  setCookie(c, COOKIE, secret, {
    path: `/verify/wallet/${token}`,
    maxAge: READ_MS / 1000,
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.deps.config.origin.startsWith('https:'),
  });

/** A field that was left empty asks for nothing. */
const withoutEmpty = (read: (name: string) => string | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.keys(badgeAsked.shape).flatMap(name => {
      const value = read(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );

async function renderAsk(c: Context<AppEnv>, asked: BadgeAsked, refused = false): Promise<Response> {
  const institutions = await listInstitutions(c.var.deps);
  return renderPage(c, view => ({
    title: view.t.ask.title,
    status: refused ? 400 : 200,
    ...personal,
    body: <AskPage view={view} {...{ asked, institutions, refused }} />,
  }));
}
