export { experiencesSeen } from './behind.ts';
export { type Beginning, beginDossier, chooseAchievement } from './begin.ts';
export { type Deciding, decideDossier, reconsiderDossier } from './decide.ts';
export {
  awardedIn,
  type Chosen,
  type Decision,
  type DossierRole,
  type DossierState,
  isDecided,
  openAchievements,
  type Phase,
  phases,
  type Result,
  type Turn,
  turns,
} from './dossier.ts';
export { makeMove, type Making, type Moved, type Mover } from './move.ts';
export type { Command, DossierEvent, MoveName, Shown } from './commands.ts';
export { moves } from './moves.ts';
export { type Dossier, readDossier, readEvents, readHashes, readOwnDossier, type Told, verifyDossier } from './read.ts';
export type { Words } from './words.ts';
export { eraseStatements, heldAbout } from './about-person.ts';
export { type Flow, readFlow } from './flow.ts';
export {
  endPartner,
  invitePartner,
  isGiven,
  joinAsGuide,
  listPartners,
  type Partner,
  PARTNER_DAYS,
  partnerMover,
  readPartner,
} from './partners.ts';
export {
  filesOfPerson,
  readRecording,
  type Recording,
  recordingOf,
  dropReport,
  reportConversation,
  storeRecording,
} from './recording.ts';
export { addPlanLine, confirmPlanLine, type PlanInput, type PlanLine, readPlan, sideOf } from './plan.ts';
export { type Recourse, recourseOf } from './recourse.ts';
export { sampleDossier, waitsForSample } from './sample.ts';
export { endShares, readShared, shareExperiences, takeBack } from './share.ts';
export { listUnderWay, listWork, type Work } from './work.ts';
export {
  type ActingRole,
  actingRoles,
  asksApart,
  assignedNow,
  assignStaff,
  type Candidate,
  type GivenRole,
  listCandidates,
  personOf,
  reaches,
  readStaffDossier,
  requireEach,
  rightOfRole,
  type RoleHolder,
  roleHolders,
  staffMover,
  takeOff,
  takeUp,
  type WorkRole,
} from './staff.ts';
export { advised, countWays, groundsFor, judgeDossier, type Judging, type Open, type Part, readOpen } from './judge.ts';
export { addQuestion, listQuestions, type QuestionTemplate, removeQuestion } from './questions.ts';
export {
  arrivedBy,
  type DossierInvitation,
  dossierInvitationInput,
  endDossierInvitation,
  inviteToDossier,
  joinDossier,
  listDossierInvitations,
  type OpenDossierInvitation,
  readDossierInvitation,
} from './invite.ts';
export { endDossier } from './end.ts';
export { forgetClosed } from './forget-closed.ts';
export { lapseReplies } from './lapse.ts';
export { askWhatCame, type CameOfIt, cameOfIt, openQuestionsTo, tellWhatCame } from './what-came.ts';
export { listGuided, listOwnDossiers, readOwnOrGuided, lookAt, type Look, namesOfPeople } from './look.ts';
