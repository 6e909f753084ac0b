import type { Outcome } from '../../../catalogue/index.ts';
import { wordsOf } from '../../../catalogue/index.ts';
import {
  CODE_MINUTES,
  type Experience,
  type Portfolio,
  type Scale,
  scales,
  type SelfAssessment,
} from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { clock } from './book.tsx';
import { Aloud, type Book, Choices, Told } from './parts.tsx';

const Back = ({ view, book }: { view: View; book: Book }) => (
  <p class="actions">
    <a href={book.home}>{view.t.portfolio.entry.back}</a>
  </p>
);

/** *Mijn eigen standaard*: three questions, and how much help someone wants. */
export function StandardPage({ view, book, portfolio }: { view: View; book: Book; portfolio: Portfolio | undefined }) {
  const { standard: words } = view.t.portfolio;
  const kept = portfolio?.standard ?? {};
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Aloud view={view} />
      <form class="talk" method="post" action={`${book.base}/standard`}>
        {(['important', 'wants', 'made'] as const).map(part => (
          <div class="field">
            <label for={part}>{words[part]}</label>
            <textarea id={part} name={part} rows={3} maxlength={5000}>
              {kept[part] ?? ''}
            </textarea>
          </div>
        ))}
        <Choices
          name="help"
          legend={words.help}
          chosen={portfolio?.help ?? 'some'}
          choices={(['self', 'some', 'together'] as const).map(value => [value, words.helps[value]] as const)}
        />
        <p class="actions">
          <button class="button big" type="submit">
            {words.save}
          </button>
        </p>
      </form>
      <Back view={view} book={book} />
    </section>
  );
}

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

interface HelpersProps {
  view: View;
  book: Book;
  helpers: { id: string; kind: string; name: string; until: string }[];
  /** Only right after it was made. */
  code?: string | undefined;
  done: string | undefined;
}

/** *Samen invullen*, from the side of the owner: let in, see who looks along, stop it. */
export function HelpersPage({ view, book, helpers, code, done }: HelpersProps) {
  const { helpers: words } = view.t.portfolio;
  return (
    <>
      {done === 'ended' && <Told words={words.ended} />}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        {code && (
          <div class="notice apart">
            <p>{words.code}</p>
            <p class="code-to-tell">{`${code.slice(0, 4)} ${code.slice(4)}`}</p>
            <p>{words.codeLead(CODE_MINUTES)}</p>
            <p>{words.where(`${view.origin.replace(/^https?:\/\//, '')}/together`)}</p>
          </div>
        )}
        <form class="actions" method="post" action={`${book.base}/helpers`}>
          <button class="button big" type="submit">
            {words.make}
          </button>
        </form>
      </section>
      <section aria-labelledby="now">
        <h2 id="now">{words.now}</h2>
        {!helpers.length && <p>{words.none}</p>}
        <ul class="shown">
          {helpers.map(({ id, kind, name, until }) => {
            const who = kind === 'code' ? words.waits : name || words.nameless;
            return (
              <li>
                <Visible text={who} t={view.t} /> <span class="note">{words.until(clock(view, until))}</span>
                <form method="post" action={`${book.base}/helpers/${id}/end`}>
                  <button class="button quiet" type="submit">
                    {words.end(who)}
                  </button>
                </form>
              </li>
            );
          })}
        </ul>
      </section>
      <Back view={view} book={book} />
    </>
  );
}

/** From the side of the helper: a code, and a name that the other sees. */
export function JoinPage({
  view,
  wrong,
  ended,
  name,
}: {
  view: View;
  wrong?: boolean;
  ended?: boolean;
  name?: string;
}) {
  const { together: words } = view.t.portfolio;
  return (
    <>
      {ended && <Told words={words.ended} />}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        <form class="talk" method="post" action="/together">
          <div class="field">
            <label for="code">{words.code}</label>
            <span class="hint" id="code-hint">
              {words.codeHint}
            </span>
            <input
              id="code"
              name="code"
              type="text"
              maxlength={12}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              aria-invalid={wrong ? 'true' : undefined}
              aria-describedby={wrong ? 'code-error code-hint' : 'code-hint'}
            />
            {wrong && (
              <p class="error" id="code-error" role="alert">
                {words.wrong}
              </p>
            )}
          </div>
          <div class="field">
            <label for="name">{words.name}</label>
            <span class="hint" id="name-hint">
              {words.nameHint}
            </span>
            <input
              id="name"
              name="name"
              type="text"
              maxlength={80}
              value={name}
              autocomplete="given-name"
              aria-describedby="name-hint"
            />
          </div>
          <p class="actions">
            <button class="button big" type="submit">
              {words.submit}
            </button>
          </p>
        </form>
      </section>
    </>
  );
}
