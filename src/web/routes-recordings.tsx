import { type Context, Hono } from 'hono';
import {
  type ActingRole,
  type Dossier,
  type Mover,
  personOf,
  readOwnOrGuided,
  readRecording,
  readStaffDossier,
  reportConversation,
  staffMover,
  storeRecording,
} from '../dossiers/index.ts';
import { memberOf } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { DomainError } from '../platform/errors.ts';
import { dropBytes, type StoredFile } from '../platform/files.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { answerFile } from '../platform/serve-file.ts';
import { readUpload } from '../platform/upload.ts';
import { renderConsole } from './console.tsx';
import { Conversation, type ConversationProps, type RecordingFault } from './pages/validations/conversation.tsx';
import { renderBook } from './render-book.tsx';

type C = Context<AppEnv>;

/** The report of a conversation with its recording, and that recording for whoever may read the report. */
export const recordingRoutes = new Hono<AppEnv>()
  .get('/validations/:id/conversation', signedIn, async c => {
    await sideOf(c);
    return renderMine(c);
  })
  .post('/validations/:id/conversation', signedIn, async c => {
    const { dossier, role } = await sideOf(c);
    const { person } = sessionOf(c);
    const mover: Mover = { actor: { kind: 'person', person }, id: person, role };
    const fault = await report(c, dossier, mover);
    return fault ? renderMine(c, fault) : c.redirect(`/validations/${dossier.id}?done=sent#talk`, 303);
  })
  .get('/validations/:id/recordings/:file', signedIn, async c => {
    const { dossier, role } = await sideOf(c);
    const asked = { side: role, self: sessionOf(c).person, file: c.req.param('file') };
    return answerFile(c, c.var.deps, await readRecording(c.var.deps, dossier, asked));
  })
  .get('/console/:slug/dossiers/:id/recordings/:file', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const dossier = await readStaffDossier(ctx, c.req.param('id'));
    const asked = { side: 'staff' as const, self: personOf(ctx), file: c.req.param('file') };
    return answerFile(c, ctx.deps, await readRecording(ctx.deps, dossier, asked));
  });

// The role that someone acts in is the address of the form.
for (const role of ['assessor', 'examiner'] as const) {
  const at = `/console/:slug/dossiers/:id/${role}/conversation`;
  recordingRoutes.get(at, signedIn, memberOf, async c => {
    const dossier = await readStaffDossier(c.var.ctx, c.req.param('id')!);
    staffMover(c.var.ctx, dossier, role);
    return renderStaff(c, role);
  });
  recordingRoutes.post(at, signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const dossier = await readStaffDossier(ctx, c.req.param('id')!);
    const fault = await report(c, dossier, staffMover(ctx, dossier, role));
    return fault
      ? renderStaff(c, role, fault)
      : c.redirect(`/console/${ctx.institution.slug}/dossiers/${dossier.id}?done=dossier-sent`, 303);
  });
}

const sideOf = (c: C) => readOwnOrGuided(c.var.deps, { id: c.req.param('id')!, personId: sessionOf(c).person });

type Fault = Pick<ConversationProps, 'text'> & { fault: RecordingFault };

/** What is not taken is told beside the text that was typed. @throws DomainError as `reportConversation` */
async function report(c: C, dossier: Dossier, mover: Mover): Promise<Fault | undefined> {
  const { deps } = c.var;
  const { fields, files, refused } = await readUpload(c, file => storeRecording(deps, dossier, file));
  const [recording, ...more] = files;
  const text = (fields.get('text') ?? '').replaceAll('\r\n', '\n').trim().slice(0, 20_000);
  const fault = refused ? faultOf(refused) : text ? undefined : 'text';
  await drop(c, fault ? files : more);
  if (fault) return { text, fault };
  const form = fields.get('form');
  await reportConversation(deps, dossier, mover, { text, recording, ...(form ? { form } : {}) });
  return undefined;
}

const drop = (c: C, files: readonly StoredFile[]) =>
  dropBytes(
    c.var.deps,
    files.map(file => file.id),
  );

function faultOf(error: DomainError): RecordingFault {
  if (error.code === 'body-too-large') return 'large';
  if (error.code === 'limit-broken') return 'room';
  if (error.code === 'media-type-unsupported' || error.code === 'request-invalid') return 'kind';
  throw error;
}

const renderMine = (c: C, sent?: Fault): Promise<Response> => {
  const back = `/validations/${c.req.param('id')}`;
  return renderBook(c, view => ({
    title: view.t.recordings.title,
    ...(sent ? { status: 422 } : {}),
    body: (
      <>
        <h1>{view.t.recordings.title}</h1>
        <Conversation view={view} action={`${back}/conversation`} back={back} form={newToken()} {...sent} />
      </>
    ),
  }));
};

const renderStaff = (c: C, role: ActingRole, sent?: Fault): Promise<Response> =>
  renderConsole(c, 'dossiers', (view, place) => {
    const back = `${place.base}/dossiers/${c.req.param('id')}`;
    const form = { action: `${back}/${role}/conversation`, back, form: newToken() };
    return {
      title: view.t.recordings.title,
      island: 'notebook',
      ...(sent ? { status: 422 } : {}),
      body: <Conversation view={view} {...form} {...sent} />,
    };
  });
