import { type CopyHolder, makeCopy, type SignedCopy } from '../../credentials/index.ts';
import type { AwardState } from '../../credentials/schema.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError, type ErrorCode } from '../../platform/errors.ts';
import type { Access } from './access.ts';
import { type Configuration, configurations } from './configurations.ts';
import { isWaiting } from './leave.ts';
import { refused } from '../oauth/refusal.ts';

export type Holder = NonNullable<CopyHolder>;

/**
 * A copy for each holder, as it stands in a credential response; undefined while the badge is not signed. Asked for again
 * it is the same copy.
 * @throws DomainError with `credential_request_denied`, `invalid_proof`; what stands in the way of signing
 */
export async function deliver(deps: Deps, access: Access, configuration: Configuration, holders: Holder[]) {
  const copies: SignedCopy[] = [];
  for (const holder of holders) {
    const copy = await copyFor(deps, access, configuration, holder);
    if (!copy) return undefined;
    copies.push(copy);
  }
  const whole = configurations[configuration] === 'ldp_vc';
  return copies.map(({ document }) => (whole ? (JSON.parse(document) as unknown) : document));
}

/** What of an award makes that no copy of it leaves. */
const DENIED: ErrorCode[] = ['not-found', 'award-state', 'award-erased'];

async function copyFor(deps: Deps, { awardId, personId }: Access, configuration: Configuration, holder: Holder) {
  try {
    return await makeCopy(deps, { awardId, personId, format: configurations[configuration], holder });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'not-signed' || isWaiting(error.extensions.state as AwardState)) return undefined;
    if (error.code === 'request-invalid')
      throw refused('invalid_proof', 'The badge cannot be bound to this key.', error);
    if (DENIED.includes(error.code)) throw refused('credential_request_denied', 'This badge is not in force.', error);
    throw error;
  }
}
