import { openCopy } from '../credentials/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';

/**
 * What the QR code for where there is no network holds: an address of ours at which a camera opens the check, and the
 * short form of the badge behind `#`, which a browser sends to nobody. In capitals, so that it takes the least room.
 * @throws DomainError `not-found`; `award-state` for a badge that no longer counts
 */
export async function offlineCode(deps: Deps, awardId: string): Promise<string> {
  const { document } = await openCopy(deps, awardId, 'short');
  return `${deps.config.origin.toUpperCase()}/V#${document}`;
}

/** The same, or nothing for a badge that no longer counts and never had one. */
export async function offlineCodeIfAny(deps: Deps, awardId: string): Promise<string | undefined> {
  try {
    return await offlineCode(deps, awardId);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'award-state') return undefined;
    throw error;
  }
}
