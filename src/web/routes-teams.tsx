import { type Context, Hono } from 'hono';
import { awardsOf } from '../credentials/index.ts';
import { findInstitution } from '../institutions/index.ts';
import { identitiesOf, sessionOf, signedIn } from '../people/index.ts';
import type { SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { problems } from '../platform/problem.ts';
import {
  changeTeamShare,
  findTeam,
  holdOwn,
  joinTeam,
  leaveTeam,
  listExperiences,
  listMyTeams,
  readMyTeam,
  type Team,
  teamShareInput,
} from '../portfolio/index.ts';
import { type Form, readForm } from './form.ts';
import { lookAtTeam } from './look-at-team.ts';
import { type Filled, sentWith, startWith } from './pages/console/fields.tsx';
import { type Choosing, TeamDoor, TeamShut, TeamPage, TeamsPage } from './pages/team.tsx';
import { renderPage } from './render.tsx';
import { type View, viewOf } from './view.ts';

type C = Context<AppEnv>;
const personal = { noindex: true, cache: 'no-store' } as const;

/** Teams for the people in them: come in by a link, see what the others show, change it, take it back. */
export const teamRoutes = new Hono<AppEnv>()
  .get('/team/:code', rateLimited, c =>
    orShut(c, async () => {
      const { deps, session } = c.var;
      const team = await findTeam(deps, c.req.param('code'));
      const within = session && (await listMyTeams(deps, session)).some(({ id }) => id === team.id);
      return within ? c.redirect(`/teams/${team.id}`, 303) : renderDoor(c, team);
    }),
  )
  .post('/team/:code', rateLimited, signedIn, c =>
    orShut(c, async () => {
      const { deps } = c.var;
      const [session, code] = [sessionOf(c), c.req.param('code')];
      const team = await findTeam(deps, code);
      const form = await readForm(c);
      const share = await shareIn(c, form);
      if (!share.success) return renderDoor(c, team, await refusedWith(c, form, share.wrong));
      const id = await joinTeam(deps, session, code, share.data);
      return c.redirect(`/teams/${id}?done=joined`, 303);
    }),
  )
  .get('/teams', signedIn, async c => {
    const teams = await listMyTeams(c.var.deps, sessionOf(c));
    const done = c.req.query('done');
    return renderPage(c, view => ({
      title: view.t.teams.title,
      ...personal,
      body: <TeamsPage view={view} teams={teams} {...(done ? { done } : {})} />,
    }));
  })
  .get('/teams/:id', signedIn, c => renderTeam(c, c.req.param('id')))
  .post('/teams/:id', signedIn, async c => {
    const id = c.req.param('id');
    const form = await readForm(c);
    // Whose team it is comes before what is asked of it.
    await readMyTeam(c.var.deps, sessionOf(c), id);
    const share = await shareIn(c, form);
    if (!share.success) return renderTeam(c, id, await refusedWith(c, form, share.wrong));
    await changeTeamShare(c.var.deps, sessionOf(c), id, share.data);
    return c.redirect(`/teams/${id}?done=changed`, 303);
  })
  .post('/teams/:id/leave', signedIn, async c => {
    await leaveTeam(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect('/teams?done=left', 303);
  });

/** A code that ended, was renewed, or never was reads the same; a team that is full says so. */
async function orShut(c: C, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || !['not-found', 'limit-broken'].includes(error.code)) throw error;
    const full = error.code === 'limit-broken';
    return renderPage(c, view => ({
      title: full ? view.t.teams.join.full : view.t.teams.join.gone,
      status: problems[error.code].status,
      ...personal,
      body: <TeamShut view={view} full={full} />,
    }));
  }
}

/** What is theirs to choose from. */
async function ownOf(c: C, session: SignedIn) {
  const { deps } = c.var;
  const experiences = await listExperiences(deps, await holdOwn(deps, session));
  const badges = await awardsOf(deps, session.person);
  return { experiences, badges: badges.filter(({ state }) => state === 'released' || state === 'claimed') };
}

/** A form as what someone shows: of what it names only their own. */
async function shareIn(c: C, form: Form) {
  const own = await ownOf(c, sessionOf(c));
  const among = (list: { id: string }[], name: string) =>
    list.map(({ id }) => id).filter(id => form.all(name).includes(id));
  const read = teamShareInput.safeParse({
    name: form.get('name'),
    experiences: among(own.experiences, 'experience'),
    badges: among(own.badges, 'badge'),
  });
  return read.success ? read : { success: false as const, wrong: read.error.issues.map(({ path }) => path[0]) };
}

async function refusedWith(c: C, form: Form, wrong: (PropertyKey | undefined)[]): Promise<Filled> {
  const words = (await viewOf(c)).t.teams.form;
  return sentWith(form, wrong.includes('name') ? { name: words.nameWrong } : { experience: words.nothing });
}

async function choosing(c: C, form: Filled): Promise<(view: View) => Choosing> {
  const own = await ownOf(c, sessionOf(c));
  return view => ({ view, ...own, form });
}

async function renderDoor(c: C, team: Team, refused?: Filled): Promise<Response> {
  const { deps, session } = c.var;
  const institution = (await findInstitution(deps, { id: team.institutionId }))!;
  const name = session && (await identitiesOf(deps, session.person)).find(identity => identity.name)?.name;
  const shown = session && (await choosing(c, refused ?? startWith({ name: name ?? '' })));
  return renderPage(c, view => ({
    title: view.t.teams.join.title(team.name),
    status: refused ? 400 : 200,
    ...personal,
    body: <TeamDoor view={view} team={team} institution={institution} choosing={shown?.(view)} />,
  }));
}

async function renderTeam(c: C, id: string, refused?: Filled): Promise<Response> {
  const { deps } = c.var;
  const { team, mine } = await readMyTeam(deps, sessionOf(c), id);
  const now = startWith({ name: mine.name, experience: mine.experiences, badge: mine.badges });
  const shown = await choosing(c, refused ?? now);
  const all = await lookAtTeam(deps, team);
  // Whoever shows nothing now, since it left their portfolio, sees nothing either.
  const look = all.people.some(({ person }) => person === mine.personId) ? all : undefined;
  const done = c.req.query('done');
  return renderPage(c, view => ({
    title: `${team.name} · ${view.t.teams.title}`,
    status: refused ? 400 : 200,
    ...personal,
    body: <TeamPage view={view} team={team} look={look} choosing={shown(view)} {...(done ? { done } : {})} />,
  }));
}
