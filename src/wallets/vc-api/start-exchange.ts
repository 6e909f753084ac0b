import { readMyBadge } from '../../credentials/index.ts';
import { readInstitution } from '../../institutions/index.ts';
import type { Deps, SignedIn } from '../../platform/context.ts';
import { newToken } from '../../platform/ids.ts';
import { newGrant } from '../oauth/grants.ts';
import { offerBadge, type WalletOffer } from '../oid4vci/offer.ts';
import { putGrant } from '../put-grant.ts';
import { challengeOf, type ExchangeData, exchangeUrl, sealOffer } from './exchange.ts';

/** The ways into one exchange. Whoever has one of them can take the badge, once. */
export interface StartedExchange {
  /** For a QR code (VCALM, "Interaction URL"): a wallet reads what it can be given, a person reads a page. */
  interactionUrl: string;
  /** Opens the Learner Credential Wallet. */
  lcw: string;
  /** Opens versions of that wallet that know no other way. */
  legacy: string;
  others: WalletLinks;
  /** The same badge by OpenID4VCI, which the interaction names as well: with a code that only its owner is shown. */
  offer: WalletOffer;
  expires: Date;
}

/** Links that open relatives of the Learner Credential Wallet. */
export interface WalletLinks {
  learnCard: string;
  asuPocket: string;
  mySkillsPocket: string;
}

/**
 * Starts an exchange in which a wallet gets a copy of a badge that is bound to its key (VCALM 1.0). What was started of
 * it before ends, as does an offer of it.
 * @throws DomainError `not-found`, also for somebody else's; `not-signed`; `award-state` for one that is not in force
 */
export async function startExchange(deps: Deps, session: SignedIn, awardId: string): Promise<StartedExchange> {
  const { person: personId, language } = session;
  const offer = await offerBadge(deps, { awardId, personId, language });
  const badge = await readMyBadge(deps, personId, awardId);
  const institution = await readInstitution(deps, badge.institution.slug);
  const token = newToken();
  const { expires } = offer;
  const data: ExchangeData = { offer: await sealOffer(token, offer.link) };
  const of = { personId, awardId, institutionId: institution.id };
  const left = expires.getTime() - deps.clock().getTime();
  await putGrant(deps, await newGrant(deps, 'exchange', token, left, { ...of, data }), 'wallet.exchange');
  return { ...(await linksOf(deps, token)), offer, expires };
}

/** The links of an exchange, as each wallet reads them. */
export async function linksOf(deps: Deps, token: string): Promise<Omit<StartedExchange, 'offer' | 'expires'>> {
  const { origin } = deps.config;
  const url = exchangeUrl(deps, token);
  const direct = `vc_request_url=${encodeURIComponent(url)}`;
  const request = encodeURIComponent(JSON.stringify({ protocols: { vcapi: url } }));
  const issuer = encodeURIComponent(new URL(origin).host);
  return {
    interactionUrl: `${origin}/interactions/${token}?iuv=1`,
    lcw: `https://lcw.app/request?request=${request}`,
    legacy:
      `https://lcw.app/request.html?issuer=${issuer}&auth_type=bearer` +
      `&challenge=${await challengeOf(deps, token)}&${direct}`,
    others: {
      learnCard: `https://learncard.app/request?${direct}`,
      asuPocket: `asuprequest://request?${direct}`,
      mySkillsPocket: `msprequest://request?${direct}`,
    },
  };
}
