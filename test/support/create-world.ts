import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/platform/database-node.ts';
import { type WorldOptions, worldOn } from './world.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

/** A world on SQLite: in memory, or in a file that can be opened again. In workerd `create-world-d1.ts` stands in for it. */
export function createWorld(options: WorldOptions & { file?: string } = {}) {
  const db = openDatabase(options.file ?? ':memory:');
  db.migrate(migrations);
  return worldOn(db, options);
}
