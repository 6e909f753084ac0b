import { and, eq } from 'drizzle-orm';
import { findBySource, readVersion } from '../catalogue/index.ts';
import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { parse } from '../platform/http.ts';
import { awardCredential } from './award.ts';
import { awardInput } from './award-input.ts';
import { type AwardSummary, readSummary } from './read.ts';
import type { OoapiResult } from './read-ooapi-result.ts';
import { awards, offers } from './schema.ts';

/**
 * Awards what a result of a student information system is of: the achievement that was imported from that course or
 * programme. The same result again is the same award, also long after its Idempotency-Key went.
 * @throws DomainError `award-not-allowed` with `why: achievement` where none was imported, and as `awardCredential`
 */
export async function awardResult(ctx: Ctx, result: OoapiResult): Promise<AwardSummary> {
  requireRight(ctx, 'award.make');
  const achievement = await findBySource(ctx.db, ctx.institution.id, result.source);
  if (!achievement)
    throw new DomainError('award-not-allowed', 'No achievement here comes from this course or programme.', {
      extensions: { why: 'achievement', source: result.source },
    });
  const reference = `ooapi:${result.id}`;
  const first = await findByReference(ctx, achievement, reference);
  if (first) return readSummary(ctx, first);
  const version = await readVersion(ctx.db, ctx.institution.id, achievement);
  // A score is of the only result that an achievement has; of several nobody can tell which.
  const graded = result.score && version?.content.results.length === 1;
  const input = parse(awardInput, {
    achievement,
    recipient: result.recipient,
    decision: {
      basis: 'assessment',
      decidedBy: result.decidedBy,
      decidedOn: result.decidedOn,
      reference,
    },
    ...(graded ? { results: [{ value: result.score, status: 'Completed' }] } : {}),
    ...(result.ects === undefined ? {} : { creditsEarned: result.ects }),
  });
  return awardCredential(ctx, input);
}

async function findByReference(ctx: Ctx, achievementId: string, reference: string): Promise<string | undefined> {
  for (const table of [awards, offers]) {
    const [row] = await ctx.db.query
      .select({ id: table.id })
      .from(table)
      .where(
        and(
          eq(table.institutionId, ctx.institution.id),
          eq(table.achievementId, achievementId),
          eq(table.reference, reference),
        ),
      )
      .limit(1);
    if (row) return row.id;
  }
  return undefined;
}
