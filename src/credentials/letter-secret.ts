/**
 * The second half of a mailed link: who follows it proves that the address is theirs, without a letter of its own. It
 * is bound to the link and the recipient, so it proves nothing elsewhere and ends with the link.
 */
import type { Deps } from '../platform/context.ts';
import { macOf, sameMac } from '../platform/mac.ts';
import type { Offer } from './read-offer.ts';

type Link = Pick<Offer, 'token' | 'recipientKey'>;

const secretOf = (deps: Deps, { token, recipientKey }: Link) => macOf(deps, 'claim-letter', token, recipientKey);

/** The link that goes by mail, and nowhere else. */
export const mailedLink = async (deps: Deps, offer: Link): Promise<string> =>
  `${deps.config.origin}/claim/${offer.token}?letter=${await secretOf(deps, offer)}`;

/**
 * Whether `secret` came with the letter to the recipient of this offer. An offer to another kind of recipient has none.
 */
export const provesAddress = async (deps: Deps, offer: Link, secret: string | undefined): Promise<boolean> =>
  offer.recipientKey.startsWith('email:') && sameMac(secret, await secretOf(deps, offer));
