export { carryInstitutions } from './after-restore.ts';
export { apiKey } from './api-key-guard.ts';
export {
  type ApiKey,
  type ApiKeyRole,
  apiKeyRoles,
  createApiKey,
  listApiKeys,
  type NewApiKey,
  revokeApiKey,
} from './api-keys.ts';
export {
  addMember,
  endMembership,
  listMembers,
  listMemberships,
  type Member,
  memberOf,
  type MemberRole,
  memberRoles,
  rolesOf,
} from './members.ts';
export { readDidDocument } from './did-document.ts';
export { addKey, assertKeyOpens, compromiseKey, listKeys, rotateKey, signerFor, signingHealth } from './keys.ts';
export { operatorRoutes } from './operator-routes.ts';
export {
  createInstitution,
  type Institution,
  type InstitutionProfile,
  institutionKinds,
  institutionProfile,
  listInstitutions,
  qualityAssurance,
  readInstitution,
  slug,
} from './profile.ts';
export { type InstitutionPolicy, institutionPolicy, readPolicy, updatePolicy } from './policy.ts';
export { allRights, hasRight, mayDo, requireRight, type Right, rights, scopeOf } from './rights.ts';
export { MAX_OVERLAP_HOURS, OVERLAP_HOURS, rotateApiKey } from './rotate-api-key.ts';
export { institutionRoutes } from './routes.ts';
export { assertOnlySealed } from './sealed.ts';
