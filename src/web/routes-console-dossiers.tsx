import { type Context, Hono } from 'hono';
import { listPublished } from '../catalogue/index.ts';
import { awardStack, findBroken, findStacks, type Stack } from '../credentials/index.ts';
import {
  actingRoles,
  advised,
  asksApart,
  type Dossier,
  groundsFor,
  listCandidates,
  listQuestions,
  listUnderWay,
  listWork,
  type Look,
  lookAt,
  namesOfPeople,
  personOf,
  reaches,
  readOpen,
  readStaffDossier,
  rightOfRole,
  roleHolders,
  waitsForSample,
} from '../dossiers/index.ts';
import { hasRight, mayDo, memberOf, readInstitution } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { problems } from '../platform/problem.ts';
import { answerFile } from '../platform/serve-file.ts';
import { doneAt, renderConsole } from './console.tsx';
import { textsOf, usualFirst, writtenFields } from './dossier-forms.ts';
import { actOnDossier } from './dossier-moves.ts';
import { namesAndTitles } from './dossier-names.ts';
import { type Form, readForm } from './form.ts';
import type { Messages } from './messages.ts';
import { StaffPage } from './pages/console/dossier.tsx';
import { stepOf } from './pages/console/dossier-turn.ts';
import { WaitingPage } from './pages/console/dossier-work.tsx';
import { Stacks } from './pages/console/stacks.tsx';
import { sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { sharedFile } from './validation-forms.ts';

/** Dossiers for staff: what waits, the dossier itself, and what is done in it in each role. */
export const consoleDossierRoutes = new Hono<AppEnv>()
  .get('/console/:slug/work', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const work = await listWork(ctx);
    const underWay = await listUnderWay(ctx);
    const { names, titles } = await namesAndTitles(ctx, [...work.map(w => w.dossier), ...underWay]);
    const decides = hasRight(ctx.actor, 'dossier.decide');
    const stacks = decides ? (await findStacks(ctx, 'propose')).filter(stack => mayAward(ctx, stack)) : [];
    const broken = decides ? await findBroken(ctx) : [];
    const people = await namesOfPeople(ctx.deps, [...new Set([...stacks, ...broken].map(s => s.person))]);
    return renderConsole(c, 'dossiers', (view, place) => ({
      title: view.t.dossiers.work.title,
      body: (
        <>
          <WaitingPage
            {...{ view, place, work, underWay, names, titles }}
            form={newToken()}
            more={stacks.length + broken.length > 0}
          />
          <Stacks {...{ view, place, stacks, broken }} names={people} first={work.length === 0} />
        </>
      ),
    }));
  })
  .post('/console/:slug/stacks', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const form = await readForm(c);
    await awardStack(ctx, { person: form.get('person'), achievement: form.get('achievement') });
    return doneAt(c, `/console/${ctx.institution.slug}/work`, 'stack-awarded');
  })
  .get('/console/:slug/dossiers/:id', signedIn, memberOf, async c =>
    renderDossier(c, await readStaffDossier(c.var.ctx, c.req.param('id'))),
  )
  .get('/console/:slug/dossiers/:id/files/:file', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const dossier = await readStaffDossier(ctx, c.req.param('id'));
    const { shared } = await lookAt(ctx.deps, dossier, 'staff', personOf(ctx));
    return answerFile(c, ctx.deps, await sharedFile(ctx.deps, shared, c.req.param('file')));
  });

const mayAward = (ctx: Ctx, { achievement, person }: Stack) =>
  mayDo(ctx.actor, 'dossier.decide', { achievement, person });

// The role that someone acts in is the address of the form; the verb asks whether they hold it.
for (const role of actingRoles) {
  // A page that a form answered with, loaded again or in the other language.
  consoleDossierRoutes.get(`/console/:slug/dossiers/:id/${role}`, signedIn, memberOf, async c => {
    const { id } = await readStaffDossier(c.var.ctx, c.req.param('id')!);
    return c.redirect(`/console/${c.var.ctx.institution.slug}/dossiers/${id}`, 303);
  });
  consoleDossierRoutes.post(`/console/:slug/dossiers/:id/${role}`, signedIn, memberOf, async c => {
    const { ctx } = c.var;
    const dossier = await readStaffDossier(ctx, c.req.param('id')!);
    const form = await readForm(c);
    try {
      const done = await actOnDossier(ctx, dossier, role, form);
      return doneAt(c, `/console/${ctx.institution.slug}/dossiers/${dossier.id}`, done);
    } catch (error) {
      if (!(error instanceof DomainError) || !isTold(error)) throw error;
      return renderDossier(c, await readStaffDossier(ctx, dossier.id), { form, error });
    }
  });
}

