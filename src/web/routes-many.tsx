import { type Context, Hono } from 'hono';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import {
  type BatchInput,
  beginBatch,
  goOn,
  inputsOfFile,
  inputsOfText,
  judgeOne,
  readBatch,
  readBatchRow,
  reportBatch,
  type SignedReport,
  signReport,
} from '../verifier/index.ts';
import { drawPaper } from '../wallets/index.ts';
import { readFields } from './form.ts';
import { countGuesses } from './guesses.ts';
import { readLanguage } from './language.ts';
import { AnswerPage, answerTitle } from './pages/answer.tsx';
import { ManyAnswerPage, ManyPage, type ManyRefused, ProgressPage } from './pages/many.tsx';
import { renderPage } from './render.tsx';
import { reportCsv, reportPaper } from './report-paper.ts';
import { sendPrivateFile } from './send-file.ts';
import { isToCome, namesPerson, readDay } from './verify-input.ts';

/** Characters of what was pasted that stay in the form when it was refused. */
const KEEP = 100_000;
/** Seconds between two looks at how far it is. */
const REFRESH = '2';

/** Many badges at once, as pages. What came of them stands behind a link that whoever has it may follow, for an hour. */
export const manyRoutes = new Hono<AppEnv>()
  .use('/verify/many/*', countGuesses)
  .get('/verify/many', c => form(c))
  .post('/verify/many', rateLimited, beginMany)
  .post('/verify/report', rateLimited, async c => {
    const fields = await readFields(c);
    const text = typeof fields.text === 'string' ? fields.text : '';
    if (!text.trim()) throw new DomainError('request-invalid', 'There is nothing in this to report on.');
    const asOf = readDay(fields.at);
    const row = await judgeOne(c.var.deps, text, asOf);
    const language = readLanguage(c);
    const report = await signReport(c.var.deps, {
      language,
      rows: [row],
      ...(asOf ? { asOf: asOf.toISOString() } : {}),
    });
    return sendReport(c, report, fields.kind === 'json' ? 'json' : 'pdf');
  })
  .get('/verify/many/:token', async c => {
    const token = c.req.param('token');
    await goOn(c, token);
    const batch = await readBatch(c.var.deps, token);
    const secret = { noindex: true, cache: 'no-store' } as const;
    if (batch.done === batch.total)
      return renderPage(c, view => ({
        ...secret,
        title: view.t.many.headline(batch.rows.filter(row => row.verdict === 'valid').length, batch.total),
        wide: true,
        body: <ManyAnswerPage view={view} batch={batch} base={`/verify/many/${token}`} />,
      }));
    const still = c.req.query('still') !== undefined;
    if (!still) c.header('refresh', REFRESH);
    return renderPage(c, view => ({
      ...secret,
      title: view.t.many.progress.title(batch.total),
      body: <ProgressPage view={view} batch={batch} still={still} />,
    }));
  })
  .get('/verify/many/:token/:file{report\\.(pdf|json|csv)}', rateLimited, async c => {
    const report = await reportBatch(c.var.deps, c.req.param('token'));
    return sendReport(c, report, c.req.param('file').split('.')[1] as ReportKind);
  })
  .get('/verify/many/:token/:row{[1-9]\\d{0,2}}', async c => {
    const { token, row } = c.req.param();
    const { report, ...told } = await readBatchRow(c.var.deps, token, Number(row));
    if (!report) throw notFound('row');
    return renderPage(c, view => ({
      title: `${view.t.many.rowTitle(told.row)}: ${answerTitle(view, report)}`,
      noindex: true,
      cache: 'no-store',
      body: (
        <>
          <p class="crumbs">
            <a href={`/verify/many/${token}#row-${told.row}`}>{view.t.many.back}</a>
          </p>
          <AnswerPage view={view} report={report} />
        </>
      ),
    }));
  });

const form = (c: Context<AppEnv>, refused?: ManyRefused, text?: string) =>
  renderPage(c, view => ({
    title: view.t.many.title,
    status: refused ? 400 : 200,
    ...(refused ? ({ cache: 'no-store', noindex: true } as const) : {}),
    body: <ManyPage view={view} refused={refused} text={text} />,
  }));

/** Takes what was given here, or several things that were given where one is checked. */
export async function beginMany(c: Context<AppEnv>): Promise<Response> {
  const fields = await readFields(c);
  const { links = fields.text, files = fields.file } = fields;
  const pasted = typeof links === 'string' ? links : '';
  try {
    if (namesPerson(fields)) throw unasked('batch-person', 'A person is compared with one badge.');
    const inputs: BatchInput[] = inputsOfText(pasted);
    for (const file of [files].flat())
      // A browser sends an empty file when none was chosen.
      if (file instanceof File && file.size > 0)
        inputs.push(...(await inputsOfFile(file.name, new Uint8Array(await file.arrayBuffer()))));
    const asOf = readDay(fields.at);
    if (isToCome(asOf, c.var.deps.clock())) throw unasked('day-future', 'This day is still to come.');
    const token = await beginBatch(c, inputs, { language: readLanguage(c), ...(asOf ? { asOf } : {}) });
    return c.redirect(`/verify/many/${token}`, 303);
  } catch (error) {
    const kind = error instanceof DomainError && error.code === 'request-invalid' ? error.extensions.kind : undefined;
    if (typeof kind !== 'string') throw error;
    const { file, count } = (error as DomainError).extensions as Omit<ManyRefused, 'kind'>;
    return form(c, { kind, file, count }, pasted.length <= KEEP ? pasted : '');
  }
}

/** What is not asked of many; the page has a sentence for each kind. */
const unasked = (kind: 'batch-person' | 'day-future', detail: string) =>
  new DomainError('request-invalid', detail, { extensions: { kind } });

type ReportKind = 'pdf' | 'json' | 'csv';
const types: Record<ReportKind, string> = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
};

/** A report as a file. It tells of people in the reader's own words. */
async function sendReport(c: Context<AppEnv>, report: SignedReport, kind: ReportKind): Promise<Response> {
  const made =
    kind === 'pdf'
      ? new Uint8Array(await drawPaper(reportPaper(report), await c.var.deps.drawing.fonts()))
      : kind === 'csv'
        ? reportCsv(report)
        : JSON.stringify(report);
  return sendPrivateFile(c, made, { type: types[kind], name: `report.${kind}` });
}
