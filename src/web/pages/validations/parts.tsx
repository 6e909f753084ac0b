import { type DossierRole, type Look, phases, type Told } from '../../../dossiers/index.ts';
import { type Institution, roleName } from '../../../institutions/index.ts';
import type { Role } from '../../../platform/context.ts';
import { day, moment } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';

/** What every part of a page about a dossier knows. */
export interface Seen {
  view: View;
  look: Look;
  institution: Institution;
  /** Who looks, as the events name them. */
  self: string;
  /** Where its forms go, and the nonce that makes a form count once. */
  action: string;
  form: string;
}

/** The four phases as a ring: what lies behind, and where it is. */
export function Ring({ view, look }: Pick<Seen, 'view' | 'look'>) {
  const words = view.t.validations;
  const { phase, cycle } = look.dossier;
  const here = phases.indexOf(phase);
  const arcs = [
    'M66 15.4A45 45 0 0 1 104.6 54',
    'M104.6 66A45 45 0 0 1 66 104.6',
    'M54 104.6A45 45 0 0 1 15.4 66',
    'M15.4 54A45 45 0 0 1 54 15.4',
  ];
  return (
    <svg class="phases" viewBox="0 0 120 120" role="img" aria-label={words.ring(words.phases[phase], here + 1, cycle)}>
      {arcs.map((d, i) => (
        <path class={i < here ? 'arc done' : i === here ? 'arc now' : 'arc'} d={d} />
      ))}
      <text x="60" y="60">
        {words.phaseNames[phase]}
      </text>
      <text class="small" x="60" y="76">
        {words.cycle(cycle)}
      </text>
    </svg>
  );
}

/** How someone who acted is called: by name and role, and "you" for who reads. */
export function whoIs(
  { view, look, institution, self }: Omit<Seen, 'action' | 'form'>,
  event: Pick<Told, 'actor' | 'role'>,
): string {
  const words = view.t.validations.who;
  if (event.actor === self) return words.you;
  const role = wordFor(view, institution, event.role);
  const name = look.names.get(event.actor);
  return name && event.role !== 'timer' ? `${name} (${role})` : role;
}

/** At the start of a line. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The word of this kind of institution for a role in a dossier. */
export function wordFor(view: View, institution: Institution, role: DossierRole): string {
  const words = view.t.validations.who;
  if (role === 'learner') return words.theLearner;
  if (role === 'partner' || role === 'timer') return words[role];
  return roleName(view.language, institution.profile.kind, role as Role);
}

const SAID = ['ask', 'answer', 'comment', 'report', 'accept', 'send-on', 'request', 'reply', 'ask-reconsideration'];

