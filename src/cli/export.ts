import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { exportInstitution } from '../credentials/index.ts';
import { operatorFor, printJson, tell, usage, withService } from './shared.ts';

/** `export --institution SLUG DIR` */
export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('write everything of an institution to an empty folder: badges, awards, lists, achievements, log')
    .argument('<dir>', 'a folder that is empty or not there yet')
    .requiredOption('--institution <slug>')
    .option('--json', 'print JSON')
    .action((dir, options) =>
      withService(async ({ deps }) => {
        makeEmpty(dir);
        const counts: Record<string, number> = {};
        for await (const { path, text } of exportInstitution(await operatorFor(deps, options.institution))) {
          const file = join(dir, path);
          mkdirSync(dirname(file), { recursive: true });
          // It holds what people were told in confidence.
          writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
          const kind = path.split('/')[0]!;
          counts[kind] = (counts[kind] ?? 0) + 1;
        }
        if (options.json) printJson(counts);
        else for (const [kind, count] of Object.entries(counts)) tell(`${kind}\t${count}`);
      }),
    );
}

function makeEmpty(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (readdirSync(dir).length) throw usage(`${dir} is not empty`);
}
