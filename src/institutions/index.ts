export { carryInstitutions } from './after-restore.ts';
export { type ApiKeyRole, apiKey, apiKeyRoles, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
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
export { institutionRoutes } from './routes.ts';
export { assertOnlySealed } from './sealed.ts';
