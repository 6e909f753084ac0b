import type { Command } from 'commander';
import { sweep } from '../credentials/index.ts';
import { addKey, compromiseKey, listKeys, readInstitution, rotateKey } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { operator, print, printJson, withService } from './shared.ts';

/** `keys list|new|rotate|compromise` */
export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('signing keys of an institution');
  const keyCommand = (
    name: string,
    description: string,
    run: (deps: Deps, owner: { id: string; slug: string }, argument?: string) => Promise<void>,
  ) =>
    keys
      .command(name)
      .description(description)
      .requiredOption('--institution <slug>')
      .option('--json', 'print JSON')
      .action(async (...given) => {
        const options = given.at(-2) as { institution: string; json?: boolean };
        await withService(async ({ deps }) => {
          const owner = await readInstitution(deps, options.institution);
          await run(deps, owner, typeof given[0] === 'string' ? given[0] : undefined);
          // Lists that the old key signed are signed again at once.
          await sweep(deps);
          const list = (await listKeys(deps, owner.id)).map(k => ({
            id: `${owner.did}#${k.id}`,
            state: k.state,
            publicKeyMultibase: k.publicKeyMultibase,
          }));
          if (options.json) printJson(list);
          else for (const k of list) print(`${k.id}\t${k.state}`);
        });
      });
  keyCommand('list', 'every key that was ever published', async () => {});
  keyCommand(
    'new',
    'publish a key beside the one that signs, a day ahead of a rotation',
    async (deps, owner) => void (await addKey(deps, owner, operator)),
  );
  keyCommand(
    'rotate',
    'let the newest key sign; what the old one signed stays good',
    async (deps, owner) => void (await rotateKey(deps, owner, operator)),
  );
  keyCommand('compromise', 'withdraw a key: all that it signed is refused from now on', (deps, owner, id) =>
    compromiseKey(deps, owner, operator, (id ?? '').split('#').at(-1)!),
  ).argument('<key>', 'its id, such as key-2026-1');
}
