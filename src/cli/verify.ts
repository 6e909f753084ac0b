import type { Command } from 'commander';
import { checkCredential, type Report } from '../verifier/index.ts';
import { print, printJson, readDate, readFile, withService } from './shared.ts';

/** `verify FILE|URL|-`: the verdict is the exit code. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check a badge; exit code 0 valid, 1 invalid, 2 indeterminate')
    .argument('<source>', 'a file, a URL, or - for standard input')
    .option('--at <date>', 'as of this moment, RFC 3339')
    .option('--json', 'print the report as JSON')
    .action((source, options) =>
      withService(async ({ deps }) => {
        const at = options.at ? readDate(options.at) : undefined;
        const input = /^https?:\/\//.test(source) ? { url: source } : { credential: readFile(source) };
        const report = await checkCredential(deps, input, { at });
        if (options.json) printJson(report);
        else printReport(report);
        process.exitCode = { valid: 0, invalid: 1, indeterminate: 2 }[report.verdict];
      }),
    );
}

function printReport(report: Report): void {
  print(`${report.verdict}\t${report.code}`);
  const sign = { ok: '✓', failed: '✕', unknown: '?', 'not-applicable': '–', skipped: '–' };
  for (const check of report.checks) print(`${sign[check.outcome]} ${check.id}\t${check.code}\t${check.message.en}`);
}
