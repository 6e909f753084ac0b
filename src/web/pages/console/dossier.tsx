import type { Basis } from '../../../catalogue/index.ts';
import {
  type ActingRole,
  isDecided,
  type Look,
  type MoveName,
  moves,
  type Open,
  type QuestionTemplate,
  type Result,
  type Told,
} from '../../../dossiers/index.ts';
import { type Institution, roleName } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Decisions } from '../validations/decision.tsx';
import {
  Hidden,
  Judgement,
  Plan,
  Report,
  ReportLink,
  Ring,
  Say,
  type Seen,
  Steps,
  Talk,
} from '../validations/parts.tsx';
import { SharedList } from '../validations/validation.tsx';
import { DecideForm, ReconsiderForm } from './dossier-decide.tsx';
import { JudgeForm } from './dossier-judge.tsx';
import { Team, TakeUp } from './dossier-team.tsx';
import { isAssigned, type Standing, type Step } from './dossier-turn.ts';
import { whoseTurn } from './dossier-work.tsx';
import { Choices, type Filled, Select, startWith, TextField } from './fields.tsx';

export interface StaffPageProps {
  view: View;
  place: ConsolePlace;
  institution: Institution;
  look: Look;
  standing: Standing;
  step: Step | undefined;
  open: Open[];
  questions: QuestionTemplate[];
  /** Achievements that can be laid beside it, newest version. */
  addable: { id: string; name: string }[];
  /** Where the forms of a role go. */
  actionOf: (role: ActingRole) => string;
  /** Makes each form count once. */
  nonce: string;
  /** The fields of a form, as they were sent or as they begin. */
  filled: (move: string, begin?: Record<string, string | string[]>) => Filled;
  /** The move of a form that was refused, and what was written in it. */
  refused?: { move: string; texts: string[] };
  grounds: Basis[];
  results: Result[];
  ways: Record<string, string>;
  agreeing: boolean;
}

/** A dossier for staff: what waits for me and the one thing to do, then all that is needed for it. */
export function StaffPage(props: StaffPageProps) {
  const { view, place, look, institution, standing, step, nonce } = props;
  const words = view.t.dossiers;
  const { dossier } = look;
  const role = roleFor(props, 'comment');
  const seen: Seen = {
    view,
    look,
    institution,
    self: standing.self,
    action: role ? props.actionOf(role) : '',
    form: nonce,
  };
  const open = !dossier.closedAt;
  const answer = roleFor(props, 'answer');
  return (
    <>
      <p>
        <a href={`${place.base}/work`}>{words.page.back}</a>
      </p>
      <NextStep {...props} />
      <Kept {...props} />
      <Newer {...props} />
      <Aim {...props} />
      {step?.name === 'intake' && <Intake {...props} />}
      {step?.name === 'decide' && (
        <section id="decide" aria-labelledby="decide-title">
          <h2 id="decide-title">{words.decide.title}</h2>
          <DecideForm {...props} action={props.actionOf(step.role)} form={decideBegin(props)} />
        </section>
      )}
      {step?.name === 'reconsider' && (
        <section id="reconsider" aria-labelledby="reconsider-title">
          <h2 id="reconsider-title">{words.reconsider.title}</h2>
          <ReconsiderForm
            {...props}
            action={props.actionOf('board')}
            form={reconsiderBegin(props)}
            why={whyAgain(look)}
          />
        </section>
      )}
      {step?.name === 'sample' && <Sample {...props} />}
      <Decisions
        {...seen}
        badges={[]}
        learner={false}
        papers={dossier.personId ? `${place.base}/dossiers/${dossier.id}` : undefined}
      />
      <Samples {...props} />
      <Judgement {...seen} title={words.page.judgement} />
      <div class={step?.name === 'judge' ? 'side' : undefined}>
        {open && (
          <section id="shown" aria-labelledby="shown-title">
            <h2 id="shown-title">{words.page.shared}</h2>
            <p class="soft">{words.page.sharedLead}</p>
            <SharedList view={view} look={look} files={`${place.base}/dossiers/${dossier.id}/files`} />
          </section>
        )}
        <Judge {...props} />
      </div>
      {open && (
        <Talk
          {...seen}
          answers={event => !!answer && event.data.type === 'ask' && event.data.to === 'staff'}
          confirms={event => event.role === 'learner' && !!role && moves['confirm-report'].by.includes(role)}
        />
      )}
      {open && role && (
        <>
          <Say {...seen} text={props.filled('ask').get('text') || props.filled('comment').get('text')} />
          {dossier.state.accepted && <Ready {...props} action={props.actionOf(role)} />}
          {dossier.state.accepted && moves.report.by.includes(role) && <Report {...seen} />}
        </>
      )}
      <Team {...props} />
      {roleFor(props, 'plan') && open && dossier.state.accepted && (
        <Plan {...seen} action={props.actionOf(roleFor(props, 'plan')!)} side="institution" />
      )}
      <Add {...props} />
      <Appeal {...props} />
      <Steps {...seen} />
      <ReportLink view={view} base={`${place.base}/dossiers/${dossier.id}`} />
    </>
  );
}

