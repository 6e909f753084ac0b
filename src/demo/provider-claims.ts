import type { Language } from '../platform/language.ts';
import type { Linked, Persona } from './provider-people.ts';

const TRUST = 'https://eduid.nl/trust';
const IAP = 'https://refeds.org/assurance/IAP';

/** The levels of eduID without its second factor, which this provider has not; of several, the first one is answered. */
export const levels = [
  `${TRUST}/validate-names-external`,
  `${IAP}/high`,
  `${IAP}/medium`,
  `${TRUST}/validate-names`,
  `${TRUST}/affiliation-student`,
  `${TRUST}/linked-institution`,
] as const;

/** What SURFconext answers when no level was reached. */
const NO_LEVEL = 'http://test.surfconext.nl/assurance/loa1';

/** A persona with what was linked while the provider runs, and the language of the browser in which they came last. */
export type Account = Persona & { linked: Linked[]; language?: Language | undefined };

function reaches(account: Account, level: string): boolean {
  const linked = account.linked.length > 0;
  const named = account.linked.some(l => l.validatedName);
  switch (level) {
    case `${TRUST}/validate-names-external`:
    case `${IAP}/high`:
      return account.idin !== undefined;
    case `${IAP}/medium`:
      return linked || account.idin !== undefined;
    case `${TRUST}/validate-names`:
      return named || account.idin !== undefined;
    case `${TRUST}/affiliation-student`:
      return account.linked.some(l => l.student);
    case `${TRUST}/linked-institution`:
      return linked;
    default:
      return false;
  }
}

/** The asked levels that an account has. */
export const reached = (account: Account, asked: readonly string[]): string[] =>
  levels.filter(level => asked.includes(level) && reaches(account, level));

/** The one level that is answered: the first in eduID's order of those asked for; else what an account has anyway. */
export function answeredLevel(account: Account, asked: readonly string[]): string {
  if (!account.eduid) return NO_LEVEL;
  return (
    reached(account, asked)[0] ?? (asked.length && account.linked.length ? `${TRUST}/linked-institution` : NO_LEVEL)
  );
}

/** `eduperson_assurance`, with the values that eduID gives. */
function assurance(account: Account): string[] {
  const linked = account.linked.length > 0;
  return [
    ...(linked || account.idin ? [`${IAP}/medium`] : []),
    ...(account.idin ? [`${IAP}/high`, 'https://eduid.nl/validated/bank'] : []),
    ...(linked ? ['https://eduid.nl/validated/institution'] : []),
    'https://refeds.org/assurance',
    'https://refeds.org/assurance/ID/unique',
    'https://refeds.org/assurance/ID/eppn-unique-no-reassign',
    `${IAP}/low`,
    'https://refeds.org/assurance/version/2',
    'https://eduid.nl/validated/email-validated',
  ];
}

/** The claims by their names at SURFconext. */
export const claimsOf = (account: Account) => ({
  name: `${account.given} ${account.family}`,
  given_name: account.given,
  family_name: account.family,
  preferred_username: `${account.given} ${account.family}`,
  email: account.email,
  preferred_language: account.language,
  schac_home_organization: account.home,
  eduperson_principal_name: account.eppn,
  uids: [account.id],
  ...(account.eduid
    ? {
        eduid: account.eduid,
        eduperson_assurance: assurance(account),
        eduperson_scoped_affiliation: [
          ...account.linked.filter(l => l.student).map(l => `student@${l.home}`),
          'affiliate@eduid.nl',
        ],
      }
    : { eduperson_scoped_affiliation: [`employee@${account.home}`] }),
});

/** The answer of the links API. What a bank vouches for has no institution, and stands last. */
export const linksOf = (account: Account): object[] => [
  ...account.linked.map((l, i) => ({
    eppn: l.eppn,
    schac_home_organization: l.home,
    preferred: i === 0 && !account.idin,
    ...(l.validatedName ? { validated_name: l.validatedName } : {}),
  })),
  ...(account.idin ? [{ validated_name: account.idin, preferred: true }] : []),
];
