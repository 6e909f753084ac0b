import { readdirSync, readFileSync } from 'node:fs';
import { Miniflare } from 'miniflare';
import { afterAll } from 'vitest';
import { openD1 } from '../../src/platform/database-d1.ts';
import { createWorld } from '../support/create-world.ts';
import { storageContract } from './contract.ts';

storageContract('better-sqlite3', async () => createWorld().db);

let miniflare: Miniflare | undefined;
afterAll(() => miniflare?.dispose());

storageContract('D1', async () => {
  miniflare = new Miniflare({ cf: false, modules: true, script: 'export default {}', d1Databases: ['DB'] });
  const binding = await miniflare.getD1Database('DB');
  for (const file of readdirSync('migrations')
    .filter(f => f.endsWith('.sql'))
    .sort())
    for (const statement of readFileSync(`migrations/${file}`, 'utf8').split('--> statement-breakpoint'))
      await binding.prepare(statement).run();
  return openD1(binding as never);
});
