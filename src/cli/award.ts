import type { Command } from 'commander';
import { parse as parseCsv } from 'csv-parse/sync';
import { type AwardInput, awardCredential, awardInput, prepareAward, presentAward } from '../credentials/index.ts';
import { DomainError } from '../platform/errors.ts';
import { parse } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { operatorFor, print, printJson, readFile, tell, withService } from './shared.ts';

/** `award FILE`: one award for each row; a row that is refused does not hold up the others. */
export function awardCommand(program: Command): void {
  program
    .command('award')
    .description('award an achievement to everyone in a CSV or JSON file')
    .argument(
      '<file>',
      'CSV with a header (email, eduid, eppn, did, name, basis, decidedBy, decidedOn, reference, …) or a JSON array',
    )
    .requiredOption('--institution <slug>')
    .requiredOption('--achievement <id>')
    .option('--dry-run', 'judge every row and write nothing')
    .option('--json', 'print JSON')
    .action((file, options) =>
      withService(async ({ deps }) => {
        const ctx = await operatorFor(deps, options.institution);
        const rows = readRows(file);
        const report: {
          row: number;
          outcome: string;
          award?: string;
          claim?: string | null;
          code?: string;
          detail?: string;
        }[] = [];
        for (const [index, row] of rows.entries()) {
          progress(index, rows.length);
          const at = { row: index + 1 };
          try {
            const input: AwardInput = parse(awardInput, { achievement: options.achievement, ...row });
            const now = { ...ctx, now: deps.clock() };
            if (options.dryRun) {
              await prepareAward(now, input);
              report.push({ ...at, outcome: 'ok' });
            } else {
              const { id, claim } = presentAward(deps, await awardCredential(now, input));
              report.push({ ...at, outcome: 'awarded', award: id, claim });
            }
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            const known = error.code === 'award-exists';
            report.push({
              ...at,
              outcome: known ? 'exists' : 'refused',
              code: error.code,
              detail: error.detail,
              ...(known ? { award: error.extensions.award as string } : {}),
            });
          }
        }
        progress(rows.length, rows.length);
        if (options.json) printJson(report);
        else for (const r of report) print([r.row, r.outcome, r.award ?? '', r.claim ?? r.detail ?? ''].join('\t'));
        const refused = report.filter(r => r.outcome === 'refused').length;
        tell(`${rows.length} rows: ${report.length - refused} in order, ${refused} refused.`);
        if (refused) process.exitCode = 1;
      }),
    );
}

/** Rows of a CSV or JSON file in the shape of the API, without the achievement. */
function readRows(file: string): Record<string, unknown>[] {
  const text = readFile(file);
  if (text.trimStart().startsWith('[')) return parseJson(text) as Record<string, unknown>[];
  const rows = parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[];
  return rows.map(row => {
    const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
    const { email, eduid, eppn, did, name, basis, decidedBy, decidedOn, reference, result, creditsEarned, ...rest } =
      given;
    return {
      ...rest,
      recipient: { email, eduid, eppn, did, name },
      decision: { basis, decidedBy, decidedOn, reference },
      ...(result ? { results: [{ value: result }] } : {}),
      ...(creditsEarned ? { creditsEarned: Number(creditsEarned) } : {}),
    };
  });
}

/** A bar on standard error, only where someone can see it move. */
function progress(done: number, all: number): void {
  if (!process.stderr.isTTY || !all) return;
  const filled = Math.round((done / all) * 30);
  process.stderr.write(`\r[${'='.repeat(filled)}${' '.repeat(30 - filled)}] ${done}/${all}${done === all ? '\n' : ''}`);
}
