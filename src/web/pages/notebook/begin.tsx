import { type Experience, goalCards, type Group } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, type Book, Choices, SendFiles, TellFields, Told } from './parts.tsx';

interface BeginProps {
  view: View;
  /** Whether this browser has begun before. */
  begun: boolean;
  group?: Group | undefined;
  erased: boolean;
}

/** The first page, for someone who has nothing but a telephone: one question, and large answers. */
export function BeginPage({ view, begun, group, erased }: BeginProps) {
  const { begin, card } = view.t.portfolio;
  const choices = goalCards.map(goal => [goal, begin.goals[goal]] as const);
  return (
    <>
      {erased && <Told words={card.erased} />}
      <section aria-labelledby="title">
        <h1 id="title">{begin.title}</h1>
        <p class="lead">{begin.lead}</p>
        <p class="apart">{begin.free}</p>
        <Aloud view={view} />
        {group && (
          <p class="notice">
            <Visible text={begin.group(group.name)} t={view.t} />
          </p>
        )}
        {begun && (
          <div class="notice">
            <p>{begin.further}</p>
            <p class="actions">
              <a class="button" href="/begin/story">
                {begin.goFurther}
              </a>
            </p>
          </div>
        )}
        <form class="talk" method="post" action="/begin">
          <Choices
            name="goal"
            legend={begin.goalTitle}
            chosen={group?.goal ?? ''}
            choices={[...choices, ['', begin.unsure]]}
          />
          {group ? (
            <input type="hidden" name="group" value={group.code} />
          ) : (
            <details class="apart">
              <summary>{begin.groupOpen}</summary>
              <div class="field">
                <label for="group">{begin.groupCode}</label>
                <span class="hint" id="group-hint">
                  {begin.groupHint}
                </span>
                <input
                  id="group"
                  name="group"
                  type="text"
                  inputmode="numeric"
                  autocomplete="off"
                  aria-describedby="group-hint"
                />
              </div>
            </details>
          )}
          <p class="actions">
            <button class="button big" type="submit">
              {begin.submit}
            </button>
          </p>
        </form>
      </section>
      <p class="actions">
        <a href="/together">{begin.help}</a>
        <a href="/portfolio">{begin.own}</a>
      </p>
    </>
  );
}

interface StoryProps {
  view: View;
  book: Book;
  told: Experience[];
  /** The id that the next entry will have, so that it is one entry when it is sent twice. */
  next: string;
  story?: string;
  error?: string | undefined;
  notice?: string | undefined;
}

/** One question at a time; what was told stands beneath it. */
export function StoryPage({ view, book, told, next, story, error, notice }: StoryProps) {
  const { tell, card } = view.t.portfolio;
  const at = Math.min(told.length, tell.asks.length - 1);
  const { ask, hint } = tell.asks[at]!;
  const enough = told.length >= 3;
  return (
    <>
      <Told words={notice} />
      {enough && (
        <p class="actions">
          <a class="button big" href="/begin/card">
            {tell.enough}
          </a>
        </p>
      )}
      <section aria-labelledby="title">
        <p class="kicker">{told.length < 3 ? tell.step(told.length + 1) : tell.more}</p>
        <progress
          class="progress"
          max={3}
          value={Math.min(told.length, 3)}
          aria-label={tell.step(Math.min(told.length + 1, 3))}
        />
        <h1 id="title">{ask}</h1>
        <Aloud view={view} />
        <form class="talk" method="post" action="/begin/story" enctype="multipart/form-data" data-busy={tell.busy}>
          <input type="hidden" name="id" value={next} />
          <input type="hidden" name="ask" value={String(at)} />
          <TellFields view={view} ask={tell.write} hint={hint} story={story ?? ''} error={error} />
          <SendFiles quiet={enough}>{tell.submit}</SendFiles>
        </form>
      </section>
      {told.length > 0 && (
        <section aria-labelledby="told">
          <h2 id="told">{tell.told}</h2>
          <ul class="told">
            {told.map(experience => (
              <li>
                <a href={`${book.base}/experiences/${experience.id}`}>
                  <Visible text={experience.title} t={view.t} />
                </a>
              </li>
            ))}
          </ul>
          {!enough && (
            <p class="actions">
              <a href="/begin/card">{card.title}</a>
            </p>
          )}
        </section>
      )}
    </>
  );
}
