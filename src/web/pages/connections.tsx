import type { Connection, Scope } from '../../wallets/index.ts';
import { moment } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

/** What a service may, in words: they stand under the last part of the name of its scope. */
export const scopeWord = <T extends object>(words: T, scope: Scope) => words[scope.split('/').at(-1) as keyof T];

interface ConnectionsProps {
  view: View;
  connections: Connection[];
  done: string | undefined;
}

/** What a person let in, and the button that ends it. */
export function ConnectionsPage({ view, connections, done }: ConnectionsProps) {
  const words = view.t.people.connections;
  return (
    <>
      {done === 'ended' && (
        <p class="notice done" role="status">
          {words.ended}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        {connections.length > 0 ? (
          <>
            <p class="lead">{words.lead}</p>
            <ul class="ties">
              {connections.map(connection => (
                <Service view={view} connection={connection} />
              ))}
            </ul>
            <p class="note apart">{words.endLead}</p>
          </>
        ) : (
          <div class="empty apart">
            <p>
              <strong>{words.none}</strong>
            </p>
            <p>{words.noneLead}</p>
          </div>
        )}
      </section>
      <p class="apart">
        <a href="/account">{view.t.people.account.title}</a>
      </p>
    </>
  );
}

function Service({ view, connection }: { view: View; connection: Connection }) {
  const { t, language } = view;
  const words = t.people.connections;
  const { id, name, host, scopes, since, usedAt, until } = connection;
  const facts = [
    [words.may, scopes.map(scope => scopeWord(words.scopes, scope)).join(', ')],
    [words.since, moment(since, language)],
    [words.used, usedAt ? moment(usedAt, language) : words.neverUsed],
    ...(until && scopes.includes('offline_access')
      ? [[words.until, words.untilNote(moment(until, language))]]
      : until
        ? [[words.until, moment(until, language)]]
        : []),
  ] as [string, string][];
  return (
    <li class="tie">
      <h2>
        {host}{' '}
        <small>
          <Visible text={name} t={t} />
        </small>
      </h2>
      {!until && <p class="note">{words.lapsed}</p>}
      <dl class="facts">
        {facts.map(([what, value]) => (
          <div>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <form class="actions" method="post" action={`/account/connections/${id}/end`}>
        <button class="button quiet" type="submit">
          {words.end}
          <span class="visually-hidden">: {host}</span>
        </button>
      </form>
    </li>
  );
}