/** The first role of theirs in which someone may make a move: an assessor and an examiner only where they work on it. */
function roleFor({ standing }: StaffPageProps, move: MoveName): ActingRole | undefined {
  const { dossier, roles } = standing;
  const acting = (['assessor', 'examiner', 'coordinator', 'board'] as const).filter(role => {
    if (!roles.includes(role)) return false;
    if (role === 'assessor') return isAssigned(standing, role);
    return role !== 'examiner' || !dossier.state.staff.examiner.length || isAssigned(standing, role);
  });
  return acting.find(role => moves[move].by.includes(role));
}

function NextStep(props: StaffPageProps) {
  const { view, look, institution, step } = props;
  const { turn: words } = view.t.dossiers;
  const { dossier } = look;
  const place = { institution };
  return (
    <section class="turn" aria-labelledby="next">
      <Ring view={view} look={look} />
      <div>
        <h2 id="next">{step ? words.mine : whoseTurn(view, place, dossier)}</h2>
        <p>{step ? sentenceOf(props, step) : waitingWords(props)}</p>
        {step && dossier.dueAt && step.name !== 'sample' && (
          <p class="note">{words.due(day(dossier.dueAt, view.language))}</p>
        )}
        {step?.name === 'takeUp' ? (
          <TakeUp {...props} role={step.role as 'assessor' | 'examiner'} label={words.act.takeUp} />
        ) : (
          step &&
          // Once someone is about to agree, that is the one thing to do.
          !props.agreeing && (
            <p class="actions">
              <a class="button big" href={hrefOf(props, step)}>
                {step.name === 'decide' && canAgree(props) ? words.act.agree : words.act[step.name]}
              </a>
            </p>
          )
        )}
      </div>
    </section>
  );
}

function sentenceOf({ view }: StaffPageProps, step: Step): string {
  const { turn: words } = view.t.dossiers;
  switch (step.name) {
    case 'intake':
      return words.coordinator;
    case 'takeUp':
      return words.free;
    case 'judge':
      return words.assessor;
    default:
      return words[step.name];
  }
}

function waitingWords({ view, look }: StaffPageProps): string {
  const { turn: words, page } = view.t.dossiers;
  const { turn, state } = look.dossier;
  if (turn === 'closed') return page.closed[state.closed ?? 'finished'];
  return turn === 'awaiting-learner' || turn === 'awaiting-reply' ? words.learner : words.nothing;
}

const canAgree = ({ grounds, results }: StaffPageProps) =>
  grounds.length > 0 && results.length > 0 && results.every(r => r.outcome === 'awarded' || r.ways > 0);

function hrefOf(props: StaffPageProps, step: Step): string {
  if (step.name === 'answer' || step.name === 'confirm') return `#e${step.seq}`;
  if (step.name === 'decide' && canAgree(props))
    return `${props.place.base}/dossiers/${props.look.dossier.id}?agree=1#decide`;
  return step.name === 'assign' ? '#team' : `#${step.name}`;
}

/** What was written in a form that has no place on the page any more: it was not sent, and it is not lost. */
function Kept(props: StaffPageProps) {
  const { view, refused, step } = props;
  const words = view.t.dossiers.page;
  if (!refused?.texts.length) return null;
  const { move } = refused;
  const again =
    (move === 'judge' && canJudge(props)) ||
    (move === 'decide' && step?.name === 'decide') ||
    (move === 'reconsider' && step?.name === 'reconsider') ||
    (move === 'sample' && step?.name === 'sample') ||
    ((move === 'accept' || move === 'send-on') && step?.name === 'intake');
  if (again) return null;
  return (
    <section class="notice" aria-labelledby="kept">
      <h2 id="kept">{words.kept}</h2>
      <p class="note">{words.keptLead}</p>
      {refused.texts.map(text => (
        <p class="said">
          <Visible text={text} t={view.t} />
        </p>
      ))}
    </section>
  );
}

