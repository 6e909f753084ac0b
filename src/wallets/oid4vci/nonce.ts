import type { Deps } from '../../platform/context.ts';
import { makeStamp, readStamp } from '../../platform/mac.ts';

export const NONCE_MS = 5 * 60_000;
/** Under which a nonce is used up in `spent`. */
export const NONCE = 'oid4vci-nonce';

/** A `c_nonce` (OID4VCI §7) of this institution: nothing is kept of it until it is used. */
export const makeNonce = async (deps: Deps, institutionId: string): Promise<string> =>
  (await makeStamp(deps, NONCE, NONCE_MS, [institutionId])).stamp;

/** When a nonce of ours, for this institution, ends; undefined for any other, and for one that is too old. */
export const readNonce = (deps: Deps, institutionId: string, nonce: string): Promise<Date | undefined> =>
  readStamp(deps, NONCE, NONCE_MS, [institutionId], nonce);
