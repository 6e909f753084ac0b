import { and, eq, gt, inArray } from 'drizzle-orm';
import { readMyBadge } from '../../credentials/index.ts';
import { readInstitution } from '../../institutions/index.ts';
import { institutions } from '../../institutions/schema.ts';
import { isSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { newDigits, newToken, sha256Hex } from '../../platform/ids.ts';
import type { Language } from '../../platform/language.ts';
import { newGrant } from '../oauth/grants.ts';
import { putGrant } from '../put-grant.ts';
import { walletGrants } from '../schema.ts';
import { configurationIds } from './configurations.ts';
import { makeIssuerState } from './issuer-state.ts';
import { mayLeave } from './leave.ts';
import { issuerId, PRE_AUTHORIZED } from './metadata.ts';

export const OFFER_MS = 10 * 60_000;
export const TX_CODE_LENGTH = 6;
/** Under which a code is used up in `spent`. */
export const CODE = 'oid4vci-code';

/** An offer to a wallet, as its owner sees it. */
export interface OfferLink {
  /** For a QR code, or for a wallet on the same device. */
  link: string;
  /** The same with the offer itself in it, for wallets that do not fetch one; too long for a QR code. */
  byValue: string;
  expires: Date;
}

/** An offer to whoever knows a code: shown once. */
export interface WalletOffer extends OfferLink {
  /** What the owner types into the wallet. It is in nothing that the wallet gets from us. */
  txCode: string;
}

export interface OfferInput {
  awardId: string;
  personId: string;
  /** In which the wallet asks for the code. */
  language: Language;
}

/**
 * Offers a badge to a wallet of its owner, by a code that they type there (OID4VCI §4.1.1). What was offered of it before
 * ends.
 * @throws DomainError `not-found`, also for somebody else's; `award-state` for one that is not in force
 */
export async function offerBadge(deps: Deps, input: OfferInput): Promise<WalletOffer> {
  const txCode = newDigits(TX_CODE_LENGTH);
  return { ...(await offer(deps, input, { kind: 'pre-authorized_code', txCode })), txCode };
}

/**
 * Offers a badge to a wallet that has its owner sign in here. It opens nothing by itself. Apart from the offer by a code:
 * wallets that know one way alone stumble over an offer that has both.
 * @throws as `offerBadge`
 */
export const offerBySignIn = (deps: Deps, input: OfferInput): Promise<OfferLink> =>
  offer(deps, input, { kind: 'sign-in_offer' });

type Way = { kind: 'pre-authorized_code'; txCode: string } | { kind: 'sign-in_offer' };

async function offer(deps: Deps, { awardId, personId, language }: OfferInput, way: Way): Promise<OfferLink> {
  const badge = await readMyBadge(deps, personId, awardId);
  if (!mayLeave(badge))
    throw new DomainError('award-state', 'This badge is not in force, so it does not go to a wallet.', {
      extensions: { state: badge.state },
    });
  const institution = await readInstitution(deps, badge.institution.slug);
  const code = newToken();
  const data = 'txCode' in way ? { txHash: await txHashOf(await sha256Hex(code), way.txCode), language } : {};
  const of = { personId, awardId, institutionId: institution.id };
  const row = await newGrant(deps, way.kind, code, OFFER_MS, { ...of, data });
  await putGrant(deps, row, 'wallet.offer');
  const value = await describeOffer(deps, code, row, institution.slug);
  return {
    link: linkTo('credential_offer_uri', `${deps.config.origin}/o/${code}`),
    byValue: linkTo('credential_offer', JSON.stringify(value)),
    expires: new Date(row.expiresAt),
  };
}

const linkTo = (parameter: string, value: string) =>
  `openid-credential-offer://?${parameter}=${encodeURIComponent(value)}`;

/** Salted with its grant, so that equal codes do not look equal. */
export const txHashOf = (grantId: string, txCode: string): Promise<string> => sha256Hex(`${grantId}:${txCode}`);

const ASK: Record<Language, string> = {
  nl: 'De code van zes cijfers die op de pagina van je badge staat',
  en: 'The code of six digits on the page of your badge',
};

/**
 * What the wallet reads where the offer refers it to (OID4VCI §4.1.1). The code is the name of the address: whoever
 * may read the one knows the other.
 * @throws DomainError `not-found`, also once it was used or has ended
 */
export async function readWalletOffer(deps: Deps, code: string) {
  const kinds = inArray(walletGrants.kind, ['pre-authorized_code', 'sign-in_offer']);
  const [found] = await deps.db.query
    .select({ slug: institutions.slug, grant: walletGrants })
    .from(walletGrants)
    .innerJoin(institutions, eq(institutions.id, walletGrants.institutionId))
    .where(
      and(eq(walletGrants.id, await sha256Hex(code)), kinds, gt(walletGrants.expiresAt, deps.clock().toISOString())),
    );
  if (!found || (await isSpent(deps, CODE, code))) throw notFound('offer');
  return describeOffer(deps, code, found.grant, found.slug);
}

type Described = Pick<typeof walletGrants.$inferSelect, 'kind' | 'awardId' | 'institutionId' | 'data'>;

/** The offer itself (OID4VCI §4.1.1). */
async function describeOffer(
  deps: Deps,
  code: string,
  { kind, awardId, institutionId, data }: Described,
  slug: string,
) {
  const grants =
    kind === 'sign-in_offer'
      ? { authorization_code: { issuer_state: await makeIssuerState(deps, institutionId!, awardId!) } }
      : {
          [PRE_AUTHORIZED]: {
            'pre-authorized_code': code,
            tx_code: {
              input_mode: 'numeric',
              length: TX_CODE_LENGTH,
              description: ASK[data.language as Language],
            },
          },
        };
  return { credential_issuer: issuerId(deps, slug), credential_configuration_ids: configurationIds, grants };
}
