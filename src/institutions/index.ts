export { carryInstitutions } from './after-restore.ts';
export { acceptInvitation, type OpenInvitation, readInvitation } from './accept-invitation.ts';
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
export { eraseStatements, heldAbout } from './held.ts';
export { listMembers, type Member } from './list-members.ts';
export {
  addMember,
  endMembership,
  listMemberships,
  memberOf,
  type MemberRole,
  memberRoles,
  rolesOf,
} from './members.ts';
export { readDidDocument, readKeySet } from './did-document.ts';
export { type InvitationInput, invitationInput, MAX_GROUP, type RefusedLine } from './invitation-input.ts';
export {
  type Invitation,
  INVITATION_DAYS,
  type Invited,
  inviteMembers,
  listInvitations,
  resendInvitation,
  withdrawInvitation,
} from './invitations.ts';
export {
  addKey,
  assertKeyOpens,
  compromiseKey,
  type KeyRow,
  listKeys,
  rotateKey,
  signerFor,
  signingHealth,
} from './keys.ts';
export {
  addJoseKey,
  assertJoseKeyOpens,
  type JoseKeyRow,
  joseSignerFor,
  listJoseKeys,
  rotateJoseKey,
} from './jose-keys.ts';
export { isOperatorKey, operatorKey } from './operator-key.ts';
export { operatorRoutes } from './operator-routes.ts';
export {
  createInstitution,
  findInstitution,
  type Institution,
  type InstitutionProfile,
  institutionKinds,
  institutionProfile,
  listInstitutions,
  qualityAssurance,
  readInstitution,
  slug,
  updateProfile,
} from './profile.ts';
export { dossierPolicy, type InstitutionPolicy, policyInput, readPolicy, updatePolicy } from './policy.ts';
export { allRights, hasRight, mayDo, requireRight, type Right, rights, scopeOf } from './rights.ts';
export { roleName } from './role-names.ts';
export { MAX_OVERLAP_HOURS, OVERLAP_HOURS, rotateApiKey } from './rotate-api-key.ts';
export { institutionRoutes } from './routes.ts';
export {
  addServiceKey,
  compromiseServiceKey,
  listServiceKeys,
  readServiceDidDocument,
  rotateServiceKey,
  type ServiceAlgorithm,
  serviceSigner,
  serviceTokenSigner,
} from './service-key.ts';
export { signAsService } from './sign-as-service.ts';
export { assertOnlySealed } from './sealed.ts';
