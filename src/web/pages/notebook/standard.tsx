import type { Portfolio } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Aloud, Back, type Book, Choices } from './parts.tsx';

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
