export { startAuthorization } from './authorize.ts';
export { type Connection, connectionsOf, endConnection } from './connections.ts';
export { type Consent, decideConsent, readConsent } from './consent.ts';
export { isOpenBadgesApi, sendStatusInfo } from './imsx.ts';
export { ob3ApiRoutes } from './routes.ts';
export { type Scope } from './scopes.ts';
