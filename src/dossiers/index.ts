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
export { type Command, type DossierEvent, type MoveName, moves, type Shown } from './moves.ts';
export { type Dossier, readDossier, readEvents, readOwnDossier, type Told, verifyDossier } from './read.ts';
export type { Words } from './words.ts';
