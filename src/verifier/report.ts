import type { Technical } from './technical.ts';
import { type Code, codes, type NotChecked, notCheckedSentences, type Sentence } from './codes.ts';

export const checkIds = [
  ...(['form', 'signature', 'key', 'issuer', 'dates', 'status', 'schema', 'endorsements', 'recipient'] as const),
];
export type CheckId = (typeof checkIds)[number];

/** `unknown`: could not be told. `not-applicable`: there is nothing to tell. `skipped`: not looked at. */
export type Outcome = 'ok' | 'failed' | 'unknown' | 'not-applicable' | 'skipped';
export type Verdict = 'valid' | 'invalid' | 'indeterminate';

/** What a check found, before it is worded. */
export type Finding = { outcome: Outcome; code: Code; evidence?: Record<string, unknown> };

export type Check = { id: CheckId; outcome: Outcome; code: Code; message: Sentence; evidence: Record<string, unknown> };

export type Report = {
  verdict: Verdict;
  /** `valid`, or the code of the check that decided. */
  code: Code;
  /** When the check was made, and the moment it was asked for; RFC 3339 UTC. */
  checkedAt: string;
  at?: string;
  /** One for each id, always, in the order of `checkIds`. */
  checks: Check[];
  /** What came of asking for a newer version, where the badge says that one can be had. */
  refresh?: Omit<Check, 'id'>;
  /** For engineers, where they asked for it. */
  technical?: Technical;
  /** What was signed, fit to show; `null` when that could not be read. */
  credential: Record<string, unknown> | null;
  notChecked: { id: NotChecked; message: Sentence }[];
};

/** The checks that the verdict rests on, the most telling first (domain.md, "What a check tells"). */
const DECIDING: CheckId[] = ['form', 'signature', 'key', 'status', 'dates', 'schema'];

export type Findings = Partial<Record<CheckId, Finding>> & { refresh?: Finding };

const skipped: Finding = { outcome: 'skipped', code: 'skipped' };

/** The verdict and the code that decided it: one failure is `invalid`, and what is unknown is never `valid`. */
export function judge(findings: Findings): { verdict: Verdict; code: Code } {
  const first = (outcome: Outcome) =>
    DECIDING.map(id => findings[id] ?? skipped).find(finding => finding.outcome === outcome);
  const failed = first('failed');
  if (failed) return { verdict: 'invalid', code: failed.code };
  const unknown = first('unknown') ?? first('skipped');
  return unknown ? { verdict: 'indeterminate', code: unknown.code } : { verdict: 'valid', code: 'valid' };
}

/** A report with what was said of a newer version. */
export const withRefresh = (report: Report, { outcome, code, evidence = {} }: Finding): Report => ({
  ...report,
  refresh: { outcome, code, message: codes[code], evidence },
});

type Judged = {
  now: Date;
  at?: Date;
  credential: Report['credential'];
  /** Parts may have been left out. */
  withheld?: boolean;
  /** Only the short form was there to check. */
  short?: boolean;
};

/** Words the findings; a check without one was skipped. */
export function writeReport(findings: Findings, { now, at, credential, withheld, short }: Judged): Report {
  const notChecked: NotChecked[] = ['recipient', 'links'];
  if (findings.issuer?.outcome !== 'ok') notChecked.push('issuer');
  if (['endorsements-not-checked', 'endorsements-too-many'].includes(findings.endorsements?.code ?? ''))
    notChecked.push('endorsements');
  if (withheld) notChecked.push('withheld');
  if (short) notChecked.push('whole');
  if (at && findings.status?.outcome !== 'not-applicable' && !toldOfThen(findings.status))
    notChecked.push(beganLater(findings.status) ? 'status-before' : 'status-then');
  const report: Report = {
    ...judge(findings),
    checkedAt: now.toISOString(),
    ...(at ? { at: at.toISOString() } : {}),
    checks: checkIds.map(id => {
      const { outcome, code, evidence = {} } = findings[id] ?? skipped;
      return { id, outcome, code, message: codes[code], evidence };
    }),
    credential,
    notChecked: notChecked.map(id => ({ id, message: notCheckedSentences[id] })),
  };
  return findings.refresh ? withRefresh(report, findings.refresh) : report;
}

/** Whether every list that was read is one of our own, of which it is known what it said at the moment asked about. */
const toldOfThen = (status: Finding | undefined): boolean => entriesOf(status).every(({ asOf }) => asOf !== undefined);

/** Whether a list of our own is asked about a moment before there was such a list. */
const beganLater = (status: Finding | undefined): boolean =>
  entriesOf(status).some(({ listBegan }) => listBegan === 'later');

const entriesOf = (status: Finding | undefined) =>
  (status?.evidence?.entries ?? [status?.evidence ?? {}]) as Record<string, unknown>[];
