import type { Stack } from '../../../credentials/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';

export interface StacksProps {
  view: View;
  place: ConsolePlace;
  stacks: Stack[];
  /** Awards of which a part does not count any more. */
  broken: { award: string; person: string; title: string }[];
  /** Names of people, by id. */
  names: Map<string, string>;
  /** Nothing else waits: the first of them is what to do. */
  first: boolean;
}

/** Sets that someone completed, for an examiner to award; and badges that rest on what was revoked. */
export function Stacks({ view, place, stacks, broken, names, first }: StacksProps) {
  const words = view.t.decisions.stacks;
  const nameOf = (person: string) => names.get(person) ?? view.t.dossiers.work.someone;
  return (
    <>
      {stacks.length > 0 && (
        <section id="stacks" aria-labelledby="stacks-title">
          <h2 id="stacks-title">{words.title}</h2>
          <p class="soft">{words.lead}</p>
          <ul class="told">
            {stacks.map(({ person, achievement, title, by, basis }, i) => (
              <li class="toggles">
                <div>
                  <p>
                    <strong>
                      <Visible text={nameOf(person)} t={view.t} />
                    </strong>
                    : <Visible text={title} t={view.t} />
                  </p>
                  <p class="note">
                    {words.by(by.length)} {view.t.validations.decision.basis[basis]}
                  </p>
                </div>
                <form method="post" action={`${place.base}/stacks`}>
                  <input type="hidden" name="person" value={person} />
                  <input type="hidden" name="achievement" value={achievement} />
                  <button class={first && i === 0 ? 'button' : 'button quiet'} type="submit">
                    {words.award}
                    <span class="visually-hidden">
                      : {nameOf(person)}, {title}
                    </span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
      {broken.length > 0 && (
        <section aria-labelledby="broken-title">
          <h2 id="broken-title">{words.broken}</h2>
          <p class="soft">{words.brokenLead}</p>
          <ul class="told">
            {broken.map(({ award, person, title }) => (
              <li>
                <a href={`${place.base}/awards/${award}`}>
                  <Visible text={`${nameOf(person)}: ${title}`} t={view.t} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
