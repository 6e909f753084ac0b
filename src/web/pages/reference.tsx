import { type Asked, referenceQuestions, WORDS } from '../../portfolio/index.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Aloud, Recorder, SendFiles, Story } from './notebook/parts.tsx';

export interface GiveProps {
  view: View;
  token: string;
  asked: Asked;
  /** What was typed, where it could not be taken. */
  form?: { get(name: string): string };
  alert?: string | undefined;
}

/** A question to someone who may have no account: who asks, about what, and one field to say it in. */
export function GivePage({ view, token, asked, form = { get: () => '' }, alert }: GiveProps) {
  const { give: words, questions } = view.t.references;
  const own = view.signedIn?.person === asked.owner;
  return (
    <>
      {(alert || own) && (
        <p class="notice warn" role="alert">
          {alert ?? words.own}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">
          <Visible text={words.title(asked.as)} t={view.t} />
        </h1>
        <p class="lead">
          <Visible text={asked.experience ? words.about(asked.experience.title) : words.aboutAll} t={view.t} />
        </p>
        {asked.message && (
          <blockquote class="apart">
            <Story view={view} text={asked.message} />
          </blockquote>
        )}
        <p>{words.lead}</p>
        <Aloud view={view} />
        <form
          class="talk"
          method="post"
          action={`/r/${token}`}
          enctype="multipart/form-data"
          data-busy={view.t.portfolio.tell.busy}
        >
          <div class="field">
            <label for="words" class="ask">
              {asked.experience ? words.wordsEntry : words.words(asked.as)}
            </label>
            <textarea id="words" name="words" rows={5} maxlength={WORDS}>
              {form.get('words')}
            </textarea>
          </div>
          <div class="ways-to-tell">
            <Recorder view={view} label={words.speak} name="referentie" />
          </div>
          {!asked.experience && (
            <details class="apart" open={referenceQuestions.some(key => form.get(key))}>
              <summary>{words.more}</summary>
              <p class="soft">{words.moreHint}</p>
              {referenceQuestions.map(key => (
                <div class="field">
                  <label for={key}>{questions[key]}</label>
                  <textarea id={key} name={key} rows={2} maxlength={2000}>
                    {form.get(key)}
                  </textarea>
                </div>
              ))}
            </details>
          )}
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
              autocomplete="name"
              value={form.get('name') || asked.name}
              aria-describedby="name-hint"
            />
          </div>
          <p class="note">{words.who(asked.as)}</p>
          <SendFiles>{words.submit}</SendFiles>
        </form>
      </section>
      <details>
        <summary>{words.no}</summary>
        <p>{words.noLead}</p>
        <form class="actions" method="post" action={`/r/${token}/decline`}>
          <button class="button quiet" type="submit">
            {words.no}
          </button>
        </form>
      </details>
    </>
  );
}

export const DeclinedPage = ({ view }: { view: View }) => (
  <section aria-labelledby="title">
    <h1 id="title">{view.t.references.give.declinedTitle}</h1>
    <p class="lead">{view.t.references.give.declined}</p>
  </section>
);
