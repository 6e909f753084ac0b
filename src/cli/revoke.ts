import type { Command } from 'commander';
import { presentAward, readAward, revocationReasons, revokeAward } from '../credentials/index.ts';
import { listInstitutions } from '../institutions/index.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { operatorFor, print, printJson, usage, withService } from './shared.ts';

/** `revoke ID` */
export function revokeCommand(program: Command): void {
  program
    .command('revoke')
    .description('revoke an award, for good')
    .argument('<id>', 'the award')
    .requiredOption('--reason <code>', revocationReasons.join(', '))
    .option('--institution <slug>', 'needed when there are several')
    .option('--text <words>', 'for the learner')
    .option('--json', 'print JSON')
    .action((id, options) =>
      withService(async ({ deps }) => {
        if (!revocationReasons.includes(options.reason)) throw usage(`--reason is ${revocationReasons.join(', ')}`);
        const { award } = await revokeAward(await operatorForAward(deps, id, options.institution), id, {
          reason: options.reason,
          text: options.text,
        });
        if (options.json) printJson(presentAward(deps, award));
        else print(`${award.id}\t${award.state}`);
      }),
    );
}

/** The institution of an award, when the operator did not name it. */
async function operatorForAward(deps: Deps, id: string, slug: string | undefined): Promise<Ctx> {
  if (slug) return operatorFor(deps, slug);
  for (const { slug: each } of await listInstitutions(deps)) {
    const ctx = await operatorFor(deps, each);
    const found = await readAward(ctx, id).catch(error => {
      if (error instanceof DomainError && error.code === 'not-found') return undefined;
      throw error;
    });
    if (found) return ctx;
  }
  throw new DomainError('not-found', 'There is no such award.');
}
