import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import {
  confirmReference,
  declineReference,
  giveReference,
  OWN_DID,
  type OwnSignatureFault,
  readAsked,
  readSpoken,
  type ReferenceAnswer,
  referenceAnswer,
  referenceQuestions,
  signGiven,
  storeSpoken,
  takeSigned,
  unsignedFor,
} from '../portfolio/index.ts';
import { DomainError } from '../platform/errors.ts';
import { dropBytes } from '../platform/files.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { answerFile } from '../platform/serve-file.ts';
import { readUpload } from '../platform/upload.ts';
import { checkCredential } from '../verifier/index.ts';
import { readFields } from './form.ts';
import { readLanguage } from './language.ts';
import { DeclinedPage, GivePage, type GiveProps } from './pages/reference.tsx';
import { GivenPage, type GivenProps } from './pages/reference-given.tsx';
import { renderBook } from './render-book.tsx';
import { sendPrivateFile } from './send-file.ts';
import type { View } from './view.ts';
import { wantsPage } from './wants-page.ts';

type C = Context<AppEnv>;

/** From the side of who is asked: the link is the key, and leads nowhere else. */
export const giveRoutes = new Hono<AppEnv>()
  .use('/r/*', rateLimited, async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
  })
  .get('/r/:token', async c => renderGive(c))
  .post('/r/:token', async c => give(c))
  .post('/r/:token/decline', async c => {
    await declineReference(c.var.deps, c.req.param('token'), c.var.session);
    return renderBook(c, view => ({
      title: view.t.references.give.declinedTitle,
      body: <DeclinedPage view={view} />,
    }));
  })
  .get('/r/:token/voice', async c => answerFile(c, c.var.deps, await readSpoken(c.var.deps, c.req.param('token'))))
  .post('/r/:token/confirm', signedIn, async c => {
    await confirmReference(c.var.deps, c.req.param('token'), sessionOf(c));
    return c.redirect(`/r/${c.req.param('token')}`, 303);
  })
  .post('/r/:token/sign', signedIn, async c => {
    await signGiven(c.var.deps, c.req.param('token'), sessionOf(c), readLanguage(c));
    return c.redirect(`/r/${c.req.param('token')}`, 303);
  })
  .get('/r/:token/own-key', signedIn, async c => {
    const did = (c.req.query('did') ?? '').trim();
    if (!OWN_DID.test(did))
      return renderGive(c, { sent: { did, document: '' }, tell: ({ t }) => t.references.give.ownKey.wrongDid });
    const asked = { did, language: readLanguage(c) };
    const unsigned = await unsignedFor(c.var.deps, c.req.param('token'), sessionOf(c), asked);
    return sendPrivateFile(c, unsigned, { type: 'application/json', name: 'aanbeveling.json' });
  })
  .post('/r/:token/own-key', signedIn, async c => takeOwn(c));

type Again = Pick<GiveProps, 'form'> & Pick<GivenProps, 'sent'> & { tell?: (view: View) => string; status?: number };

async function renderGive(c: C, { form, sent, tell, status = 400 }: Again = {}): Promise<Response> {
  const token = c.req.param('token')!;
  const asked = await readAsked(c.var.deps, token);
  return renderBook(c, view => ({
    title: view.t.references.give.title(asked.as),
    status: tell ? status : 200,
    body: asked.answer ? (
      <GivenPage {...{ view, token, asked, sent }} answer={asked.answer} alert={tell?.(view)} />
    ) : (
      <GivePage {...{ view, token, asked }} {...(form ? { form } : {})} alert={tell?.(view)} />
    ),
  }));
}

async function give(c: C): Promise<Response> {
  const { deps, session } = c.var;
  const token = c.req.param('token')!;
  const asked = await readAsked(deps, token);
  const { fields, files, refused } = await readUpload(c, file => storeSpoken(deps, asked, file));
  const form = { get: (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim() };
  const [voice, ...more] = files;
  const drop = (kept: typeof files) =>
    dropBytes(
      deps,
      kept.map(file => file.id),
    );
  await drop(more);
  const again = async (tell: Again['tell']) => {
    await drop(files);
    return renderGive(c, { form, ...(tell ? { tell } : {}) });
  };
  if (refused) return again(view => view.t.references.give.refused);
  const input = referenceAnswer.safeParse({
    name: form.get('name'),
    words: form.get('words'),
    answers: Object.fromEntries(referenceQuestions.map(key => [key, form.get(key)])),
  });
  if (!input.success) return again(view => view.t.references.give.nameless);
  try {
    await giveReference(deps, token, { ...(input.data as ReferenceAnswer), voice }, session);
  } catch (error) {
    const code = error instanceof DomainError ? error.code : undefined;
    if (code === 'request-invalid') return again(view => view.t.references.give.nothing);
    if (code === 'role-conflict') return again(view => view.t.references.give.own);
    throw error;
  }
  return c.redirect(`/r/${token}`, 303);
}

/** What someone signed with a key of their own, as a file or pasted. */
async function takeOwn(c: C): Promise<Response> {
  const { deps } = c.var;
  const token = c.req.param('token')!;
  const { file, document } = await readFields(c);
  const sent = file instanceof File && file.size > 0 ? await file.text() : String(document ?? '');
  try {
    await takeSigned(deps, token, sessionOf(c), sent, credential => checkCredential(deps, { credential }));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'endorsement-refused' || !wantsPage(c)) throw error;
    const fault = error.extensions.fault as OwnSignatureFault;
    return renderGive(c, {
      sent: { did: '', document: sent.slice(0, 100_000) },
      tell: ({ t }) => t.references.give.ownKey.faults[fault],
      status: 422,
    });
  }
  return c.redirect(`/r/${token}`, 303);
}
