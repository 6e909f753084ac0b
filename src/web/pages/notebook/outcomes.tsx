import { type Outcome, wordsOf } from '../../../catalogue/index.ts';
import { type Experience, type Scale, scales, type SelfAssessment } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, Back, type Book, Choices } from './parts.tsx';

interface OutcomesProps {
  view: View;
  book: Book;
  sought: string;
  found: Outcome[];
  said: SelfAssessment[];
  experiences: Experience[];
  missing: boolean;
}

/** What someone can, in the words of standards, on their own scale. */
export function OutcomesPage(props: OutcomesProps) {
  const { view, book, sought, found, said, missing } = props;
  const { outcomes: words } = view.t.portfolio;
  const known = new Map(said.map(s => [s.outcomeId, s]));
  return (
    <>
      {missing && (
        <p class="notice warn" role="alert">
          {words.missing}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        <form class="talk" method="get" action={`${book.base}/outcomes`} role="search">
          <div class="field">
            <label for="q">{words.search}</label>
            <span class="hint" id="q-hint">
              {words.searchHint}
            </span>
            <input id="q" name="q" type="text" maxlength={200} value={sought} aria-describedby="q-hint" />
          </div>
          <p class="actions">
            <button class="button big" type="submit">
              {words.submit}
            </button>
          </p>
        </form>
        {sought && (
          <p class="apart" role="status">
            {found.length ? words.found(found.length) : words.none}
          </p>
        )}
        <ul class="shown">
          {found.map(outcome => (
            <SayOutcome {...props} outcome={outcome} before={known.get(outcome.id)} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="mine">
        <h2 id="mine">{words.mine}</h2>
        {!said.length && <p>{words.mineNone}</p>}
        <ul class="shown">
          {said.map(s => (
            <Said {...props} said={s} />
          ))}
        </ul>
      </section>
      <Back view={view} book={book} />
    </>
  );
}

function SayOutcome(props: OutcomesProps & { outcome: Outcome; before?: SelfAssessment | undefined }) {
  const { view, book, sought, experiences, outcome, before } = props;
  const { outcomes: words } = view.t.portfolio;
  const said = wordsOf(outcome, view.language);
  return (
    <li>
      <details open={!before}>
        <summary>
          <Visible text={said.name} t={view.t} />
        </summary>
        {said.plain && (
          <p class="soft">
            <Visible text={said.plain} t={view.t} />
          </p>
        )}
        <form class="talk" method="post" action={`${book.base}/outcomes`}>
          <input type="hidden" name="outcome" value={outcome.id} />
          <input type="hidden" name="q" value={sought} />
          <Choices
            name="scale"
            legend={words.scaleOf(said.name)}
            chosen={before?.scale ?? ''}
            choices={scales.map(scale => [scale, words.scales[scale]] as const)}
          />
          {experiences.length > 0 && (
            <fieldset class="field">
              <legend class="label">{words.shownBy}</legend>
              {experiences.slice(0, 30).map(({ id, title }) => (
                <label class="tick">
                  <input type="checkbox" name="experience" value={id} checked={before?.experiences.includes(id)} />{' '}
                  <Visible text={title} t={view.t} />
                </label>
              ))}
            </fieldset>
          )}
          <p class="actions">
            <button class="button" type="submit">
              {words.say}
            </button>
          </p>
        </form>
      </details>
    </li>
  );
}

function Said({ view, book, said, experiences }: Omit<OutcomesProps, 'said'> & { said: SelfAssessment }) {
  const { outcomes: words } = view.t.portfolio;
  const name = said.outcome ? wordsOf(said.outcome, view.language).name : words.gone;
  const shownBy = experiences.filter(({ id }) => said.experiences.includes(id));
  return (
    <li>
      <p>
        <strong>
          <Visible text={name} t={view.t} />
        </strong>
      </p>
      <p>
        <ScaleWord view={view} scale={said.scale} />
        {shownBy.length > 0 && ': '}
        {shownBy.map(({ id, title }, at) => (
          <>
            {at > 0 && ', '}
            <a href={`${book.base}/experiences/${id}`}>
              <Visible text={title} t={view.t} />
            </a>
          </>
        ))}
      </p>
      {book.base !== '/together' && (
        <form method="post" action={`${book.base}/outcomes/remove`}>
          <input type="hidden" name="outcome" value={said.outcomeId} />
          <button class="linklike" type="submit">
            {words.forget(name)}
          </button>
        </form>
      )}
    </li>
  );
}

const ScaleWord = ({ view, scale }: { view: View; scale: Scale }) => (
  <span class="standing">{view.t.portfolio.outcomes.scales[scale]}</span>
);
