import { type Asked, type Reference, referenceQuestions, WORDS } from '../../portfolio/index.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Aloud, SendFiles, Story, Told } from './notebook/parts.tsx';

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
          <Recorder view={view} />
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

function Recorder({ view }: { view: View }) {
  const { tell } = view.t.portfolio;
  return (
    <div class="ways-to-tell">
      <div class="field way">
        <label for="voice">{view.t.references.give.speak}</label>
        <div
          class="recorder"
          data-record="voice"
          data-name="referentie"
          data-recording={tell.recording}
          data-recorded={tell.recorded}
          data-again={tell.again}
          data-none={tell.microphone}
          data-full={tell.tooLong}
          hidden
        >
          <button class="button quiet big" type="button" data-start>
            {tell.record}
          </button>
          <button class="button big danger" type="button" data-stop hidden>
            {tell.stop}
          </button>
          <p role="status"></p>
          <audio controls hidden></audio>
        </div>
        <input id="voice" name="voice" type="file" accept="audio/*" capture="user" />
      </div>
    </div>
  );
}

/** After an answer: what was said, the two further steps, and the way back. */
export function GivenPage({ view, token, asked, answer }: GiveProps & { answer: Reference }) {
  const { give: words, questions, standings } = view.t.references;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{words.thanks}</h1>
        <p class="lead">
          <Visible text={words.given(asked.as)} t={view.t} />
        </p>
        <h2 class="apart">{words.yours}</h2>
        <Story view={view} text={answer.words} />
        {referenceQuestions
          .filter(key => answer.answers[key])
          .map(key => (
            <>
              <p>
                <strong>{questions[key]}</strong>
              </p>
              <Story view={view} text={answer.answers[key]!} />
            </>
          ))}
        {answer.fileId && (
          <audio class="player" controls preload="none" src={`/r/${token}/voice`} aria-label={words.listen}></audio>
        )}
        <p>
          <Visible text={answer.name} t={view.t} />
        </p>
        <span class="standing backed">{standings[answer.standing]}</span>
      </section>
      <Stronger view={view} token={token} asked={asked} answer={answer} />
      <details>
        <summary>{words.withdraw}</summary>
        <p>{words.withdrawLead}</p>
        <form class="actions" method="post" action={`/r/${token}/decline`}>
          <button class="button danger" type="submit">
            {words.withdraw}
          </button>
        </form>
      </details>
      <p class="note">{words.until(day(asked.expiresAt, view.language))}</p>
    </>
  );
}

/** Named, then logged in, then signed: each is enough. */
function Stronger({ view, token, asked, answer }: GiveProps & { answer: Reference }) {
  const { give: words } = view.t.references;
  if (answer.standing === 'signed') return null;
  const step = (path: string, label: string, lead: string) => (
    <>
      <p>{lead}</p>
      <form class="actions" method="post" action={`/r/${token}/${path}`}>
        <button class="button big" type="submit">
          {label}
        </button>
      </form>
    </>
  );
  const other = asked.answeredBy && asked.answeredBy !== view.signedIn?.person;
  return (
    <section class="question" aria-labelledby="stronger">
      <h2 id="stronger">{words.stronger}</h2>
      <p>{words.strongerLead}</p>
      {!view.signedIn && (
        <p class="actions">
          <a class="button" href={`/login?return=${encodeURIComponent(`/r/${token}`)}`}>
            {words.login}
          </a>
        </p>
      )}
      {view.signedIn && other && <p>{words.otherLogin}</p>}
      {view.signedIn &&
        !other &&
        (answer.standing === 'named'
          ? step('confirm', words.confirm, words.confirmLead)
          : step('sign', words.sign, words.signLead))}
    </section>
  );
}

export const DeclinedPage = ({ view }: { view: View }) => (
  <section aria-labelledby="title">
    <h1 id="title">{view.t.references.give.declinedTitle}</h1>
    <p class="lead">{view.t.references.give.declined}</p>
  </section>
);

/** What someone said of others with their login behind it. */
export function GivenByMePage({ view, given, done }: { view: View; given: Reference[]; done: boolean }) {
  const { account: words, standings } = view.t.references;
  return (
    <>
      {done && <Told words={words.done} />}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{given.length ? words.lead : words.none}</p>
        <ul class="shown apart">
          {given.map(r => (
            <li>
              <Story view={view} text={r.words} />
              <span class="standing backed">{standings[r.standing]}</span>
              <p class="note">{day(r.createdAt, view.language)}</p>
              <form class="actions" method="post" action={`/account/references/${r.id}/withdraw`}>
                <button class="button quiet" type="submit">
                  {words.withdraw}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      <p class="actions">
        <a href="/account">{view.t.people.account.title}</a>
      </p>
    </>
  );
}