/** Refusals that are told on the page itself, with all that was written; the rest are pages of their own. */
const TOLD = ['dossier-changed', 'dossier-state', 'role-conflict', 'forbidden', 'request-invalid'] as const;
type Told = (typeof TOLD)[number];
const isTold = (error: DomainError) => TOLD.some(code => code === error.code);

interface Refused {
  form: Form;
  error: DomainError;
}

async function renderDossier(c: Context<AppEnv>, dossier: Dossier, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const { deps } = ctx;
  const self = personOf(ctx);
  const look = await lookAt(deps, dossier, 'staff', self);
  const open = await readOpen(deps, dossier);
  const roles = actingRoles.filter(role => reaches(ctx, rightOfRole[role], dossier));
  const standing = {
    dossier,
    self,
    roles,
    holders: await roleHolders(ctx),
    candidates: await listCandidates(ctx, dossier),
    apart: await asksApart(ctx, dossier, 'examinerApart'),
    sample: roles.includes('board') && (await waitsForSample(deps, dossier)),
  };
  const step = stepOf(standing);
  const institution = await readInstitution(deps, ctx.institution.slug);
  const judged = look.events.find(event => event.seq === dossier.state.judgement?.seq);
  const ways = (judged?.words?.ways ?? {}) as Record<string, string>;
  const units = judged?.data.type === 'judge' ? judged.data.units : [];
  const decider = step?.name === 'decide' && step.role === 'board' ? 'board' : 'examiner';
  const lacking = (refused?.error.extensions.missing ?? []) as string[];
  const addable = (await listPublished(deps.db, ctx.institution.id)).filter(
    ({ id }) => !dossier.state.achievements.some(a => a.id === id),
  );
  const questions = await listQuestions(ctx);
  return renderConsole(c, 'dossiers', (view, place) => {
    const form = refused && sentWith(refused.form, wrong(lacking, view.t.console.forms.needed));
    const move = refused?.form.get('move');
    return {
      title: titleOf(look, view.t),
      ...(refused ? { status: problems[refused.error.code].status, alert: told(refused.error, view.t) } : {}),
      ...(form && lacking.length ? { alert: <WrongFields view={view} form={form} /> } : {}),
      body: (
        <StaffPage
          {...{ view, place, institution, look, standing, step, open, questions, ways }}
          addable={addable.map(({ id, content }) => ({ id, name: content.name }))}
          actionOf={role => `${place.base}/dossiers/${dossier.id}/${role}`}
          nonce={newToken()}
          filled={(name, begin) => (form && move === name ? form : startWith(begin))}
          {...(refused ? { refused: { move: move!, texts: textsOf(refused.form, writtenFields(open)) } } : {})}
          grounds={usualFirst(groundsFor(decider, open), institution)}
          results={dossier.state.judgement ? advised(open, units, ways) : []}
          agreeing={c.req.query('agree') === '1'}
        />
      ),
    };
  });
}

/** Whose it is and what is laid beside it. */
function titleOf({ names, dossier, titles }: Look, t: Messages): string {
  const { work, page } = t.dossiers;
  return page.title(
    names.get(dossier.state.learner) ?? work.someone,
    [...titles.values()].join(', ') || work.freeChoice,
  );
}

/** What went wrong, in words of the page. */
function told({ code, extensions }: DomainError, t: Messages): string {
  const words = t.dossiers.problem;
  return 'version' in extensions && code === 'dossier-state' ? words.older : words[code as Told];
}

const wrong = (fields: string[], sentence: string): Record<string, string> =>
  Object.fromEntries(fields.map(field => [field, sentence]));
