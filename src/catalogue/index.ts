export { type Basis, bases } from './basis.ts';
export {
  type AchievementState,
  createAchievement,
  editAchievement,
  importAchievement,
  listAchievements,
  listPublished,
  type PublishedVersion,
  readAchievement,
  readVersion,
  requireOwn,
} from './achievements.ts';
export { type Completeness, completeness, europeanElements } from './completeness.ts';
export { type AchievementContent, achievementContent } from './content.ts';
export { type Framework, listFrameworks, nameOf, readFramework, SERVICE } from './frameworks.ts';
export {
  doImport,
  type ImportPlace,
  importPlace,
  type ImportState,
  type ImportSummary,
  listImports,
  previewImport,
  previewOoapi,
  readImportState,
  sweepImports,
} from './imports.ts';
export { type OutcomeWords, type UnitContent, type Words } from './outcome-content.ts';
export { type OutcomeKind, outcomeKinds } from './outcome-kinds.ts';
export { listOutcomes, type Outcome, readOutcome, readOutcomes, wordsOf } from './outcomes.ts';
export { publishAchievement } from './publish.ts';
export { catalogueRoutes, presentAchievement } from './routes.ts';
export { type OutcomeSearch, searchOutcomes } from './search-outcomes.ts';
export { resultDescriptionId, toAchievement, versionUrl } from './to-achievement.ts';
export { listUnits, readUnit, type Unit } from './units.ts';
export * as vocabulary from './vocabulary.ts';
