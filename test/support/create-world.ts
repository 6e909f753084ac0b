import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assetsFrom } from '../../src/assets-node.ts';
import { digestHere } from '../../src/digests-node.ts';
import { openDatabase } from '../../src/platform/database-node.ts';
import { openFolder } from '../../src/platform/files-node.ts';
import { drawingFrom } from '../../src/drawing-node.ts';
import { readQrWith } from '../../src/qr-node.ts';
import { type WorldOptions, worldOn } from './world.ts';
import { type NodeWorld, worlds } from './worlds.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const readQr = readQrWith(join(dist, 'zxing_reader.wasm'));
const drawing = drawingFrom(dist);
const assets = assetsFrom(join(dist, 'public'));

digestHere();

/**
 * A world on SQLite: in memory, or in a file that can be opened again. In workerd `create-world-d1.ts` stands in for
 * it.
 */
export function createWorld(options: WorldOptions & { file?: string } = {}) {
  const db = openDatabase(options.file ?? ':memory:');
  db.migrate(migrations);
  const files = options.files ?? openFolder(mkdtempSync(join(tmpdir(), 'files-')));
  const world: NodeWorld = {
    ...worldOn(db, { readQr, drawing, assets, ...options, files }),
    ownClock: options.now !== undefined,
  };
  worlds.push(world);
  return world;
}
