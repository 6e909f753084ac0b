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
export { publishAchievement } from './publish.ts';
export { catalogueRoutes, presentAchievement } from './routes.ts';
export { resultDescriptionId, toAchievement, versionUrl } from './to-achievement.ts';
export * as vocabulary from './vocabulary.ts';
