import { spend, wasSpent } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Offer } from './read-offer.ts';

/**
 * An offer leaves a state once for each link: by a claim, a withdrawal, a refusal, its term, or a newer link. Whoever
 * does it puts this in the same commit; of two at once the second is told by `hadLeft`, reads again, and judges what the
 * offer has become. It is kept for longer than anything can be under way.
 */
export const leaveState = (
  deps: Deps,
  { id, links, state }: Pick<Offer, 'id' | 'links' | 'state'>,
  now: Date,
): Promise<[Statement]> => spend(deps, 'offer', `${id}:${links}:${state}`, new Date(now.getTime() + DAY_MS));

export { wasSpent as hadLeft };
