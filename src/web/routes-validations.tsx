import { type Context, Hono } from 'hono';
import { readVersion } from '../catalogue/index.ts';
import { awardsOf } from '../credentials/index.ts';
import {
  addPlanLine,
  beginDossier,
  cameOfIt,
  type Command,
  confirmPlanLine,
  type Dossier,
  endDossier,
  endPartner,
  invitePartner,
  listGuided,
  listOwnDossiers,
  lookAt,
  makeMove,
  type Mover,
  namesOfPeople,
  phases,
  readOwnOrGuided,
  shareExperiences,
  takeBack,
  tellWhatCame,
  dropReport,
} from '../dossiers/index.ts';
import { type Institution, listInstitutions, readInstitution } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { answerFile } from '../platform/serve-file.ts';
import { holdOwn, listExperiences, readPortfolio } from '../portfolio/index.ts';
import { type Form, readForm } from './form.ts';
import { BeginPage } from './pages/validations/begin.tsx';
import { ValidationsPage } from './pages/validations/list.tsx';
import { ValidationPage } from './pages/validations/validation.tsx';
import { renderPage } from './render.tsx';
import { planOf, sharedFile, wordsOf } from './validation-forms.ts';

const personal = { noindex: true, cache: 'no-store' } as const;

/** A validation as its learner sees it, and a guide whom they invited. */
export const validationRoutes = new Hono<AppEnv>()
  .get('/validations', signedIn, async c => {
    const { deps } = c.var;
    const { person } = sessionOf(c);
    const own = await listOwnDossiers(deps, person);
    const guided = await listGuided(deps, person);
    const learners = await namesOfPeople(
      deps,
      guided.map(({ state }) => state.learner),
    );
    const institutions = await institutionsOf(c);
    const looks = await Promise.all(own.map(dossier => lookAt(deps, dossier, 'learner', person)));
    const holder = await holdOwn(deps, sessionOf(c));
    const experiences = (await listExperiences(deps, holder)).length;
    const badges = (await awardsOf(deps, person)).length;
    return renderPage(c, view => ({
      title: view.t.validations.title,
      ...personal,
      body: (
        <ValidationsPage
          view={view}
          looks={looks}
          guided={guided}
          learners={learners}
          institutions={institutions}
          grown={{ experiences, badges }}
        />
      ),
    }));
  })
  .get('/i/:slug/achievements/:id/begin', signedIn, c => renderBegin(c))
  .post('/i/:slug/achievements/:id/begin', signedIn, async c => {
    const { deps } = c.var;
    const { institution, version, id } = await achievementOf(c);
    const form = await readForm(c);
    const aim = form.get('aim').slice(0, 2_000);
    const { dossier } = await beginDossier(deps, sessionOf(c), {
      institution,
      recognise: form.get('recognise') !== 'no',
      achievements: [id],
      aim: aim || version.content.name,
      experiences: await ownOf(c, form.all('experience')),
      ...formKey(form),
    });
    return c.redirect(`/validations/${await newestOf(c, dossier)}?done=begun`, 303);
  })
  .get('/validations/:id', signedIn, c => renderValidation(c))
  .get('/validations/:id/files/:file', signedIn, async c => {
    const { deps } = c.var;
    const { dossier, role } = await dossierOf(c);
    const { shared } = await lookAt(deps, dossier, role, sessionOf(c).person);
    return answerFile(c, deps, await sharedFile(deps, shared, c.req.param('file')));
  })
  .post('/validations/:id', signedIn, async c => {
    const { dossier, role } = await dossierOf(c);
    const form = await readForm(c);
    try {
      return await act(c, dossier, role, form);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'dossier-changed')) throw error;
      return renderValidation(c, { sent: form, stale: true });
    }
  });

/** The id in the address of who sent the same form twice: the first one's. */
async function newestOf(c: Context<AppEnv>, dossier: Dossier | undefined): Promise<string> {
  if (dossier) return dossier.id;
  const [newest] = await listOwnDossiers(c.var.deps, sessionOf(c).person);
  return newest?.id ?? '';
}

const dossierOf = (c: Context<AppEnv>) =>
  readOwnOrGuided(c.var.deps, { id: c.req.param('id')!, personId: sessionOf(c).person });

async function institutionsOf(c: Context<AppEnv>): Promise<Map<string, Institution>> {
  return new Map((await listInstitutions(c.var.deps)).map(institution => [institution.id, institution]));
}

async function achievementOf(c: Context<AppEnv>) {
  const { deps } = c.var;
  const institution = await readInstitution(deps, c.req.param('slug')!);
  const id = c.req.param('id')!;
  const version = await readVersion(deps.db, institution.id, id);
  if (!version) throw notFound('achievement');
  return { institution, version, id };
}

/** Experiences of one's own among those that a form names. */
async function ownOf(c: Context<AppEnv>, ids: string[]): Promise<string[]> {
  const own = await listExperiences(c.var.deps, await holdOwn(c.var.deps, sessionOf(c)));
  return own.map(e => e.id).filter(id => ids.includes(id));
}

const formKey = (form: Form) => (form.get('form') ? { form: form.get('form') } : {});

async function renderBegin(c: Context<AppEnv>) {
  const { deps } = c.var;
  const { institution, version } = await achievementOf(c);
  const experiences = await listExperiences(deps, await holdOwn(deps, sessionOf(c)));
  return renderPage(c, view => ({
    title: view.t.validations.begin.title,
    ...personal,
    body: (
      <BeginPage
        view={view}
        institution={institution}
        content={version.content}
        experiences={experiences}
        form={newToken()}
      />
    ),
  }));
}

