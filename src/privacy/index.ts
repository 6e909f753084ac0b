export { eraseAgain } from './erase-again.ts';
export { CONFIRMATIONS, eraseMyself, erasePerson } from './erase.ts';
export { exportJson, exportZip } from './export.ts';
export { type Held, heldAbout } from './hold.ts';
export { packPortfolio } from './pack-portfolio.ts';
export { PACKAGE_LIMIT, storePackage, type Unpacked, unpackPortfolio } from './unpack-portfolio.ts';
export { type MoveResult, moveSubjects } from './move-subjects.ts';
export { retain } from './retain.ts';
