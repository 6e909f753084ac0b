export { eraseStatements, heldAbout, requirePerson } from './about-person.ts';
export {
  clearSessionCookie,
  endOtherSessions,
  endSession,
  listSessions,
  openSession,
  readSession,
  SESSION_COOKIE,
  sessionOf,
  setSessionCookie,
  signedIn,
} from './sessions.ts';
export {
  acrFor,
  type Assurance,
  assurances,
  levelsOf,
  type Proof,
  reachesLevel,
  strongest,
  withSecondFactor,
} from './assurance.ts';
export { followOneTimeLink, type OneTimeLink, readOneTimeLink } from './follow-link.ts';
export { FRESH_MS, isFresh, requireFresh } from './fresh.ts';
export {
  addressesIn,
  bare,
  findIdentity,
  hasLapsed,
  identitiesOf,
  type Identity,
  proofOf,
  type Proven,
  type ProvenAddresses,
  provenAddresses,
} from './identities.ts';
export { setLanguage } from './language.ts';
export { enterBy, linkIdentity, type Tied } from './link.ts';
export { ownPath, withParameter } from './own-path.ts';
export { pressOf } from './press.ts';
export { sendOneTimeLink } from './send-link.ts';
export { isSpent, linkSpent, spend, spentKeyOf, wasSpent } from './spend.ts';
export { askWallet, type Challenge, CHALLENGE_MS, linkWallet, readChallenge } from './wallet-challenge.ts';
export { tellLogin } from './tell-login.ts';
export { findPeople } from './find-person.ts';
export { judgeMoves, type JudgedMove, type Move, type MoveOutcome, moveStatements } from './move-subjects.ts';
export { canDoWithout, isWayIn, unlinkIdentity } from './unlink.ts';
export { providerLogout } from './logout.ts';
export { listProviders, type ProviderState } from './providers.ts';
export { peopleRoutes } from './routes.ts';
