import { identitiesOf, provenAddresses } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { macOf } from '../../platform/mac.ts';
import { OB_CONTEXT } from '../../vc/contexts.ts';
import type { Access } from './access.ts';
import { BASE } from './scopes.ts';

/**
 * Who someone is, as a Profile (OB 3.0 §6.2.4): what others vouched for. The id is another one for each service, so
 * that two of them cannot put together what they know.
 */
export async function readProfile(deps: Deps, { personId, clientId }: Access) {
  const known = await identitiesOf(deps, personId);
  const named = known.filter(({ name }) => name !== null);
  const name = (named.find(({ nameSource }) => nameSource !== null && nameSource !== 'self') ?? named[0])?.name;
  const [email] = (await provenAddresses(deps, personId)).emails;
  const pairwise = await macOf(deps, 'ob3-profile', clientId, personId);
  return {
    '@context': [OB_CONTEXT],
    id: `${deps.config.origin}${BASE}/profile#${pairwise}`,
    type: ['Profile'],
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
  };
}
