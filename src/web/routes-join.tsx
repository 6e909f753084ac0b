import { type Context, Hono } from 'hono';
import { listPublished } from '../catalogue/index.ts';
import { arrivedBy, joinDossier, type OpenDossierInvitation, readDossierInvitation } from '../dossiers/index.ts';
import { readInstitution } from '../institutions/index.ts';
import { identitiesOf, sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { holdOwn, listExperiences } from '../portfolio/index.ts';
import { readForm } from './form.ts';
import { JoinGone, JoinPage } from './pages/join.tsx';
import { renderPage } from './render.tsx';

const personal = { noindex: true, cache: 'no-store' } as const;

/** A learner's side of an invitation to a validation: sign in, and begin. */
export const joinRoutes = new Hono<AppEnv>()
  .get('/join/:token', rateLimited, c =>
    orGone(c, async () => {
      const { deps, session } = c.var;
      const token = c.req.param('token');
      const before = session && (await arrivedBy(deps, token, session.person));
      if (before) return c.redirect(`/validations/${before}`, 303);
      return renderJoin(c, token, await readDossierInvitation(deps, token));
    }),
  )
  .post('/join/:token', rateLimited, signedIn, c =>
    orGone(c, async () => {
      const { deps } = c.var;
      const form = await readForm(c);
      const own = await listExperiences(deps, await holdOwn(deps, sessionOf(c)));
      const chosen = form.get('achievement');
      const id = await joinDossier(deps, sessionOf(c), c.req.param('token'), {
        recognise: form.get('recognise') !== 'no',
        achievements: chosen ? [chosen] : [],
        aim: form.get('aim').slice(0, 2_000),
        experiences: own.map(e => e.id).filter(each => form.all('experience').includes(each)),
      });
      return c.redirect(`/validations/${id}?done=begun`, 303);
    }),
  );

/** An invitation that ended, is full, or never was reads the same. */
async function orGone(c: Context<AppEnv>, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'link-spent') throw error;
    return renderPage(c, view => ({
      title: view.t.dossiers.join.gone,
      status: 404,
      ...personal,
      body: <JoinGone view={view} />,
    }));
  }
}

async function renderJoin(c: Context<AppEnv>, token: string, open: OpenDossierInvitation): Promise<Response> {
  const { deps, session } = c.var;
  const institution = await readInstitution(deps, open.institution.slug);
  const experiences = session ? await listExperiences(deps, await holdOwn(deps, session)) : [];
  const identities = session ? await identitiesOf(deps, session.person) : [];
  const published = open.achievement ? [] : await listPublished(deps.db, institution.id);
  const eduid = deps.config.providers.some(p => p.id === 'eduid') && !identities.some(i => i.kind === 'eduid');
  return renderPage(c, view => ({
    title: view.t.dossiers.join.title,
    ...personal,
    body: (
      <JoinPage
        view={view}
        institution={institution}
        open={open}
        token={token}
        signedIn={!!session}
        askEduid={!!session && eduid}
        experiences={experiences}
        choices={published.map(({ id, content }) => ({ id, name: content.name }))}
        form={newToken()}
      />
    ),
  }));
}
