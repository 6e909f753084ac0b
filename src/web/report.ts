import type { Report } from '../verifier/index.ts';
import type { Messages } from './messages.ts';
import type { Shown } from './signs.tsx';

export type { Report };

/** How a verdict looks: a badge that was replaced is not valid, but no alarm either. */
export const shownVerdict = (report: Report): Shown => (report.code === 'superseded' ? 'replaced' : report.verdict);

export const checkOf = (report: Report, id: string) => report.checks.find(check => check.id === id);

/** What someone can do about a verdict that is not `valid`. */
export function remedyFor(report: Report, t: Messages): string | undefined {
  if (report.verdict === 'valid') return undefined;
  const byCode: Record<string, string> = t.remedy;
  if (byCode[report.code]) return byCode[report.code];
  if (report.code.includes('unreachable') || report.code.includes('unresolvable')) return t.remedy.unreachable;
  return t.remedy[report.verdict];
}
