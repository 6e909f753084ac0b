import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import {
  askReference,
  confirmReference,
  declineReference,
  giveReference,
  hideReference,
  type Holder,
  listAsked,
  listExperiences,
  listGiven,
  listReferences,
  readAsked,
  readReference,
  readSpoken,
  type ReferenceAnswer,
  referenceAnswer,
  referenceAsk,
  referenceQuestions,
  removeReference,
  signGiven,
  storeSpoken,
  takeBackAsk,
  withdrawGiven,
} from '../portfolio/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { dropBytes } from '../platform/files.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { answerFile } from '../platform/serve-file.ts';
import { readUpload } from '../platform/upload.ts';
import { readForm } from './form.ts';
import { guards } from './holder-guards.ts';
import { readLanguage } from './language.ts';
import { AskedPage, type AskForm, AskReferencePage, ReferencesPage } from './pages/notebook/references.tsx';
import { DeclinedPage, GivePage, type GiveProps, GivenByMePage, GivenPage } from './pages/reference.tsx';
import { renderBook } from './render-book.tsx';
import { sendPrivateFile } from './send-file.ts';
import type { View } from './view.ts';

type C = Context<AppEnv>;
const own = guards['/portfolio'];
const home = '/portfolio/references';

/** From the side of the learner. */
const learnerRoutes = new Hono<AppEnv>()
  .get(
    home,
    own(async (c, holder) => {
      const { deps } = c.var;
      const [references, asked, experiences] = await Promise.all([
        listReferences(deps, holder),
        listAsked(deps, holder),
        listExperiences(deps, holder),
      ]);
      return renderBook(c, view => ({
        title: view.t.references.title,
        body: <ReferencesPage {...{ view, references, asked, experiences }} done={c.req.query('done')} />,
      }));
    }),
  )
  .get(
    `${home}/new`,
    own((c, holder) => renderAsk(c, holder)),
  )
  .post(`${home}/new`, rateLimited, own(ask))
  .post(
    `${home}/asked/:id/take-back`,
    own(async (c, holder) => {
      await takeBackAsk(c.var.deps, holder, c.req.param('id')!);
      return c.redirect(`${home}?done=taken`, 303);
    }),
  )
  .post(
    `${home}/:id/hide`,
    own((c, holder) => hide(c, holder, true)),
  )
  .post(
    `${home}/:id/show`,
    own((c, holder) => hide(c, holder, false)),
  )
  .post(
    `${home}/:id/remove`,
    own(async (c, holder) => {
      await removeReference(c.var.deps, holder, c.req.param('id')!);
      return c.redirect(`${home}?done=removed`, 303);
    }),
  )
  .get(
    `${home}/:id/document`,
    own(async (c, holder) => {
      const { document } = await readReference(c.var.deps, holder, c.req.param('id')!);
      if (!document) throw notFound('signed reference');
      return sendPrivateFile(c, document, { type: 'application/vc', name: 'referentie.json' });
    }),
  );

async function hide(c: C, holder: Holder, hidden: boolean): Promise<Response> {
  await hideReference(c.var.deps, holder, c.req.param('id')!, hidden);
  return c.redirect(`${home}?done=${hidden ? 'hidden' : 'shown'}`, 303);
}

async function renderAsk(c: C, holder: Holder, form?: AskForm, full = false): Promise<Response> {
  const experiences = await listExperiences(c.var.deps, holder);
  const start: AskForm = { get: name => (name === 'experience' ? (c.req.query('experience') ?? '') : ''), wrong: [] };
  return renderBook(c, view => ({
    title: view.t.references.form.title,
    status: form ? 400 : 200,
    body: (
      <AskReferencePage {...{ view, experiences, full }} form={form ?? start} mails={c.var.deps.mailer !== undefined} />
    ),
  }));
}

async function ask(c: C, holder: Holder): Promise<Response> {
  const form = await readForm(c);
  const filled = (wrong: string[]): AskForm => ({ get: name => form.get(name), wrong });
  const input = referenceAsk.safeParse({
    experienceId: form.get('experience') || null,
    name: form.get('name'),
    relation: form.get('relation'),
    as: form.get('as'),
    message: form.get('message'),
    email: form.get('email') || null,
  });
  if (!input.success) return renderAsk(c, holder, filled(input.error.issues.map(({ path }) => String(path[0]))));
  try {
    const { link } = await askReference(c.var.deps, holder, { ...input.data, language: readLanguage(c) });
    return await renderBook(c, view => ({
      title: view.t.references.made.title,
      body: <AskedPage view={view} name={input.data.name} link={link} mailed={input.data.email !== null} />,
    }));
  } catch (error) {
    const code = error instanceof DomainError ? error.code : undefined;
    if (code === 'request-invalid') return renderAsk(c, holder, filled(['email']));
    if (code === 'limit-broken' || code === 'link-spent') return renderAsk(c, holder, filled([]), true);
    throw error;
  }
}

/** From the side of who is asked: the link is the key, and leads nowhere else. */
const giverRoutes = new Hono<AppEnv>()
  .use('/r/*', rateLimited, async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
  })
  .get('/r/:token', async c => renderGive(c))
  .post('/r/:token', async c => give(c))
  .post('/r/:token/decline', async c => {
    await declineReference(c.var.deps, c.req.param('token'));
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
  });

type Again = Pick<GiveProps, 'form'> & { tell?: (view: View) => string };

async function renderGive(c: C, { form, tell }: Again = {}): Promise<Response> {
  const token = c.req.param('token')!;
  const asked = await readAsked(c.var.deps, token);
  return renderBook(c, view => ({
    title: view.t.references.give.title(asked.as),
    status: tell ? 400 : 200,
    body: asked.answer ? (
      <GivenPage {...{ view, token, asked }} answer={asked.answer} />
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

/** From the account of who said it. */
const accountRoutes = new Hono<AppEnv>()
  .get('/account/references', signedIn, async c => {
    const given = await listGiven(c.var.deps, sessionOf(c));
    return renderBook(c, view => ({
      title: view.t.references.account.title,
      body: <GivenByMePage view={view} given={given} done={c.req.query('done') === '1'} />,
    }));
  })
  .post('/account/references/:id/withdraw', signedIn, async c => {
    await withdrawGiven(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect('/account/references?done=1', 303);
  });

/** Words of others: who asks, who answers, and who takes it back. */
export const referenceRoutes = new Hono<AppEnv>()
  .route('/', learnerRoutes)
  .route('/', giverRoutes)
  .route('/', accountRoutes);
