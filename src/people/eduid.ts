/** eduID and institution accounts as SURFconext hands them over (facts: OpenConext-oidcng, OpenConext-myconext). */
import { emailKey, eppnKey } from '../platform/addresses.ts';
import { DomainError } from '../platform/errors.ts';
import { DAY_MS } from '../platform/clock.ts';
import { verifiedEmail } from './account.ts';
import { nameSourceOf } from './assurance.ts';
import { acrOf, type Claims, nameOf, textOf, textsOf } from './claims.ts';
import { bare, INSTITUTION_DAYS, type Proven } from './identities.ts';
import type { LinkedAccount } from './schema.ts';

/** The second one is a service's literal way to ask for the links API. */
export const SCOPE = 'openid eduid.nl/links';

/** Which claims are asked for in the ID token; what is not needed is not asked. */
export const CLAIMS = JSON.stringify({
  id_token: Object.fromEntries(
    [
      'acr',
      'auth_time',
      'eduid',
      'eduperson_assurance',
      'eduperson_principal_name',
      'email',
      'email_verified',
      'family_name',
      'given_name',
      'preferred_language',
      'schac_home_organization',
    ].map(name => [name, null]),
  ),
});

/** Homes of learners with an eduID; the second is its name of before. */
const EDUID_HOMES = ['eduid.nl', 'surfguest.nl'];
const EMAIL_VALIDATED = 'https://eduid.nl/validated/email-validated';

/** What a login by SURFconext proves. `links`: undefined where the links API did not answer. */
export function proofFrom(
  issuer: string,
  sub: string,
  claims: Claims,
  links: LinkedAccount[] | undefined,
  now: Date,
): Proven {
  const home = hostOf(claims.schac_home_organization);
  const eduid = textOf(claims.eduid);
  if (home !== undefined && !EDUID_HOMES.includes(home)) return institutionAccount(issuer, sub, claims, home, now);
  if (eduid) return learner(issuer, eduid, claims, links);
  if (home === undefined && claims.schac_home_organization === undefined)
    return institutionAccount(issuer, sub, claims, undefined, now);
  throw new DomainError(
    'sign-in-incomplete',
    'The provider did not tell by which number your eduID is known here. Without it you would be someone else each time.',
  );
}

/**
 * A learner is known by the value of `eduid`, which is theirs for this service; never by an address, sub, eppn or uid.
 */
function learner(issuer: string, eduid: string, claims: Claims, links: LinkedAccount[] | undefined): Proven {
  const assurance = textsOf(claims.eduperson_assurance);
  const address = textOf(claims.email);
  const validated = assurance.includes(EMAIL_VALIDATED) ? address && emailKey(address) : undefined;
  const email = validated ?? verifiedEmail(claims);
  const acr = textOf(claims.acr) ?? null;
  const nameSource = links ? nameSourceOf({ acr, values: assurance, links }) : 'self';
  const vouched = nameSource === 'self' ? undefined : links?.find(link => link.preferred)?.validatedName;
  const name = vouched ?? nameOf(claims) ?? null;
  return {
    ...bare('eduid', issuer, eduid),
    label: email ?? name ?? eduid,
    email,
    home: 'eduid.nl',
    name,
    nameSource: name === null ? null : nameSource,
    acr,
    assurance,
    links: links ?? [],
    // The eduID itself stays its owner's for ever: it is what outlives an institution.
    lapsesAt: null,
  };
}

/** An institution account is known by issuer and subject. Its eppn counts when its scope is the institution's own. */
function institutionAccount(issuer: string, sub: string, claims: Claims, home: string | undefined, now: Date): Proven {
  const eppn = scopedTo(textOf(claims.eduperson_principal_name), home);
  const email = verifiedEmail(claims);
  const name = nameOf(claims) ?? null;
  return {
    ...bare('institution', issuer, sub),
    label: eppn ?? email ?? name ?? sub,
    email,
    eppn,
    home: home ?? null,
    name,
    nameSource: name === null ? null : 'self',
    acr: acrOf(claims),
    assurance: textsOf(claims.eduperson_assurance),
    lapsesAt: new Date(now.getTime() + INSTITUTION_DAYS * DAY_MS).toISOString(),
  };
}

/** A host name in lower case; undefined for what is none. */
export function hostOf(value: unknown): string | undefined {
  const text = textOf(value)?.toLowerCase();
  return text && /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(text)
    ? text
    : undefined;
}

/**
 * An eppn in its one spelling, when its scope is the home organisation or lies under it. `…@uni.nl.attacker.com` and
 * `…@eviluni.nl` do not (threat O10).
 */
function scopedTo(eppn: string | undefined, home: string | undefined): string | null {
  const key = eppn && eppnKey(eppn);
  if (!key || !home) return null;
  const scope = key.slice(key.lastIndexOf('@') + 1);
  return scope === home || scope.endsWith(`.${home}`) ? key : null;
}

/** The linked accounts of an answer of the links API; undefined for what is no such answer. */
export function linksFrom(answer: unknown): LinkedAccount[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  return answer.slice(0, 50).flatMap(entry => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { eppn, schac_home_organization, preferred, validated_name } = entry as Claims;
    const home = hostOf(schac_home_organization) ?? null;
    return [
      {
        eppn: scopedTo(textOf(eppn), home ?? undefined),
        home,
        validatedName: textOf(validated_name) ?? null,
        preferred: preferred === true,
      },
    ];
  });
}
