import { type Context, Hono } from 'hono';
import {
  claimAward,
  claimOffer,
  declineOffer,
  keepBadge,
  lookAtOffer,
  readClaim,
  sendNewLink,
} from '../credentials/index.ts';
import { sessionOf } from '../people/index.ts';
import { DomainError, type ErrorCode } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { problems } from '../platform/problem.ts';
import { readForm } from './form.ts';
import { countGuesses } from './guesses.ts';
import { asAchievement } from './pages/achievement-view.ts';
import { ClaimPage, claimTitle } from './pages/claim.tsx';
import { ClaimedPage, claimedTitle } from './pages/claimed.tsx';
import { LinkSentPage } from './pages/link-sent.tsx';
import { OfferPage, offerTitle } from './pages/offer.tsx';
import { renderPage } from './render.tsx';
import { wantsPage } from './wants-page.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** An offered badge, and one that waits behind a link: the token is the only key to either. */
export const claimRoutes = new Hono<AppEnv>()
  .use('/claim/*', countGuesses)
  // Looking at an offer changes nothing: mail scanners and previews open links too.
  .get('/claim/:token', c => renderClaim(c, c.req.param('token'), letterIn(c.req.query('letter')), 200))
  .post('/claim/:token', async c => {
    const { deps } = c.var;
    const token = c.req.param('token');
    const { letter, keep } = await readFields(c);
    const bearer = !(await lookAtOffer(deps, token)) && (await readClaim(deps, token)).bearer;
    return orPage(c, token, letter, async () => {
      if (!bearer) {
        const { awardId } = await claimOffer(deps, sessionOf(c), token, letter);
        return c.redirect(`/badges/${awardId}?done=claimed`, 303);
      }
      return pickUp(c, token, keep);
    });
  })
  .post('/claim/:token/keep', async c => {
    const token = c.req.param('token');
    return orPage(c, token, undefined, async () => {
      await keepBadge(c.var.deps, sessionOf(c), token);
      return c.redirect(`/claim/${token}`, 303);
    });
  })
  .post('/claim/:token/decline', async c => {
    const token = c.req.param('token');
    const { letter } = await readFields(c);
    return orPage(c, token, letter, async () => {
      await declineOffer(c.var.deps, sessionOf(c), token, letter);
      return c.redirect(`/claim/${token}`, 303);
    });
  })
  // The same answer whatever the token: who asks learns nothing, and the letter goes to the address that was given.
  .post('/claim/:token/link', async c => {
    await sendNewLink(c.var.deps, c.req.param('token'));
    return renderPage(c, view => ({
      title: view.t.people.badges.claim.sentTitle,
      ...personal,
      body: <LinkSentPage view={view} />,
    }));
  });

/** A badge for whoever has the link; who is signed in can keep it with the same press. */
async function pickUp(c: Context<AppEnv>, token: string, keep: boolean): Promise<Response> {
  const { deps, session } = c.var;
  try {
    const { shareToken } = await claimAward(deps, token);
    if (keep && session) await keepBadge(deps, session, token);
    return c.redirect(`/c/${shareToken}`, 303);
  } catch (error) {
    // Revoked, or kept by someone else, between looking and pressing: the page says so.
    if (error instanceof DomainError && error.code === 'award-state') return c.redirect(`/claim/${token}`, 303);
    throw error;
  }
}

/** What the page itself explains: who has a browser gets the page with the status, programs get the problem. */
const explained: ErrorCode[] = [
  'award-state',
  'offer-state',
  'not-signed-in',
  'not-the-recipient',
  'assurance-too-low',
  'signing-failed',
];

async function orPage(
  c: Context<AppEnv>,
  token: string,
  letter: string | undefined,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || !explained.includes(error.code) || !wantsPage(c)) throw error;
    return renderClaim(c, token, letter, problems[error.code].status);
  }
}

/** The page of a claim link as it stands for this browser. */
async function renderClaim(
  c: Context<AppEnv>,
  token: string,
  letter: string | undefined,
  status: number,
): Promise<Response> {
  const { deps, session } = c.var;
  const signedIn = session !== undefined;
  const look = await lookAtOffer(deps, token, session, letter);
  if (look) {
    const { institution, offer, achievement: content } = look;
    const short = c.req.query('short') !== undefined;
    return renderPage(c, view => {
      const version = { id: offer.achievementId, version: offer.achievementVersion, content };
      const achievement = asAchievement(view.origin, { institution, ...version });
      const props = { view, look, achievement, token, letter, short, providers: deps.config.providers };
      return {
        title: `${offerTitle(view, look)}: ${content.name}`,
        status,
        ...personal,
        body: <OfferPage {...props} />,
      };
    });
  }
  const claim = await readClaim(deps, token, session?.person);
  return renderPage(c, view => {
    const { institution, version, achievement: content, achievementId: id } = claim;
    const props = { view, claim, token, signedIn };
    if (!claim.bearer)
      return {
        title: `${claimedTitle(view, claim)}: ${content.name}`,
        status,
        ...personal,
        body: <ClaimedPage {...props} />,
      };
    const achievement = asAchievement(view.origin, { institution, id, version, content });
    return {
      title: `${claimTitle(view, claim)}: ${content.name}`,
      status,
      ...personal,
      body: <ClaimPage {...props} achievement={achievement} />,
    };
  });
}

const letterIn = (text: string | undefined): string | undefined =>
  text && /^[\w-]{1,64}$/.test(text) ? text : undefined;

/** A program may press the button without a form. */
async function readFields(c: Context<AppEnv>): Promise<{ letter: string | undefined; keep: boolean }> {
  if (!c.req.header('content-type')) return { letter: undefined, keep: false };
  const form = await readForm(c);
  return { letter: letterIn(form.get('letter')), keep: form.get('keep') === 'yes' };
}
