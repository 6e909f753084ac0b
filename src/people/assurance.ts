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
}

/** The `acr_values` that ask a provider of SURFconext for a level; undefined where a login is enough. */
export const acrFor = (asked: Assurance): string | undefined => (asked === 'login' ? undefined : `${TRUST}${asked}`);

/** The single values of an `acr`: SURFconext puts a space between several. */
const answers = (acr: string | null): string[] => (acr ?? '').split(' ').filter(Boolean);

/** The levels that an `acr` names, exactly; a level with a second factor is that level. */
function namedIn(acr: string | null): Assurance[] {
  const names = answers(acr)
    .filter(answer => answer.startsWith(TRUST))
    .map(answer => answer.slice(TRUST.length))
    .map(name => (name.endsWith(MFA) ? name.slice(0, -MFA.length) : name));
  return assurances.filter(level => level !== 'login' && names.includes(level));
}

/** Whether a second factor was used, by the `acr` alone. */
export const withSecondFactor = (acr: string | null): boolean =>
  answers(acr).some(
    answer => answer === 'https://refeds.org/profile/mfa' || (answer.endsWith(MFA) && namedIn(answer).length > 0),
  );

/** Every level that a proof reaches. */
export function levelsOf(proof: Proof): Assurance[] {
  const reached = new Set<Assurance>(['login', ...namedIn(proof.acr)]);
  // A student is one at a linked institution; a name from outside is a validated one. A validated name says nothing of
  // an institution: a bank or eIDAS may have validated it.
  if (reached.has('affiliation-student')) reached.add('linked-institution');
  if (reached.has('validate-names-external')) reached.add('validate-names');
  if (proof.links.some(link => link.home)) reached.add('linked-institution');
  return assurances.filter(level => reached.has(level));
}

/** Whether a proof is enough for what is asked. */
export const reachesLevel = (proof: Proof, asked: Assurance): boolean => levelsOf(proof).includes(asked);

/** The strongest level that a proof reaches, for a line in words. */
export const strongest = (proof: Proof): Assurance => levelsOf(proof).at(-1)!;

const VALIDATED = 'https://eduid.nl/validated/';
/** Registers outside the institutions, as eduID names them; the last one stands before how Studielink knew it. */
const REGISTERS = ['bank', 'eidas', 'servicedesk', 'central-enrollment/'];

/**
 * Who vouches for the name. Only a level says that it was validated at all. By whom, say the link from which the name
 * comes, or `eduperson_assurance` where it names one kind of validator and not the other.
 */
export function nameSourceOf({ acr, values, links }: Proof): NameSource {
  const levels = namedIn(acr);
  if (levels.includes('validate-names-external')) return 'external';
  if (!levels.includes('validate-names')) return 'self';
  const preferred = links.find(link => link.preferred && link.validatedName);
  if (preferred) return preferred.home ? 'institution' : 'external';
  const institution = values.includes(`${VALIDATED}institution`);
  const external = values.some(value => REGISTERS.some(name => value.startsWith(`${VALIDATED}${name}`)));
  if (institution === external) return 'unstated';
  return institution ? 'institution' : 'external';
}
