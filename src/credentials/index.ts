export { awardCredential, prepareAward } from './award.ts';
export { type AwardInput, awardInput } from './award-input.ts';
export { toProfile } from './build.ts';
export { liftSuspension, revocationReasons, revokeAward, suspendAward } from './change.ts';
export { type Claim, claimAward, readClaim, readShared, type Shared } from './claim.ts';
export { presentAward } from './present.ts';
export { type Award, type PublicStatus, readAward, readCredential, readPublicStatus } from './read.ts';
export { credentialRoutes } from './routes.ts';
export { type Swept, sweep } from './sweep.ts';
