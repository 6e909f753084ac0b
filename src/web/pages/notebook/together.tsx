import { CODE_MINUTES } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { clock } from './book.tsx';
import { Aloud, Back, type Book, Told } from './parts.tsx';

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
