import { type Asked, type Reference, referenceQuestions } from '../../portfolio/index.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Story, Told } from './notebook/parts.tsx';
import { SignedBy } from './notebook/references.tsx';

export interface GivenProps {
  view: View;
  token: string;
  asked: Asked;
  answer: Reference;
  alert?: string | undefined;
  /** What was sent for a signature of one's own, and could not be taken. */
  sent?: { did: string; document: string } | undefined;
}

/** After an answer: what was said, the two further steps, and the way back. */
export function GivenPage(props: GivenProps) {
  const { view, token, asked, answer, alert } = props;
  const { give: words, questions, standings } = view.t.references;
  // Once a login stands behind it, the link alone takes nothing back.
  const mine = answer.standing === 'named' || asked.answeredBy === view.signedIn?.person;
  return (
    <>
      {alert && (
        <p class="notice warn" role="alert">
          {alert}
        </p>
      )}
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
        <SignedBy view={view} reference={answer} />
      </section>
      <Stronger {...props} />
      <details>
        <summary>{words.withdraw}</summary>
        <p>{mine ? words.withdrawLead : words.withdrawLogin}</p>
        {mine && (
          <form class="actions" method="post" action={`/r/${token}/decline`}>
            <button class="button danger" type="submit">
              {words.withdraw}
            </button>
          </form>
        )}
      </details>
      <p class="note">{words.until(day(asked.expiresAt, view.language))}</p>
    </>
  );
}

/** Named, then logged in, then signed: each is enough. */
function Stronger({ view, token, asked, answer, sent }: GivenProps) {
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
  const other = answer.standing !== 'named' && asked.answeredBy !== view.signedIn?.person;
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
      {view.signedIn && !other && view.signedIn.person !== asked.owner && (
        <OwnKey view={view} token={token} sent={sent} />
      )}
    </section>
  );
}

/** A signature by a key of one's own: what is to be signed, and the way back for it. */
function OwnKey({ view, token, sent }: Pick<GivenProps, 'view' | 'token' | 'sent'>) {
  const { ownKey: words } = view.t.references.give;
  return (
    <details class="apart" open={sent !== undefined}>
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      <form class="talk" method="get" action={`/r/${token}/own-key`}>
        <div class="field">
          <label for="did">{words.did}</label>
          <span class="hint" id="did-hint">
            {words.didHint}
          </span>
          <input
            id="did"
            name="did"
            type="text"
            maxlength={2000}
            required
            value={sent?.did}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby="did-hint"
          />
        </div>
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.download}
          </button>
        </p>
      </form>
      <form class="talk" method="post" action={`/r/${token}/own-key`} enctype="multipart/form-data">
        <div class="field">
          <label for="signed-file">{words.file}</label>
          <input id="signed-file" name="file" type="file" accept=".json,.jwt,.txt,application/json" />
        </div>
        <div class="field">
          <label for="document">{words.paste}</label>
          <span class="hint" id="document-hint">
            {words.pasteHint}
          </span>
          <textarea id="document" name="document" rows={3} spellcheck={false} aria-describedby="document-hint">
            {sent?.document}
          </textarea>
        </div>
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.submit}
          </button>
        </p>
      </form>
    </details>
  );
}

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
