export { addWallet } from './add-wallet.ts';
export { createPngDrawer } from './draw-png.ts';
export { drawPaper } from './pdf/draw-paper.ts';
export type { Paper, Section } from './pdf/paper.ts';
