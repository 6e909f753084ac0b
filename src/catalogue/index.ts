export { type Basis, bases } from './basis.ts';
export {
  type AchievementState,
  createAchievement,
  editAchievement,
  findBySource,
  importAchievement,
  isNewest,
  listAchievements,
  listPublished,
  type PublishedVersion,
  readAchievement,
  readVersion,
  requireOwn,
} from './achievements.ts';
export { outcomeHints, lintOutcome, type OutcomeHint } from './lint-outcome.ts';
export { type Completeness, completeness, europeanElements } from './completeness.ts';
export { type AchievementContent, achievementContent } from './content.ts';
export {
  createFramework,
  editFramework,
  type Framework,
  listFrameworks,
  nameOf,
  readFramework,
  SERVICE,
} from './frameworks.ts';
export { doImport } from './do-import.ts';
export {
  type ImportPlace,
  importPlace,
  type ImportState,
  type ImportSummary,
  listImports,
  readImportState,
  sweepImports,
} from './imports.ts';
export {
  frameworkInput,
  type FrameworkInput,
  outcomeInput,
  type OutcomeInput,
  type OutcomeWords,
  unitContent,
  type UnitContent,
  type Words,
} from './outcome-content.ts';
export { frameworkKinds, type OutcomeKind, outcomeKinds } from './outcome-kinds.ts';
export {
  createOutcome,
  editOutcome,
  listOutcomes,
  type Outcome,
  readOutcome,
  readOutcomes,
  retireOutcome,
  wordsOf,
} from './outcomes.ts';
export { pickOutcome } from './pick-outcome.ts';
export { previewBrought, previewImport, previewOoapi } from './preview-import.ts';
export { publishAchievement } from './publish.ts';
export { catalogueRoutes, presentAchievement } from './routes.ts';
export { type OutcomeSearch, searchOutcomes } from './search-outcomes.ts';
export { beginPath, goalPath, listShop, type ShopItem } from './shop.ts';
export { resultDescriptionId, toAchievement, versionUrl } from './to-achievement.ts';
export {
  createUnit,
  editUnit,
  listOwnUnits,
  listUnits,
  publishUnit,
  readUnit,
  readUnits,
  readUnitState,
  type Unit,
  type UnitState,
} from './units.ts';
export * as vocabulary from './vocabulary.ts';
