export { eraseStatements, filesOfPerson, heldAbout } from './about-person.ts';
export {
  adoptDraft,
  adoptStaged,
  beginDraft,
  draftDays,
  dropStaged,
  eraseDraft,
  eraseLapsedDrafts,
  openStaged,
} from './draft.ts';
export { commentOf, subjectOf } from './sign-reference.ts';
export { addFile, addLink, readEvidenceFile, removeEvidence, scopeOf, storeEvidence } from './evidence.ts';
export { type ExperienceInput, experienceInput, STORY } from './experience-input.ts';
export {
  addExperience,
  editExperience,
  type Experience,
  listExperiences,
  readExperience,
  removeExperience,
  type Shown,
} from './experiences.ts';
export { type Asked, readAsked, readSpoken } from './asked.ts';
export {
  confirmReference,
  declineReference,
  giveReference,
  listGiven,
  storeSpoken,
  withdrawGiven,
} from './give-reference.ts';
export { OWN_DID, type OwnSignatureFault } from './own-signature.ts';
export { signGiven, takeSigned, unsignedFor } from './sign-given.ts';
export { createGroup, endGroup, findGroup, type Group, type GroupInput, groupInput, listGroups } from './groups.ts';
export { askHelper, CODE_MINUTES, endHelp, HELP_HOURS, joinAsHelper, leaveHelp, listHelpers } from './helpers.ts';
export {
  type Holder,
  holdDraft,
  holdHelped,
  holdOwn,
  openOwn,
  type Portfolio,
  readPortfolio,
  requireOwner,
} from './holder.ts';
export {
  allPrompts,
  type GoalCard,
  goalCards,
  nextSet,
  type Prompt,
  type PromptSet,
  promptSetNames,
  promptSets,
} from './prompts.ts';
export {
  endReader,
  listReaders,
  type Reader,
  READER_WORDS,
  type ReaderAsk,
  readerAsk,
  readerDays,
  readShared,
  readSharedFile,
  type Shared,
  shareWithReader,
} from './readers.ts';
export {
  type ReferenceAnswer,
  referenceAnswer,
  type ReferenceAsk,
  referenceAsk,
  type ReferenceQuestion,
  referenceQuestions,
  type Relation,
  relations,
  WORDS,
} from './reference-input.ts';
export {
  askReference,
  endLapsedAsks,
  hideReference,
  listAsked,
  listReferences,
  readReference,
  type Reference,
  REFERENCE_DAYS,
  removeReference,
  takeBackAsk,
} from './references.ts';
export { experienceContexts, experienceKinds } from './schema.ts';
export {
  assessMyself,
  forgetSelfAssessment,
  listSelfAssessments,
  type Scale,
  scales,
  type SelfAssessment,
} from './self-assess.ts';
export { addGoal, listGoals, removeGoal, saveStandard, wantAchievement } from './standard.ts';
export { furthest, type Standing, standingOf, standings } from './standing.ts';
export {
  changeTeamShare,
  findTeam,
  type InTeam,
  joinTeam,
  leaveTeam,
  listMyTeams,
  readMyTeam,
  readTeamMates,
  TEAM_PEOPLE,
  type TeamMate,
  type TeamShare,
  teamShareInput,
} from './team-shares.ts';
export {
  createTeam,
  endTeam,
  type ListedTeam,
  listTeams,
  readTeam,
  renewTeamCode,
  takeOutOfTeam,
  type Team,
  teamInput,
} from './teams.ts';