interface Again {
  /** What was sent when someone else moved in between: it is shown again. */
  sent?: Form;
  stale?: boolean;
  /** A link for a partner, told once. */
  link?: { name: string; url: string };
}

async function renderValidation(c: Context<AppEnv>, again: Again = {}) {
  const { deps } = c.var;
  const { dossier, role } = await dossierOf(c);
  const { person } = sessionOf(c);
  const look = await lookAt(deps, dossier, role, person);
  const holder = await holdOwn(deps, sessionOf(c));
  const experiences = role === 'learner' ? await listExperiences(deps, holder) : [];
  const portfolio = role === 'learner' ? await readPortfolio(deps, holder) : undefined;
  const institution = (await institutionsOf(c)).get(dossier.institutionId)!;
  const badges = role === 'learner' ? await awardsOf(deps, person) : [];
  return renderPage(c, view => ({
    title: titleOf(look, view.t.validations.free),
    ...personal,
    ...(again.stale ? { status: 409 } : {}),
    body: (
      <ValidationPage
        view={view}
        look={look}
        role={role}
        self={person}
        institution={institution}
        experiences={experiences}
        help={portfolio?.help ?? 'some'}
        badges={badges}
        done={c.req.query('done')}
        form={newToken()}
        {...again}
      />
    ),
  }));
}

const titleOf = (look: Awaited<ReturnType<typeof lookAt>>, free: string) =>
  [...look.titles.values()].join(', ') || free;

/** What a form of the page asks for. The state machine says whether it may be. */
async function act(c: Context<AppEnv>, dossier: Dossier, role: 'learner' | 'guide', form: Form) {
  const { deps } = c.var;
  const { person } = sessionOf(c);
  const mover: Mover = { actor: { kind: 'person', person }, id: person, role };
  const text = form.get('text').slice(0, 20_000);
  const on = form.get('on') ? { on: Number(form.get('on')) } : {};
  const making = { ...formKey(form) };
  const back = (done: string, at = '') => c.redirect(`/validations/${dossier.id}?done=${done}${at}`, 303);
  const move = async (command: Command, words?: Record<string, unknown>, strict = false) => {
    const { event } = await makeMove(deps, dossier, command, mover, {
      ...making,
      ...(strict ? on : {}),
      ...(words ? { words } : {}),
    });
    return back(event ? 'sent' : 'same', '#talk');
  };
  const said = () => wordsOf(text);
  const seq = Number(form.get('seq'));
  switch (form.get('move')) {
    case 'ask':
      return move({ type: 'ask', to: role === 'learner' ? 'staff' : 'learner' }, said());
    case 'comment':
      return move({ type: 'comment' }, said());
    case 'answer':
      return move({ type: 'answer', question: seq }, said());
    case 'drop-question':
      return move({ type: 'drop-question', question: seq });
    case 'report':
      return move({ type: 'report' }, said());
    case 'confirm-report':
      return move({ type: 'confirm-report', report: seq });
    case 'drop-report': {
      const { event } = await dropReport(deps, dossier, mover, { report: seq, ...making });
      return back(event ? 'sent' : 'same', '#talk');
    }
    case 'step': {
      const phase = phases.find(each => each === form.get('phase'));
      if (!phase) throw new DomainError('request-invalid', 'There is no such phase.');
      return move({ type: 'step', phase });
    }
    case 'hand-in':
      return move({ type: 'hand-in' });
    case 'reply': {
      const ownWords = form.get('ownWords').slice(0, 5_000);
      return move({ type: 'reply' }, { text, ...(ownWords ? { ownWords } : {}) }, true);
    }
    case 'ask-reconsideration':
      return move({ type: 'ask-reconsideration', decision: seq }, said());
    case 'next-cycle':
      return move({ type: 'next-cycle' });
    case 'share':
      await shareExperiences(deps, dossier, mover, {
        experiences: form.all('experience'),
        partners: form.has('partners'),
        ...making,
      });
      return back('shared', '#shown');
    case 'take-back':
      await takeBack(deps, dossier, mover, form.all('experience'));
      return back('back', '#shown');
    case 'invite': {
      const name = form.get('name').slice(0, 200);
      const kind = form.get('kind') === 'guide' ? ('guide' as const) : ('work' as const);
      if (!name) throw new DomainError('request-invalid', 'Give a name.');
      const { secret } = await invitePartner(deps, dossier, mover, { kind, name, ...making });
      return renderValidation(c, { link: { name, url: `${deps.config.origin}/partner/${secret}` } });
    }
    case 'end-partner':
      await endPartner(deps, dossier, mover, form.get('partner'));
      return back('ended', '#people');
    case 'plan':
      await addPlanLine(deps, dossier, mover, planOf(form, said().text), form.get('form') || undefined);
      return back('made', '#plan');
    case 'confirm-plan':
      await confirmPlanLine(deps, dossier, mover, form.get('line'));
      return back('made', '#plan');
    case 'finish':
    case 'withdraw':
      await endDossier(deps, dossier, mover, form.get('move') as 'finish' | 'withdraw', making);
      return back('ended');
    case 'came': {
      const answer = cameOfIt.find(each => each === form.get('answer'));
      if (!answer) throw new DomainError('request-invalid', 'Choose an answer.');
      await tellWhatCame(deps, sessionOf(c), dossier.id, answer);
      return back('made');
    }
    default:
      throw new DomainError('request-invalid', 'There is no such move.');
  }
}
