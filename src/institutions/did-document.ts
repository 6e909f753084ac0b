import type { Deps } from '../platform/context.ts';
import { didDocument } from '../vc/did.ts';
import { listKeys } from './keys.ts';
import type { Institution } from './profile.ts';

/** The institution's DID document: every key that may still vouch for a badge, and those that no longer may. */
export async function readDidDocument(deps: Deps, institution: Institution) {
  const keys = await listKeys(deps, institution.id);
  return didDocument({
    did: institution.did,
    keys: keys.map(key => ({
      id: key.id,
      publicKeyMultibase: key.publicKeyMultibase,
      state: key.state,
      ...(key.state === 'compromised' ? { revoked: key.endedAt ?? key.createdAt } : {}),
    })),
  });
}
