import { canDoWithout, type Identity, isWayIn, type listSessions } from '../../people/index.ts';
import type { Deps, SignedIn } from '../../platform/context.ts';
import { languages } from '../../platform/language.ts';
import { moment } from '../format.ts';
import type { View } from '../view.ts';
import { Tie } from './tie.tsx';

interface AccountProps {
  view: View;
  deps: Deps;
  session: SignedIn;
  identities: Identity[];
  sessions: Awaited<ReturnType<typeof listSessions>>;
  /** What was just done. */
  done?: string | undefined;
}

/** All that an account is: ties, sessions, language, data. */
export function AccountPage(props: AccountProps) {
  const { view, deps, identities, done } = props;
  const { account, connections } = view.t.people;
  const told = Object.hasOwn(account.done, done ?? '') ? account.done[done as keyof typeof account.done] : undefined;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{account.title}</h1>
        {told && (
          <p class="notice done" role="status">
            {told}
          </p>
        )}
        <p class="lead">{account.lead}</p>
      </section>
      <section aria-labelledby="ties">
        <h2 id="ties">{account.ties.heading}</h2>
        <p>{account.ties.lead}</p>
        <ul class="ties">
          {identities.map(identity => (
            <Tie
              view={view}
              identity={identity}
              providers={deps.config.providers}
              cut={isWayIn(deps, identity) && !canDoWithout(deps, identities, [identity.id]) ? 'last-way' : 'offered'}
            />
          ))}
        </ul>
        <p class="actions">
          <a class="button" href="/account/add">
            {account.ties.add}
          </a>
        </p>
      </section>
      <Sessions {...props} />
      <section aria-labelledby="connections">
        <h2 id="connections">{connections.title}</h2>
        <p>{connections.linkLead}</p>
        <p class="actions">
          <a href="/account/connections">{connections.link}</a>
        </p>
      </section>
      <section aria-labelledby="references">
        <h2 id="references">{view.t.references.account.title}</h2>
        <p>{view.t.references.account.lead}</p>
        <p class="actions">
          <a href="/account/references">{view.t.references.account.title}</a>
        </p>
      </section>
      <section aria-labelledby="endorsements">
        <h2 id="endorsements">{view.t.endorse.account.title}</h2>
        <p>{view.t.endorse.account.lead}</p>
        <p class="actions">
          <a href="/account/endorsements">{view.t.endorse.account.title}</a>
        </p>
      </section>
      <section aria-labelledby="language">
        <h2 id="language">{account.language.heading}</h2>
        <p>{account.language.lead}</p>
        <form method="post" action="/account/language">
          <div class="field">
            <label for="choice">{account.language.label}</label>
            <select id="choice" name="language">
              {languages.map(language => (
                <option value={language} selected={language === props.session.language} lang={language}>
                  {account.language.names[language]}
                </option>
              ))}
            </select>
          </div>
          <p class="actions">
            <button class="button quiet" type="submit">
              {account.language.button}
            </button>
          </p>
        </form>
      </section>
      <section aria-labelledby="data">
        <h2 id="data">{account.data.heading}</h2>
        <p>{account.data.lead}</p>
        <p class="actions">
          <a href="/account/data">{account.data.link}</a>
        </p>
      </section>
    </>
  );
}

function Sessions({ view, session, sessions }: AccountProps) {
  const words = view.t.people.account.sessions;
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{words.heading}</h2>
      <p>{words.lead}</p>
      {sessions.map(({ id, device, createdAt }) => {
        const name = device === '?' ? words.unknown : device;
        const when = moment(createdAt, view.language);
        const mine = id === session.id;
        return (
          <div class="row">
            <div>
              <strong>{name}</strong>
              {mine && ` (${words.this})`}
              <span class="note">{words.since(when)}</span>
            </div>
            <form method="post" action={mine ? '/logout' : '/account/sessions/end'}>
              {!mine && <input type="hidden" name="session" value={id} />}
              <button class="button quiet" type="submit" aria-label={mine ? words.out : words.endWhat(name, when)}>
                {mine ? words.out : words.end}
              </button>
            </form>
          </div>
        );
      })}
      {sessions.length > 1 && (
        <form class="actions" method="post" action="/account/sessions/end-others">
          <button class="button quiet" type="submit">
            {words.others}
          </button>
        </form>
      )}
      <p class="note apart">{words.absolute}</p>
    </section>
  );
}
