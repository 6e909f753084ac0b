import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import {
  askReference,
  hideReference,
  type Holder,
  listAsked,
  listExperiences,
  listGiven,
  listReferences,
  readReference,
  referenceAsk,
  removeReference,
  takeBackAsk,
  withdrawGiven,
} from '../portfolio/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { readForm } from './form.ts';
import { guards } from './holder-guards.ts';
import { readLanguage } from './language.ts';
import { AskedPage, type AskForm, AskReferencePage } from './pages/notebook/ask-reference.tsx';
import { ReferencesPage } from './pages/notebook/references.tsx';
import { GivenByMePage } from './pages/reference-given.tsx';
import { renderBook } from './render-book.tsx';
import { sendPrivateFile } from './send-file.ts';

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

/** Words of others: who asks, and who takes back from their account what they said. */
export const referenceRoutes = new Hono<AppEnv>().route('/', learnerRoutes).route('/', accountRoutes);
