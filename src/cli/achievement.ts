import type { Command } from 'commander';
import { importAchievement, publishAchievement } from '../catalogue/index.ts';
import { parseJson } from '../platform/json.ts';
import { operatorFor, print, printJson, readFile, tell, withService } from './shared.ts';

/** `achievement import` */
export function achievementCommands(program: Command): void {
  program
    .command('achievement')
    .description('what can be earned')
    .command('import')
    .description('import an achievement: our own form, an OB 3.0 Achievement, or a credential that holds one')
    .argument('<file>')
    .requiredOption('--institution <slug>')
    .option('--publish', 'publish it too')
    .option('--json', 'print JSON')
    .action((file, options) =>
      withService(async ({ deps }) => {
        const ctx = await operatorFor(deps, options.institution);
        const imported = await importAchievement(ctx, parseJson(readFile(file)));
        for (const note of imported.notes) tell(note);
        if (imported.existed) tell('This was imported before.');
        const state = options.publish && imported.draft ? await publishAchievement(ctx, imported.id) : imported;
        for (const warning of state.completeness.warnings) tell(`Warning: ${warning}.`);
        const result = { id: state.id, version: state.published?.version ?? null, missing: state.completeness.missing };
        if (options.json) printJson(result);
        else
          print(
            `${result.id}\t${result.version ? `version ${result.version}` : 'draft'}\t${result.missing.length ? `missing: ${result.missing.join(', ')}` : 'complete'}`,
          );
      }),
    );
}
