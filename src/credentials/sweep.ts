import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { finishAward } from './finish.ts';
import { finishReplacement } from './finish-replacement.ts';
import { abandonCopy } from './record-copy.ts';
import { awards, copies, replacements } from './schema.ts';
import { listsToRenew, renewList } from './status.ts';

/** An intent younger than this is most likely still under way. */
const YOUNG_MS = 10_000;

export interface Swept {
  finished: number;
  abandoned: number;
  renewed: number;
  failed: number;
}

/**
 * Finishes or abandons what a crash left behind, and signs status lists again before they lapse. Safe to run at any
 * time and in several processes at once. One that fails does not keep the others from being done.
 * @param all also takes up intents that are young, for when no other process can be at work on them
 */
export async function sweep(deps: Deps, { all = false }: { all?: boolean } = {}): Promise<Swept> {
  const swept: Swept = { finished: 0, abandoned: 0, renewed: 0, failed: 0 };
  const now = deps.clock();
  const [before, after] = [-YOUNG_MS, YOUNG_MS].map(ms => new Date(now.getTime() + ms).toISOString()) as [
    string,
    string,
  ];
  // One from the future is not young: the clock was set back.
  const old = or(lt(awards.createdAt, before), gt(awards.createdAt, after));
  const left = await deps.db.query
    .select({
      id: awards.id,
      institutionId: awards.institutionId,
      slug: institutions.slug,
      replaces: replacements.awardId,
      claimed: awards.personId,
    })
    .from(awards)
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .leftJoin(replacements, eq(replacements.successorId, awards.id))
    .where(all ? eq(awards.state, 'reserved') : and(eq(awards.state, 'reserved'), old))
    .limit(500);
  for (const { id, institutionId, slug, replaces, claimed } of left) {
    const ctx: Ctx = {
      actor: { kind: 'service' },
      institution: { id: institutionId, slug },
      now,
      requestId: 'sweep',
      db: deps.db,
      deps,
    };
    try {
      await (replaces ? finishReplacement(ctx, id) : finishAward(ctx, id));
      swept.finished++;
    } catch (error) {
      const bad =
        error instanceof DomainError &&
        ['lint-failed', 'award-not-allowed', 'award-state', 'not-found'].includes(error.code);
      // What took the place of an offer is not abandoned, so someone has to hear of it.
      if (bad && (replaces || !claimed)) swept.abandoned++;
      else {
        swept.failed++;
        deps.log.error('sweep.award', error, { award: id });
      }
    }
  }
  const unfinished = or(lt(copies.createdAt, before), gt(copies.createdAt, after));
  const intents = await deps.db.query
    .select({ id: copies.id, institutionId: institutions.id, slug: institutions.slug })
    .from(copies)
    .innerJoin(awards, eq(awards.id, copies.awardId))
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .where(and(isNull(copies.document), all ? undefined : unfinished))
    .limit(500);
  // Nobody has it or waits for it any more: whoever asked for it asks again.
  for (const { id, institutionId, slug } of intents) {
    await abandonCopy(deps, { id: institutionId, slug }, id);
    swept.abandoned++;
  }
  for (const { listId, institution } of await listsToRenew(deps, now)) {
    try {
      await renewList(deps, institution, listId, { kind: 'service' });
      swept.renewed++;
    } catch (error) {
      swept.failed++;
      deps.log.error('sweep.list', error, { list: listId });
    }
  }
  return swept;
}
