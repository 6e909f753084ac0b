#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { achievementCommands } from './cli/achievement.ts';
import { apiKeyCommands } from './cli/api-key.ts';
import { auditCommands } from './cli/audit.ts';
import { awardCommand } from './cli/award.ts';
import { databaseCommands } from './cli/database.ts';
import { exportCommand } from './cli/export.ts';
import { frameworkCommands } from './cli/framework.ts';
import { institutionCommands } from './cli/institution.ts';
import { keyCommands } from './cli/keys.ts';
import { memberCommands } from './cli/member.ts';
import { peopleCommands } from './cli/people.ts';
import { revokeCommand } from './cli/revoke.ts';
import { tell, USAGE } from './cli/shared.ts';
import { trustCommands } from './cli/trust.ts';
import { verifyCommand } from './cli/verify.ts';
import { DomainError } from './platform/errors.ts';

/** The table of contents of the command line. */
const program = new Command('waarmerk')
  .description('Validated learning outcomes as signed Open Badges that anyone can check')
  .showHelpAfterError('(--help shows how it is used)');

institutionCommands(program);
apiKeyCommands(program);
memberCommands(program);
achievementCommands(program);
frameworkCommands(program);
awardCommand(program);
verifyCommand(program);
trustCommands(program);
revokeCommand(program);
keyCommands(program);
databaseCommands(program);
auditCommands(program);
exportCommand(program);
peopleCommands(program);

// Who reads what is printed may have enough of it before the end, as `head` does: that ends no work.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const commands = (command: Command): Command[] => [command, ...command.commands.flatMap(commands)];
for (const command of commands(program)) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help that was asked for is no mistake.
    const asked = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
    if (error.code === 'usage') tell(`error: ${error.message}`);
    process.exitCode = asked ? 0 : USAGE;
  } else if (error instanceof DomainError) {
    tell(`${error.code}: ${error.detail}`);
    process.exitCode = error.code === 'configuration' ? 78 : error.code === 'json-malformed' ? USAGE : 3;
  } else throw error;
}
