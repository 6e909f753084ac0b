import type { Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import type { View } from '../view.ts';
import { FreshProof } from './fresh-proof.tsx';

interface EraseProps {
  view: View;
  identities: readonly Identity[];
  providers: readonly ProviderConfig[];
  fresh: boolean;
  /** Another word was typed. */
  wrong: boolean;
}

/** Says what goes, what stays and what to take first; then asks for a fresh proof and a word. */
export function ErasePage({ view, identities, providers, fresh, wrong }: EraseProps) {
  const { data } = view.t.people;
  const { erase } = data;
  const points = (id: string, heading: string, list: string[]) => (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ul class="steps">
        {list.map(point => (
          <li>{point}</li>
        ))}
      </ul>
    </section>
  );
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{erase.title}</h1>
        <p class="lead">{erase.lead}</p>
      </section>
      <section aria-labelledby="first">
        <h2 id="first">{erase.first}</h2>
        <p>{erase.download}</p>
        <p class="actions">
          <a class={fresh ? 'button quiet' : 'button'} href="/account/data.zip" download>
            {data.zip}
          </a>
        </p>
      </section>
      {points('goes', erase.goes, erase.goesPoints)}
      {points('stays', erase.stays, erase.staysPoints)}
      {!fresh && <FreshProof view={view} identities={identities} providers={providers} then="/account/erase" />}
      {fresh && (
        <form method="post" action="/account/erase">
          <div class="field">
            <label for="word">{erase.word}</label>
            <input
              id="word"
              type="text"
              name="word"
              required
              autocomplete="off"
              autocapitalize="none"
              aria-invalid={wrong ? 'true' : undefined}
              aria-describedby={wrong ? 'word-wrong' : undefined}
            />
            {wrong && (
              <p class="error" id="word-wrong" role="alert">
                {view.t.form.errorPrefix} {erase.wrong}
              </p>
            )}
          </div>
          <p class="actions">
            <button class="button danger" type="submit">
              {erase.button}
            </button>
          </p>
        </form>
      )}
      <p class="actions">
        <a href="/account/data">{erase.back}</a>
      </p>
    </>
  );
}

/** To nobody in particular any more. */
export function ErasedPage({ view }: { view: View }) {
  const { erase } = view.t.people.data;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{erase.doneTitle}</h1>
      <p class="lead">{erase.done}</p>
      <p class="apart">{erase.doneCopy}</p>
      <p class="actions">
        <a class="button" href="/verify">
          {erase.check}
        </a>
      </p>
    </section>
  );
}
