import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';

/** How long ago a proof of who someone is may be, for what cannot be undone. */
export const FRESH_MS = 5 * 60_000;

/**
 * Whether a person proved who they are in this session a moment ago; what lies ahead is no proof (the clock was set
 * back).
 */
export function isFresh(deps: Deps, session: SignedIn): boolean {
  return Math.abs(deps.clock().getTime() - Date.parse(session.provenAt)) <= FRESH_MS;
}

/** @throws DomainError `proof-needed` */
export function requireFresh(deps: Deps, session: SignedIn): void {
  if (!isFresh(deps, session))
    throw new DomainError('proof-needed', 'Sign in once more, so that we know that it is you; then do this again.');
}
