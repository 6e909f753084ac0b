import type { Report } from '../verifier/in-browser.ts';
import type { Shown } from './signs.tsx';

export type { Report };

/** How a verdict looks: a badge that was replaced is not valid, but no alarm either. */
export const shownVerdict = (report: Report): Shown => (report.code === 'superseded' ? 'replaced' : report.verdict);

export const checkOf = (report: Report, id: string) => report.checks.find(check => check.id === id);
