import { type Context, Hono } from 'hono';
import { listPublished } from '../catalogue/index.ts';
import { countDecided } from '../credentials/index.ts';
import {
  addQuestion,
  dossierInvitationInput,
  endDossierInvitation,
  inviteToDossier,
  listDossierInvitations,
  listQuestions,
  readFlow,
  removeQuestion,
} from '../dossiers/index.ts';
import { memberOf, readInstitution } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { readForm } from './form.ts';
import { FlowPage } from './pages/console/dossier-flow.tsx';
import { flowCsv } from './pages/console/dossier-flow-parts.ts';
import { InvitationsPage } from './pages/console/dossier-invitations.tsx';
import { QuestionsPage } from './pages/console/dossier-questions.tsx';
import { type Filled, sentWith, startWith } from './pages/console/fields.tsx';
import { sendPrivateFile } from './send-file.ts';
import { viewOf } from './view.ts';

const at = (c: Context<AppEnv>, room: string) => `/console/${c.var.ctx.institution.slug}/dossiers/${room}`;

/** What stands beside dossiers: questions that are ready, invitations, and how it all goes. */
export const consoleDossierRoomRoutes = new Hono<AppEnv>()
  .get('/console/:slug/dossiers/questions', signedIn, memberOf, c => renderQuestions(c, startWith()))
  .post('/console/:slug/dossiers/questions', signedIn, memberOf, async c => {
    const form = await readForm(c);
    const words = form.get('words').slice(0, 1_000);
    if (!words) {
      const { needed } = (await viewOf(c)).t.console.forms;
      return renderQuestions(c, sentWith(form, { words: needed }));
    }
    await addQuestion(c.var.ctx, words);
    return doneAt(c, at(c, 'questions'), 'question-saved');
  })
  .post('/console/:slug/dossiers/questions/:id/remove', signedIn, memberOf, async c => {
    await removeQuestion(c.var.ctx, c.req.param('id'));
    return doneAt(c, at(c, 'questions'), 'question-removed');
  })
  .get('/console/:slug/dossiers/invitations', signedIn, memberOf, c => renderInvitations(c, emptyInvitation(c)))
  .post('/console/:slug/dossiers/invitations', signedIn, memberOf, async c => {
    const form = await readForm(c);
    const read = dossierInvitationInput.safeParse({
      name: form.get('name'),
      achievementId: form.get('achievementId') || null,
      places: Number(form.get('places')),
      endsOn: form.get('endsOn'),
    });
    if (!read.success) {
      const { wrong } = (await viewOf(c)).t.dossiers.invitations;
      const fields = read.error.issues.map(({ path }) => path[0] as keyof typeof wrong);
      return renderInvitations(c, sentWith(form, Object.fromEntries(fields.map(name => [name, wrong[name]]))));
    }
    const secret = await inviteToDossier(c.var.ctx, read.data);
    return renderInvitations(c, emptyInvitation(c), `${c.var.deps.config.origin}/join/${secret}`);
  })
  .post('/console/:slug/dossiers/invitations/:id/end', signedIn, memberOf, async c => {
    await endDossierInvitation(c.var.ctx, c.req.param('id'));
    return doneAt(c, at(c, 'invitations'), 'join-ended');
  })
  .get('/console/:slug/dossiers/flow', signedIn, memberOf, async c => {
    const flow = await readFlow(c.var.ctx, await countDecided(c.var.ctx));
    return renderConsole(c, 'dossiers', (view, place) => ({
      title: view.t.dossiers.flow.title,
      body: <FlowPage view={view} place={place} flow={flow} />,
    }));
  })
  .get('/console/:slug/dossiers/flow.csv', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const flow = await readFlow(ctx, await countDecided(ctx));
    const institution = await readInstitution(ctx.deps, ctx.institution.slug);
    const name = `dossiers-${ctx.institution.slug}-${ctx.now.toISOString().slice(0, 10)}.csv`;
    const csv = flowCsv(await viewOf(c), institution, flow);
    return sendPrivateFile(c, csv, { type: 'text/csv; charset=utf-8; header=present', name });
  });

const emptyInvitation = (c: Context<AppEnv>): Filled =>
  startWith({
    places: '1',
    endsOn: new Date(c.var.ctx.now.getTime() + 30 * 24 * 3_600_000).toISOString().slice(0, 10),
  });

async function renderQuestions(c: Context<AppEnv>, form: Filled): Promise<Response> {
  const questions = await listQuestions(c.var.ctx);
  return renderConsole(c, 'dossiers', (view, place) => ({
    title: view.t.dossiers.questions.title,
    status: Object.keys(form.errors).length ? 400 : 200,
    body: <QuestionsPage {...{ view, place, questions, form }} />,
  }));
}

async function renderInvitations(c: Context<AppEnv>, form: Filled, link?: string): Promise<Response> {
  const { ctx } = c.var;
  const invitations = await listDossierInvitations(ctx);
  const published = await listPublished(ctx.db, ctx.institution.id);
  const achievements = published.map(({ id, content }) => ({ id, name: content.name }));
  return renderConsole(c, 'dossiers', (view, place) => ({
    title: view.t.dossiers.invitations.title,
    status: Object.keys(form.errors).length ? 400 : 200,
    body: <InvitationsPage {...{ view, place, invitations, achievements, form, link }} />,
  }));
}
