import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import type { Hideable } from '../vc/sd-jwt-issue.ts';
import { claimsOfBadge } from '../vc/vc-jwt.ts';

/** The `vct` of a badge as SD-JWT VC; its type metadata is served there. */
export const vctOf = (origin: string) => `${origin}/vct/open-badge`;

/**
 * A badge as the claims of an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §3.2): the members that it has as an Open Badge, with
 * the names of JWT for what those have names for. Without a context: for wallets that know no JSON-LD.
 */
export function sdJwtClaims(
  badge: Omit<OpenBadgeCredential, 'proof'>,
  {
    origin,
    issuedAt,
    holderKey,
    status,
  }: {
    origin: string;
    issuedAt: Date;
    holderKey: Record<string, string> | undefined;
    status: { listUrl: string; index: number };
  },
): JsonObject {
  const { iss, jti, nbf, exp } = claimsOfBadge(badge);
  const {
    '@context': _context,
    id: _id,
    type: _type,
    validFrom: _from,
    validUntil: _until,
    credentialStatus: _status,
    ...members
  } = badge;
  return {
    iss,
    jti,
    iat: Math.floor(issuedAt.getTime() / 1000),
    nbf,
    ...(exp === undefined ? {} : { exp }),
    vct: vctOf(origin),
    ...(holderKey ? { cnf: { jwk: holderKey } } : {}),
    status: { status_list: { idx: status.index, uri: status.listUrl } },
    ...members,
  };
}

const subject = (name: string): Hideable => ({ member: ['credentialSubject', name] });
const achievement = (name: string): Hideable => ({ member: ['credentialSubject', 'achievement', name] });

/**
 * What whoever holds it can leave out. Nothing at the top but the items of `evidence`: a digest there could stand for an
 * end or a status, so that a checker could not tell (docs/decisions/0010).
 */
export const hideable: readonly Hideable[] = [
  ...['id', 'identifier', 'narrative', 'result', 'creditsEarned'].map(subject),
  ...['description', 'criteria', 'alignment', 'resultDescription', 'creditsAvailable', 'related', 'tag', 'image'].map(
    achievement,
  ),
  { items: ['evidence'] },
];

/** Names of claims for wallets, which show them as they stand here. */
export const claimLabels: [path: (string | null)[], nl: string, en: string][] = [
  [['name'], 'Badge', 'Badge'],
  [['issuer', 'name'], 'Uitgegeven door', 'Issued by'],
  [['awardedDate'], 'Toegekend op', 'Awarded on'],
  [['credentialSubject', 'id'], 'Kenmerk van de houder', 'Identifier of the holder'],
  [['credentialSubject', 'identifier', null, 'identityHash'], 'Naam', 'Name'],
  [['credentialSubject', 'narrative'], 'Toelichting', 'Explanation'],
  [['credentialSubject', 'result', null, 'value'], 'Resultaat', 'Result'],
  [['credentialSubject', 'creditsEarned'], 'Behaalde studiepunten', 'Credits earned'],
  [['credentialSubject', 'achievement', 'name'], 'Wat is behaald', 'What was earned'],
  [['credentialSubject', 'achievement', 'description'], 'Beschrijving', 'Description'],
  [['credentialSubject', 'achievement', 'criteria', 'narrative'], 'Criteria', 'Criteria'],
  [['credentialSubject', 'achievement', 'alignment', null, 'targetName'], 'Sluit aan op', 'Aligned with'],
  [['credentialSubject', 'achievement', 'creditsAvailable'], 'Studielast', 'Workload'],
  [['evidence', null, 'name'], 'Onderbouwing', 'Evidence'],
];

/** Whether a claim, or what it is in, can be left out. */
const canBeLeftOut = (path: (string | null)[]) =>
  hideable.some(place => {
    const of = 'member' in place ? place.member : place.items;
    return of.every((step, i) => path[i] === step);
  });

// The drafts say `lang` and, later, `locale`; wallets of both ages read this.
const tagged = (tag: string, words: Record<string, string>) => ({ lang: tag, locale: tag, ...words });

/** The type metadata at `vct` (draft-ietf-oauth-sd-jwt-vc, "SD-JWT VC Type Metadata"). */
export const typeMetadata = (origin: string) => ({
  vct: vctOf(origin),
  name: 'Open Badge',
  description: 'An Open Badge 3.0 as SD-JWT VC',
  display: [
    tagged('nl', { name: 'Open Badge', description: 'Wat iemand heeft geleerd, vastgesteld door een instelling' }),
    tagged('en', { name: 'Open Badge', description: 'What someone has learned, as an institution established it' }),
  ],
  claims: claimLabels.map(([path, nl, en]) => ({
    path,
    sd: canBeLeftOut(path) ? 'always' : 'never',
    display: [tagged('nl', { label: nl }), tagged('en', { label: en })],
  })),
});
