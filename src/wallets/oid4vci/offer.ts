import { and, eq, gt } from 'drizzle-orm';
import { readMyBadge } from '../../credentials/index.ts';
import { readInstitution } from '../../institutions/index.ts';
import { institutions } from '../../institutions/schema.ts';
import { isSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { newDigits, newToken, sha256Hex } from '../../platform/ids.ts';
import type { Language } from '../../platform/language.ts';
import { walletGrants } from '../schema.ts';
import { configurationIds } from './configurations.ts';
import { issuerId, PRE_AUTHORIZED } from './metadata.ts';

export const OFFER_MS = 10 * 60_000;
export const TX_CODE_LENGTH = 6;
/** Under which a code is used up in `spent`. */
export const CODE = 'oid4vci-code';

/** An offer to a wallet, as its owner sees it, once. */
export interface WalletOffer {
  /** For a QR code, or for a wallet on the same device. */
  link: string;
  /** What the owner types into the wallet. It is in nothing that the wallet gets from us. */
  txCode: string;
  expires: Date;
}

export interface OfferInput {
  awardId: string;
  personId: string;
  /** In which the wallet asks for the code. */
  language: Language;
}

/**
 * Offers a badge to a wallet of its owner, by reference (OID4VCI §4.1.3). What was offered of it before ends.
 * @throws DomainError `not-found`, also for somebody else's; `not-signed`; `award-state` for one that is not in force
 */
export async function offerBadge(deps: Deps, { awardId, personId, language }: OfferInput): Promise<WalletOffer> {
  const badge = await readMyBadge(deps, personId, awardId);
  if (badge.state === 'reserved') throw new DomainError('not-signed', 'This badge is being signed. Try again soon.');
  if (badge.state !== 'released' && badge.state !== 'claimed')
    throw new DomainError('award-state', 'This badge is not in force, so it does not go to a wallet.', {
      extensions: { state: badge.state },
    });
  const institution = await readInstitution(deps, badge.institution.slug);
  const code = newToken();
  const id = await sha256Hex(code);
  const txCode = newDigits(TX_CODE_LENGTH);
  const now = deps.clock();
  const expires = new Date(now.getTime() + OFFER_MS);
  const { query } = deps.db;
  const kind = 'pre-authorized_code' as const;
  const ofThis = and(eq(walletGrants.kind, kind), eq(walletGrants.awardId, awardId));
  await commit(
    deps.db,
    [
      query.delete(walletGrants).where(and(ofThis, eq(walletGrants.personId, personId))),
      query.insert(walletGrants).values({
        id,
        kind,
        personId,
        awardId,
        institutionId: institution.id,
        data: { txHash: await txHashOf(id, txCode), language },
        createdAt: now.toISOString(),
        expiresAt: expires.toISOString(),
      }),
    ],
    [
      {
        institution: institution.id,
        actor: { kind: 'person', person: personId },
        action: 'wallet.offer',
        subject: awardId,
        at: now,
        details: { grant: id },
      },
    ],
  );
  const uri = `${deps.config.origin}/o/${code}`;
  return { link: `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(uri)}`, txCode, expires };
}

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
  const open = [eq(walletGrants.kind, 'pre-authorized_code'), gt(walletGrants.expiresAt, deps.clock().toISOString())];
  const [found] = await deps.db.query
    .select({ slug: institutions.slug, data: walletGrants.data })
    .from(walletGrants)
    .innerJoin(institutions, eq(institutions.id, walletGrants.institutionId))
    .where(and(eq(walletGrants.id, await sha256Hex(code)), ...open));
  if (!found || (await isSpent(deps, CODE, code))) throw notFound('offer');
  return {
    credential_issuer: issuerId(deps, found.slug),
    credential_configuration_ids: configurationIds,
    grants: {
      [PRE_AUTHORIZED]: {
        'pre-authorized_code': code,
        tx_code: {
          input_mode: 'numeric',
          length: TX_CODE_LENGTH,
          description: ASK[found.data.language as Language],
        },
      },
    },
  };
}
