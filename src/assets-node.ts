import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Assets, createAssets } from './platform/assets.ts';

/** What a build laid in this folder. */
export const assetsFrom = (folder: string): Assets =>
  createAssets(
    file =>
      readFile(join(folder, file)).then(
        bytes => new Uint8Array(bytes),
        // A build may have taken its place since.
        () => undefined,
      ),
    bytes => new Uint8Array(gzipSync(bytes)),
  );

/** What the build lays beside itself; sources and bundle both stand one folder below the package. */
export const assetsHere = assetsFrom(join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'public'));
