import { allPrompts, type Experience, type Reference, referenceQuestions, type Shared } from '../../portfolio/index.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Aloud, period, ShownItem, StandingLine, Story } from './notebook/parts.tsx';
import { WhoSaid } from './notebook/references.tsx';

interface SharedProps {
  view: View;
  token: string;
  shared: Shared;
}

/** What someone chose to show: their own words, what shows it, who stands behind it, and nothing else of theirs. */
export function SharedPage({ view, token, shared }: SharedProps) {
  const { page: words } = view.t.readers;
  const general = shared.references.filter(r => r.experienceId === null);
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        {shared.words && (
          <div class="apart">
            <h2>{words.own}</h2>
            <Story view={view} text={shared.words} />
          </div>
        )}
      </section>
      {shared.experiences.map(experience => (
        <One view={view} token={token} experience={experience} references={shared.references} />
      ))}
      {general.length > 0 && (
        <section aria-labelledby="general">
          <h2 id="general">{words.general}</h2>
          <Said view={view} token={token} references={general} />
        </section>
      )}
      <p class="note apart">{words.until(day(shared.expiresAt, view.language))}</p>
    </>
  );
}

interface OneProps {
  view: View;
  token: string;
  experience: Experience;
  references: Reference[];
}

function One({ view, token, experience: e, references }: OneProps) {
  const { readers, portfolio } = view.t;
  const about = [portfolio.kinds[e.kind], e.context && portfolio.contexts[e.context], period(e)];
  const of = (use: 'story' | 'evidence') => e.evidence.filter(item => item.use === use);
  const said = references.filter(r => r.experienceId === e.id);
  const answered = allPrompts.filter(key => e.answers[key]);
  return (
    <section aria-labelledby={`e-${e.id}`}>
      <p class="kicker">{about.filter(Boolean).join(' · ')}</p>
      <h2 id={`e-${e.id}`}>
        <Visible text={e.title} t={view.t} />
      </h2>
      <StandingLine view={view} standing={e.standing} />
      {e.story && <Story view={view} text={e.story} />}
      {of('story').map(shown => (
        <div class="apart">
          <ShownItem view={view} book={{ base: `/p/${token}` }} shown={shown} />
        </div>
      ))}
      {answered.length > 0 && (
        <dl class="terms apart" aria-label={readers.page.answered}>
          {answered.map(key => (
            <div>
              <dt>{portfolio.prompts[key]}</dt>
              <dd>
                <Story view={view} text={e.answers[key]!} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {of('evidence').length > 0 && (
        <>
          <h3 class="apart">{readers.page.shows}</h3>
          <ul class="shown">
            {of('evidence').map(shown => (
              <li>
                <ShownItem view={view} book={{ base: `/p/${token}` }} shown={shown} />
              </li>
            ))}
          </ul>
        </>
      )}
      {said.length > 0 && (
        <>
          <h3 class="apart">{readers.page.said}</h3>
          <Said view={view} token={token} references={said} />
        </>
      )}
    </section>
  );
}

/** Words of others, each with how surely we know whose they are. */
function Said({ view, token, references }: { view: View; token: string; references: Reference[] }) {
  const words = view.t.references;
  return (
    <ul class="shown">
      {references.map(r => (
        <li>
          <WhoSaid view={view} reference={r} />
          <Story view={view} text={r.words} />
          {referenceQuestions
            .filter(key => r.answers[key])
            .map(key => (
              <Story view={view} text={`${words.questions[key]}\n\n${r.answers[key]!}`} />
            ))}
          {r.fileId && (
            <audio
              class="player"
              controls
              preload="none"
              src={`/p/${token}/files/${r.fileId}`}
              aria-label={words.spoken(r.name)}
            ></audio>
          )}
          {r.document && (
            <p>
              <a href={`/p/${token}/references/${r.id}`} download>
                {view.t.readers.page.document(r.name)}
              </a>{' '}
              · <a href="/verify">{view.t.readers.page.check}</a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
