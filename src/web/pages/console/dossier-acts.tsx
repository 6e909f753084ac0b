import { isDecided } from '../../../dossiers/index.ts';
import { Visible } from '../../visible.tsx';
import { Hidden, LineAct } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { roleFor } from './dossier-turn.ts';
import { Select, startWith, TextField } from './fields.tsx';

/** The intake: accepted with what was agreed, or sent on with advice. */
export function Intake({ view, look, actionOf, nonce, filled }: StaffPageProps) {
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
export function Ready({ view, questions, nonce, action }: StaffPageProps & { action: string }) {
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
            <LineAct
              action={action}
              fields={{ move: 'ask', form: `${nonce}.${question.id}`, text: question.words }}
              label={words.sendTemplate}
              about={question.words}
              small
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Lays one more achievement beside it. */
export function Add(props: StaffPageProps) {
  const { view, look, addable, actionOf, nonce } = props;
  const words = view.t.dossiers.page;
  const role = roleFor(props.standing, 'add-achievement');
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

/** What came of an appeal elsewhere, for the record. */
export function Appeal(props: StaffPageProps) {
  const { view, look, actionOf, nonce, filled } = props;
  const words = view.t.dossiers.appeal;
  const role = roleFor(props.standing, 'record-appeal');
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
