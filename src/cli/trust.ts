import type { Command } from 'commander';
import { importTrustList, listTrustLists, readTrustList, removeTrustList } from '../verifier/index.ts';
import { operator, print, printJson, readFile, tell, withService } from './shared.ts';

/** `trust import|list|remove` */
export function trustCommands(program: Command): void {
  const trust = program.command('trust').description('lists of issuers, each with an owner who answers for it');
  trust
    .command('import')
    .description('put a list in place, whole, from JSON or CSV')
    .argument('<file>', 'a file, or - for standard input')
    .requiredOption('--id <word>', 'what the list is called here; importing it again replaces it')
    .option('--name <text>', 'the name of the list, where the file does not say it')
    .option('--owner <text>', 'who answers for the list, where the file does not say it')
    .option('--url <address>', 'where the list comes from')
    .action((file, { id, name, owner, url }) =>
      withService(async ({ deps }) => {
        const list = readTrustList(readFile(file), { name, owner, url });
        await importTrustList(deps, id, list, operator);
        tell(`${id}: ${list.entries.length} issuers, ${list.name} (${list.owner})`);
      }),
    );
  trust
    .command('list')
    .description('the lists there are')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const lists = await listTrustLists(deps);
        if (options.json) printJson(lists);
        else for (const l of lists) print([l.id, l.entries, l.name, l.owner, l.importedAt].join('\t'));
      }),
    );
  trust
    .command('remove')
    .description('remove a list')
    .argument('<id>')
    .action(id =>
      withService(async ({ deps }) => {
        await removeTrustList(deps, id, operator);
        tell(`${id} is removed.`);
      }),
    );
}
