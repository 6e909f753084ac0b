import { base64url } from '../../platform/ids.ts';
import { type Given, required } from './parameters.ts';
import { refused } from './refusal.ts';

/** The SHA-256 of a text, as S256 (RFC 7636 §4.2) and thumbprints (RFC 7638 §3) have it. */
export const s256 = async (text: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

/** What looks like an S256. */
export const isS256 = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** The `code_challenge` of a request (RFC 7636 §4.3). @throws DomainError with `invalid_request`, also for `plain` */
export function readChallenge(given: Given): string {
  // Plain is what is meant when nothing is said.
  if (given('code_challenge_method') !== 'S256') throw refused('invalid_request', 'PKCE with S256 is needed.');
  const challenge = required(given, 'code_challenge');
  if (!isS256(challenge)) throw refused('invalid_request', 'The code_challenge is no S256.');
  return challenge;
}

/** Whether a text is a `code_verifier` (RFC 7636 §4.1). */
export const isVerifier = (text: string): boolean => /^[A-Za-z0-9._~-]{43,128}$/.test(text);
