export { CONFIRMATIONS, eraseMyself, erasePerson } from './erase.ts';
export { exportJson, exportZip } from './export.ts';
export { type Held, heldAbout } from './hold.ts';
export { retain } from './retain.ts';
