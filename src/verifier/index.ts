export { type Batch, type BatchRow, dropBatches, findBatch, readBatch, readBatchRow } from './batch.ts';
export { type BatchInput, inputsOfFile, inputsOfText } from './batch-inputs.ts';
export { type BatchRefusal, MAX_BATCH } from './batch-refused.ts';
export { reportBatch } from './batch-report.ts';
export {
  type CheckedReport,
  checkReport,
  countRows,
  isReport,
  type ReportRow,
  type SignedReport,
  signReport,
} from './check-report.ts';
export { type CheckCount, countCheck, flushCounts, readCounts } from './check-counts.ts';
export { batchRoutes, beginBatch, goOn } from './routes-batches.ts';
export { judgeOne, runBatches } from './run-batch.ts';
export { type CheckInput, checkCredential, findBadges, verifyDepsOf } from './check.ts';
export { loaderFor } from './checks/form.ts';
export { type RecipientAsked, recipientAsked } from './checks/recipient.ts';
export { type Code, codes } from './codes.ts';
export { type Choice, choicesOf, chooseOne, type Found, type Step } from './inputs/choose.ts';
export { createQrReader } from './inputs/qr.ts';
export { linkIn } from './inputs/text.ts';
export type { Policy } from './policy.ts';
export { verifyPresentation } from './presentation.ts';
export { type HolderAsked, proveHolder } from './prove-holder.ts';
export { readCandidate } from './read.ts';
export { remedies, remedyOf } from './remedies.ts';
export { type Check, type CheckId, checkIds, type Outcome, type Report, type Verdict } from './report.ts';
export { verifierRoutes } from './routes.ts';
export { trustRoutes } from './routes-trust.ts';
export { vcApiRoutes } from './routes-vc-api.ts';
export { importTrustList, listTrustLists, removeTrustList, type TrustListSummary } from './trust.ts';
export { readTrustList } from './trust-read.ts';
export { answerCredential, answerPresentation, optionsOf } from './vc-api.ts';
export { type VerifyDeps, verify } from './verify.ts';
