import type { Command } from 'commander';
import { tell, withService } from './shared.ts';

/** `migrate` */
export function databaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date (starting the service does so too)')
    .action(() =>
      withService(async ({ deps }) => {
        await deps.db.check();
        tell('The database is up to date.');
      }),
    );
}
