import { type Context, Hono } from 'hono';
import {
  endReader,
  type Holder,
  listExperiences,
  listReaders,
  listReferences,
  readerAsk,
  readShared,
  readSharedFile,
  shareWithReader,
} from '../portfolio/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { answerFile } from '../platform/serve-file.ts';
import { readForm } from './form.ts';
import { guards } from './holder-guards.ts';
import { type ReaderForm, ReadersPage, ShareExperiencesPage, SharedLinkPage } from './pages/notebook/readers.tsx';
import { SharedPage } from './pages/shared-experiences.tsx';
import { renderBook } from './render-book.tsx';
import { sendPrivateFile } from './send-file.ts';
import { withDossiers } from './stands-behind.ts';

type C = Context<AppEnv>;
const own = guards['/portfolio'];
const home = '/portfolio/readers';

/** From the side of the owner. */
const ownerRoutes = new Hono<AppEnv>()
  .get(
    home,
    own(async (c, holder) => {
      const { deps } = c.var;
      const [readers, experiences] = await Promise.all([listReaders(deps, holder), listExperiences(deps, holder)]);
      return renderBook(c, view => ({
        title: view.t.readers.title,
        body: <ReadersPage {...{ view, readers, experiences }} ended={c.req.query('done') === 'ended'} />,
      }));
    }),
  )
  .get(
    `${home}/new`,
    own((c, holder) => renderShare(c, holder)),
  )
  .post(`${home}/new`, own(share))
  .post(
    `${home}/:id/end`,
    own(async (c, holder) => {
      await endReader(c.var.deps, holder, c.req.param('id')!);
      return c.redirect(`${home}?done=ended`, 303);
    }),
  );

/** A month is chosen, and the experience that someone came from. */
const started = (c: C): ReaderForm => ({
  get: name => (name === 'days' ? '30' : ''),
  all: name => (name === 'experience' ? (c.req.queries('experience') ?? []) : []),
  wrong: [],
});

async function renderShare(c: C, holder: Holder, form?: ReaderForm, full = false): Promise<Response> {
  const { deps } = c.var;
  const [experiences, references] = await Promise.all([listExperiences(deps, holder), listReferences(deps, holder)]);
  return renderBook(c, view => ({
    title: view.t.readers.form.title,
    status: form ? 400 : 200,
    body: <ShareExperiencesPage {...{ view, experiences, references, full }} form={form ?? started(c)} />,
  }));
}

async function share(c: C, holder: Holder): Promise<Response> {
  const { deps } = c.var;
  const form = await readForm(c);
  const input = readerAsk.safeParse({
    label: form.get('label'),
    words: form.get('words'),
    days: Number(form.get('days')),
    experiences: form.all('experience'),
    references: form.all('reference'),
  });
  const again = (wrong: string[], full = false) => renderShare(c, holder, { ...form, wrong }, full);
  if (!input.success) return again(input.error.issues.map(({ path }) => String(path[0])));
  try {
    const { link } = await shareWithReader(deps, holder, input.data);
    const until = new Date(deps.clock().getTime() + input.data.days * DAY_MS).toISOString();
    return await renderBook(c, view => ({
      title: view.t.readers.made.title,
      body: <SharedLinkPage {...{ view, link, until }} />,
    }));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'limit-broken') return again([], true);
    throw error;
  }
}

/** From the side of who reads: the link is the key, and leads nowhere else. */
const readRoutes = new Hono<AppEnv>()
  .use('/p/*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
  })
  .get('/p/:token', rateLimited, async c => {
    const { deps } = c.var;
    const token = c.req.param('token');
    const found = await readShared(deps, token);
    const shared = { ...found, experiences: await withDossiers(deps, found.owner, found.experiences) };
    return renderBook(c, view => ({
      title: view.t.readers.page.title,
      body: <SharedPage {...{ view, token, shared }} />,
    }));
  })
  .get('/p/:token/files/:file', async c =>
    answerFile(c, c.var.deps, await readSharedFile(c.var.deps, c.req.param('token'), c.req.param('file'))),
  )
  .get('/p/:token/references/:id', async c => {
    const { references } = await readShared(c.var.deps, c.req.param('token'));
    const document = references.find(r => r.id === c.req.param('id'))?.document;
    if (!document) throw notFound('signed reference');
    return sendPrivateFile(c, document, { type: 'application/vc', name: 'referentie.json' });
  });

/** Who may read along in a portfolio: made, listed and taken back; and what they read. */
export const readerRoutes = new Hono<AppEnv>().route('/', ownerRoutes).route('/', readRoutes);
