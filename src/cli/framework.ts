import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import {
  doImport,
  type ImportPlace,
  importPlace,
  type ImportState,
  listFrameworks,
  nameOf,
  previewImport,
  previewOoapi,
  SERVICE,
} from '../catalogue/index.ts';
import type { Deps } from '../platform/context.ts';
import { operator, operatorFor, print, printJson, tell, usage, withService } from './shared.ts';

/** For an institution, or without one for the service: what it keeps is there for every institution. */
async function placeFor(deps: Deps, slug: string | undefined): Promise<ImportPlace> {
  if (slug) return importPlace(await operatorFor(deps, slug));
  return { deps, actor: operator, now: deps.clock(), owner: SERVICE };
}

/** `framework list|import` */
export function frameworkCommands(program: Command): void {
  const framework = program.command('framework').description('standards: sources of learning outcomes');

  framework
    .command('list')
    .description('the standards that are there for every institution')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const frameworks = await listFrameworks(deps.db);
        if (options.json) printJson(frameworks);
        else for (const f of frameworks) print([f.id, nameOf(f.names, 'nl'), f.version ?? '', f.uri].join('\t'));
      }),
    );

  framework
    .command('import')
    .description(
      'import ESCO (CSV files), a CASE package, an OOAPI (a file or an address), badge classes, achievements',
    )
    .argument('<source...>', 'files, or the address of an OOAPI')
    .option('--institution <slug>', 'keep it for one institution; without it a standard is there for all')
    .option('--language <nl|en>', 'of files of ESCO whose names do not say it')
    .option('--preview', 'tell what would change, and change nothing')
    .option('--json', 'print JSON')
    .action((sources: string[], options) =>
      withService(async ({ deps }) => {
        const { language } = options;
        if (language && language !== 'nl' && language !== 'en') throw usage('--language is nl or en');
        const place = await placeFor(deps, options.institution);
        const seen = await bring(place, sources, language);
        if (!options.json) report(seen);
        const state = options.preview ? seen : await doImport(place, seen.id);
        const { outcomes, links, achievements, refused, refusedCount, notes, kind } = state.summary;
        const { items: _, ...counts } = achievements;
        const done = state.doneAt !== null;
        if (options.json)
          printJson({ kind, done, outcomes, links, achievements: counts, refused, refusedCount, notes });
        else print(done ? 'imported' : 'nothing was changed');
      }),
    );
}

function bring(place: ImportPlace, sources: string[], language?: 'nl' | 'en'): Promise<ImportState> {
  const [first] = sources;
  if (sources.length === 1 && /^https:\/\//.test(first!)) return previewOoapi(place, first!);
  for (const file of sources) if (!existsSync(file)) throw usage(`${basename(file)} cannot be read (ENOENT)`);
  const files = sources.map(path => ({ name: basename(path), bytes: createReadStream(path) }));
  return previewImport(place, { files, ...(language ? { language } : {}) });
}

function report({ summary }: ImportState): void {
  const { outcomes, links, achievements, refused, refusedCount, notes } = summary;
  tell(
    `outcomes: ${outcomes.added} new, ${outcomes.changed} changed, ${outcomes.unchanged} the same, ${outcomes.retired} dropped`,
  );
  if (links.added || links.removed) tell(`links: ${links.added} new, ${links.removed} gone`);
  if (achievements.items.length || achievements.unchanged)
    tell(
      `achievements: ${achievements.added} new drafts, ${achievements.changed} changed, ${achievements.unchanged} the same`,
    );
  for (const { at, why } of refused) tell(`left out: ${at} (${why})`);
  if (refusedCount > refused.length) tell(`left out: ${refusedCount - refused.length} more`);
  for (const note of notes) tell(note);
}
