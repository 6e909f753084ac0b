import type { Look } from '../../../dossiers/index.ts';
import type { Experience } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import type { Seen } from './parts.tsx';

/** What this learner shows here: each experience with who sees it, on or off. */
export function Shown({ view, look, action, experiences }: Seen & { experiences: Experience[] }) {
  const words = view.t.validations.shown;
  const shared = new Map(look.shared.map(each => [each.id, each]));
  return (
    <section id="shown" aria-labelledby="shown-title">
      <h2 id="shown-title">{words.title}</h2>
      <p class="soft">{words.lead}</p>
      {experiences.length === 0 ? (
        <div class="empty apart">
          <p>{words.none}</p>
          <p class="actions">
            <a class="button" href="/portfolio/new">
              {words.add}
            </a>
          </p>
        </div>
      ) : (
        <ul class="lines">
          {experiences.map(experience => {
            const now = shared.get(experience.id);
            return (
              <li class="toggles">
                <div>
                  <p>
                    <a href={`/portfolio/experiences/${experience.id}`}>
                      <Visible text={experience.title} t={view.t} />
                    </a>
                  </p>
                  <p class="note">{now ? (now.partners ? words.partners : words.staff) : words.nothing}</p>
                </div>
                <form method="post" action={action}>
                  <input type="hidden" name="experience" value={experience.id} />
                  {now ? (
                    <button class="button quiet" type="submit" name="move" value="take-back">
                      {words.back}
                      <span class="visually-hidden">: {experience.title}</span>
                    </button>
                  ) : (
                    <>
                      <label class="tick">
                        <input type="checkbox" name="partners" /> <span>{words.partnersToo}</span>
                      </label>
                      <button class="button quiet" type="submit" name="move" value="share">
                        {words.share}
                        <span class="visually-hidden">: {experience.title}</span>
                      </button>
                    </>
                  )}
                </form>
              </li>
            );
          })}
        </ul>
      )}
      {experiences.length > 1 && look.shared.length < experiences.length && (
        <form class="actions" method="post" action={action}>
          <input type="hidden" name="move" value="share" />
          {experiences
            .filter(e => !shared.has(e.id))
            .map(e => (
              <input type="hidden" name="experience" value={e.id} />
            ))}
          <button class="button quiet" type="submit">
            {words.shareAll}
          </button>
        </form>
      )}
    </section>
  );
}

/** The same for a guide, who sees what was shared with them. */
export function SharedWithGuide({ view, look }: { view: View; look: Look }) {
  const words = view.t.validations.shown;
  return (
    <section aria-labelledby="audience">
      <h2 id="audience">{words.audience}</h2>
      <SharedList view={view} look={look} files={`/validations/${look.dossier.id}/files`} />
    </section>
  );
}

/** What is shared, for who may see it: the story, and what shows it. */
export function SharedList({ view, look, files }: { view: View; look: Look; files: string }) {
  const words = view.t.validations.shown;
  if (!look.shared.length) return <p>{words.audienceNone}</p>;
  return (
    <ul class="lines">
      {look.shared.map(experience => (
        <li id={`x${experience.id}`}>
          <h3>
            <Visible text={experience.title} t={view.t} />
          </h3>
          <p class="spoke">
            <Visible text={experience.story} t={view.t} />
          </p>
          <ul class="plain">
            {experience.evidence.map(each => (
              <li>
                {each.fileId ? (
                  <a href={`${files}/${each.fileId}`}>
                    <Visible text={each.title} t={view.t} />
                  </a>
                ) : (
                  <a href={each.url ?? '#'} rel="noreferrer noopener nofollow">
                    <Visible text={each.title || (each.url ?? '')} t={view.t} />
                  </a>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
