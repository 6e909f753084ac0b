export { addWallet } from './add-wallet.ts';
export { type Arrival, arrivalOf } from './arrival.ts';
export { createPngDrawer } from './draw-png.ts';
export { toElm } from './elm/to-elm.ts';
export { drawPaper } from './pdf/draw.ts';
export type { Paper, Section } from './pdf/paper.ts';
export { authorize, readAuthorization, refuseWallet } from './oid4vci/authorize.ts';
export { OFFER_MS, offerBadge, offerBySignIn, type OfferLink, type WalletOffer } from './oid4vci/offer.ts';
export type { WalletRequest } from './oid4vci/pushed-request.ts';
export { sourceOf } from './oid4vci/redirect-uri.ts';
export { oid4vciRoutes } from './oid4vci/routes.ts';
export {
  type ImportedBadge,
  importBadge,
  importedBy,
  readImported,
  recheckImported,
  removeImported,
  statementsToKeep,
} from './import-badge.ts';
export { bringEndorsement } from './bring-endorsement.ts';
export { readProtocols } from './vc-api/exchange.ts';
export { exchangeRoutes } from './vc-api/routes.ts';
export { linksOf, startExchange, type StartedExchange, type WalletLinks } from './vc-api/start-exchange.ts';
export {
  type Connection,
  connectionsOf,
  type Consent,
  decideConsent,
  endConnection,
  isOpenBadgesApi,
  ob3ApiRoutes,
  readConsent,
  type Scope,
  sendStatusInfo,
  startAuthorization,
} from './ob3-api/index.ts';
export { redeemResponseCode, type RequestState, readRequestState } from './oid4vp/answer.ts';
export { type BadgeAsked, badgeAsked } from './oid4vp/query.ts';
export { askForBadge, READ_MS, sweepRequests } from './oid4vp/request.ts';
export { oid4vpRoutes } from './oid4vp/routes.ts';
export type { RequestLinks } from './oid4vp/sign-request.ts';
