import { hasLapsed, identitiesOf, type Identity } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';

/** The strongest thing that the learner of a dossier is known by; undefined for whoever has none left. */
export async function learnerOf(deps: Deps, personId: string): Promise<Identity | undefined> {
  const order = ['eduid', 'institution', 'email', 'did'];
  const standing = (await identitiesOf(deps, personId)).filter(identity => !hasLapsed(identity, deps.clock()));
  return standing.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];
}
