import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterRestore, type PublishedList, type Restored } from '../credentials/index.ts';
import { migrationsFolder, nodeConfig, serviceOn } from '../deps-node.ts';
import { assertOnlySealed } from '../institutions/index.ts';
import { backupDatabase, restoreDatabase } from '../platform/backup-node.ts';
import { parseJson } from '../platform/json.ts';
import { eraseAgain } from '../privacy/index.ts';
import { print, printJson, readFile, tell, usage, withService } from './shared.ts';

/** `migrate`, `backup FILE`, `restore FILE` */
export function databaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date (starting the service does so too)')
    .action(() =>
      withService(async ({ deps }) => {
        await deps.db.check();
        tell('The database is up to date.');
      }),
    );

  program
    .command('backup')
    .description('copy the database to a file, also while the service runs')
    .argument('<file>', 'it must not exist yet')
    .option('--json', 'print JSON')
    .action((file, options) =>
      withService(async ({ deps, db }) => {
        await assertOnlySealed(deps.db);
        const bytes = await backupDatabase(db, file);
        if (options.json) printJson({ file, bytes });
        else print(`${file}\t${bytes} bytes`);
        tell(`Files that people brought lie beside it, in ${deps.config.files}: copy that folder too, after this.`);
        tell('The copy holds sealed keys only. Keep KEY_ENCRYPTION_KEY elsewhere: without it nothing can be signed.');
      }),
    );

  program
    .command('restore')
    .description('put a copy that backup made in the place of the database; stop the service first')
    .argument('<file>')
    .option('--force', 'set aside a database that stands there')
    .option(
      '--published <folder>',
      'signed status lists (*.json, *.jwt) that were published after the copy, from a cache',
    )
    .option('--json', 'print JSON')
    .action(async (file, options) => {
      const config = nodeConfig(process.env);
      if (config.database === ':memory:') throw usage('DATABASE is :memory:');
      const published = options.published ? readLists(options.published) : [];
      const restore = {
        from: file,
        to: config.database,
        force: options.force === true,
        migrations: migrationsFolder,
        now: new Date(),
      };
      const { kept, result } = await restoreDatabase(restore, async (fresh, before) => {
        const { deps } = serviceOn(config, fresh, tell);
        const restored = await afterRestore(deps, { before, published });
        const erased = before ? await eraseAgain(deps, before) : undefined;
        const unknown = 'Who was erased after the copy was made is not known here: erase them again ("people erase").';
        return { ...restored, erased, warnings: [...restored.warnings, ...(erased ? [] : [unknown])] };
      });
      if (options.json) printJson({ ...result, kept: kept ?? null });
      else printRestored(result);
      if (kept) tell(`The database before is kept as ${kept}`);
      for (const warning of result.warnings) tell(`Warning: ${warning}`);
    });
}

function readLists(folder: string): PublishedList[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter(name => /\.(json|jwt)$/.test(name));
  } catch {
    throw usage(`${folder} is not a folder`);
  }
  return names.map(source => {
    const text = readFile(join(folder, source));
    return { source, document: source.endsWith('.jwt') ? text.trim() : parseJson(text) };
  });
}

function printRestored(restored: Restored & { erased?: { people: number; awards: number } | undefined }): void {
  print(`copy of\t${restored.copyOf ?? 'an empty database'}`);
  print(`taken over\t${restored.institutions} institutions, ${restored.keys} keys, ${restored.apiKeys} API keys`);
  print(`status lists\t${restored.listsClosed} closed, ${restored.listsAdvanced} advanced`);
  if (restored.erased) print(`erased again\t${restored.erased.people} people, ${restored.erased.awards} awards`);
  print(`awards\t${restored.awardsChanged} changed, ${restored.awardsLost ?? 'an unknown number'} lost`);
}
