import { parseDateTimeStamp } from './date.ts';
import type { OpenBadgeCredential } from './open-badge.ts';

/**
 * The claims of a badge in a JWT (OB 3.0 §8.2.4.1; VC-JOSE-COSE §3.1): the badge itself, and beside it what JWT has names
 * of its own for. Those say the same as the members that they repeat.
 */
export function claimsOfBadge(badge: Omit<OpenBadgeCredential, 'proof'>): JsonObject {
  const seconds = (date: string) => Math.floor(parseDateTimeStamp(date)!.getTime() / 1000);
  const { id: subject } = badge.credentialSubject;
  return {
    ...badge,
    iss: typeof badge.issuer === 'string' ? badge.issuer : badge.issuer.id,
    jti: badge.id,
    ...(subject ? { sub: subject } : {}),
    nbf: seconds(badge.validFrom),
    ...(badge.validUntil ? { exp: seconds(badge.validUntil) } : {}),
  };
}
