import type { CheckCount, TrustListSummary } from '../../verifier/index.ts';
import { stamp } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Counts } from './operator-counts.tsx';
import { TableHead } from './table-head.tsx';

/** The way in for who holds the key of the service. */
export function OperatorKeyPage({ view, wrong }: { view: View; wrong?: boolean }) {
  const { operator } = view.t;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{operator.enter}</h1>
      <p class="lead">{operator.lead}</p>
      <form class="panel" method="post" action="/operator/session">
        <div class="field">
          <label for="key">{operator.key}</label>
          <input
            id="key"
            name="key"
            type="password"
            autocomplete="off"
            required
            autofocus={wrong}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={wrong ? 'key-error' : undefined}
          />
          {wrong && (
            <p class="error" id="key-error">
              {operator.wrong}
            </p>
          )}
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {operator.submit}
          </button>
        </p>
      </form>
    </section>
  );
}

export interface OperatorProps {
  view: View;
  counts: CheckCount[];
  lists: TrustListSummary[];
  /** What was just done, or why it was not. */
  told?: { done: 'done' | 'removed' } | { refused: string };
}

/** What the service was asked, in numbers, and whom it knows. */
export function OperatorPage({ view, counts, lists, told }: OperatorProps) {
  const { operator } = view.t;
  return (
    <>
      <h1>{operator.title}</h1>
      {told && 'done' in told && (
        <p class="notice done" role="status">
          {operator.lists[told.done]}
        </p>
      )}
      {told && 'refused' in told && (
        <div class="notice wrong" role="alert">
          <p>
            <strong>{operator.lists.refused}</strong> <span lang="en">{told.refused}</span>
          </p>
        </div>
      )}
      <Counts view={view} counts={counts} />
      <Lists view={view} lists={lists} />
      <ImportForm view={view} />
      <form class="apart" method="post" action="/operator/leave">
        <button class="button second" type="submit">
          {operator.leave}
        </button>
      </form>
    </>
  );
}

function Lists({ view, lists }: { view: View; lists: TrustListSummary[] }) {
  const { lists: t } = view.t.operator;
  return (
    <section aria-labelledby="lists">
      <h2 id="lists">{t.heading}</h2>
      <p>{t.lead}</p>
      {lists.length === 0 ? (
        <p class="empty apart">{t.none}</p>
      ) : (
        <table class="stack">
          <TableHead columns={[t.name, t.owner, t.entries, t.imported]} doing={t.remove} />
          <tbody>
            {lists.map(list => (
              <tr>
                <th scope="row">
                  <Visible text={list.name} t={view.t} /> <code class="code-name">{list.id}</code>
                </th>
                <td data-label={t.owner}>
                  <Visible text={list.owner} t={view.t} />
                </td>
                <td data-label={t.entries}>{list.entries}</td>
                <td data-label={t.imported}>{stamp(list.importedAt, view.language)}</td>
                <td>
                  <form method="post" action={`/operator/trust-lists/${list.id}/removal`}>
                    <button class="quiet" type="submit" aria-label={t.removeOf(list.name)}>
                      {t.remove}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ImportForm({ view }: { view: View }) {
  const { lists: t } = view.t.operator;
  return (
    <section aria-labelledby="import">
      <h2 id="import">{t.importHeading}</h2>
      <p>{t.importLead}</p>
      <form class="panel" method="post" action="/operator/trust-lists" enctype="multipart/form-data">
        <div class="field">
          <label for="id">{t.id}</label>
          <span class="hint" id="id-hint">
            {t.idHint}
          </span>
          <input id="id" name="id" type="text" required maxlength={60} aria-describedby="id-hint" autocomplete="off" />
        </div>
        <div class="field">
          <label for="name">{t.name}</label>
          <input id="name" name="name" type="text" maxlength={300} autocomplete="off" />
        </div>
        <div class="field">
          <label for="owner">{t.owner}</label>
          <input id="owner" name="owner" type="text" maxlength={300} autocomplete="off" />
        </div>
        <div class="field">
          <label for="content">{t.content}</label>
          <span class="hint" id="content-hint">
            {t.contentHint}
          </span>
          <textarea id="content" name="content" rows={5} spellcheck={false} aria-describedby="content-hint" />
        </div>
        <div class="field">
          <label for="file">{t.file}</label>
          <input id="file" name="file" type="file" accept=".json,.csv,application/json,text/csv" />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {t.submit}
          </button>
        </p>
      </form>
    </section>
  );
}
