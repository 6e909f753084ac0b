import type { Report } from '../report.ts';
import type { View } from '../view.ts';
import type { Again } from './further.tsx';

/** The way from one answer to its report: the badge is sent again, by the form of its own or the one of the page. */
export function ReportForm({ view, report, again }: { view: View; report: Report; again: Again }) {
  const { report: words } = view.t.many;
  if (again.text === undefined) return null;
  const form = again.link ? 'ask-report' : 'again';
  const button = { type: 'submit', form, formaction: '/verify/report', name: 'kind' } as const;
  return (
    <section class="no-print" aria-labelledby="report">
      <h2 id="report">{words.heading}</h2>
      <p>{words.oneHint}</p>
      {again.link && (
        <form id={form} method="post" action="/verify/report" enctype="multipart/form-data">
          <input type="hidden" name="text" value={again.link} />
          {report.at && <input type="hidden" name="at" value={report.at.slice(0, 10)} />}
        </form>
      )}
      <p class="actions">
        <button class="button second" {...button} value="pdf">
          {words.pdf}
        </button>
        <button class="button second" {...button} value="json">
          {words.json}
        </button>
      </p>
    </section>
  );
}
