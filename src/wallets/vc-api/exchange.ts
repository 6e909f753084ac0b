import { and, eq } from 'drizzle-orm';
import { isSpent, linkSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { base64url, fromBase64url, sha256Hex } from '../../platform/ids.ts';
import { macOf } from '../../platform/mac.ts';
import { seal, unseal } from '../../platform/seal.ts';
import { walletGrants } from '../schema.ts';

/** Under which an exchange is used up in `spent`. */
export const EXCHANGE = 'vc-api-exchange';

/** What is kept with an exchange. */
export interface ExchangeData {
  /** The link of the offer by OpenID4VCI, to be opened with the exchange's own secret only. */
  offer: string;
  /** Once it was answered: a hash of the presentation, and the DID that signed it. */
  answered?: { presentation: string; holder: string };
}

/** An exchange that has not ended; it may have been used. */
export interface Exchange {
  id: string;
  token: string;
  personId: string;
  awardId: string;
  institutionId: string;
  data: ExchangeData;
  expires: Date;
}

/** Where a wallet talks to us (VCALM, "Participate in an Exchange"). The address is a capability. */
export const exchangeUrl = (deps: Deps, token: string): string =>
  `${deps.config.origin}/vc-api/workflows/badge/exchanges/${token}`;

/** What a wallet signs in this exchange and in no other. It follows from the address, so nothing is kept of it. */
export const challengeOf = (deps: Deps, token: string): Promise<string> => macOf(deps, EXCHANGE, token);

/** @throws DomainError `not-found` for an address that was never ours; `link-spent` for an exchange that has ended */
export async function readExchange(deps: Deps, token: string): Promise<Exchange> {
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(and(eq(walletGrants.id, await sha256Hex(token)), eq(walletGrants.kind, 'exchange')));
  if (!grant) throw notFound('exchange');
  const expires = new Date(grant.expiresAt);
  if (expires <= deps.clock()) throw linkSpent();
  return {
    id: grant.id,
    token,
    personId: grant.personId!,
    awardId: grant.awardId!,
    institutionId: grant.institutionId!,
    data: grant.data as unknown as ExchangeData,
    expires,
  };
}

/**
 * What a wallet can be given the badge by (VCALM, "Interaction URL"). OpenID4VCI goes by the name of today and by that of
 * before.
 * @throws DomainError `not-found`; `link-spent`, also once a wallet has been here
 */
export async function readProtocols(deps: Deps, token: string): Promise<Record<string, string>> {
  const { data } = await readExchange(deps, token);
  if (await isSpent(deps, EXCHANGE, token)) throw linkSpent();
  const offer = await openOffer(token, data.offer);
  return { vcapi: exchangeUrl(deps, token), 'oid4vci-1.0': offer, OID4VCI: offer };
}

const PLACE = 'vc-api-exchange|offer';

/** Codes are not kept readable: what opens this one is in the address of the exchange, of which there is a hash only. */
export async function sealOffer(token: string, link: string): Promise<string> {
  return base64url(await seal(await keyOf(token), new TextEncoder().encode(link), PLACE));
}

async function openOffer(token: string, sealed: string): Promise<string> {
  return new TextDecoder().decode(await unseal(await keyOf(token), fromBase64url(sealed)!, PLACE));
}

async function keyOf(token: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${PLACE}|${token}`)));
}
