import type { ListedTeam, Team } from '../../../portfolio/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { TeamLook } from '../../look-at-team.ts';
import { QrCode } from '../../qr.tsx';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { TeamSeen } from '../team-seen.tsx';
import { type Filled, MakeForm, TextField } from './fields.tsx';

interface TeamsProps {
  view: View;
  place: ConsolePlace;
  teams: ListedTeam[];
  form: Filled;
}

/** The teams of an institution, and a new one. */
export function ConsoleTeamsPage({ view, place, teams, form }: TeamsProps) {
  const words = view.t.teams.console;
  return (
    <>
      <p class="lead">{words.lead}</p>
      {teams.length === 0 ? <p class="empty apart">{words.none}</p> : <TeamTable {...{ view, place, teams }} />}
      <MakeForm title={words.make} action={`${place.base}/teams`}>
        <TextField view={view} form={form} name="name" label={words.name} hint={words.nameHint} max={100} />
      </MakeForm>
    </>
  );
}

function TeamTable({ view, place, teams }: Omit<TeamsProps, 'form'>) {
  const words = view.t.teams.console;
  return (
    <table class="stack apart">
      <caption class="visually-hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.people}</th>
        </tr>
      </thead>
      <tbody>
        {teams.map(({ id, name, people }) => (
          <tr>
            <th scope="row">
              <a href={`${place.base}/teams/${id}`}>
                <Visible text={name} t={view.t} />
              </a>
            </th>
            <td data-label={words.people}>{people}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A team for its coordinator: the way in, and what its people show; nothing that they do not show. */
export function ConsoleTeamPage(props: { view: View; place: ConsolePlace; team: Team; look: TeamLook }) {
  const { view, place, team, look } = props;
  const words = view.t.teams.console;
  const path = `${place.base}/teams/${team.id}`;
  const link = `${view.origin}/team/${team.code}`;
  return (
    <>
      <p>
        <a href={`${place.base}/teams`}>{words.back}</a>
      </p>
      <section aria-labelledby="invite">
        <h2 id="invite">{words.invite}</h2>
        <p>{words.inviteLead}</p>
        <div class="take">
          <QrCode text={link} label={words.qr} />
          <code class="secret">{link}</code>
        </div>
      </section>
      <TeamSeen view={view} look={look} takeOut={() => `${path}/take-out`} />
      <details>
        <summary>{words.manage}</summary>
        <form class="talk" method="post" action={`${path}/code`}>
          <p>{words.renewLead}</p>
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.renew}
            </button>
          </p>
        </form>
        <form class="talk" method="post" action={`${path}/end`}>
          <p>{words.endLead}</p>
          <label class="tick">
            <input type="checkbox" required /> <span>{words.sure}</span>
          </label>
          <p class="actions">
            <button class="button danger" type="submit">
              {words.end}
            </button>
          </p>
        </form>
      </details>
    </>
  );
}
