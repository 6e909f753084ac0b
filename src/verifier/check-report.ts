/**
 * The report of a check, signed by the service: a document with a Data Integrity proof over its JSON (VC-DI-EDDSA §3.3,
 * eddsa-jcs-2022). It names the service as who says so, and tells no more of anyone than the reader brought.
 */
import { z } from 'zod';
import { readServiceDidDocument, serviceSigner } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { newUrn } from '../platform/ids.ts';
import { didWebOfHost } from '../vc/did.ts';
import { jsonProof, judgeJson, signJson } from '../vc/signed-json.ts';
import type { BatchRow } from './batch.ts';
import type { Verdict } from './report.ts';

const REPORT_TYPE = 'VerificationReport';

const rowSchema = z.strictObject({
  row: z.int(),
  name: z.string(),
  verdict: z.enum(['valid', 'invalid', 'indeterminate']).nullable(),
  code: z.string(),
  title: z.string().optional(),
  issuer: z.string().optional(),
  issuerDomain: z.string().optional(),
  badge: z.string().optional().describe('SHA-256 of the id of the badge'),
  checkedAt: z.string(),
  statusAsOf: z.string().optional().describe('as of when it was known whether the badge was withdrawn'),
  duplicateOf: z.int().optional(),
});
const counts = z.strictObject({
  total: z.int(),
  valid: z.int(),
  invalid: z.int(),
  indeterminate: z.int(),
  unread: z.int(),
  duplicates: z.int(),
});
/** A report as it stands in a file. */
export const signedReport = z.strictObject({
  type: z.literal(REPORT_TYPE),
  id: z.string(),
  issuer: z.strictObject({ id: z.string(), url: z.string() }),
  created: z.string(),
  language: z.enum(['nl', 'en']),
  asOf: z.string().optional().describe('the moment that was asked about, when it was not now'),
  counts,
  rows: z.array(rowSchema).min(1).max(200),
  proof: jsonProof,
});
export type SignedReport = z.infer<typeof signedReport>;

interface ToReport {
  language: 'nl' | 'en';
  asOf?: string;
  rows: readonly BatchRow[];
}

/** Of how many the check said what; a badge that came twice counts each time. */
export function countRows(rows: readonly Pick<BatchRow, 'verdict' | 'duplicateOf'>[]): SignedReport['counts'] {
  const of = (verdict: Verdict | null) => rows.filter(row => row.verdict === verdict).length;
  return {
    total: rows.length,
    valid: of('valid'),
    invalid: of('invalid'),
    indeterminate: of('indeterminate'),
    unread: of(null),
    duplicates: rows.filter(row => row.duplicateOf !== undefined).length,
  };
}

/** Signs what came of checks as the service. @throws DomainError `key-not-opened` */
export async function signReport(deps: Deps, { language, asOf, rows }: ToReport): Promise<SignedReport> {
  const signer = await serviceSigner(deps);
  const now = deps.clock();
  const unsigned: Omit<SignedReport, 'proof'> = {
    type: REPORT_TYPE,
    id: newUrn(),
    issuer: { id: signer.controller, url: deps.config.origin },
    created: now.toISOString(),
    language,
    ...(asOf ? { asOf } : {}),
    counts: countRows(rows),
    rows: rows.map(({ kind: _, detail: __, ...row }) => row),
  };
  return signJson(unsigned, signer, now);
}

/** Why a report is what it is. */
type ReportCode = 'report-ours' | 'report-changed' | 'report-of-other' | 'report-key-ended' | 'report-form';
export type CheckedReport = { verdict: Verdict; code: ReportCode; report?: SignedReport };

/** Whether a document says that it is a report of a check, by this service or another. */
export const isReport = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && (document as { type?: unknown }).type === REPORT_TYPE;

/** Whether a report is one of ours, unchanged. A report of another service is for that service to check. */
export async function checkReport(deps: Deps, document: unknown): Promise<CheckedReport> {
  const { issuer } = document as { issuer?: { id?: unknown } };
  const did = didWebOfHost(deps.config.origin);
  if (typeof issuer === 'object' && issuer !== null && typeof issuer.id === 'string' && issuer.id !== did)
    return { verdict: 'indeterminate', code: 'report-of-other' };
  const parsed = signedReport.safeParse(document);
  if (!parsed.success) return { verdict: 'invalid', code: 'report-form' };
  const judged = await judgeJson(parsed.data, await readServiceDidDocument(deps));
  if (judged !== 'good') return { verdict: 'invalid', code: `report-${judged}` };
  return { verdict: 'valid', code: 'report-ours', report: parsed.data };
}
