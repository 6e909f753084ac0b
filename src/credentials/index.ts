export { afterRestore, type Restored } from './after-restore.ts';
export { awardCredential } from './award.ts';
export { awardAllDecided, awardDecided } from './award-decided.ts';
export { countDecided } from './count-decided.ts';
export {
  DECISION_TYPE,
  type DecisionDocument,
  decisionDocument,
  decisionDocumentOf,
  documentDecided,
} from './decision-document.ts';
export { awardStack, awardStacks } from './award-stack.ts';
export { completedBy, findBroken, findStacks, type Having, type Requires, type Stack, standingIn } from './stack.ts';
export { type AwardRecord, readAwardRecord } from './award-record.ts';
export { type DryRun, dryRun } from './dry-run.ts';
export { type AwardLine, type AwardSearch, listBatches, searchAwards, type WaitingBatch } from './search-awards.ts';
export { type AwardInput, awardInput } from './award-input.ts';
export { toProfile } from './build.ts';
export { claimOffer } from './claim-offer.ts';
export { recipientKeysOf } from './claimant.ts';
export { declineOffer } from './decline-offer.ts';
export {
  confirmHolder,
  type Confirmation,
  lastConfirmation,
  readOwnership,
  withdrawConfirmations,
} from './confirm-holder.ts';
export type { Identified } from './identified.ts';
export { identitySentences } from './identity-evidence.ts';
export {
  awardsOf,
  badgesShownBy,
  documentsOf,
  type MyBadge,
  type MyBadgeInFull,
  offersFor,
  readMyBadge,
  readMyDocument,
} from './my-badges.ts';
export { readReplies, replyTo } from './reply.ts';
export type { Standing } from './judge-claim.ts';
export { keepBadge } from './keep-badge.ts';
export { type Look, lookAtOffer } from './look-at-offer.ts';
export { openClaimed } from './open-claimed.ts';
export { type Offer, type Offered, readOffer } from './read-offer.ts';
export { reopenOffer, sendNewLink } from './renew-link.ts';
export { type Tended, tendOffers } from './tend-offers.ts';
export { withdrawOffer } from './withdraw-offer.ts';
export { liftSuspension, type RevocationReason, revocationReasons, suspendAward } from './change.ts';
export { type Claim, claimAward, readAwardShared, readClaim, readShared, type Shared } from './claim.ts';
export {
  countShareUse,
  findShareLink,
  liveLinksOf,
  makeShareLink,
  MAX_PURPOSE,
  renewShare,
  type ShareLink,
  shareLinkInput,
  shareLinksOf,
  type SharePart,
  shareParts,
  shareTerms,
  withdrawShareLink,
} from './share-links.ts';
export type { PublishedList } from './merge-lists.ts';
export {
  type CopyAlgorithm,
  type CopyHolder,
  type CopyInput,
  makeCopy,
  openCopy,
  type SignedCopy,
} from './make-copy.ts';
export { withoutParts } from './without-parts.ts';
export { claimLabels, vctOf } from './sd-jwt-claims.ts';
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
export type { Batch } from './hold.ts';
export { type Released, releaseBatch, releaseDue } from './release.ts';
export { replaceAward } from './replace.ts';
export { replacementKinds } from './replacement-evidence.ts';
export { type ReplacementInput, replacementInput } from './replacement-input.ts';
export { confirmRevocation, readRevocation, rejectRevocation, type Revocation, revokeAward } from './revoke.ts';
export { readListAt } from './status.ts';
export { currentTokenLists, type TokenLists } from './token-lists.ts';
export { type Swept, sweep } from './sweep.ts';
export { eraseSome, eraseStatements, heldAbout } from './about-person.ts';
export { moveRecipient } from './move-recipients.ts';
export { exportInstitution } from './export-institution.ts';
export { eraseAward } from './erase-award.ts';
export {
  acceptEndorsement,
  refuseEndorsement,
  withdrawAsInstitution,
  withdrawEndorsement,
} from './answer-endorsement.ts';
export { type BroughtEndorsement, endorse, ENDORSEMENT_WORDS, endorsementInput, keepEndorsement } from './endorse.ts';
export {
  type Endorsed,
  type Endorsement,
  endorsementUrl,
  findEndorsed,
  listAllEndorsements,
  listEndorsements,
  listForInstitution,
  listGivenEndorsements,
  readEndorsement,
} from './endorsement.ts';
export { isErased, isErasedDocument, wasErased } from './erased.ts';
