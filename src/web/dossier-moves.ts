import { awardDecided } from '../credentials/index.ts';
import {
  type ActingRole,
  addPlanLine,
  advised,
  assignStaff,
  chooseAchievement,
  type Command,
  confirmPlanLine,
  decideDossier,
  type Dossier,
  endDossier,
  type GivenRole,
  groundsFor,
  judgeDossier,
  makeMove,
  type Moved,
  type Mover,
  readEvents,
  readOpen,
  readShared,
  reconsiderDossier,
  requireEach,
  type Result,
  sampleDossier,
  staffMover,
  takeOff,
  takeUp,
  type Words,
  dropReport,
} from '../dossiers/index.ts';
import { readInstitution } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { acceptWords, basisOf, judgingOf, missing, needed, resultsOf, usualFirst } from './dossier-forms.ts';
import type { Form } from './form.ts';
import { planOf } from './validation-forms.ts';

interface Act {
  ctx: Ctx;
  dossier: Dossier;
  mover: Mover;
  form: Form;
  /** The version that the form was made on, and its nonce. */
  making: { on?: number; form?: string };
}

/**
 * Does what a form of the staff page asks, in the role that it comes in. The state machine says whether it may be.
 * @returns what was done, by its key in the messages
 * @throws DomainError as the verbs; `request-invalid` with the fields that are missing
 */
export async function actOnDossier(ctx: Ctx, dossier: Dossier, role: ActingRole, form: Form): Promise<string> {
  const [on, nonce] = [form.get('on'), form.get('form')];
  const making = { ...(/^\d+$/.test(on) ? { on: Number(on) } : {}), ...(nonce ? { form: nonce } : {}) };
  const act: Act = { ctx, dossier, mover: staffMover(ctx, dossier, role), form, making };
  const move = form.get('move');
  const verb = verbs[move];
  if (!verb) throw new DomainError('request-invalid', 'There is no such move.');
  const { event } = await verb(act);
  if (!event) return 'dossier-same';
  if (event.data.type === 'decide' || event.data.type === 'reconsider') return badges(ctx, dossier);
  return move === 'take-up' ? 'dossier-taken' : 'dossier-sent';
}

/** Makes the badges of a decision at once where that can be; else the decision stands, and a timer goes on with it. */
async function badges(ctx: Ctx, dossier: Dossier): Promise<string> {
  try {
    await awardDecided(ctx.deps, dossier.id);
    return 'dossier-decided';
  } catch (error) {
    ctx.deps.log.error('award.decided', error, { dossier: dossier.id });
    return 'dossier-badge-later';
  }
}

const make = ({ ctx, dossier, mover, making }: Act, command: Command, words?: Words): Promise<Moved> =>
  makeMove(ctx.deps, dossier, command, mover, { ...making, ...(words ? { words } : {}) });

const seqOf = ({ form }: Act) => Number(form.get('seq'));
const said = ({ form }: Act, name = 'text') => ({ text: needed(form, name) });

function givenRole({ form }: Act): GivenRole {
  const role = form.get('role');
  if (role !== 'assessor' && role !== 'examiner' && role !== 'guide')
    throw new DomainError('request-invalid', 'There is no such role.');
  return role;
}