/** The talk: who said what, with questions and reports that wait marked, and what can be done about them. */
export function Talk(props: Seen & { answers: (event: Told) => boolean; confirms: (event: Told) => boolean }) {
  const { view, look, self, answers, confirms, action, form } = props;
  const words = view.t.validations;
  const { state } = look.dossier;
  const said = look.events.filter(
    event => SAID.includes(event.data.type) && (event.words !== null || event.data.type !== 'request'),
  );
  const isOpen = (event: Told) => state.questions.some(q => q.seq === event.seq);
  const waits = (event: Told) => state.reports.some(r => r.seq === event.seq);
  const dropped = new Set(
    look.events.map(({ data }) =>
      data.type === 'drop-question' ? data.question : data.type === 'drop-report' ? data.report : undefined,
    ),
  );
  return (
    <section id="talk" aria-labelledby="talk-title">
      <h2 id="talk-title">{words.talk}</h2>
      {said.length === 0 && <p class="soft">{words.talkNone}</p>}
      <ol class="talked">
        {said.map(event => (
          <li
            class={isOpen(event) || waits(event) ? 'open' : event.actor === self ? 'mine' : undefined}
            id={`e${event.seq}`}
          >
            <p class="who">
              {capital(whoIs(props, event))}, {day(event.at, view.language)} · {words.moves[event.data.type]}
            </p>
            <Words view={view} event={event} />
            {waits(event) && <p class="note">{words.report.waits}</p>}
            {dropped.has(event.seq) && <p class="note">{words.dropped}</p>}
            {isOpen(event) && answers(event) && (
              <form class="talk" method="post" action={action}>
                <Hidden move="answer" form={form} seq={event.seq} />
                <label for={`answer-${event.seq}`}>{words.answer.label}</label>
                <textarea id={`answer-${event.seq}`} name="text" rows={4} required maxlength={20000}></textarea>
                <p class="actions">
                  <button class="button" type="submit">
                    {words.answer.send}
                  </button>
                </p>
              </form>
            )}
            {(isOpen(event) || waits(event)) && event.actor === self && (
              <form method="post" action={action}>
                <Hidden move={isOpen(event) ? 'drop-question' : 'drop-report'} form={form} seq={event.seq} />
                <button class="linklike" type="submit">
                  {words.drop}
                </button>
              </form>
            )}
            {waits(event) && confirms(event) && (
              <form class="actions" method="post" action={action}>
                <Hidden move="confirm-report" form={form} seq={event.seq} />
                <button class="button" type="submit">
                  {words.report.confirm}
                </button>
              </form>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was said with a move; a note where it was erased. */
function Words({ view, event }: { view: View; event: Told }) {
  const said = event.words?.text ?? event.words?.aim;
  if (typeof said !== 'string') return event.words ? null : <p class="soft">{view.t.validations.erased}</p>;
  return (
    <p class="spoke">
      <Visible text={said} t={view.t} />
    </p>
  );
}

/** What goes with each form of the page. */
export function Hidden({ move, form, on, seq }: { move: string; form: string; on?: number; seq?: number }) {
  return (
    <>
      <input type="hidden" name="move" value={move} />
      <input type="hidden" name="form" value={`${form}.${move}.${seq ?? ''}`} />
      {on !== undefined && <input type="hidden" name="on" value={String(on)} />}
      {seq !== undefined && <input type="hidden" name="seq" value={String(seq)} />}
    </>
  );
}

/** A field to ask or to say something, in either side's words. */
export function Say({ view, action, form, text = '' }: Pick<Seen, 'view' | 'action' | 'form'> & { text?: string }) {
  const words = view.t.validations.ask;
  return (
    <details id="say" open={text !== ''}>
      <summary>{words.title}</summary>
      <form class="talk" method="post" action={action}>
        <input type="hidden" name="form" value={`${form}.say`} />
        <label for="say-text">{words.label}</label>
        <textarea id="say-text" name="text" rows={4} required maxlength={20000} aria-describedby="say-hint">
          {text}
        </textarea>
        <span class="hint" id="say-hint">
          {words.hint}
        </span>
        <p class="actions">
          <button class="button" type="submit" name="move" value="ask">
            {words.ask}
          </button>
          <button class="button quiet" type="submit" name="move" value="comment">
            {words.comment}
          </button>
        </p>
      </form>
    </details>
  );
}

/** The report of a conversation, written by one side and confirmed by the other. */
export function Report({ view, action, form }: Pick<Seen, 'view' | 'action' | 'form'>) {
  const words = view.t.validations.report;
  return (
    <details>
      <summary>{words.title}</summary>
      <p class="apart">{words.lead}</p>
      <form class="talk" method="post" action={action}>
        <Hidden move="report" form={form} />
        <label for="report-text">{words.label}</label>
        <textarea id="report-text" name="text" rows={4} required maxlength={20000}></textarea>
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </details>
  );
}

/** The judgement that holds: a view of the whole for each unit, advice, and what the learner can see in it. */
export function Judgement(props: Omit<Seen, 'action' | 'form'> & { title?: string }) {
  const { view, look, institution, self } = props;
  const words = view.t.validations.judgement;
  const event = look.events.findLast(each => each.data.type === 'judge');
  if (event?.data.type !== 'judge') return null;
  const { overall, units, advice, sees } = (event.words ?? {}) as Record<string, unknown>;
  const links = new Set(event.data.links.map(link => link.experience)).size;
  return (
    <section id="judgement" aria-labelledby="judgement-title">
      <h2 id="judgement-title">{props.title ?? words.title}</h2>
      <p class="soft">
        {capital(whoIs({ view, look, institution, self }, event))}, {day(event.at, view.language)}
      </p>
      {event.words === null && <p class="soft">{view.t.validations.erased}</p>}
      <Part view={view} title={words.overall} text={overall} />
      {Object.entries((units as Record<string, string> | undefined) ?? {}).map(([id, text]) => (
        <Part view={view} title={look.titles.get(id) ?? look.units.get(id) ?? id} text={text} />
      ))}
      <Part view={view} title={words.advice} text={advice} />
      <Part view={view} title={words.sees} text={sees} />
      {links > 0 && <p class="note apart">{words.links(links)}</p>}
    </section>
  );
}

function Part({ view, title, text }: { view: View; title: string; text: unknown }) {
  if (typeof text !== 'string' || !text) return null;
  return (
    <>
      <h3 class="apart">{title}</h3>
      <p class="spoke">
        <Visible text={text} t={view.t} />
      </p>
    </>
  );
}

/** The plan: each line with its owner, its offer, when it is looked at again, and who said yes. */
export function Plan(props: Seen & { side: 'learner' | 'institution' | 'employer' }) {
  const { view, look, action, form, side } = props;
  const words = view.t.validations.plan;
  return (
    <section id="plan" aria-labelledby="plan-title">
      <h2 id="plan-title">{words.title}</h2>
      <p class="soft">{words.lead}</p>
      {look.plan.length === 0 && <p class="apart">{words.none}</p>}
      <ol class="lines">
        {look.plan.map(line => (
          <li>
            <p>
              <strong>
                <Visible text={line.words} t={view.t} />
              </strong>
            </p>
            <p class="note">
              {words.ownersOf[line.owner]}
              {line.nextOn && ` · ${words.nextOn(day(line.nextOn, view.language))}`}
              {Object.keys(line.confirmed).length > 0 &&
                ` · ${words.confirmed(
                  (Object.keys(line.confirmed) as (keyof typeof words.ownersOf)[])
                    .map(s => words.ownersOf[s])
                    .join(', '),
                )}`}
            </p>
            {Object.entries(line.answers).map(([question, answer]) => (
              <p class="note">
                {words.questions[question as keyof typeof words.questions]} <Visible text={answer} t={view.t} />
              </p>
            ))}
            {line.offerUrl && (
              <p>
                <a href={line.offerUrl} rel="noreferrer noopener nofollow">
                  {new URL(line.offerUrl).host}
                </a>
              </p>
            )}
            {!line.taken && side === 'learner' && <p class="note">{words.notTaken}</p>}
            {!line.confirmed[side] && !look.dossier.closedAt && (
              <form class="actions" method="post" action={action}>
                <input type="hidden" name="move" value="confirm-plan" />
                <input type="hidden" name="line" value={line.id} />
                <button class="button quiet" type="submit">
                  {side === 'learner' ? words.take : words.yes}
                  <span class="visually-hidden">: {line.words}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ol>
      {!look.dossier.closedAt && <PlanForm view={view} action={action} form={form} />}
    </section>
  );
}

function PlanForm({ view, action, form }: Pick<Seen, 'view' | 'action' | 'form'>) {
  const words = view.t.validations.plan;
  return (
    <details>
      <summary>{words.add}</summary>
      <form class="talk" method="post" action={action}>
        <Hidden move="plan" form={form} />
        <div class="field">
          <label for="plan-text">{words.line}</label>
          <textarea id="plan-text" name="text" rows={2} required maxlength={2000}></textarea>
        </div>
        <div class="field">
          <label for="plan-owner">{words.owner}</label>
          <select id="plan-owner" name="owner">
            {Object.entries(words.owners).map(([value, label]) => (
              <option value={value}>{label}</option>
            ))}
          </select>
        </div>
        {Object.entries(words.questions).map(([name, label]) => (
          <div class="field">
            <label for={`plan-${name}`}>{label}</label>
            <input id={`plan-${name}`} name={name} type="text" maxlength={500} />
          </div>
        ))}
        <div class="field">
          <label for="plan-offer">{words.offer}</label>
          <input id="plan-offer" name="offer" type="url" maxlength={1000} />
        </div>
        <div class="field">
          <label for="plan-next">{words.next}</label>
          <input id="plan-next" name="next" type="date" />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {words.add}
          </button>
        </p>
      </form>
    </details>
  );
}

/** Every step that was made, for who wants to see them all. */
export function Steps({ view, look, institution, self }: Omit<Seen, 'action' | 'form'>) {
  const words = view.t.validations;
  return (
    <details>
      <summary>{words.quiet}</summary>
      <ol class="steps">
        {look.events.map(event => (
          <li>
            <span class="soft">{moment(event.at, view.language)}</span>{' '}
            {whoIs({ view, look, institution, self }, event)}: {words.moves[event.data.type]}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** All of it on paper, as the side sees it that asks. */
export function ReportLink({ view, base }: { view: View; base: string }) {
  return (
    <p class="note apart">
      <a href={`${base}/report.pdf`} download>
        {view.t.decisions.report.pdf}
      </a>
    </p>
  );
}
