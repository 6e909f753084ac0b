import { type Context, Hono } from 'hono';
import { acceptInvitation, type OpenInvitation, readInvitation } from '../institutions/index.ts';
import { identitiesOf, sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt } from './console.tsx';
import { InvitationGone, InvitationPage } from './pages/invitation.tsx';
import { renderPage } from './render.tsx';

interface Seen {
  invitation: OpenInvitation;
  /** What went wrong at the last try. */
  problem?: 'not-the-recipient' | 'member-exists';
}

async function show(c: Context<AppEnv>, token: string, { invitation, problem }: Seen): Promise<Response> {
  const { session, deps } = c.var;
  const mine = session ? await identitiesOf(deps, session.person) : [];
  const as = mine.find(i => i.id === session?.identity)?.label;
  return renderPage(c, view => ({
    title: view.t.console.invitation.title(invitation.institution.profile.name),
    status: problem === 'not-the-recipient' ? 403 : problem ? 409 : 200,
    noindex: true,
    cache: 'no-store',
    body: (
      <InvitationPage
        view={view}
        invitation={invitation}
        token={token}
        as={as}
        signedIn={!!session}
        problem={problem}
      />
    ),
  }));
}

/** An invitation that was used, withdrawn or has lapsed, and one that never was, read the same. */
async function orGone(c: Context<AppEnv>, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || !['not-found', 'link-spent'].includes(error.code)) throw error;
    return renderPage(c, view => ({
      title: view.t.console.invitation.gone,
      status: 404,
      noindex: true,
      cache: 'no-store',
      body: <InvitationGone view={view} />,
    }));
  }
}

/** An invitation to a role. Looking changes nothing; one button accepts it. */
export const invitationRoutes = new Hono<AppEnv>()
  .get('/invitation/:token', c =>
    orGone(c, async () => {
      const token = c.req.param('token');
      return show(c, token, { invitation: await readInvitation(c.var.deps, token) });
    }),
  )
  .post('/invitation/:token', signedIn, c =>
    orGone(c, async () => {
      const { deps } = c.var;
      const token = c.req.param('token');
      const { person } = sessionOf(c);
      const invitation = await readInvitation(deps, token);
      try {
        return doneAt(c, `/console/${await acceptInvitation(deps, person, token)}`, 'role-accepted');
      } catch (error) {
        const code = error instanceof DomainError ? error.code : undefined;
        if (code !== 'not-the-recipient' && code !== 'member-exists') throw error;
        return show(c, token, { invitation, problem: code });
      }
    }),
  );
