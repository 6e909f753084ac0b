import type { CheckedReport } from '../../verifier/index.ts';
import { day, moment } from '../format.ts';
import { Seal, Sign } from '../signs.tsx';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { causeOf } from './many.tsx';

interface ReportAnswerProps {
  view: View;
  checked: CheckedReport;
  /** Whether the pages around the signed part are not those that we make of it. */
  otherPages: boolean;
}

/** What is said of a report that was handed in. */
export function reportWords(view: View, { checked, otherPages }: Omit<ReportAnswerProps, 'view'>) {
  const key = checked.code === 'report-ours' && otherPages ? 'report-pages' : checked.code;
  return { ...view.t.many.checkedReport[key], verdict: key === 'report-pages' ? 'indeterminate' : checked.verdict };
}

/** Whether a report is ours and unchanged, and what it says, out of the signed part alone. */
export function ReportAnswerPage(props: ReportAnswerProps) {
  const { view, checked } = props;
  const { many, verify } = view.t;
  const { title, what, verdict } = reportWords(view, props);
  const { report } = checked;
  return (
    <>
      <section class={`answer ${verdict}`} aria-labelledby="verdict">
        <Seal shown={verdict} />
        <div>
          <h1 class="verdict" id="verdict" tabindex={-1} autofocus>
            {title}
          </h1>
          <p>{what}</p>
          {report && (
            <p class="soft">
              {many.checkedReport.made(moment(report.created, view.language))}{' '}
              {report.asOf && many.asOf(day(report.asOf, view.language))}
            </p>
          )}
        </div>
      </section>
      {report && <Contents view={view} report={report} />}
      <p class="actions">
        <a class="button" href="/verify">
          {verify.another}
        </a>
      </p>
    </>
  );
}

const outcomes = { invalid: 'failed', indeterminate: 'unknown', valid: 'ok' } as const;

function Contents({ view, report }: { view: View; report: NonNullable<CheckedReport['report']> }) {
  const { many } = view.t;
  const { counts } = report;
  return (
    <section aria-labelledby="says">
      <h2 id="says">{many.headline(counts.valid, counts.total)}</h2>
      <p>{many.checkedReport.now}</p>
      <table class="stack rows apart">
        <thead>
          <tr>
            <th scope="col">{many.name}</th>
            <th scope="col">{many.badge}</th>
            <th scope="col">{many.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map(row => (
            <tr>
              <th scope="row">
                <Visible text={row.name} t={view.t} />
              </th>
              <td>
                {row.title && <Visible text={row.title} t={view.t} />}{' '}
                {row.issuerDomain && (
                  <span class="note">
                    <Visible text={row.issuerDomain} t={view.t} />
                  </span>
                )}
              </td>
              <td class="outcome">
                <Sign outcome={row.verdict ? outcomes[row.verdict] : 'unknown'} />{' '}
                <strong class="word">{many.words[row.verdict ?? 'unread']}</strong>
                {row.verdict !== 'valid' && <span class="why">{causeOf(view, row)}</span>}
                {row.statusAsOf && (
                  <span class="note">{many.report.status(moment(row.statusAsOf, view.language))}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
