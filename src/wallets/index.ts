export { addWallet } from './add-wallet.ts';
export { createPngDrawer } from './draw-png.ts';
