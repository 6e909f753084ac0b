// SD-JWTs to test with, made by hand, so that they can be wrong in any way.
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { type Json, minutes, NOW } from './badges.ts';
import { type JwtKey, jwt } from './jwts.ts';

/** Seconds since 1970. */
export const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

const ALGORITHMS: Record<string, string> = { 'sha-256': 'SHA-256', 'sha-384': 'SHA-384', 'sha-512': 'SHA-512' };

export async function digestOf(text: string, algorithm = 'sha-256'): Promise<string> {
  const digest = await crypto.subtle.digest(ALGORITHMS[algorithm] ?? 'SHA-256', utf8(text));
  return encodeBase64url(new Uint8Array(digest));
}

let salts = 0;
/** A disclosure of anything: a name and a value for a claim, a value alone for an item of a list. */
export const disclosure = (...parts: unknown[]): string =>
  encodeBase64url(utf8(JSON.stringify([`salt-${salts++}`, ...parts])));

/** Claims of which the named ones can be left out, and the disclosure of each. */
export async function hide(
  claims: Json,
  names: string[],
): Promise<{ claims: Json; disclosures: Record<string, string> }> {
  const disclosures = Object.fromEntries(names.map(name => [name, disclosure(name, claims[name])]));
  const open = Object.entries(claims).filter(([name]) => !names.includes(name));
  const digests = await Promise.all(Object.values(disclosures).map(text => digestOf(text)));
  return { claims: { ...Object.fromEntries(open), ...(names.length > 0 ? { _sd: digests.sort() } : {}) }, disclosures };
}

/** What an issuer signed and what goes with it, in compact form. */
export async function sdJwt(key: JwtKey, header: Json, claims: unknown, disclosures: string[] = []): Promise<string> {
  return [await jwt(key, { typ: 'dc+sd-jwt', ...header }, claims), ...disclosures, ''].join('~');
}

/** The SD-JWT with a key binding by `holder` behind it. */
export async function bind(presented: string, holder: JwtKey, claims: Json = {}, header: Json = {}): Promise<string> {
  const payload = {
    iat: seconds(NOW),
    aud: 'https://checker.example',
    nonce: 'n-1',
    sd_hash: await digestOf(presented),
    ...claims,
  };
  return `${presented}${await jwt(holder, { typ: 'kb+jwt', ...header }, payload)}`;
}

/** The claims of an SD-JWT VC in the shape of a badge. */
export const badgeClaims = (issuer: string, changes: Json = {}): Json => ({
  iss: issuer,
  vct: 'https://linde.example/vct/ob3',
  iat: seconds(minutes(-60)),
  nbf: seconds(minutes(-60)),
  exp: seconds(minutes(24 * 60)),
  name: 'Valpreventie in de thuiszorg',
  issuer: { id: issuer, type: ['Profile'], name: 'Zorgcollege De Linde' },
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://linde.example/achievements/valpreventie',
      type: ['Achievement'],
      name: 'Valpreventie in de thuiszorg',
      description: 'Herkent valrisico en bespreekt maatregelen.',
      criteria: { narrative: 'Beoordeeld op een portfolio en een gesprek.' },
    },
  },
  ...changes,
});
