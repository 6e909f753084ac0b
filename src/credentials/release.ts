import { and, asc, eq, isNull, lte, ne } from 'drizzle-orm';
import { type PublishedVersion, readVersion } from '../catalogue/index.ts';
import { assertKeyOpens, readInstitution, requireRight } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import { actorName, type Ctx, type Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { finishAward } from './finish.ts';
import { ownAmong } from './holder.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { offerLetter } from './letters.ts';
import { lapsesAt } from './make-offer.ts';
import type { Offer } from './read-offer.ts';
import { reservation } from './reserve.ts';
import { offers } from './schema.ts';

/** How many are released at a time; what is left is released the next time. */
const AT_A_TIME = 200;

export interface Released {
  released: number;
  failed: number;
}

/**
 * Lets the awards of a batch go that waited for a second person. From here on they go by themselves, also when this
 * process dies; the answer comes before the last of them is signed.
 * @throws DomainError `forbidden`, also for whoever made the batch or stands in it; `not-found` when nothing of it waits
 */
export async function releaseBatch(ctx: Ctx, batch: string): Promise<number> {
  requireRight(ctx, 'award.release');
  const { db, institution, actor, now } = ctx;
  const waiting = and(
    eq(offers.institutionId, institution.id),
    eq(offers.batch, batch),
    eq(offers.state, 'held'),
    isNull(offers.releaseAt),
  );
  const rows = await db.query
    .select({ id: offers.id, achievement: offers.achievementId, madeBy: offers.madeBy, key: offers.recipientKey })
    .from(offers)
    .where(waiting);
  if (!rows.length) throw notFound('batch that waits');
  const person = await ownAmong(
    ctx,
    rows.map(({ key }) => key),
  );
  for (const { achievement, madeBy } of rows) {
    requireRight(ctx, 'award.release', { achievement, firstHand: madeBy, person });
    // A program is a hand of its own, and no two.
    if (actorName(actor) === madeBy)
      throw new DomainError('forbidden', 'You made this batch. A second person has to release it.');
  }
  await commit(
    db,
    [
      db.query
        .update(offers)
        .set({ releaseAt: now.toISOString() })
        // Not what whoever releases added in the same moment.
        .where(and(waiting, ne(offers.madeBy, actorName(actor)))),
      ...claimKey(ctx, batch),
    ],
    [
      {
        institution: institution.id,
        actor,
        action: 'batch.release',
        subject: batch,
        at: now,
        details: { awards: rows.map(({ id }) => id) },
      },
    ],
  );
  return rows.length;
}

/**
 * Releases what is held no longer: signs it, or offers it where its achievement asks for a claim. Safe to run at any
 * time and in several processes at once; one that fails does not keep the others from being done.
 */
export async function releaseDue(deps: Deps): Promise<Released> {
  const done: Released = { released: 0, failed: 0 };
  const due = await deps.db.query
    .select({ offer: offers, slug: institutions.slug })
    .from(offers)
    .innerJoin(institutions, eq(institutions.id, offers.institutionId))
    .where(and(eq(offers.state, 'held'), lte(offers.releaseAt, deps.clock().toISOString())))
    .orderBy(asc(offers.releaseAt))
    .limit(AT_A_TIME);
  for (const { offer, slug } of due) {
    const ctx: Ctx = {
      actor: { kind: 'service' },
      institution: { id: offer.institutionId, slug },
      now: deps.clock(),
      requestId: 'release',
      db: deps.db,
      deps,
    };
    try {
      await releaseOne(ctx, offer);
      done.released++;
    } catch (error) {
      // Undone in the same moment.
      if (hadLeft(error)) continue;
      done.failed++;
      deps.log.error('release', error, { award: offer.id });
    }
  }
  return done;
}

async function releaseOne(ctx: Ctx, offer: Offer): Promise<void> {
  const { deps, institution } = ctx;
  const { achievementId, achievementVersion } = offer;
  const version = await readVersion(deps.db, institution.id, achievementId, achievementVersion);
  if (!version) throw new DomainError('internal', 'A held award names a version that is not there.');
  if (version.content.claim) return offerNow(ctx, offer, version, version.content.claim.lapseAfterDays);
  await assertKeyOpens(deps, institution);
  // The intent takes the place of what was held, under the same id.
  const { id, statements, details } = await reservation(ctx, { ...offer, version });
  await commit(
    deps.db,
    [...(await leaveState(deps, offer, ctx.now)), deps.db.query.delete(offers).where(eq(offers.id, id)), ...statements],
    [entry(ctx, id, details)],
  );
  await finishAward(ctx, id);
}

async function offerNow(ctx: Ctx, held: Offer, { content }: PublishedVersion, days: number): Promise<void> {
  const { deps, now } = ctx;
  const offeredAt = now.toISOString();
  const change = { state: 'offered' as const, offeredAt, lapsesAt: lapsesAt(now, days) };
  const offer: Offer = { ...held, ...change };
  const institution = await readInstitution(deps, ctx.institution.slug);
  await commit(
    deps.db,
    [
      ...(await leaveState(deps, held, now)),
      deps.db.query.update(offers).set(change).where(eq(offers.id, offer.id)),
      ...(await offerLetter(deps, { offer, institution, achievement: content }, now)),
    ],
    [entry(ctx, offer.id, {})],
  );
}

const entry = ({ institution, actor, now }: Ctx, subject: string, details: Record<string, unknown>) => ({
  institution: institution.id,
  actor,
  action: 'award.release',
  subject,
  at: now,
  details,
});
