import type { Command } from 'commander';
import { parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { findPeople, type Move } from '../people/index.ts';
import { parse } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { erasePerson, moveSubjects } from '../privacy/index.ts';
import { operator, print, printJson, readFile, tell, usage, withService } from './shared.ts';

const value = z.string().trim().min(1).max(500);
const pair = z.strictObject({ before: value, after: value });
const map = z.union([z.array(pair), z.record(value, value)]);

/** `people find|erase|move-subjects` */
export function peopleCommands(program: Command): void {
  const people = program.command('people').description('people with an account');

  people
    .command('find')
    .description('accounts that proved an address (an e-mail, eppn, eduID, DID or the number of a person)')
    .argument('<address>')
    .option('--json', 'print JSON')
    .action((address, options) =>
      withService(async ({ deps }) => {
        const found = await findPeople(deps, address);
        if (options.json) printJson(found);
        else for (const { person, kind, since } of found) print(`${person}\t${kind}\t${since}`);
        if (!found.length) tell('Nobody proved this address here.');
      }),
    );

  people
    .command('erase')
    .description('erase a person: what others rely on stays and says nothing about anyone; cannot be undone')
    .argument('<person>', 'their number, as "people find" tells it')
    .requiredOption('--yes', 'they were told what goes and what stays, and want it')
    .action(person =>
      withService(async ({ deps }) => {
        await erasePerson(deps, person, operator);
        tell('Erased. Backups made before still hold it until they are cleared away.');
      }),
    );

  people
    .command('move-subjects')
    .description('let people keep their account after a change at a sign-in provider gave them other values (eduID)')
    .requiredOption('--issuer <url>', 'of the provider, as in the configuration')
    .requiredOption(
      '--map <file>',
      'CSV with the header before,after; or JSON: [{before, after}] or {"before": "after"}',
    )
    .option('--dry-run', 'judge every line and write nothing')
    .option('--json', 'print JSON')
    .action((options: { issuer: string; map: string; dryRun?: boolean; json?: boolean }) =>
      withService(async ({ deps }) => {
        const { issuer, dryRun = false } = options;
        if (!deps.config.providers.some(provider => provider.issuer === issuer))
          throw usage(`no sign-in provider has the issuer ${issuer}`);
        const results = await moveSubjects(deps, { issuer, moves: readMap(options.map), dryRun });
        if (options.json) printJson(results);
        else for (const { outcome, before, after } of results) print(`${outcome}\t${before}\t${after}`);
        const fine = results.filter(({ outcome }) => ['moved', 'done', 'unknown'].includes(outcome)).length;
        tell(`${results.length} lines: ${fine} in order, ${results.length - fine} in conflict and left as they were.`);
        if (fine < results.length) process.exitCode = 1;
      }),
    );
}

function readMap(file: string): Move[] {
  const text = readFile(file);
  if (!/^\s*[[{]/.test(text))
    return parse(z.array(pair), parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }));
  const read = parse(map, parseJson(text));
  return Array.isArray(read) ? read : Object.entries(read).map(([before, after]) => ({ before, after }));
}