const verbs: Record<string, (act: Act) => Promise<Moved>> = {
  accept: act => make(act, { type: 'accept' }, acceptWords(act.form)),
  'send-on': act =>
    endDossier(act.ctx.deps, act.dossier, act.mover, 'send-on', { ...act.making, words: said(act, 'advice') }),
  assign: act => {
    // Staff takes up what nobody has; who joins a colleague in it is not for themselves to say.
    if (act.mover.role !== 'coordinator') throw new DomainError('forbidden', 'A coordinator gives work out.');
    const role = givenRole(act);
    const person = needed(act.form, `${role}-person`);
    return assignStaff(act.ctx, act.dossier, act.mover, { role, person, ...act.making });
  },
  unassign: act =>
    takeOff(act.ctx, act.dossier, act.mover, {
      role: givenRole(act),
      person: act.form.get('person'),
      ...act.making,
    }),
  'take-up': act => {
    if (act.mover.role !== 'assessor' && act.mover.role !== 'examiner')
      throw new DomainError('request-invalid', 'This role takes up no work.');
    return takeUp(act.ctx, act.dossier, act.mover, act.making.form);
  },
  ask: act => make(act, { type: 'ask', to: 'learner' }, said(act)),
  comment: act => make(act, { type: 'comment' }, said(act)),
  answer: act => make(act, { type: 'answer', question: seqOf(act) }, said(act)),
  'drop-question': act => make(act, { type: 'drop-question', question: seqOf(act) }),
  report: act => make(act, { type: 'report' }, said(act)),
  'confirm-report': act => make(act, { type: 'confirm-report', report: seqOf(act) }),
  'drop-report': act => dropReport(act.ctx.deps, act.dossier, act.mover, { report: seqOf(act), ...act.making }),
  plan: ({ ctx, dossier, mover, form, making }) =>
    addPlanLine(ctx.deps, dossier, mover, planOf(form, needed(form, 'text')), making.form),
  'confirm-plan': ({ ctx, dossier, mover, form }) => confirmPlanLine(ctx.deps, dossier, mover, form.get('line')),
  'add-achievement': async act =>
    make(act, {
      type: 'add-achievement',
      achievement: await chooseAchievement(act.ctx.deps, act.dossier.institutionId, needed(act.form, 'achievement')),
    }),
  judge: async ({ ctx, dossier, mover, form, making }) => {
    const shared = (await readShared(ctx.deps, dossier.id, 'staff')).map(e => e.id);
    const open = await readOpen(ctx.deps, dossier);
    const judging = judgingOf(form, open, shared);
    const undecided = dossier.state.recognise
      ? open.flatMap(a => a.parts).filter(part => !form.get(`stands-${part.id}`))
      : [];
    if (undecided.length) throw missing(...undecided.map(part => `stands-${part.id}`));
    return judgeDossier(ctx.deps, dossier, mover, { ...judging, ...making });
  },
  agree,
  decide: async act => {
    const { ctx, dossier, mover, form, making } = act;
    const { results, ways } = resultsOf(form, await readOpen(ctx.deps, dossier));
    requireResults(act, results);
    const motive = form.get('motive').slice(0, 20_000);
    const words = { ways, ...(motive ? { motive } : {}) };
    return decideDossier(ctx.deps, dossier, mover, { basis: basisOf(form), results, words, ...making });
  },
  reconsider: async act => {
    const { ctx, dossier, mover, form, making } = act;
    const choice = form.get('upheld');
    if (choice !== 'yes' && choice !== 'no') throw missing('upheld');
    const text = needed(form, 'why');
    const upheld = choice === 'yes';
    const { results, ways } = upheld ? { results: [], ways: {} } : resultsOf(form, await readOpen(ctx.deps, dossier));
    requireResults(act, results);
    return reconsiderDossier(ctx.deps, dossier, mover, { upheld, results, words: { text, ways }, ...making });
  },
  sample: ({ ctx, dossier, mover, form, making }) => {
    const reading = form.get('reading');
    if (reading !== 'same' && reading !== 'different') throw missing('reading');
    const feedback = needed(form, 'feedback');
    return sampleDossier(ctx.deps, dossier, mover, {
      reading,
      feedback,
      ...(making.form ? { form: making.form } : {}),
    });
  },
  'record-appeal': act => make(act, { type: 'record-appeal' }, said(act, 'appeal')),
};

/** The examiner takes over what the assessor found: the decision is what the judgement comes to, on the usual ground. */
async function agree(act: Act): Promise<Moved> {
  const { ctx, dossier, mover, making } = act;
  const { judgement } = dossier.state;
  const judged = (await readEvents(ctx.deps, dossier.id)).find(event => event.seq === judgement?.seq);
  if (judged?.data.type !== 'judge') throw new DomainError('dossier-state', 'There is no judgement.');
  const open = await readOpen(ctx.deps, dossier);
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const role = mover.role === 'board' ? 'board' : 'examiner';
  const [basis] = usualFirst(groundsFor(role, open), institution);
  if (!basis) throw new DomainError('dossier-state', 'There is no ground on which this role decides here.');
  const ways = (judged.words?.ways ?? {}) as Record<string, string>;
  const results = advised(open, judged.data.units, ways);
  requireResults(act, results);
  const rest = results.filter(result => result.outcome === 'not-yet').map(result => result.achievement);
  const words = { ways: Object.fromEntries(rest.map(id => [id, ways[id] ?? ''])) };
  return decideDossier(ctx.deps, dossier, mover, { basis, results, words, ...making });
}

const requireResults = ({ ctx, mover }: Act, results: Result[]) =>
  requireEach(
    ctx,
    mover.role as ActingRole,
    results.map(result => result.achievement),
  );