function Newer(props: StaffPageProps) {
  const { view, open, actionOf, nonce } = props;
  const words = view.t.dossiers.page;
  const role = roleFor(props, 'add-achievement');
  return (
    <>
      {open
        .filter(a => a.newest !== null && a.newest !== a.version)
        .map(a => (
          <div class="notice">
            <p>{words.newer(a.title, a.newest!)}</p>
            {role && !props.look.dossier.closedAt && (
              <form class="actions" method="post" action={actionOf(role)}>
                <Hidden move="add-achievement" form={`${nonce}.${a.id}`} />
                <input type="hidden" name="achievement" value={a.id} />
                <button class="button quiet" type="submit">
                  {words.putNewer}
                </button>
              </form>
            )}
          </div>
        ))}
    </>
  );
}

function Aim({ view, look }: StaffPageProps) {
  const words = view.t.dossiers.page;
  const request = look.events.find(event => event.data.type === 'request');
  const agreed = look.events.find(event => event.data.type === 'accept')?.words;
  const aim = request?.words?.aim;
  const told = (['duration', 'cost', 'guide'] as const).filter(key => typeof agreed?.[key] === 'string');
  return (
    <section aria-labelledby="aim">
      <h2 id="aim">{words.aim}</h2>
      <p class="said">{typeof aim === 'string' ? <Visible text={aim} t={view.t} /> : words.aimGone}</p>
      {!look.dossier.state.recognise && <p class="note">{words.noDecision}</p>}
      {told.length > 0 && (
        <dl class="facts">
          {told.map(key => (
            <div>
              <dt>{words[key]}</dt>
              <dd>
                <Visible text={String(agreed![key])} t={view.t} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Intake({ view, look, actionOf, nonce, filled }: StaffPageProps) {
  const words = view.t.dossiers.intake;
  const on = look.dossier.state.version;
  const form = filled('accept');
  return (
    <section id="intake" aria-labelledby="intake-title">
      <h2 id="intake-title">{words.title}</h2>
      <form class="panel" method="post" action={actionOf('coordinator')}>
        <Hidden move="accept" form={nonce} on={on} />
        <TextField view={view} form={form} name="text" label={words.text} hint={words.textHint} rows={4} max={20000} />
        <TextField view={view} form={form} name="duration" label={words.duration} max={200} optional />
        <TextField view={view} form={form} name="cost" label={words.cost} max={200} optional />
        <TextField view={view} form={form} name="guide" label={words.guide} max={200} optional />
        <p class="actions">
          <button class="button" type="submit">
            {words.accept}
          </button>
        </p>
      </form>
      <details>
        <summary>{words.sendOn}</summary>
        <p class="apart">{words.sendOnLead}</p>
        <form class="panel" method="post" action={actionOf('coordinator')}>
          <Hidden move="send-on" form={nonce} on={on} />
          <TextField view={view} form={filled('send-on')} name="advice" label={words.advice} rows={4} max={20000} />
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.sendOn}
            </button>
          </p>
        </form>
      </details>
    </section>
  );
}

/** A question that stands ready, asked with one click. */
function Ready({ view, questions, nonce, action }: StaffPageProps & { action: string }) {
  const words = view.t.dossiers.ask;
  if (!questions.length) return null;
  return (
    <details>
      <summary>{words.template}</summary>
      <ul class="told">
        {questions.map(question => (
          <li class="toggles">
            <p>
              <Visible text={question.words} t={view.t} />
            </p>
            <form method="post" action={action}>
              <input type="hidden" name="move" value="ask" />
              <input type="hidden" name="form" value={`${nonce}.${question.id}`} />
              <input type="hidden" name="text" value={question.words} />
              <button class="button quiet small" type="submit">
                {words.sendTemplate}
                <span class="visually-hidden">: {question.words}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  );
}

const canJudge = ({ standing }: StaffPageProps): boolean => {
  const { state, closedAt } = standing.dossier;
  return isAssigned(standing, 'assessor') && !closedAt && state.handedIn && !isDecided(state);
};

function Judge(props: StaffPageProps) {
  const { view, look, step, actionOf, nonce, filled, refused } = props;
  const words = view.t.dossiers.judge;
  const { state } = look.dossier;
  if (!canJudge(props)) return null;
  const sent = refused?.move === 'judge';
  const form = filled('judge', { route: state.judgement?.route ?? 'examiner', ...(sent ? {} : writtenBefore(look)) });
  const page = (
    <>
      <p class="soft">{words.lead}</p>
      <JudgeForm {...props} action={actionOf('assessor')} nonce={nonce} form={form} sent={sent} />
    </>
  );
  return (
    <section id="judge" aria-labelledby="judge-title">
      <h2 id="judge-title">{words.title}</h2>
      {step?.name === 'judge' || sent ? (
        page
      ) : (
        <details>
          <summary>{view.t.dossiers.turn.act.judge}</summary>
          {page}
        </details>
      )}
    </section>
  );
}

/** The words of one's judgement in this cycle: a new one begins with them. */
function writtenBefore({ events, dossier: { state } }: Look): Record<string, string> {
  const before = state.judgement && events.find(event => event.seq === state.judgement!.seq);
  if (before?.data.type !== 'judge' || !before.words) return {};
  const { units, ways, advice, sees, overall } = before.words as Record<string, unknown>;
  const each = (list: unknown, name: string) =>
    Object.entries((list ?? {}) as Record<string, string>).map(([id, text]) => [`${name}-${id}`, text] as const);
  return Object.fromEntries([
    ...each(units, 'whole'),
    ...each(ways, 'ways'),
    ...before.data.units.map(id => [`stands-${id}`, 'yes'] as const),
    ...Object.entries({ advice, sees, overall }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  ]);
}

/** A decision that was not made yet begins with what the judgement comes to. */
const decideBegin = ({ filled, results, ways, grounds }: StaffPageProps): Filled =>
  filled('decide', {
    basis: grounds[0] ?? '',
    ...Object.fromEntries(
      results.flatMap(r => [
        [`outcome-${r.achievement}`, r.outcome],
        [`stands-${r.achievement}`, r.stands],
        [`ways-${r.achievement}`, ways[r.achievement] ?? ''],
      ]),
    ),
  });

const reconsiderBegin = ({ filled, open }: StaffPageProps): Filled =>
  filled('reconsider', Object.fromEntries(open.map(a => [`outcome-${a.id}`, 'not-yet'])));

const whyAgain = ({ events }: Look): string =>
  String(events.findLast((event: Told) => event.data.type === 'ask-reconsideration')?.words?.text ?? '');

function Sample({ view, actionOf, nonce, filled }: StaffPageProps) {
  const words = view.t.dossiers.sample;
  const form = filled('sample');
  return (
    <section id="sample" aria-labelledby="sample-title">
      <h2 id="sample-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="panel" method="post" action={actionOf('board')}>
        <Hidden move="sample" form={nonce} />
        <Choices
          view={view}
          form={form}
          name="reading"
          label={words.reading}
          choices={[
            { value: 'same', label: words.same },
            { value: 'different', label: words.different },
          ]}
        />
        <TextField view={view} form={form} name="feedback" label={words.feedback} rows={4} max={20000} />
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}

/** What the board told of decisions that it looked at again: a talk among staff. */
function Samples({ view, look, institution }: StaffPageProps) {
  const words = view.t.dossiers.sample;
  const told = look.events.filter(event => event.data.type === 'sample');
  if (!told.length) return null;
  return (
    <section aria-labelledby="samples">
      <h2 id="samples">{words.told}</h2>
      <ul class="told">
        {told.map(event => (
          <li>
            <p class="soft">
              {roleName(view.language, institution.profile.kind, 'board')}, {day(event.at, view.language)} ·{' '}
              {event.data.type === 'sample' && words[event.data.reading]}
            </p>
            {typeof event.words?.feedback === 'string' && (
              <p class="said">
                <Visible text={event.words.feedback} t={view.t} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Add(props: StaffPageProps) {
  const { view, look, addable, actionOf, nonce } = props;
  const words = view.t.dossiers.page;
  const role = roleFor(props, 'add-achievement');
  const { state, closedAt } = look.dossier;
  if (!role || closedAt || !addable.length || (isDecided(state) && state.reconsidering === null)) return null;
  return (
    <details>
      <summary>{words.add}</summary>
      <p class="apart">{words.addLead}</p>
      <form class="talk" method="post" action={actionOf(role)}>
        <Hidden move="add-achievement" form={nonce} />
        <Select
          view={view}
          form={startWith()}
          name="achievement"
          label={words.addWhich}
          choices={addable.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.addSend}
          </button>
        </p>
      </form>
    </details>
  );
}

function Appeal(props: StaffPageProps) {
  const { view, look, actionOf, nonce, filled } = props;
  const words = view.t.dossiers.appeal;
  const role = roleFor(props, 'record-appeal');
  if (!role || !look.dossier.state.decisions.length) return null;
  return (
    <details>
      <summary>{words.title}</summary>
      <p class="apart">{words.lead}</p>
      <form class="talk" method="post" action={actionOf(role)}>
        <Hidden move="record-appeal" form={nonce} />
        <TextField view={view} form={filled('record-appeal')} name="appeal" label={words.text} rows={3} max={20000} />
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </details>
  );
}
