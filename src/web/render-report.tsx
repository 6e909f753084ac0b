import type { Context } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import { checkDecision, checkReport } from '../verifier/index.ts';
import { drawPaper, type Paper } from '../wallets/index.ts';
import { decisionPaper } from './decision-paper.ts';
import { DecisionAnswerPage, decisionWords } from './pages/decision-answer.tsx';
import { ReportAnswerPage, reportWords } from './pages/report-answer.tsx';
import { renderPage } from './render.tsx';
import { reportPaper } from './report-paper.ts';

/** The answer to a report that was handed in, by itself or on our paper. */
export async function renderReport(c: Context<AppEnv>, document: unknown, file?: Uint8Array): Promise<Response> {
  const checked = await checkReport(c.var.deps, document);
  const otherPages = await hasOtherPages(c, checked.report && reportPaper(checked.report), file);
  const props = { checked, otherPages };
  return renderPage(c, view => ({
    title: reportWords(view, props).title,
    noindex: true,
    cache: 'no-store',
    body: <ReportAnswerPage view={view} {...props} />,
  }));
}

/** The answer to a decision that was handed in, by itself or on paper: it is no badge, and not told as one. */
export async function renderDecision(c: Context<AppEnv>, document: unknown, file?: Uint8Array): Promise<Response> {
  const checked = await checkDecision(c.var.deps, document);
  const otherPages = await hasOtherPages(c, checked.decision && decisionPaper(checked.decision), file);
  const props = { checked, otherPages };
  return renderPage(c, view => ({
    title: decisionWords(view, props).title,
    noindex: true,
    cache: 'no-store',
    body: <DecisionAnswerPage view={view} {...props} />,
  }));
}

/** The signature is over the data, and people read the pages; so the pages are made again, which gives the same bytes. */
async function hasOtherPages({ var: { deps } }: Context<AppEnv>, paper?: Paper, file?: Uint8Array): Promise<boolean> {
  const isPaper = file !== undefined && String.fromCharCode(...file.subarray(0, 5)) === '%PDF-';
  if (!paper || !isPaper) return false;
  const ours = await drawPaper(paper, await deps.drawing.fonts());
  return ours.length !== file.length || ours.some((byte, i) => byte !== file[i]);
}
