import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readBatch } from './batch.ts';
import { type SignedReport, signReport } from './check-report.ts';
import { verificationBatches } from './schema.ts';

/**
 * The report of a batch, signed once and from then on the same.
 * @throws DomainError `not-found`, `too-busy` while badges are still being checked
 */
export async function reportBatch(deps: Deps, token: string): Promise<SignedReport> {
  const batch = await readBatch(deps, token);
  const { query } = deps.db;
  const ofBatch = eq(verificationBatches.id, batch.id);
  const kept = async () => {
    const [row] = await query.select({ report: verificationBatches.report }).from(verificationBatches).where(ofBatch);
    return row?.report ? (JSON.parse(row.report) as SignedReport) : undefined;
  };
  const before = await kept();
  if (before) return before;
  if (batch.done < batch.total)
    throw new DomainError('too-busy', 'The badges are still being checked.', { extensions: { retryAfter: 2 } });
  const report = await signReport(deps, batch);
  // The first that was signed stands.
  await deps.db.attempt(() =>
    query
      .update(verificationBatches)
      .set({ report: JSON.stringify(report) })
      .where(and(ofBatch, isNull(verificationBatches.report))),
  );
  return (await kept()) ?? report;
}
