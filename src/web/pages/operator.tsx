import { DAY_MS } from '../../platform/clock.ts';
import { type CheckCount, type Code, codes, type TrustListSummary } from '../../verifier/index.ts';
import { day, stamp } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

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

const verdicts = ['valid', 'indeterminate', 'invalid'] as const;

function Counts({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  const total = sum(counts);
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">{t.heading}</h2>
      <p>{t.lead}</p>
      {total === 0 ? (
        <p class="empty apart">{t.none}</p>
      ) : (
        <>
          <Bars view={view} counts={counts} total={total} />
          <ul class="key">
            {verdicts.map(verdict => (
              <li>
                <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                  <rect class={`b-${verdict}`} width="10" height="10" />
                </svg>{' '}
                {t.verdicts[verdict]}
              </li>
            ))}
          </ul>
          <p class="apart">{t.total(total)}</p>
          <details open>
            <summary>{t.byCause}</summary>
            <ByCause view={view} counts={counts} />
          </details>
          <details>
            <summary>{t.byDay}</summary>
            <ByDay view={view} counts={counts} />
          </details>
        </>
      )}
    </section>
  );
}

const DAYS = 30;
const [WIDTH, HEIGHT, FOOT] = [720, 180, 18];

/** A bar for each day, by verdict; the same numbers stand in the tables below it. */
function Bars({ view, counts, total }: { view: View; counts: CheckCount[]; total: number }) {
  const days = Array.from({ length: DAYS }, (_, i) =>
    new Date(view.now.getTime() - (DAYS - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
  const of = (day: string, verdict: string) =>
    sum(counts.filter(count => count.day === day && count.verdict === verdict));
  const most = Math.max(1, ...days.map(day => sum(counts.filter(count => count.day === day))));
  const step = WIDTH / DAYS;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
      role="img"
      aria-label={view.t.operator.counts.drawing(total)}
    >
      <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} />
      <text x="0" y="11">
        {most}
      </text>
      {days.map((day, i) => {
        let y = HEIGHT;
        return verdicts.map(verdict => {
          const height = (of(day, verdict) / most) * (HEIGHT - 16);
          y -= height;
          return height > 0 ? (
            <rect class={`b-${verdict}`} x={i * step + 2} y={y} width={step - 4} height={height} />
          ) : null;
        });
      })}
      {[0, DAYS - 1].map(i => (
        <text x={i === 0 ? 0 : WIDTH} y={HEIGHT + 14} text-anchor={i === 0 ? 'start' : 'end'}>
          {day(days[i]!, view.language)}
        </text>
      ))}
    </svg>
  );
}

function ByCause({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  const causes = [...new Set(counts.map(({ verdict, code }) => `${verdict} ${code}`))]
    .map(key => ({ key, count: sum(counts.filter(({ verdict, code }) => `${verdict} ${code}` === key)) }))
    .sort((a, b) => b.count - a.count);
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{t.cause}</th>
          <th scope="col">{t.verdict}</th>
          <th scope="col">{t.count}</th>
        </tr>
      </thead>
      <tbody>
        {causes.map(({ key, count }) => {
          const [verdict = '', code = ''] = key.split(' ');
          return (
            <tr>
              <th scope="row">
                {codes[code as Code]?.[view.language] ?? code} <code class="code-name">{code}</code>
              </th>
              <td data-label={t.verdict}>{t.verdicts[verdict] ?? verdict}</td>
              <td data-label={t.count}>{count}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ByDay({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.day}</th>
          {verdicts.map(verdict => (
            <th scope="col">{t.verdicts[verdict]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...new Set(counts.map(count => count.day))].reverse().map(one => (
          <tr>
            <th scope="row">{day(one, view.language)}</th>
            {verdicts.map(verdict => (
              <td>{sum(counts.filter(count => count.day === one && count.verdict === verdict))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const sum = (counts: CheckCount[]): number => counts.reduce((total, { count }) => total + count, 0);

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
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.owner}</th>
              <th scope="col">{t.entries}</th>
              <th scope="col">{t.imported}</th>
              <th scope="col">
                <span class="visually-hidden">{t.remove}</span>
              </th>
            </tr>
          </thead>
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
