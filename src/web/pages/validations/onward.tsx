import { isDecided, phases } from '../../../dossiers/index.ts';
import { Hidden, type Seen } from './parts.tsx';

/** Hands in what was collected. */
export function HandIn({ view, action, form }: Seen) {
  const words = view.t.validations.handIn;
  return (
    <section id="hand-in" class="question" aria-labelledby="hand-in-title">
      <h2 id="hand-in-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="actions" method="post" action={action}>
        <Hidden move="hand-in" form={form} />
        <button class="button" type="submit">
          {words.send}
        </button>
      </form>
    </section>
  );
}

/** The one question afterwards. */
export function Came({ view, action }: Seen) {
  const words = view.t.validations.came;
  return (
    <section class="question" aria-labelledby="came-title">
      <h2 id="came-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="talk" method="post" action={action}>
        <input type="hidden" name="move" value="came" />
        <label class="visually-hidden" for="came">
          {words.title}
        </label>
        <select id="came" name="answer">
          {Object.entries(words.answers).map(([value, label]) => (
            <option value={value}>{label}</option>
          ))}
        </select>
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}

/** Stepping back, a next round, and stopping: always there, never in the way. */
export function More({ view, look, action, form }: Seen) {
  const words = view.t.validations.more;
  const { state } = look.dossier;
  const decided = isDecided(state);
  const ended = (decided || (!state.recognise && state.reply !== null)) && state.reconsidering === null;
  return (
    <details>
      <summary>{words.title}</summary>
      {!decided && (
        <form class="talk" method="post" action={action}>
          <Hidden move="step" form={form} />
          <label for="phase">{words.step}</label>
          <p class="hint">{words.stepLead}</p>
          <select id="phase" name="phase">
            {phases.map(phase => (
              <option value={phase} selected={phase === look.dossier.phase}>
                {view.t.validations.phases[phase]}
              </option>
            ))}
          </select>
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.step}
            </button>
          </p>
        </form>
      )}
      {ended && (
        <>
          <Act view={view} action={action} form={form} move="next-cycle" label={words.next} lead={words.nextLead} />
          <Act view={view} action={action} form={form} move="finish" label={words.finish} lead={words.finishLead} />
        </>
      )}
      {!decided && (
        <Act
          view={view}
          action={action}
          form={form}
          move="withdraw"
          label={words.withdraw}
          lead={words.withdrawLead}
          sure
        />
      )}
    </details>
  );
}

function Act(
  props: Pick<Seen, 'view' | 'action' | 'form'> & { move: string; label: string; lead: string; sure?: boolean },
) {
  const { view, action, form, move, label, lead, sure } = props;
  const words = view.t.validations.more;
  return (
    <form class="talk" method="post" action={action}>
      <Hidden move={move} form={form} />
      <p>{lead}</p>
      {sure && (
        <label class="tick">
          <input type="checkbox" required /> <span>{words.sure}</span>
        </label>
      )}
      <p class="actions">
        <button class={sure ? 'button danger' : 'button quiet'} type="submit">
          {label}
        </button>
      </p>
    </form>
  );
}
