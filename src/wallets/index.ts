export { addWallet } from './add-wallet.ts';
