// Badges of Open Badges 2.0 at an address of their own.
import type { Json } from '../support/badges.ts';
import { type JwtKey, jwt } from '../support/jwts.ts';
import {
  assertion,
  ASSERTION,
  badgeClass,
  CLASS,
  issuer,
  ISSUER,
  pemOf,
  REVOKED,
  SITE,
  signedBadge,
} from '../support/ob2.ts';
import type { Made } from './place.ts';
import type { State } from './statuses.ts';

const moved = <T>(value: T, host: string): T => JSON.parse(JSON.stringify(value).replaceAll(new URL(SITE).host, host));

/** A hosted badge, and what the site says of it. There is no list, so none that is old. */
export function hostedAt(host: string, state: State): Made | undefined {
  if (state === 'stale') return undefined;
  const now: Partial<Record<State, unknown>> = {
    clear: assertion(),
    set: { id: ASSERTION, revoked: true, revocationReason: 'Vergissing' },
    malformed: 'no assertion',
  };
  const answers = {
    ...(now[state] === undefined ? {} : { [ASSERTION]: now[state] }),
    [CLASS]: badgeClass(),
    [ISSUER]: issuer(),
  };
  return moved({ credential: assertion(), answers }, host);
}

/** A signed badge, and the list of its issuer, which has no dates. */
export async function signedAt(host: string, key: JwtKey, state: State): Promise<Made | undefined> {
  if (state === 'stale') return undefined;
  const { document, answers } = await signedBadge(key, await pemOf(key));
  const list = answers[REVOKED] as Json;
  if (state === 'set') list.revokedAssertions = [document.id];
  if (state === 'malformed') answers[REVOKED] = { error: 'spoiled' };
  if (state === 'unreachable') delete answers[REVOKED];
  return {
    credential: await jwt(key, { typ: 'JWT' }, moved(document, host)),
    answers: moved(answers, host),
  };
}
