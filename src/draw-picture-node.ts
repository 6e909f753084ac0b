import { parentPort } from 'node:worker_threads';
import { drawHere } from './drawing-node.ts';

// The entry of a thread: draws pictures, which takes long enough to hold up everyone else.
parentPort?.on('message', async (svg: string) => {
  parentPort?.postMessage(await drawHere.png(svg));
});
