import { type Batch, type BatchRow, type Code, codes } from '../../verifier/index.ts';
import { day, moment } from '../format.ts';
import { Seal, type Shown, Sign } from '../signs.tsx';
import type { View } from '../view.ts';
import { parts, Visible } from '../visible.tsx';

/** What was wrong with what was given, and whose words say so. */
export interface ManyRefused {
  kind: string;
  file?: string;
  count?: number;
}

/** Many badges: links pasted, files, or a list out of a spreadsheet. */
export function ManyPage({ view, refused, text = '' }: { view: View; refused?: ManyRefused; text?: string }) {
  const { many, form } = view.t;
  const refusals: Record<string, string> = many.refusals;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{many.title}</h1>
      <p class="lead">{many.lead}</p>
      <form class="panel" method="post" action="/verify/many" enctype="multipart/form-data">
        {refused && (
          <div class="notice wrong apart" role="alert" id="refused">
            <p>
              <strong>{refusals[refused.kind] ?? refusals['sheet-unreadable']}</strong>
            </p>
            {refused.count !== undefined && <p>{many.counted(refused.count)}</p>}
            {refused.file && <p>{parts(many.inFile(refused.file), view.t)}</p>}
          </div>
        )}
        <div class="field">
          <label for="links">{many.links}</label>
          <span class="hint" id="links-hint">
            {many.linksHint}
          </span>
          <textarea
            id="links"
            name="links"
            rows={8}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            autofocus={refused !== undefined}
            aria-describedby={refused ? 'refused links-hint' : 'links-hint'}
            aria-invalid={refused ? 'true' : undefined}
          >
            {text}
          </textarea>
        </div>
        <p class="or">{form.or}</p>
        <div class="field">
          <label for="files">{many.files}</label>
          <span class="hint" id="files-hint">
            {many.filesHint}
          </span>
          <input id="files" name="files" type="file" multiple aria-describedby="files-hint" />
        </div>
        <div class="field">
          <label for="at">{many.at}</label>
          <input id="at" name="at" type="date" autocomplete="off" />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {many.submit}
          </button>
          <a href="/verify">{many.oneInstead}</a>
        </p>
        <p class="note">{many.keep}</p>
      </form>
    </section>
  );
}

/** How far it is. Whoever reads by ear can stop the page from refreshing (WCAG 2.2.2). */
export function ProgressPage({ view, batch, still }: { view: View; batch: Batch; still: boolean }) {
  const { progress } = view.t.many;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{progress.title(batch.total)}</h1>
      <p class="lead" id="so-far" role="status">
        {progress.done(batch.done, batch.total)}
      </p>
      <progress class="progress" max={batch.total} value={batch.done} aria-labelledby="so-far" />
      <p class="apart">{still ? progress.still : progress.lead}</p>
      <p class="actions">
        <a class="button" href={still ? '?still=1' : '?'}>
          {progress.refresh}
        </a>
        <a href={still ? '?' : '?still=1'}>{still ? progress.go : progress.stop}</a>
      </p>
    </section>
  );
}

type Group = 'invalid' | 'unread' | 'indeterminate' | 'valid';
/** What is odd comes first. */
const groups: readonly Group[] = ['invalid', 'unread', 'indeterminate', 'valid'];
const groupOf = (row: Pick<BatchRow, 'verdict'>): Group => row.verdict ?? 'unread';
const outcomes = { invalid: 'failed', unread: 'unknown', indeterminate: 'unknown', valid: 'ok' } as const;

/** Why a row is what it is, in a sentence. */
export function causeOf(view: Pick<View, 't' | 'language'>, row: Pick<BatchRow, 'verdict' | 'code' | 'kind'>): string {
  const unread: Record<string, { what: string; todo: string }> = view.t.unread.codes;
  if (row.verdict === null) return (unread[row.kind ?? row.code] ?? unread.other)!.what;
  return codes[row.code as Code]?.[view.language] ?? row.code;
}

/** What came of a batch: how many are in order, what is odd first, and the report. */
export function ManyAnswerPage({ view, batch, base }: { view: View; batch: Batch; base: string }) {
  const { many } = view.t;
  const valid = batch.rows.filter(row => row.verdict === 'valid').length;
  const odd: Shown = batch.rows.some(row => groupOf(row) === 'invalid') ? 'invalid' : 'indeterminate';
  const last = batch.rows.reduce((latest, { checkedAt }) => (checkedAt > latest ? checkedAt : latest), '');
  return (
    <>
      <section class={`answer ${valid === batch.total ? 'valid' : odd}`} aria-labelledby="verdict">
        <Seal shown={valid === batch.total ? 'valid' : odd} />
        <div>
          <h1 class="verdict" id="verdict">
            {many.headline(valid, batch.total)}
          </h1>
          <p class="soft">
            {many.checked(moment(last, view.language))} {batch.asOf && many.asOf(day(batch.asOf, view.language))}
          </p>
        </div>
      </section>
      <Downloads view={view} base={base} />
      {groups.map(group => (
        <Rows view={view} base={base} group={group} rows={batch.rows.filter(row => groupOf(row) === group)} />
      ))}
      <p class="actions">
        <a class="button second" href="/verify/many">
          {many.again}
        </a>
      </p>
      <p class="note">{many.until(moment(batch.expiresAt, view.language))}</p>
    </>
  );
}

function Downloads({ view, base }: { view: View; base: string }) {
  const { report } = view.t.many;
  return (
    <section class="no-print" aria-labelledby="report">
      <h2 id="report">{report.heading}</h2>
      <p>{report.lead}</p>
      <p class="actions">
        <a class="button" href={`${base}/report.pdf`} download="report.pdf">
          {report.pdf}
        </a>
        <a href={`${base}/report.json`} download="report.json">
          {report.json}
        </a>
        <a href={`${base}/report.csv`} download="report.csv">
          {report.csv}
        </a>
      </p>
    </section>
  );
}

function Rows({ view, base, group, rows }: { view: View; base: string; group: Group; rows: BatchRow[] }) {
  const { many } = view.t;
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={group}>
      <h2 id={group}>{many.groups[group](rows.length)}</h2>
      <table class="stack rows">
        <thead>
          <tr>
            <th scope="col">{many.row}</th>
            <th scope="col">{many.name}</th>
            <th scope="col">{many.badge}</th>
            <th scope="col">{many.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr id={`row-${row.row}`}>
              <td class="number" data-label={many.row}>
                {row.row}
              </td>
              <th scope="row">
                <Visible text={row.name} t={view.t} />
              </th>
              <td>
                <What view={view} row={row} />
              </td>
              <td class="outcome">
                <Sign outcome={outcomes[group]} /> <strong class="word">{many.words[group]}</strong>
                {group !== 'valid' && <span class="why">{causeOf(view, row)}</span>}
                {row.duplicateOf !== undefined && <span class="note">{many.duplicate(row.duplicateOf)}</span>}
                {row.verdict !== null && (
                  <a href={`${base}/${row.row}`} aria-label={many.wholeOf(row.row)}>
                    {many.whole}
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What the badge calls itself, and the domain that signed it before any name (threat W9). */
function What({ view, row }: { view: View; row: BatchRow }) {
  if (row.verdict === null) return null;
  const by = row.issuerDomain ?? row.issuer;
  return (
    <>
      {row.title ? <Visible text={row.title} t={view.t} /> : view.t.many.untitled}
      {by && (
        <span class="note">
          <Visible text={by} t={view.t} />
        </span>
      )}
    </>
  );
}
