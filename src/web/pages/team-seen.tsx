import { standingOf } from '../../portfolio/index.ts';
import type { Mate, TeamLook } from '../look-at-team.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { period, StandingLine } from './notebook/parts.tsx';

interface SeenProps {
  view: View;
  look: TeamLook;
  /** Takes someone out, for who may. */
  takeOut?: (mate: Mate) => string;
}

/** What a team shows: what it can together, then each person by name. Nothing is counted, and nobody is ranked. */
export function TeamSeen({ view, look, takeOut }: SeenProps) {
  const words = view.t.teams.team;
  return (
    <>
      <section aria-labelledby="can">
        <h2 id="can">{words.together}</h2>
        {look.badges.length === 0 && <p>{words.togetherNone}</p>}
        <ShownBy view={view} list={look.badges} />
        {look.outcomes.length > 0 && (
          <>
            <h3 class="apart">{words.outcomes}</h3>
            <ShownBy view={view} list={look.outcomes} />
          </>
        )}
      </section>
      <section aria-labelledby="people">
        <h2 id="people">{words.people}</h2>
        {look.people.length === 0 && <p>{words.peopleNone}</p>}
        <ul class="lines">
          {look.people.map(mate => (
            <MateShown view={view} mate={mate} takeOut={takeOut?.(mate)} />
          ))}
        </ul>
      </section>
    </>
  );
}

const ShownBy = ({ view, list }: { view: View; list: TeamLook['badges'] }) => (
  <ul class="lines">
    {list.map(({ title, names }) => (
      <li>
        <p>
          <strong>
            <Visible text={title} t={view.t} />
          </strong>
        </p>
        <p class="note">
          <Visible text={view.t.teams.team.by(names.join(', '))} t={view.t} />
        </p>
      </li>
    ))}
  </ul>
);

function MateShown({ view, mate, takeOut }: { view: View; mate: Mate; takeOut: string | undefined }) {
  const { t } = view;
  const words = t.teams.team;
  return (
    <li>
      <h3>
        <Visible text={mate.name} t={t} />
      </h3>
      {mate.badges.length > 0 && <p class="note apart">{words.badges}</p>}
      <ul class="plain">
        {mate.badges.map(badge => (
          <li>
            <Visible text={badge.achievement.name} t={t} />{' '}
            <StandingLine view={view} standing={standingOf({ decided: [badge.basis] })} />
          </li>
        ))}
      </ul>
      {mate.experiences.length > 0 && <p class="note apart">{words.experiences}</p>}
      <ul class="plain">
        {mate.experiences.map(e => (
          <li>
            <Visible text={e.title} t={t} />{' '}
            <span class="note">
              {[t.portfolio.kinds[e.kind], e.context && t.portfolio.contexts[e.context], period(e)]
                .filter(Boolean)
                .join(' · ')}
            </span>{' '}
            {e.standing === 'told' ? (
              <span class="standing">{words.told}</span>
            ) : (
              <StandingLine view={view} standing={e.standing} />
            )}
          </li>
        ))}
      </ul>
      {takeOut && (
        <form method="post" action={takeOut}>
          <input type="hidden" name="person" value={mate.person} />
          <button class="linklike" type="submit">
            {t.teams.console.takeOut(mate.name)}
          </button>
        </form>
      )}
    </li>
  );
}
