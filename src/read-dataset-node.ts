import { parentPort } from 'node:worker_threads';
import { canonizeDataset, type ReadAnswer, toDatasetByLibrary } from './vc/canonize.ts';
import { VcError } from './vc/errors.ts';

// The entry of a thread: reads documents that would hold up everyone else (architecture.md, Walk: a check).
parentPort?.on('message', async (document: object) => {
  parentPort?.postMessage(await answer(document));
});

async function answer(document: object): Promise<ReadAnswer> {
  try {
    const dataset = await toDatasetByLibrary(document);
    return { ...dataset, canonical: await canonizeDataset(dataset) };
  } catch (error) {
    if (error instanceof VcError) return { code: error.code, message: error.message };
    throw error;
  }
}
