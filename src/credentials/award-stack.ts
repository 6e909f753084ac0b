import { requireRight } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { spend, wasSpent } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AwardInput } from './award-input.ts';
import { identifiedBy } from './claimant.ts';
import { dayOf } from './dates.ts';
import { finishAward } from './finish.ts';
import { holdOf } from './hold.ts';
import { learnerOf } from './learner-of.ts';
import { makeOffer } from './make-offer.ts';
import { prepareAward } from './prepare.ts';
import { reservation } from './reserve.ts';
import { findStacks, referenceOf, type Stack } from './stack.ts';

/** Nothing is awarded by stacking twice, however long ago the first time was. */
const FOR_GOOD = new Date('9999-01-01T00:00:00Z');

/**
 * Awards a set that someone completed, on an examiner's word: once for each person and achievement.
 * @throws DomainError `forbidden`, also for oneself; `not-found` when it is not complete, or was given before
 */
export async function awardStack(ctx: Ctx, asked: Pick<Stack, 'person' | 'achievement'>): Promise<string> {
  requireRight(ctx, 'dossier.decide', asked);
  const stack = (await findStacks(ctx)).find(s => s.person === asked.person && s.achievement === asked.achievement);
  if (!stack) throw notFound('completed set');
  return award(ctx, stack, 'examiner');
}

/** What the timer does: awards the sets whose policy asks nobody. */
export async function awardStacks(deps: Deps): Promise<void> {
  const all = await deps.db.query.select({ id: institutions.id, slug: institutions.slug }).from(institutions);
  for (const institution of all) {
    const ctx: Ctx = {
      actor: { kind: 'service' },
      institution,
      now: deps.clock(),
      requestId: 'stack',
      db: deps.db,
      deps,
    };
    for (const stack of await findStacks(ctx, 'award')) {
      try {
        await award(ctx, stack, 'policy');
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'award-exists'))
          deps.log.error('award.stack', error, { achievement: stack.achievement });
      }
    }
  }
}

async function award(ctx: Ctx, stack: Stack, decidedBy: string): Promise<string> {
  const { db, deps, institution, now } = ctx;
  const learner = await learnerOf(deps, stack.person);
  if (!learner) throw notFound('completed set');
  const input: AwardInput = {
    achievement: stack.achievement,
    recipient: {
      ...(learner.kind === 'eduid' ? { eduid: learner.subject } : {}),
      ...(learner.eppn ? { eppn: learner.eppn } : {}),
      ...(learner.email ? { email: learner.email } : {}),
      ...(learner.kind === 'did' ? { did: learner.subject } : {}),
      ...(learner.name ? { name: learner.name } : {}),
    },
    decision: { basis: stack.basis, decidedBy, decidedOn: dayOf(now), reference: referenceOf(stack) },
  };
  const prepared = await prepareAward(ctx, input);
  const held = await holdOf(ctx, prepared.version.content);
  if (held || prepared.version.content.claim) return (await makeOffer(ctx, prepared, held)).id;
  const about = { personId: stack.person, identified: identifiedBy(learner) };
  const { id, statements, details } = await reservation(ctx, { ...prepared, ...about });
  const once = await spend(deps, 'stack', `${institution.id} ${stack.achievement} ${stack.person}`, FOR_GOOD);
  try {
    await commit(
      db,
      [...statements, ...once],
      [
        {
          institution: institution.id,
          actor: ctx.actor,
          action: 'award.stack',
          subject: id,
          at: now,
          details: { ...details, by: stack.by },
        },
      ],
    );
  } catch (error) {
    if (wasSpent(error) || violatedKey(error)?.startsWith('awards.institution_id'))
      throw new DomainError('award-exists', 'This set was awarded a moment ago.');
    throw error;
  }
  await finishAward(ctx, id);
  return id;
}
