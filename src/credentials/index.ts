export { afterRestore, type Restored } from './after-restore.ts';
export { awardCredential } from './award.ts';
export { type AwardInput, awardInput } from './award-input.ts';
export { toProfile } from './build.ts';
export { claimOffer } from './claim-offer.ts';
export { recipientKeysOf } from './claimant.ts';
export { declineOffer } from './decline-offer.ts';
export type { Identified } from './identified.ts';
export type { Standing } from './judge-claim.ts';
export { keepBadge } from './keep-badge.ts';
export { type Look, lookAtOffer } from './look-at-offer.ts';
export { openClaimed } from './open-claimed.ts';
export { type Offer, type Offered, readOffer } from './read-offer.ts';
export { reopenOffer, sendNewLink } from './renew-link.ts';
export { type Tended, tendOffers } from './tend-offers.ts';
export { withdrawOffer } from './withdraw-offer.ts';
export { liftSuspension, revocationReasons, revokeAward, suspendAward } from './change.ts';
export { type Claim, claimAward, readClaim, readShared, type Shared } from './claim.ts';
export type { PublishedList } from './merge-lists.ts';
export { prepareAward } from './prepare.ts';
export { presentAward } from './present.ts';
export {
  type Award,
  type AwardSummary,
  listAwards,
  type PublicStatus,
  readAward,
  readCredential,
  readPublicStatus,
  readSummary,
} from './read.ts';
export { type Rechecked, recheckBadges } from './recheck.ts';
export { credentialRoutes } from './routes.ts';
export { readListAt } from './status.ts';
export { type Swept, sweep } from './sweep.ts';
