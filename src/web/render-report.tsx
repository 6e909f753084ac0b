import type { Context } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { checkReport, type SignedReport } from '../verifier/index.ts';
import { drawPaper } from '../wallets/index.ts';
import { ReportAnswerPage, reportWords } from './pages/report-answer.tsx';
import { renderPage } from './render.tsx';
import { reportPaper } from './report-paper.ts';

/** The answer to a report that was handed in, by itself or on our paper. */
export async function renderReport(c: Context<AppEnv>, document: unknown, file?: Uint8Array): Promise<Response> {
  const checked = await checkReport(c.var.deps, document);
  const isPaper = file !== undefined && String.fromCharCode(...file.subarray(0, 5)) === '%PDF-';
  const otherPages = isPaper && checked.report !== undefined && !(await isOurPaper(c, checked.report, file));
  const props = { checked, otherPages };
  return renderPage(c, view => ({
    title: reportWords(view, props).title,
    noindex: true,
    cache: 'no-store',
    body: <ReportAnswerPage view={view} {...props} />,
  }));
}

/** The signature is over the data, and people read the pages; so the pages are made again, which gives the same bytes. */
async function isOurPaper({ var: { deps } }: Context<AppEnv>, report: SignedReport, file: Uint8Array) {
  const ours = await drawPaper(reportPaper(report), await deps.drawing.fonts());
  return ours.length === file.length && ours.every((byte, i) => byte === file[i]);
}
