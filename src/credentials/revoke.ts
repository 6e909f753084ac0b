import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { readPolicy, requireRight } from '../institutions/index.ts';
import { spend, wasSpent } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import { actorName, type Ctx } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { DAY_MS } from '../platform/clock.ts';
import { changeAward, type RevocationReason, type revocationInput, transition } from './change.ts';
import { ownAward } from './holder.ts';
import { type Award, readAward } from './read.ts';
import { revocationRequests } from './schema.ts';

/** An award that was revoked, or one whose revocation waits for a second person. */
export interface Revocation {
  award: Award;
  waiting?: { reason: RevocationReason; askedBy: string; askedAt: string };
}

/**
 * Revokes an award, for good. Where the institution's policy asks for a second person this only asks: nothing about the
 * award changes, and nobody outside hears of it, until another one confirms.
 * @throws DomainError `forbidden`, `not-found`, `not-claimed`, `award-state`, `confirmation-needed` while one waits
 */
export async function revokeAward(ctx: Ctx, id: string, input: z.infer<typeof revocationInput>): Promise<Revocation> {
  requireRight(ctx, 'award.revoke');
  if (!(await takesTwo(ctx))) return { award: await changeAward(ctx, id, { kind: 'revoke', ...input }) };
  return askToRevoke(ctx, id, input);
}

/** Whether a second person has to confirm. The operator of the service stands above an institution's policy. */
const takesTwo = async (ctx: Ctx): Promise<boolean> =>
  ctx.actor.kind !== 'operator' && ctx.actor.kind !== 'service' && (await readPolicy(ctx)).confirmRevocation;

async function askToRevoke(ctx: Ctx, id: string, { reason, text }: z.infer<typeof revocationInput>) {
  const award = await readAward(ctx, id);
  requireRight(ctx, 'award.revoke', { achievement: award.achievementId, person: await ownAward(ctx, award) });
  transition(award.state, true, { kind: 'revoke', reason });
  const { db, actor, now } = ctx;
  const request = { awardId: id, reason, words: text ?? null, askedBy: actorName(actor), askedAt: now.toISOString() };
  try {
    await commit(
      db,
      // The key first: a request that is repeated must find its answer, and not what the first one left.
      [...claimKey(ctx, id), db.query.insert(revocationRequests).values(request)],
      [audit(ctx, 'award.ask-revocation', id, { reason })],
    );
  } catch (error) {
    if (violatedKey(error) !== 'revocation_requests.award_id') throw error;
    throw new DomainError('confirmation-needed', 'The revocation of this badge waits for a second person already.');
  }
  return readRevocation(ctx, id);
}

/** An award with its revocation, as far as that waits. @throws DomainError `not-found`, `not-claimed` */
export async function readRevocation(ctx: Ctx, id: string): Promise<Revocation> {
  const award = await readAward(ctx, id);
  const request = await findRequest(ctx, id);
  if (!request) return { award };
  const { reason, askedBy, askedAt } = request;
  return { award, waiting: { reason: reason as RevocationReason, askedBy, askedAt } };
}

/**
 * Does what someone else asked for.
 * @throws DomainError `forbidden`, also for whoever asked; `not-found` when nothing was asked; `award-state`
 */
export async function confirmRevocation(ctx: Ctx, id: string): Promise<Award> {
  requireRight(ctx, 'award.revoke');
  const { award, request } = await requireRequest(ctx, id);
  const firstHand = request.askedBy;
  requireRight(ctx, 'award.revoke', { achievement: award.achievementId, firstHand });
  // A program is a hand of its own, and no two.
  if (actorName(ctx.actor) === firstHand)
    throw new DomainError('forbidden', 'You asked for this. A second person has to confirm it.');
  const { words } = request;
  const reason = request.reason as RevocationReason;
  try {
    return await changeAward(
      ctx,
      id,
      { kind: 'revoke', reason, ...(words ? { text: words } : {}) },
      await settle(ctx, request),
    );
  } catch (error) {
    if (wasSpent(error)) throw notFound('revocation that waits');
    throw error;
  }
}

/**
 * Turns down what someone asked for, or takes back what one asked for oneself. Nothing about the award changes.
 * @throws DomainError `forbidden`, `not-found`
 */
export async function rejectRevocation(ctx: Ctx, id: string): Promise<Award> {
  requireRight(ctx, 'award.revoke');
  const { award, request } = await requireRequest(ctx, id);
  requireRight(ctx, 'award.revoke', { achievement: award.achievementId, person: await ownAward(ctx, award) });
  try {
    await commit(
      ctx.db,
      [...(await settle(ctx, request)), ...claimKey(ctx, id)],
      [audit(ctx, 'award.reject-revocation', id, {})],
    );
  } catch (error) {
    if (wasSpent(error)) throw notFound('revocation that waits');
    throw error;
  }
  return readAward(ctx, id);
}

type Request = typeof revocationRequests.$inferSelect;

/** A request is answered once: of a yes and a no at the same moment, the key lets one through. */
async function settle({ deps, db, now }: Ctx, { awardId, askedAt, askedBy }: Request): Promise<Statement[]> {
  const once = await spend(deps, 'revocation', `${awardId} ${askedAt} ${askedBy}`, new Date(now.getTime() + DAY_MS));
  return [...once, db.query.delete(revocationRequests).where(eq(revocationRequests.awardId, awardId))];
}

async function findRequest({ db }: Ctx, id: string): Promise<Request | undefined> {
  const rows = await db.query.select().from(revocationRequests).where(eq(revocationRequests.awardId, id));
  return rows[0];
}

async function requireRequest(ctx: Ctx, id: string): Promise<{ award: Award; request: Request }> {
  const award = await readAward(ctx, id);
  const request = await findRequest(ctx, id);
  if (!request) throw notFound('revocation that waits');
  return { award, request };
}

const audit = ({ institution, actor, now }: Ctx, action: string, subject: string, details: object) => ({
  institution: institution.id,
  actor,
  action,
  subject,
  at: now,
  details: { ...details },
});
