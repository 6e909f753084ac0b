import { type Context, Hono } from 'hono';
import {
  askWallet,
  canDoWithout,
  clearSessionCookie,
  endOtherSessions,
  endSession,
  identitiesOf,
  isFresh,
  isWayIn,
  listSessions,
  ownPath,
  pressOf,
  sendOneTimeLink,
  sessionOf,
  setLanguage,
  signedIn,
  unlinkIdentity,
} from '../people/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { languages } from '../platform/language.ts';
import { type Code, codes } from '../verifier/index.ts';
import { addWallet } from '../wallets/index.ts';
import { readForm } from './form.ts';
import { rememberLanguage } from './language.ts';
import { AccountPage } from './pages/account.tsx';
import { AddPage } from './pages/account-add.tsx';
import { CutPage } from './pages/account-cut.tsx';
import { WalletPage } from './pages/account-wallet.tsx';
import { renderPage } from './render.tsx';
import { limitLetters, looksLikeAddress } from './routes-email.tsx';

const personal = { noindex: true, cache: 'no-store' } as const;

/** The account of who is signed in: ties, sessions, language. */
export const accountRoutes = new Hono<AppEnv>()
  .get('/account', signedIn, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    const [identities, sessions] = await Promise.all([
      identitiesOf(deps, session.person),
      listSessions(deps, session.person),
    ]);
    const rest = { deps, session, identities, sessions, done: c.req.query('done') };
    return renderPage(c, view => ({
      title: view.t.people.account.title,
      ...personal,
      body: <AccountPage view={view} {...rest} />,
    }));
  })
  .get('/account/add', signedIn, async c => renderAdd(c))
  .post('/account/email', signedIn, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    if (!deps.mailer) throw notFound('page');
    const email = (await readForm(c)).get('email');
    if (!looksLikeAddress(email)) return renderAdd(c, email.slice(0, 300));
    limitLetters(c);
    const { language } = session;
    await sendOneTimeLink(deps, { email, purpose: 'link', language, then: '/account?done=linked', session });
    return c.redirect('/account?done=sent', 303);
  })
  .get('/account/wallet', signedIn, c => renderWallet(c))
  .post('/account/wallet', signedIn, async c => {
    const form = await readForm(c);
    try {
      await addWallet(c.var.deps, sessionOf(c), form.get('challenge'), form.get('answer'));
    } catch (error) {
      const told = ['request-invalid', 'credential-unreadable', 'json-malformed', 'limit-broken', 'limit-depth'];
      if (error instanceof DomainError && told.includes(error.code)) return renderWallet(c, error);
      throw error;
    }
    return c.redirect('/account?done=linked', 303);
  })
  .get('/account/identities/:id', signedIn, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    const all = await identitiesOf(deps, session.person);
    const identity = all.find(({ id }) => id === c.req.param('id'));
    if (!identity) throw notFound('identity');
    const lastWay = isWayIn(deps, identity) && !canDoWithout(deps, all, [identity.id]);
    const rest = { identity, lastWay, providers: deps.config.providers, here: session.identity === identity.id };
    return renderPage(c, view => ({
      title: view.t.people.account.cut.title,
      ...personal,
      body: <CutPage view={view} {...rest} />,
    }));
  })
  .post('/account/identities/:id/cut', signedIn, async c => {
    const session = sessionOf(c);
    const id = c.req.param('id');
    await unlinkIdentity(c.var.deps, session.person, id);
    if (session.identity !== id) return c.redirect('/account?done=cut', 303);
    clearSessionCookie(c);
    return c.redirect('/login?return=%2Faccount', 303);
  })
  .post('/account/sessions/end', signedIn, async c => {
    await endSession(c.var.deps, sessionOf(c).person, (await readForm(c)).get('session'));
    return c.redirect('/account?done=ended', 303);
  })
  .post('/account/sessions/end-others', signedIn, async c => {
    await endOtherSessions(c.var.deps, sessionOf(c));
    return c.redirect('/account?done=others', 303);
  })
  .post('/account/language', signedIn, async c => {
    const asked = (await readForm(c)).get('language');
    const language = languages.find(known => known === asked);
    if (!language) throw new DomainError('request-invalid', 'This language is not spoken here.');
    await setLanguage(c.var.deps, sessionOf(c).person, language);
    rememberLanguage(c, language);
    return c.redirect('/account?done=language', 303);
  });

/** A new question each time: one that was answered wrongly is not asked again. */
async function renderWallet(c: Context<AppEnv>, refused?: DomainError): Promise<Response> {
  const { deps } = c.var;
  const session = sessionOf(c);
  const identities = await identitiesOf(deps, session.person);
  const challenge = isFresh(deps, session) ? await askWallet(deps, session) : undefined;
  const code = refused?.extensions.reason as Code | undefined;
  return renderPage(c, view => ({
    title: view.t.people.account.wallet.title,
    status: refused ? 422 : 200,
    ...personal,
    body: (
      <WalletPage
        view={view}
        identities={identities}
        providers={deps.config.providers}
        challenge={challenge}
        refused={refused && (code ? codes[code][view.language] : refused.detail)}
      />
    ),
  }));
}

/** What can be added; again when what was typed is no address. */
async function renderAdd(c: Context<AppEnv>, wrong?: string): Promise<Response> {
  const { deps } = c.var;
  const session = sessionOf(c);
  const identities = await identitiesOf(deps, session.person);
  const rest = {
    identities,
    providers: deps.config.providers,
    fresh: isFresh(deps, session),
    mail: !!deps.mailer,
    here: identities.find(({ id }) => id === session.identity)?.label,
    press: await pressOf(deps, session),
    then: ownPath(c.req.query('return'), '/account?done=linked'),
  };
  return renderPage(c, view => ({
    title: view.t.people.account.add.title,
    status: wrong === undefined ? 200 : 400,
    ...personal,
    body: <AddPage view={view} {...rest} wrong={wrong} />,
  }));
}
