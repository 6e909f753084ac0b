import { and, eq, isNotNull } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { makeMove } from './move.ts';
import { dossiers } from './schema.ts';

/**
 * What the timer does: lets the term for a reply pass, so that a learner who says nothing does not hold up themselves.
 */
export async function lapseReplies(deps: Deps): Promise<number> {
  const now = deps.clock().toISOString();
  const waiting = await deps.db.query
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.turn, 'awaiting-reply'), isNotNull(dossiers.personId)));
  let lapsed = 0;
  for (const dossier of waiting) {
    if (!dossier.state.replyUntil || dossier.state.replyUntil > now) continue;
    try {
      await makeMove(
        deps,
        dossier,
        { type: 'lapse-reply' },
        { actor: { kind: 'service' }, id: 'timer', role: 'timer' },
      );
      lapsed++;
    } catch (error) {
      // The learner replied, or was erased, in the same moment.
      if (!(error instanceof DomainError && error.code === 'dossier-state')) throw error;
    }
  }
  return lapsed;
}
