import { type Context, Hono } from 'hono';
import { memberOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { createGroup, endGroup, groupInput, listGroups } from '../portfolio/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { readForm } from './form.ts';
import { type Filled, sentWith, startWith } from './pages/console/fields.tsx';
import { GroupsPage } from './pages/console/groups.tsx';

/** Codes by which a library, an association or a works council lets a group begin. */
export const consoleGroupRoutes = new Hono<AppEnv>()
  .get('/console/:slug/groups', signedIn, memberOf, c => renderGroups(c, startWith()))
  .post('/console/:slug/groups', signedIn, memberOf, async c => {
    const form = await readForm(c);
    const [name, endsOn] = [form.get('name'), form.get('endsOn')];
    const sent = { name, goal: form.get('goal') || null, language: form.get('language'), endsOn };
    const input = groupInput.safeParse(sent);
    if (!input.success) {
      const errors = Object.fromEntries(input.error.issues.map(({ path, message }) => [String(path[0]), message]));
      return renderGroups(c, sentWith(form, errors));
    }
    await createGroup(c.var.ctx, input.data);
    return doneAt(c, `/console/${c.req.param('slug')}/groups`, 'groupMade');
  })
  .post('/console/:slug/groups/:id/end', signedIn, memberOf, async c => {
    await endGroup(c.var.ctx, c.req.param('id'));
    return doneAt(c, `/console/${c.req.param('slug')}/groups`, 'groupEnded');
  });

async function renderGroups(c: Context<AppEnv>, form: Filled): Promise<Response> {
  const groups = await listGroups(c.var.ctx);
  return renderConsole(c, 'groups', (view, place) => ({
    title: view.t.portfolio.groups.title,
    status: Object.keys(form.errors).length ? 400 : 200,
    body: <GroupsPage {...{ view, place, groups, form }} />,
  }));
}
