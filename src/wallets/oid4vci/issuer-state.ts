import type { Deps } from '../../platform/context.ts';
import { macOf, sameMac } from '../../platform/mac.ts';

const PURPOSE = 'oid4vci-issuer-state';

/**
 * The `issuer_state` of an offer (OID4VCI §4.1.1): the award that it is about. It opens nothing: whoever comes with it
 * has to be signed in as the owner of that award. We recognise it as ours, and for which institution.
 */
export const makeIssuerState = async (deps: Deps, institutionId: string, awardId: string): Promise<string> =>
  `${awardId}.${await macOf(deps, PURPOSE, institutionId, awardId)}`;

/** The award; undefined for a state that we did not make for this institution. */
export async function readIssuerState(deps: Deps, institutionId: string, state: string): Promise<string | undefined> {
  const [awardId = '', mac] = state.split('.');
  return sameMac(mac, await macOf(deps, PURPOSE, institutionId, awardId)) ? awardId : undefined;
}
