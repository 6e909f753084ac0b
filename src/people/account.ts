/** An account at any OpenID provider: known by its issuer and subject, and by nothing else. */
import { emailKey } from '../platform/addresses.ts';
import { acrOf, type Claims, nameOf, textOf } from './claims.ts';
import { bare, type Proven } from './identities.ts';

/**
 * An address counts only where the provider itself says that it verified it; the text "true" is no such word (threat
 * O5).
 */
export function verifiedEmail(claims: Claims): string | null {
  const email = textOf(claims.email);
  return (claims.email_verified === true && email && emailKey(email)) || null;
}

/** What an account of a provider without a profile of its own proves. */
export function accountFrom(issuer: string, sub: string, claims: Claims): Proven {
  const email = verifiedEmail(claims);
  const name = nameOf(claims) ?? null;
  return {
    ...bare('institution', issuer, sub),
    label: email ?? name ?? sub,
    email,
    name,
    nameSource: name === null ? null : 'self',
    acr: acrOf(claims),
  };
}
