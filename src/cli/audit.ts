import type { Command } from 'commander';
import { verifyAudit } from '../platform/audit.ts';
import { print, printJson, withService } from './shared.ts';

/** `audit verify` */
export function auditCommands(program: Command): void {
  program
    .command('audit')
    .description('the log of what was done')
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
