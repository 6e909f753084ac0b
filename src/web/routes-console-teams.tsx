import { type Context, Hono } from 'hono';
import { memberOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import {
  createTeam,
  endTeam,
  listTeams,
  readTeam,
  renewTeamCode,
  takeOutOfTeam,
  teamInput,
} from '../portfolio/index.ts';
import { doneAt, renderConsole } from './console.tsx';
import { readForm } from './form.ts';
import { lookAtTeam } from './look-at-team.ts';
import { type Filled, sentWith, startWith } from './pages/console/fields.tsx';
import { ConsoleTeamPage, ConsoleTeamsPage } from './pages/console/teams.tsx';
import { viewOf } from './view.ts';

type C = Context<AppEnv>;
const at = (c: C, id = '') => `/console/${c.var.ctx.institution.slug}/teams${id && `/${id}`}`;

/** Teams for who makes them: a way in, and what their people show each other. */
export const consoleTeamRoutes = new Hono<AppEnv>()
  .get('/console/:slug/teams', signedIn, memberOf, c => renderTeams(c, startWith()))
  .post('/console/:slug/teams', signedIn, memberOf, async c => {
    const form = await readForm(c);
    const input = teamInput.safeParse({ name: form.get('name') });
    if (!input.success) return renderTeams(c, sentWith(form, { name: (await viewOf(c)).t.teams.form.nameWrong }));
    const { id } = await createTeam(c.var.ctx, input.data);
    return doneAt(c, at(c, id), 'team-made');
  })
  .get('/console/:slug/teams/:id', signedIn, memberOf, async c => {
    const team = await readTeam(c.var.ctx, c.req.param('id'));
    const look = await lookAtTeam(c.var.deps, team);
    return renderConsole(c, 'teams', (view, place) => ({
      title: team.name,
      body: <ConsoleTeamPage {...{ view, place, team, look }} />,
    }));
  })
  .post('/console/:slug/teams/:id/code', signedIn, memberOf, async c => {
    await renewTeamCode(c.var.ctx, c.req.param('id'));
    return doneAt(c, at(c, c.req.param('id')), 'team-renewed');
  })
  .post('/console/:slug/teams/:id/take-out', signedIn, memberOf, async c => {
    await takeOutOfTeam(c.var.ctx, c.req.param('id'), (await readForm(c)).get('person'));
    return doneAt(c, at(c, c.req.param('id')), 'team-taken-out');
  })
  .post('/console/:slug/teams/:id/end', signedIn, memberOf, async c => {
    await endTeam(c.var.ctx, c.req.param('id'));
    return doneAt(c, at(c), 'team-ended');
  });

async function renderTeams(c: C, form: Filled): Promise<Response> {
  const teams = await listTeams(c.var.ctx);
  return renderConsole(c, 'teams', (view, place) => ({
    title: view.t.teams.console.title,
    status: Object.keys(form.errors).length ? 400 : 200,
    body: <ConsoleTeamsPage {...{ view, place, teams, form }} />,
  }));
}
