/**
 * How sure it is who someone is. What a provider answered counts, never what it was asked for: eduID falls back to a
 * lower level than the one asked for, and says so in `acr`.
 */
import type { LinkedAccount, NameSource } from './schema.ts';

/** What an achievement can ask of who claims it; each is told in words on the page. */
export const assurances = [
  'login',
  'linked-institution',
  'affiliation-student',
  'validate-names',
  'validate-names-external',
] as const;
export type Assurance = (typeof assurances)[number];

const TRUST = 'https://eduid.nl/trust/';
const MFA = '/mfa';

/** What a login proved, as the provider said it. */
export interface Proof {
  acr: string | null;
  /** `eduperson_assurance`. */
  values: readonly string[];
  links: readonly LinkedAccount[];
  /** Scoped affiliations, such as `student@hu.nl`. */
  affiliations?: readonly string[];
}

/** The `acr_values` that ask a provider of SURFconext for a level; undefined where a login is enough. */
export const acrFor = (asked: Assurance): string | undefined => (asked === 'login' ? undefined : `${TRUST}${asked}`);

/** The level that an `acr` names, exactly; a level with a second factor is that level. */
function levelOf(acr: string | null): Assurance | undefined {
  if (!acr?.startsWith(TRUST)) return undefined;
  const name = acr.slice(TRUST.length);
  const bare = name.endsWith(MFA) ? name.slice(0, -MFA.length) : name;
  return assurances.find(level => level !== 'login' && level === bare);
}

/** Whether a second factor was used, by the `acr` alone. */
export const withSecondFactor = (acr: string | null): boolean =>
  acr === 'https://refeds.org/profile/mfa' || (levelOf(acr) !== undefined && acr!.endsWith(MFA));

/** Every level that a proof reaches. */
export function levelsOf(proof: Proof): Assurance[] {
  const acr = levelOf(proof.acr);
  const reached = new Set<Assurance>(['login']);
  if (acr) reached.add(acr);
  // A student is one at a linked institution; a name from outside is a validated one. A validated name says nothing of
  // an institution: a bank or eIDAS may have validated it.
  if (acr === 'affiliation-student') reached.add('linked-institution');
  if (acr === 'validate-names-external') reached.add('validate-names');
  if (proof.links.some(link => link.home)) reached.add('linked-institution');
  return assurances.filter(level => reached.has(level));
}

/** Whether a proof is enough for what is asked. */
export const reachesLevel = (proof: Proof, asked: Assurance): boolean => levelsOf(proof).includes(asked);

/** The strongest level that a proof reaches, for a line in words. */
export const strongest = (proof: Proof): Assurance => levelsOf(proof).at(-1)!;

/** Who vouches for the name: told by the level and, for an institution, by the account that is linked. */
export function nameSourceOf(proof: Proof): NameSource {
  if (levelOf(proof.acr) === 'validate-names-external') return 'external';
  if (levelOf(proof.acr) !== 'validate-names') return 'self';
  const preferred = proof.links.find(link => link.preferred && link.validatedName);
  return preferred && !preferred.home ? 'external' : 'institution';
}
