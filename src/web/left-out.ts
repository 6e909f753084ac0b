import type { SharePart } from '../credentials/index.ts';
import type { BadgeView } from './badge-view.ts';
import type { Report } from './report.ts';

/**
 * A badge without the parts that its holder leaves out. What goes with a part goes too: a licence number tells whose
 * badge it is as a name does, and credits that were earned are a result.
 */
export function leaveOut(badge: BadgeView, without: readonly SharePart[]): BadgeView {
  const shown = { ...badge };
  if (without.includes('name')) {
    delete shown.recipient;
    delete shown.licence;
    // How the holder was known may tell their key.
    if (shown.identity?.narrative)
      shown.identity = { ...shown.identity, narrative: shown.identity.narrative.replace(/ ?\(did:[^()]*\)/g, '') };
  }
  if (without.includes('results')) {
    shown.results = [];
    delete shown.creditsEarned;
  }
  if (without.includes('evidence')) shown.evidence = [];
  if (without.includes('narrative')) delete shown.narrative;
  return shown;
}

/** A report that leads to no other page of the badge: the one that took its place shows itself whole. */
export const withoutSuccessor = (report: Report): Report => ({
  ...report,
  checks: report.checks.map(check => {
    const { successor: _, ...evidence } = check.evidence;
    return { ...check, evidence };
  }),
});
