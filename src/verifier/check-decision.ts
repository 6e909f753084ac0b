import { DECISION_TYPE, type DecisionDocument, decisionDocument } from '../credentials/index.ts';
import { findInstitution, readDidDocument } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { judgeJson } from '../vc/signed-json.ts';
import type { Verdict } from './report.ts';

/** Why a signed decision is what it is. */
type DecisionCode = 'decision-ours' | 'decision-changed' | 'decision-of-other' | 'decision-key-ended' | 'decision-form';
export type CheckedDecision = { verdict: Verdict; code: DecisionCode; decision?: DecisionDocument };

/** Whether a document says that it is a decision, of an institution here or elsewhere. It is no badge. */
export const isDecision = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && (document as { type?: unknown }).type === DECISION_TYPE;

/** Whether a decision is one of an institution here, unchanged. One from elsewhere is for the service there to check. */
export async function checkDecision(deps: Deps, document: unknown): Promise<CheckedDecision> {
  const { issuer } = document as { issuer?: { id?: unknown } };
  const did = typeof issuer === 'object' && issuer !== null ? issuer.id : undefined;
  const institution = typeof did === 'string' ? await findInstitution(deps, { did }) : undefined;
  if (!institution && typeof did === 'string') return { verdict: 'indeterminate', code: 'decision-of-other' };
  const parsed = decisionDocument.safeParse(document);
  if (!parsed.success || !institution) return { verdict: 'invalid', code: 'decision-form' };
  const judged = await judgeJson(parsed.data, await readDidDocument(deps, institution));
  if (judged !== 'good') return { verdict: 'invalid', code: `decision-${judged}` };
  return { verdict: 'valid', code: 'decision-ours', decision: parsed.data };
}
