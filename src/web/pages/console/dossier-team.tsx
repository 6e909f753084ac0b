import { type GivenRole, isGiven, type WorkRole } from '../../../dossiers/index.ts';
import { roleName } from '../../../institutions/index.ts';
import { Hidden, LineAct } from '../validations/parts.tsx';
import { mayTake } from './dossier-turn.ts';
import type { StaffPageProps } from './dossier.tsx';
import { Select, startWith } from './fields.tsx';

const WORK_ROLES: readonly WorkRole[] = ['assessor', 'examiner'];
const GIVEN_ROLES: readonly GivenRole[] = ['guide', ...WORK_ROLES];

/** Who works on a dossier, and who can be given it; what must not go together is told before it is tried. */
export function Team(props: StaffPageProps) {
  const { view, look, institution, standing, actionOf, nonce } = props;
  const words = view.t.dossiers.team;
  const { state, closedAt } = look.dossier;
  const name = (role: GivenRole) => roleName(view.language, institution.profile.kind, role);
  const assigned = GIVEN_ROLES.flatMap(role => state.staff[role].map(person => ({ role, person })));
  const coordinator = standing.roles.includes('coordinator') && !closedAt;
  const holds = (role: GivenRole, person: string) => standing.holders.some(h => h.role === role && h.person === person);
  const broughtAlong = (person: string) => look.partners.some(p => p.personId === person && !isGiven(p));
  return (
    <section id="team" aria-labelledby="team-title">
      <h2 id="team-title">{words.title}</h2>
      {assigned.length === 0 && <p>{words.none}</p>}
      <ul class="told">
        {assigned.map(({ role, person }) => (
          <li class="toggles">
            <p>
              {look.names.get(person) ?? words.unknown} · {name(role)}
              {broughtAlong(person) && words.broughtAlong}
              {!broughtAlong(person) && !holds(role, person) && <strong> · {words.gone}</strong>}
            </p>
            {coordinator && !(role === 'guide' && broughtAlong(person)) && (
              <LineAct
                action={actionOf('coordinator')}
                fields={{ move: 'unassign', form: `${nonce}.unassign.${role}.${person}`, person, role }}
                label={words.remove}
                about={look.names.get(person) ?? words.unknown}
                small
              />
            )}
          </li>
        ))}
      </ul>
      {!closedAt &&
        WORK_ROLES.filter(role => mayTake(standing, role)).map(role => (
          <TakeUp {...props} role={role} label={words.takeUp(name(role))} quiet />
        ))}
      {coordinator && (
        <details open={props.step?.name === 'assign'}>
          <summary>{words.assign}</summary>
          {GIVEN_ROLES.map(role => (
            <AssignForm {...props} role={role} label={name(role)} />
          ))}
        </details>
      )}
    </section>
  );
}

/** Takes up a dossier for oneself. */
export function TakeUp(props: StaffPageProps & { role: WorkRole; label: string; quiet?: boolean }) {
  const { actionOf, nonce, role, label, quiet, look } = props;
  return (
    <form class="actions" method="post" action={actionOf(role)}>
      <Hidden move="take-up" form={`${nonce}.${role}`} on={look.dossier.state.version} />
      <button class={quiet ? 'button quiet' : 'button big'} type="submit">
        {label}
      </button>
    </form>
  );
}

function AssignForm({
  view,
  standing,
  actionOf,
  nonce,
  role,
  label,
}: StaffPageProps & { role: GivenRole; label: string }) {
  const words = view.t.dossiers.team;
  const all = standing.candidates.filter(c => c.role === role);
  const [can, cannot] = [all.filter(c => !c.conflict), all.filter(c => c.conflict)];
  const called = (c: (typeof all)[number]) => c.name ?? words.unknown;
  return (
    <section aria-labelledby={`give-${role}`}>
      <h3 id={`give-${role}`}>{label}</h3>
      {can.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <form class="talk" method="post" action={actionOf('coordinator')}>
          <Hidden move="assign" form={`${nonce}.${role}`} />
          <input type="hidden" name="role" value={role} />
          <Select
            view={view}
            form={startWith()}
            name={`${role}-person`}
            label={words.whom}
            choices={can.map(c => ({ value: c.person, label: called(c) }))}
          />
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.send}
              <span class="visually-hidden">: {label}</span>
            </button>
          </p>
        </form>
      )}
      {cannot.length > 0 && (
        <>
          <p class="note">{words.cannot}:</p>
          <ul class="plain note">
            {cannot.map(c => (
              <li>
                {called(c)}: {words.conflict[c.conflict!]}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
