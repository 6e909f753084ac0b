import type { MyBadge } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import type { Experience, Team } from '../../portfolio/index.ts';
import type { TeamLook } from '../look-at-team.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Choices, type Filled, TextField } from './console/fields.tsx';
import { LoginFirst } from './login-first.tsx';
import { period, Told } from './notebook/parts.tsx';
import { TeamSeen } from './team-seen.tsx';

/** The teams in which someone shows something. */
export function TeamsPage({ view, teams, done }: { view: View; teams: { id: string; name: string }[]; done?: string }) {
  const words = view.t.teams;
  return (
    <section aria-labelledby="title">
      <Told words={done === 'left' ? words.done.left : undefined} />
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {teams.length === 0 && <p class="empty apart">{words.none}</p>}
      <ul class="lines">
        {teams.map(({ id, name }) => (
          <li>
            <a href={`/teams/${id}`}>
              <Visible text={name} t={view.t} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same among all that is kept about someone. */
export function HeldTeams({ view, shown }: { view: View; shown: { team: string; name: string }[] }) {
  if (!shown.length) return null;
  return (
    <section aria-labelledby="teams">
      <h2 id="teams">{view.t.teams.title}</h2>
      <ul class="plain">
        {shown.map(({ team, name }) => (
          <li>
            <Visible text={`${team} (${name})`} t={view.t} />
          </li>
        ))}
      </ul>
      <p class="actions">
        <a href="/teams">{view.t.teams.team.mine}</a>
      </p>
    </section>
  );
}

/** What someone can choose from, and what stands in the form now. */
export interface Choosing {
  view: View;
  experiences: Experience[];
  badges: MyBadge[];
  form: Filled;
}

interface DoorProps {
  view: View;
  team: Team;
  institution: Institution;
  /** Undefined for who is not signed in. */
  choosing: Choosing | undefined;
}

/** The door of a team: whose it is, who will see what, and the one thing to do. */
export function TeamDoor({ view, team, institution, choosing }: DoorProps) {
  const words = view.t.teams.join;
  const path = `/team/${team.code}`;
  return (
    <section aria-labelledby="title">
      <h1 id="title">
        <Visible text={words.title(team.name)} t={view.t} />
      </h1>
      <p class="lead">{words.lead}</p>
      <p>
        <Visible text={words.from(institution.profile.name)} t={view.t} />
      </p>
      {choosing ? (
        <ChoiceForm {...choosing} action={path} submit={words.submit} />
      ) : (
        <LoginFirst back={path} words={words} />
      )}
    </section>
  );
}

/** A door that does not open: there is no team behind it, or no room in it. */
export function TeamShut({ view, full }: { view: View; full: boolean }) {
  const words = view.t.teams.join;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{full ? words.full : words.gone}</h1>
      <p class="lead">{full ? words.fullLead : words.goneLead}</p>
    </section>
  );
}

interface TeamProps {
  view: View;
  team: Team;
  /** Undefined for who shows nothing there now. */
  look: TeamLook | undefined;
  choosing: Choosing;
  done?: string;
}

/** A team for who is in it: what the others show, then what they show themselves. */
export function TeamPage({ view, team, look, choosing, done }: TeamProps) {
  const words = view.t.teams;
  const path = `/teams/${team.id}`;
  const wrong = Object.keys(choosing.form.errors).length > 0;
  return (
    <>
      <Told words={done === 'joined' || done === 'changed' ? words.done[done] : undefined} />
      <section aria-labelledby="title">
        <h1 id="title">
          <Visible text={team.name} t={view.t} />
        </h1>
        <p class="lead">{look ? words.team.lead : words.team.hidden}</p>
      </section>
      {look && <TeamSeen view={view} look={look} />}
      <section aria-labelledby="mine">
        <h2 id="mine">{words.team.mine}</h2>
        <details open={wrong || !look}>
          <summary>{words.team.change}</summary>
          <ChoiceForm {...choosing} action={path} submit={words.form.save} />
        </details>
        <form class="apart" method="post" action={`${path}/leave`}>
          <p>{words.team.leaveLead}</p>
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.team.leave}
            </button>
          </p>
        </form>
      </section>
      <p>
        <a href="/teams">{words.title}</a>
      </p>
    </>
  );
}

function ChoiceForm({
  view,
  experiences,
  badges,
  form,
  action,
  submit,
}: Choosing & { action: string; submit: string }) {
  const words = view.t.teams.form;
  const shared = { view, form };
  const about = (e: Experience) =>
    [e.context && view.t.portfolio.contexts[e.context], period(e)].filter(Boolean).join(' · ');
  if (!experiences.length && !badges.length)
    return (
      <div class="empty apart">
        <p>
          {words.experiencesNone} {words.badgesNone}
        </p>
        <p class="actions">
          <a class="button" href="/portfolio/new">
            {words.tell}
          </a>
        </p>
      </div>
    );
  return (
    <form class="panel" method="post" action={action}>
      <TextField {...shared} name="name" label={words.name} hint={words.nameHint} max={100} autocomplete="name" />
      {experiences.length > 0 && (
        <Choices
          {...shared}
          name="experience"
          label={words.experiences}
          hint={words.experiencesHint}
          many
          choices={experiences.map(e => ({ value: e.id, label: e.title, hint: about(e) }))}
        />
      )}
      {badges.length > 0 && (
        <Choices
          {...shared}
          name="badge"
          label={words.badges}
          many
          choices={badges.map(b => ({ value: b.id, label: b.achievement.name, hint: b.institution.name }))}
        />
      )}
      <p class="actions">
        <button class="button" type="submit">
          {submit}
        </button>
      </p>
    </form>
  );
}
