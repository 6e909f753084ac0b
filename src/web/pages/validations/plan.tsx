import { day } from '../../format.ts';
import { Visible } from '../../visible.tsx';
import { Hidden, type Seen } from './parts.tsx';

/** The plan: each line with its owner, its offer, when it is looked at again, and who said yes. */
export function Plan(props: Seen & { side: 'learner' | 'institution' | 'employer' }) {
  const { view, look, action, form, side } = props;
  const words = view.t.validations.plan;
  return (
    <section id="plan" aria-labelledby="plan-title">
      <h2 id="plan-title">{words.title}</h2>
      <p class="soft">{side === 'learner' ? words.lead : words.leadBeside}</p>
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
      {!look.dossier.closedAt && <PlanForm view={view} action={action} form={form} beside={side !== 'learner'} />}
    </section>
  );
}

function PlanForm({ view, action, form, beside }: Pick<Seen, 'view' | 'action' | 'form'> & { beside: boolean }) {
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
            {Object.entries(beside ? words.ownersBeside : words.owners).map(([value, label]) => (
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
