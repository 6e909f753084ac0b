import { type Context, Hono } from 'hono';
import { type AchievementContent, listPublished } from '../catalogue/index.ts';
import { awardCredential, type AwardInput, type AwardSummary, dryRun } from '../credentials/index.ts';
import { memberOf, readPolicy, requireRight, scopeOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { type Line, MAX_LINES, readAward, readLines, refusalIn } from './award-form.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { DonePage, DryPage, type LineOutcome, ManyForm } from './pages/console/award-many.tsx';
import { AwardForm, ChoosePage, PreviewPage } from './pages/console/award-new.tsx';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { type View, viewOf } from './view.ts';

/** What a member may award: what is published, as far as their role reaches. */
async function offered(ctx: Ctx) {
  requireRight(ctx, 'award.make');
  const scope = scopeOf(ctx.actor, 'award.make');
  const published = await listPublished(ctx.db, ctx.institution.id);
  return scope ? published.filter(({ id }) => scope.includes(id)) : published;
}

interface Chosen {
  achievement: string;
  content: AchievementContent;
}

/** The achievement that the address names; undefined when it names none. @throws DomainError `not-found` */
async function chosen(c: Context<AppEnv>): Promise<Chosen | undefined> {
  const id = c.req.query('achievement');
  const found = (await offered(c.var.ctx)).find(a => a.id === id);
  if (id && !found) throw notFound('achievement');
  return found && { achievement: found.id, content: found.content };
}

async function requireChosen(c: Context<AppEnv>): Promise<Chosen> {
  const found = await chosen(c);
  if (!found) throw notFound('achievement');
  return found;
}

async function choose(c: Context<AppEnv>, page: 'new' | 'many'): Promise<Response> {
  const list = await offered(c.var.ctx);
  return renderConsole(c, 'awards', (view, place) => ({
    title: page === 'new' ? view.t.console.award.chooseTitle : view.t.console.award.chooseManyTitle,
    body: <ChoosePage view={view} place={place} page={page} offered={list} />,
  }));
}

interface Wrong {
  status: number;
  sentence?: string;
}

const showForm = (c: Context<AppEnv>, page: 'new' | 'many', what: Chosen, form: Filled, wrong?: Wrong) =>
  renderConsole(c, 'awards', (view, place) => ({
    title: page === 'new' ? view.t.console.award.title : view.t.console.many.title,
    status: wrong?.status,
    alert: wrong && (wrong.sentence ?? <WrongFields view={view} form={form} />),
    body:
      page === 'new' ? (
        <AwardForm view={view} place={place} {...what} form={form} />
      ) : (
        <ManyForm view={view} place={place} {...what} form={form} />
      ),
  }));

const fresh = () => startWith({ kind: 'email', basis: 'assessment' });

async function one(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  const what = await requireChosen(c);
  const form = await readForm(c);
  const view = await viewOf(c);
  if (form.get('step') === 'edit') return showForm(c, 'new', what, sentWith(form, {}));
  const read = readAward(view, form, what.achievement, what.content);
  if (read.errors) return showForm(c, 'new', what, sentWith(form, read.errors), { status: 400 });
  try {
    if (form.get('step') === 'make') {
      const { id } = await awardCredential(ctx, read.input);
      return doneAt(c, `/console/${ctx.institution.slug}/awards/${id}`, 'awarded');
    }
    const run = await dryRun(ctx, read.input);
    return await renderConsole(c, 'awards', (view, place) => ({
      title: view.t.console.award.previewTitle,
      body: <PreviewPage view={view} place={place} {...what} form={sentWith(form, {})} run={run} />,
    }));
  } catch (error) {
    return showForm(c, 'new', what, sentWith(form, {}), { status: 422, sentence: refusalIn(view, error) });
  }
}

/** What is wrong with a group as a whole, told at its field. */
function wrongGroup(view: View, form: Form, lines: Line[]): Record<string, string> {
  const t = view.t.console.many;
  if (!lines.length) return { lines: t.noLines };
  if (lines.length > MAX_LINES) return { lines: t.tooMany(MAX_LINES) };
  // What is wrong with every line is wrong with the fields that they share.
  const shared = ['kind', 'basis', 'decidedBy', 'decidedOn', 'reference'];
  const all = lines.map(({ read }) => read.errors ?? {});
  return Object.fromEntries(
    shared.flatMap(name => (all.every(errors => errors[name]) ? [[name, all[0]![name]!]] : [])),
  );
}

/** Does something for each line that reads well, once for each recipient; a line that fails holds up no other. */
async function eachLine(
  view: View,
  lines: Line[],
  work: (input: AwardInput) => Promise<Partial<LineOutcome>>,
): Promise<LineOutcome[]> {
  const seen = new Map<string, number>();
  const outcomes: LineOutcome[] = [];
  for (const { line, text, read } of lines) {
    const outcome: LineOutcome = { line, text };
    outcomes.push(outcome);
    if (read.errors) {
      outcome.wrong = Object.values(read.errors)[0]!;
      continue;
    }
    const { email, eppn, eduid } = read.input.recipient;
    const who = (email ?? eppn ?? eduid ?? '').toLowerCase();
    if (seen.has(who)) {
      outcome.wrong = view.t.console.many.twice(seen.get(who)!);
      continue;
    }
    seen.set(who, line);
    try {
      Object.assign(outcome, await work(read.input));
    } catch (error) {
      outcome.wrong = refusalIn(view, error);
    }
    // Others get their turn between two lines.
    await new Promise(resolve => setTimeout(resolve));
  }
  return outcomes;
}

const toOutcome = (origin: string, made: AwardSummary, claims: boolean): Partial<LineOutcome> => ({
  made: {
    id: made.id,
    held: made.state === 'held',
    offered: claims,
    claim: made.claimToken ? `${origin}/claim/${made.claimToken}` : null,
  },
});

async function many(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  const what = await requireChosen(c);
  const form = await readForm(c);
  const view = await viewOf(c);
  if (form.get('step') === 'edit') return showForm(c, 'many', what, sentWith(form, {}));
  const lines = readLines(view, form, what.achievement, what.content);
  const wrong = wrongGroup(view, form, lines);
  if (Object.keys(wrong).length) return showForm(c, 'many', what, sentWith(form, wrong), { status: 400 });
  const batch = { id: form.get('batch'), size: new Set(lines.filter(l => !l.read.errors).map(l => l.text)).size };
  if (form.get('step') === 'make' && /^[\w-]{22}$/.test(batch.id)) {
    const outcomes = await eachLine(view, lines, async input => {
      try {
        return toOutcome(view.origin, await awardCredential(ctx, input, batch), Boolean(what.content.claim));
      } catch (error) {
        // Pressed twice, or the line was awarded at another time: the first one stands.
        if (error instanceof DomainError && error.code === 'award-exists')
          return { exists: error.extensions.award as string };
        throw error;
      }
    });
    return renderConsole(c, 'awards', (view, place) => ({
      title: view.t.console.many.resultTitle,
      body: <DonePage view={view} place={place} lines={outcomes} />,
    }));
  }
  const outcomes = await eachLine(view, lines, async input => {
    const { exists } = await dryRun(ctx, input);
    return exists ? { exists } : {};
  });
  const { releaseBatchAbove } = await readPolicy(ctx);
  const takesTwo = releaseBatchAbove !== null && batch.size > releaseBatchAbove;
  const more = { form: sentWith(form, {}), lines: outcomes, batch: newToken(), takesTwo };
  return renderConsole(c, 'awards', (view, place) => ({
    title: view.t.console.many.dryTitle,
    body: <DryPage view={view} place={place} {...what} {...more} />,
  }));
}

/** Awarding from the console: one, or a group, each looked at before anything is issued. */
export const consoleAwardNewRoutes = new Hono<AppEnv>()
  .get('/console/:slug/awards/new', signedIn, memberOf, async c => {
    const what = await chosen(c);
    return what ? showForm(c, 'new', what, fresh()) : choose(c, 'new');
  })
  .post('/console/:slug/awards/new', signedIn, memberOf, one)
  .get('/console/:slug/awards/many', signedIn, memberOf, async c => {
    const what = await chosen(c);
    return what ? showForm(c, 'many', what, fresh()) : choose(c, 'many');
  })
  .post('/console/:slug/awards/many', signedIn, memberOf, many);
