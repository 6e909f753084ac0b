import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import {
  addExperience,
  adoptDraft,
  beginDraft,
  eraseDraft,
  findGroup,
  goalCards,
  type Holder,
  holdDraft,
  holdHelped,
  joinAsHelper,
  leaveHelp,
  listExperiences,
  readPortfolio,
} from '../portfolio/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { readForm } from './form.ts';
import {
  draftCode,
  forgetDraft,
  forgetHelper,
  guards,
  heldDraft,
  helperSecret,
  keepDraft,
  keepHelper,
} from './holder-guards.ts';
import { readLanguage } from './language.ts';
import { messages } from './messages.ts';
import { drop, entryOf, idOf, readFiles } from './notebook-forms.ts';
import { BeginPage, StoryPage } from './pages/notebook/begin.tsx';
import { CardPage, GonePage, KeepPage, ResumePage } from './pages/notebook/card.tsx';
import type { Book } from './pages/notebook/parts.tsx';
import { JoinPage } from './pages/notebook/together.tsx';
import { renderBook } from './render-book.tsx';

const book: Book = { base: '/begin', home: '/begin/card' };
const CODE = /^[A-Za-z0-9_-]{22}$/;

/** *Begin hier*: without a login, from the first question to a portfolio of one's own. */
const openRoutes = new Hono<AppEnv>()
  .get('/begin', async c => {
    const code = c.req.query('g');
    const group = code ? await findGroup(c.var.deps, code) : undefined;
    const begun = (await heldDraft(c)) !== undefined;
    return renderBook(c, view => ({
      title: view.t.portfolio.begin.title,
      description: view.t.portfolio.begin.lead,
      noindex: false,
      body: <BeginPage view={view} begun={begun} group={group} erased={c.req.query('done') === 'erased'} />,
    }));
  })
  .post('/begin', rateLimited, async c => {
    const form = await readForm(c);
    const goal = goalCards.find(card => card === form.get('goal')) ?? null;
    const { code } = await beginDraft(c.var.deps, { language: readLanguage(c), goal, group: form.get('group') });
    keepDraft(c, code);
    return c.redirect('/begin/story', 303);
  })
  .get('/begin/go/:code', rateLimited, async c => {
    const code = c.req.param('code');
    const holder = CODE.test(code) ? await holdDraft(c.var.deps, code) : undefined;
    if (!holder)
      return renderBook(c, view => ({
        title: view.t.portfolio.resume.title,
        status: 404,
        body: <GonePage view={view} />,
      }));
    const told = await listExperiences(c.var.deps, holder);
    return renderBook(c, view => ({
      title: view.t.portfolio.resume.title,
      body: <ResumePage view={view} code={code} told={told} />,
    }));
  })
  .post('/begin/go/:code', rateLimited, async c => {
    const code = c.req.param('code');
    if (!CODE.test(code) || !(await holdDraft(c.var.deps, code))) throw notFound('draft');
    keepDraft(c, code);
    return c.redirect('/begin/card', 303);
  })
  .get('/begin/keep', signedIn, async c => {
    const holder = await heldDraft(c);
    const told = holder && (await listExperiences(c.var.deps, holder));
    return renderBook(c, view => ({
      title: view.t.portfolio.keep.title,
      body: <KeepPage view={view} told={told} />,
    }));
  })
  .post('/begin/keep', signedIn, async c => {
    const code = draftCode(c);
    if (!code) throw notFound('draft');
    await adoptDraft(c.var.deps, sessionOf(c), code);
    forgetDraft(c);
    return c.redirect('/portfolio?done=adopted', 303);
  })
  .get('/together', c =>
    renderBook(c, view => ({
      title: view.t.portfolio.together.title,
      noindex: false,
      body: <JoinPage view={view} ended={c.req.query('ended') === '1'} />,
    })),
  )
  .post('/together', rateLimited, async c => {
    const form = await readForm(c);
    const name = form.get('name');
    try {
      const { secret } = await joinAsHelper(c.var.deps, form.get('code'), name);
      keepHelper(c, secret);
    } catch (error) {
      if (!(error instanceof DomainError) || !['not-found', 'link-spent'].includes(error.code)) throw error;
      return renderBook(c, view => ({
        title: view.t.portfolio.together.title,
        status: 404,
        body: <JoinPage view={view} wrong name={name} />,
      }));
    }
    return c.redirect('/together/notebook', 303);
  })
  .post('/together/leave', async c => {
    const secret = helperSecret(c);
    const holder = secret && (await holdHelped(c.var.deps, secret));
    if (holder) await leaveHelp(c.var.deps, holder, secret);
    forgetHelper(c);
    return c.redirect('/together?ended=1', 303);
  });

const draft = guards['/begin'];

const draftRoutes = new Hono<AppEnv>()
  .get(
    '/begin/story',
    draft((c, holder) => renderStory(c, holder, {})),
  )
  .post(
    '/begin/story',
    draft(async (c, holder) => {
      const { deps } = c.var;
      const { form, files, refused } = await readFiles(c, holder);
      const { asks } = messages[readLanguage(c)].portfolio.tell;
      const title = asks[Number(form.get('ask'))]?.title ?? asks[0]!.title;
      const story = form.get('story');
      const input = entryOf({ ...form, get: name => (name === 'title' ? title : form.get(name)) });
      if (!input.success || (!story && !files.length)) {
        await drop(c, files);
        return renderStory(c, holder, { story, error: refused ? 'refused' : 'nothing' });
      }
      await addExperience(deps, holder, { ...input.data, ...idOf(form), stories: files });
      return c.redirect(`/begin/story${refused ? '?done=refused' : ''}`, 303);
    }),
  )
  .get(
    '/begin/card',
    draft(async (c, holder) => {
      const { deps } = c.var;
      const told = (await listExperiences(deps, holder)).reverse();
      const portfolio = (await readPortfolio(deps, holder))!;
      return renderBook(c, view => ({
        title: view.t.portfolio.card.title,
        body: (
          <CardPage
            {...{ view, book, told }}
            goal={portfolio.goal}
            address={`${view.origin}/begin/go/${draftCode(c)}`}
            until={portfolio.expiresAt!}
          />
        ),
      }));
    }),
  )
  .post(
    '/begin/erase',
    draft(async (c, holder) => {
      await eraseDraft(c.var.deps, holder);
      forgetDraft(c);
      return c.redirect('/begin?done=erased', 303);
    }),
  );

export const beginRoutes = new Hono<AppEnv>().route('/', openRoutes).route('/', draftRoutes);

async function renderStory(
  c: Context<AppEnv>,
  holder: Holder,
  form: { story?: string; error?: 'refused' | 'nothing' },
): Promise<Response> {
  const told = await listExperiences(c.var.deps, holder);
  const done = c.req.query('done');
  return renderBook(c, view => {
    const { tell } = view.t.portfolio;
    return {
      title: `${view.t.portfolio.begin.title}: ${tell.asks[Math.min(told.length, tell.asks.length - 1)]!.ask}`,
      status: form.error ? 400 : 200,
      body: (
        <StoryPage
          {...{ view, book, told }}
          next={newId(view.now)}
          story={form.story ?? ''}
          error={form.error && tell[form.error]}
          notice={done === 'refused' ? `${tell.refused} ${tell.keptRest}` : undefined}
        />
      ),
    };
  });
}
