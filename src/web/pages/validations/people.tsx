import { isGiven, type Partner } from '../../../dossiers/index.ts';
import { day } from '../../format.ts';
import { Visible } from '../../visible.tsx';
import { Hidden, LineAct, type Seen, wordFor } from './parts.tsx';

/** Who is beside the learner: staff, and whom they invited. */
export function People({ view, look, institution, action, form }: Seen) {
  const words = view.t.validations.people;
  const { staff } = look.dossier.state;
  const called = ({ name, personId }: Partner) => name || (look.names.get(personId ?? '') ?? words.staff);
  const assigned = (['assessor', 'examiner'] as const).flatMap(role => staff[role].map(id => ({ role, id })));
  return (
    <section id="people" aria-labelledby="people-title">
      <h2 id="people-title">{words.title}</h2>
      {assigned.length + look.partners.length === 0 && <p>{words.none}</p>}
      <ul class="lines">
        {assigned.map(({ role, id }) => (
          <li>
            {look.names.get(id) ?? words.staff} · {wordFor(view, institution, role)}
          </li>
        ))}
        {look.partners.map(partner => (
          <li class="toggles">
            <div>
              <p>
                <Visible text={called(partner)} t={view.t} />
              </p>
              <p class="note">
                {isGiven(partner) ? words.given : words.kinds[partner.kind]}
                {!partner.personId && ` · ${words.until(day(partner.expiresAt, view.language))}`}
              </p>
            </div>
            <LineAct
              action={action}
              fields={{ move: 'end-partner', partner: partner.id }}
              label={words.end}
              about={called(partner)}
            />
          </li>
        ))}
      </ul>
      {!look.dossier.closedAt && (
        <details>
          <summary>{words.invite}</summary>
          <p class="apart">{words.inviteLead}</p>
          <form class="talk" method="post" action={action}>
            <Hidden move="invite" form={form} />
            <div class="field">
              <label for="partner-name">{words.name}</label>
              <input id="partner-name" name="name" type="text" required maxlength={200} />
            </div>
            <div class="field">
              <label for="partner-kind">{words.kind}</label>
              <select id="partner-kind" name="kind">
                {Object.entries(words.kinds).map(([value, label]) => (
                  <option value={value}>{label}</option>
                ))}
              </select>
            </div>
            <p class="actions">
              <button class="button" type="submit">
                {words.send}
              </button>
            </p>
          </form>
        </details>
      )}
    </section>
  );
}
