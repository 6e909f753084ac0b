import { recordingOf, type Told } from '../../../dossiers/index.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { capital, Hidden, type Seen, whoIs } from './parts.tsx';

const SAID = ['ask', 'answer', 'comment', 'report', 'accept', 'send-on', 'request', 'reply', 'ask-reconsideration'];

/** What the page lets someone do about what was said. */
interface Can {
  answers: (event: Told) => boolean;
  confirms: (event: Told) => boolean;
  /** Where recordings of conversations are heard. */
  recordings?: string;
}

/** The talk: who said what, with questions and reports that wait marked, and what can be done about them. */
export function Talk(props: Seen & Can) {
  const { view, look } = props;
  const words = view.t.validations;
  const said = look.events.filter(
    event => SAID.includes(event.data.type) && (event.words !== null || event.data.type !== 'request'),
  );
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
          <Said {...props} event={event} dropped={dropped.has(event.seq)} />
        ))}
      </ol>
    </section>
  );
}

function Said(props: Seen & Can & { event: Told; dropped: boolean }) {
  const { view, look, self, answers, confirms, recordings, action, form, event, dropped } = props;
  const recording = recordingOf(event);
  const words = view.t.validations;
  const { state } = look.dossier;
  const open = state.questions.some(q => q.seq === event.seq);
  const waits = state.reports.some(r => r.seq === event.seq);
  return (
    <li class={open || waits ? 'open' : event.actor === self ? 'mine' : undefined} id={`e${event.seq}`}>
      <p class="who">
        {capital(whoIs(props, event))}, {day(event.at, view.language)} · {words.moves[event.data.type]}
      </p>
      <Words view={view} event={event} />
      {recording && recordings && !dropped && (
        <audio
          controls
          preload="none"
          src={`${recordings}/${recording.file}`}
          aria-label={view.t.recordings.player}
        ></audio>
      )}
      {waits && <p class="note">{words.report.waits}</p>}
      {dropped && <p class="note">{words.dropped}</p>}
      {open && answers(event) && <Answer {...props} seq={event.seq} />}
      {(open || waits) && event.actor === self && (
        <form method="post" action={action}>
          <Hidden move={open ? 'drop-question' : 'drop-report'} form={form} seq={event.seq} />
          <button class="linklike" type="submit">
            {words.drop}
          </button>
        </form>
      )}
      {waits && confirms(event) && (
        <div class="actions">
          <form method="post" action={action}>
            <Hidden move="confirm-report" form={form} seq={event.seq} />
            <button class="button" type="submit">
              {words.report.confirm}
            </button>
          </form>
          <form method="post" action={action}>
            <Hidden move="drop-report" form={form} seq={event.seq} />
            <button class="button quiet" type="submit">
              {words.report.refuse}
            </button>
          </form>
        </div>
      )}
    </li>
  );
}

function Answer({ view, action, form, seq }: Pick<Seen, 'view' | 'action' | 'form'> & { seq: number }) {
  const words = view.t.validations.answer;
  return (
    <form class="talk" method="post" action={action}>
      <Hidden move="answer" form={form} seq={seq} />
      <label for={`answer-${seq}`}>{words.label}</label>
      <textarea id={`answer-${seq}`} name="text" rows={4} required maxlength={20000}></textarea>
      <p class="actions">
        <button class="button" type="submit">
          {words.send}
        </button>
      </p>
    </form>
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

/** A field to ask or to say something, in either side's words. */
export function Say(props: Pick<Seen, 'view' | 'action' | 'form'> & { text?: string; open?: boolean }) {
  const { view, action, form, text = '', open } = props;
  const words = view.t.validations.ask;
  return (
    <details id="say" open={open || text !== ''}>
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
      <p>
        <a href={`${action}/conversation`}>{view.t.recordings.link}</a>
      </p>
    </details>
  );
}
