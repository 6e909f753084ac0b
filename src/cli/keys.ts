import type { Command } from 'commander';
import { sweep } from '../credentials/index.ts';
import {
  addJoseKey,
  addKey,
  compromiseKey,
  listJoseKeys,
  listKeys,
  readInstitution,
  rotateJoseKey,
  rotateKey,
} from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { type JoseAlgorithm, joseAlgorithms } from '../institutions/schema.ts';
import { operator, print, printJson, usage, withService } from './shared.ts';

const forTokens = [
  '--algorithm <name>',
  'the key for tokens of this algorithm (ES256, RS256), not that for proofs',
] as const;

function readAlgorithm(name: string | undefined): JoseAlgorithm | undefined {
  const known = joseAlgorithms.find(algorithm => algorithm === name);
  if (name !== undefined && !known) throw usage(`--algorithm is one of ${joseAlgorithms.join(', ')}`);
  return known;
}

/** `keys list|new|rotate|compromise` */
export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('signing keys of an institution');
  const keyCommand = (
    name: string,
    description: string,
    run: (
      deps: Deps,
      owner: { id: string; slug: string },
      given: { argument?: string | undefined; algorithm?: JoseAlgorithm | undefined },
    ) => Promise<void>,
  ) =>
    keys
      .command(name)
      .description(description)
      .requiredOption('--institution <slug>')
      .option('--json', 'print JSON')
      .action(async (...given) => {
        const options = given.at(-2) as { institution: string; json?: boolean; algorithm?: string };
        await withService(async ({ deps }) => {
          const owner = await readInstitution(deps, options.institution);
          await run(deps, owner, {
            argument: typeof given[0] === 'string' ? given[0] : undefined,
            algorithm: readAlgorithm(options.algorithm),
          });
          // Lists that the old key signed are signed again at once.
          await sweep(deps);
          const told = ({ id, state }: { id: string; state: string }) => ({ id: `${owner.did}#${id}`, state });
          const list = [
            ...(await listKeys(deps, owner.id)).map(k => ({ ...told(k), publicKeyMultibase: k.publicKeyMultibase })),
            ...(await listJoseKeys(deps, owner.id)).map(k => ({ ...told(k), publicKeyJwk: k.publicJwk })),
          ];
          if (options.json) printJson(list);
          else for (const k of list) print(`${k.id}\t${k.state}`);
        });
      });
  keyCommand('list', 'every key that was ever published', async () => {});
  keyCommand(
    'new',
    'publish a key beside the one that signs, a day ahead of a rotation',
    async (deps, owner, { algorithm }) =>
      void (algorithm ? await addJoseKey(deps, owner, operator, algorithm) : await addKey(deps, owner, operator)),
  ).option(...forTokens);
  keyCommand(
    'rotate',
    'let the newest key sign; what the old one signed stays good',
    async (deps, owner, { algorithm }) =>
      void (algorithm ? await rotateJoseKey(deps, owner, operator, algorithm) : await rotateKey(deps, owner, operator)),
  ).option(...forTokens);
  keyCommand('compromise', 'withdraw a key: all that it signed is refused from now on', (deps, owner, { argument }) =>
    compromiseKey(deps, owner, operator, (argument ?? '').split('#').at(-1)!),
  ).argument('<key>', 'its id, such as key-2026-1');
}
