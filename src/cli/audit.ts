import type { Command } from 'commander';
import { recheckBadges } from '../credentials/index.ts';
import { verifyAudit } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import { print, printJson, readDate, withService } from './shared.ts';

/** `audit verify|badges` */
export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('the log of what was done, and what was issued');
  audit
    .command('badges')
    .description('judge once more, by another library, every badge that was issued; exit code 1 names the bad ones')
    .option('--since <date>', 'from this moment on, RFC 3339; the last day when left out')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const since = options.since ? readDate(options.since) : new Date(deps.clock().getTime() - DAY_MS);
        const { checked, bad } = await recheckBadges(deps, since);
        if (options.json) printJson({ checked, bad });
        else {
          for (const { award, why } of bad) print(`${award}\t${why}`);
          print(`${checked} badges, ${bad.length} bad`);
        }
        if (bad.length) process.exitCode = 1;
      }),
    );
  audit
    .command('verify')
    .description('read every chain from its start and name the first row that is not as it was written')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const findings = await verifyAudit(deps.db);
        const bad = findings.filter(f => f.firstBad);
        if (options.json) printJson(findings);
        else
          for (const f of findings)
            print(
              `${f.institution || 'operator'}\t${f.rows} rows\t${f.firstBad ? `row ${f.firstBad.seq} ${f.firstBad.why}` : 'whole'}`,
            );
        if (bad.length) process.exitCode = 1;
      }),
    );
}
