import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditEntry } from '../platform/audit.ts';
import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { ownAward } from './holder.ts';
import type { Standing } from './list-document.ts';
import { type Notice, noticeOf } from './notices.ts';
import { type Award, readAward } from './read.ts';
import { type AwardState, awardChanges, awards, revocationRequests, statusLists } from './schema.ts';
import { changeStatus, placesOfCopies, seqIfStill } from './status.ts';

/** Reason codes that the public reads (domain.md, Fixed choices). */
export const revocationReasons = [
  'error',
  'fraud',
  'withdrawn-by-learner',
  'decision-annulled',
  'duplicate',
  'other',
] as const;

export type RevocationReason = (typeof revocationReasons)[number];

export const revocationInput = z.strictObject({
  reason: z.enum(revocationReasons).describe('for the public'),
  text: z.string().trim().min(1).max(5000).optional().describe('for the learner'),
});
export const suspensionInput = z.strictObject({
  text: z.string().trim().min(1).max(5000).optional().describe('for the learner'),
});

type AwardCommand =
  | { kind: 'revoke'; reason: RevocationReason; text?: string }
  | { kind: 'suspend'; text?: string }
  | { kind: 'lift' }
  /** Another award takes its place: `replaceAward`. */
  | { kind: 'replace' };

interface Change {
  state: AwardState;
  standing: Standing;
}

/**
 * The life of an award after its signature (domain.md, The award and its life). Pure.
 * `before` is the state that a suspension interrupted.
 * @throws DomainError `award-state`
 */
export function transition(
  state: AwardState,
  suspendable: boolean,
  command: AwardCommand,
  before?: AwardState,
): Change {
  const refuse = (detail: string) => new DomainError('award-state', detail, { extensions: { state } });
  if (state === 'reserved' || state === 'held') throw refuse('The badge has not been signed yet.');
  if (state === 'revoked') throw refuse('This badge was revoked before. That cannot be undone.');
  if (state === 'superseded') throw refuse('This badge was replaced by another.');
  if (command.kind === 'revoke') return { state: 'revoked', standing: 'revoked' };
  if (command.kind === 'replace') {
    // Whoever suspended it may still be looking into it.
    if (state === 'suspended') throw refuse('This badge is suspended. End the suspension first.');
    return { state: 'superseded', standing: 'revoked' };
  }
  if (!suspendable) throw refuse('Badges of this achievement cannot be suspended; only revoked.');
  if (command.kind === 'suspend') {
    if (state === 'suspended') throw refuse('This badge is suspended already.');
    return { state: 'suspended', standing: 'suspended' };
  }
  if (state !== 'suspended') throw refuse('This badge is not suspended.');
  return { state: before === 'claimed' ? 'claimed' : 'released', standing: 'good' };
}

/** Suspends an award whose achievement declared itself suspendable. */
export const suspendAward = (ctx: Ctx, id: string, input: z.infer<typeof suspensionInput>) =>
  changeAward(ctx, id, { kind: 'suspend', ...input });

/** Ends a suspension. */
export const liftSuspension = (ctx: Ctx, id: string) => changeAward(ctx, id, { kind: 'lift' });

/**
 * Changes the state of an award, its bit and those of its copies, and the lists that others read, and tells the
 * learner, in one commit.
 * @param also what the caller adds to that commit
 */
export async function changeAward(
  ctx: Ctx,
  id: string,
  command: Exclude<AwardCommand, { kind: 'replace' }>,
  also: Statement[] = [],
): Promise<Award> {
  const right = command.kind === 'revoke' ? 'award.revoke' : 'award.suspend';
  requireRight(ctx, right);
  for (;;) {
    const award = await readAward(ctx, id);
    requireRight(ctx, right, { achievement: award.achievementId, person: await ownAward(ctx, award) });
    const history = await ctx.db.query
      .select()
      .from(awardChanges)
      .where(eq(awardChanges.awardId, id))
      .orderBy(awardChanges.seq);
    const suspendable = (await purposeOf(ctx, award)) === 'suspension';
    const change = transition(award.state, suspendable, command, history.at(-2)?.state);
    const seq = award.changes + 1;
    const copied = await placesOfCopies(ctx.db, id);
    const statements: Statement[] = [
      // The key first: a request that is repeated must find its answer, and not what the first one left.
      ...claimKey(ctx, id),
      ctx.db.query.insert(awardChanges).values({
        awardId: id,
        seq: seqIfStill(id, copied.length, seq),
        state: change.state,
        reason: command.kind === 'revoke' ? command.reason : null,
        words: command.kind === 'lift' ? null : (command.text ?? null),
        at: ctx.now.toISOString(),
      }),
      ctx.db.query.update(awards).set({ state: change.state, changes: seq }).where(eq(awards.id, id)),
      ...(await noticeOf(ctx, award, seq, noticeFor(command))),
      // What was asked for and is done, whoever did it, waits no longer.
      ...(command.kind === 'revoke'
        ? [ctx.db.query.delete(revocationRequests).where(eq(revocationRequests.awardId, id))]
        : []),
      ...also,
    ];
    const audit: [AuditEntry] = [
      {
        institution: ctx.institution.id,
        actor: ctx.actor,
        action: `award.${command.kind}`,
        subject: id,
        at: ctx.now,
        details: { state: change.state, reason: command.kind === 'revoke' ? command.reason : null },
      },
    ];
    try {
      await changeStatus(
        ctx.deps,
        ctx.institution,
        [{ listId: award.statusListId, index: award.statusIndex }, ...copied].map(place => ({
          ...place,
          standing: change.standing,
        })),
        { statements, audit },
      );
      return readAward(ctx, id);
    } catch (error) {
      // Someone changed this award, or took a copy of it, in the same moment: judge again from what it has become.
      if (!violatedKey(error)?.startsWith('award_changes.')) throw error;
    }
  }
}

function noticeFor(command: Exclude<AwardCommand, { kind: 'replace' }>): Notice {
  switch (command.kind) {
    case 'revoke':
      return { ...command, kind: 'revocation' };
    case 'suspend':
      return { ...command, kind: 'suspension' };
    case 'lift':
      return { kind: 'lifting' };
  }
}

async function purposeOf(ctx: Ctx, award: Award) {
  const rows = await ctx.db.query
    .select({ purpose: statusLists.purpose })
    .from(statusLists)
    .where(eq(statusLists.id, award.statusListId));
  return rows[0]?.purpose;
}
