import { parentPort } from 'node:worker_threads';
import { readQrHere } from './qr-node.ts';

// The entry of a thread: looks for QR codes in pictures, which takes long enough to hold up everyone else.
parentPort?.on('message', async (picture: Uint8Array) => {
  parentPort?.postMessage(await readQrHere(picture));
});
