import type { Command } from 'commander';
import { sweep } from '../credentials/index.ts';
import {
  addJoseKey,
  addKey,
  addServiceKey,
  compromiseKey,
  compromiseServiceKey,
  listJoseKeys,
  listKeys,
  listServiceKeys,
  readInstitution,
  rotateJoseKey,
  rotateKey,
  rotateServiceKey,
} from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { type JoseAlgorithm, joseAlgorithms } from '../institutions/schema.ts';
import { didWebOfHost } from '../vc/did.ts';
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

interface Options {
  institution?: string;
  service?: boolean;
  json?: boolean;
  algorithm?: string;
}
/** What a command does for an institution, and what for the service itself. */
interface Runs {
  institution: (
    deps: Deps,
    owner: { id: string; slug: string },
    given: { argument: string; algorithm?: JoseAlgorithm | undefined },
  ) => Promise<unknown>;
  service: (deps: Deps, given: { argument: string; algorithm?: 'ES256' | undefined }) => Promise<unknown>;
}

/** `keys list|new|rotate|compromise`, of an institution or of the service itself */
export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('signing keys of an institution, or of the service itself');
  const keyCommand = (name: string, description: string, runs: Runs) =>
    keys
      .command(name)
      .description(description)
      .option('--institution <slug>', 'the keys of this institution')
      .option('--service', 'the keys that the service itself signs with')
      .option('--json', 'print JSON')
      .action(async (...given) => {
        const options = given.at(-2) as Options;
        const argument = (typeof given[0] === 'string' ? given[0] : '').split('#').at(-1)!;
        if ((options.institution !== undefined) === (options.service === true))
          throw usage('name the keys: --institution SLUG, or --service');
        const algorithm = readAlgorithm(options.algorithm);
        if (options.service && algorithm === 'RS256') throw usage('the service itself has no key for RS256');
        await withService(async ({ deps }) => {
          const list = options.service
            ? await runForService(deps, runs, { argument, algorithm: algorithm === 'ES256' ? algorithm : undefined })
            : await runForInstitution(deps, options.institution!, runs, argument, algorithm);
          if (options.json) printJson(list);
          else for (const k of list) print(`${k.id}\t${k.state}`);
        });
      });
  keyCommand('list', 'every key that was ever published', { institution: async () => {}, service: async () => {} });
  keyCommand('new', 'publish a key beside the one that signs, a day ahead of a rotation', {
    institution: (deps, owner, { algorithm }) =>
      algorithm ? addJoseKey(deps, owner, operator, algorithm) : addKey(deps, owner, operator),
    service: (deps, { algorithm }) => addServiceKey(deps, operator, algorithm),
  }).option(...forTokens);
  keyCommand('rotate', 'let the newest key sign; what the old one signed stays good', {
    institution: (deps, owner, { algorithm }) =>
      algorithm ? rotateJoseKey(deps, owner, operator, algorithm) : rotateKey(deps, owner, operator),
    service: (deps, { algorithm }) => rotateServiceKey(deps, operator, algorithm),
  }).option(...forTokens);
  keyCommand('compromise', 'withdraw a key: all that it signed is refused from now on', {
    institution: (deps, owner, { argument }) => compromiseKey(deps, owner, operator, argument),
    service: (deps, { argument }) => compromiseServiceKey(deps, operator, argument),
  }).argument('<key>', 'its id, such as key-2026-1');
}

async function runForInstitution(
  deps: Deps,
  slug: string,
  runs: Runs,
  argument: string,
  algorithm: JoseAlgorithm | undefined,
) {
  const owner = await readInstitution(deps, slug);
  await runs.institution(deps, owner, { argument, algorithm });
  // Lists that the old key signed are signed again at once.
  await sweep(deps);
  const told = ({ id, state }: { id: string; state: string }) => ({ id: `${owner.did}#${id}`, state });
  return [
    ...(await listKeys(deps, owner.id)).map(k => ({ ...told(k), publicKeyMultibase: k.publicKeyMultibase })),
    ...(await listJoseKeys(deps, owner.id)).map(k => ({ ...told(k), publicKeyJwk: k.publicJwk })),
  ];
}

async function runForService(deps: Deps, runs: Runs, given: Parameters<Runs['service']>[1]) {
  await runs.service(deps, given);
  const did = didWebOfHost(deps.config.origin);
  return (await listServiceKeys(deps)).map(({ id, state, publicKeyMultibase }) => ({
    id: `${did}#${id}`,
    state,
    publicKeyMultibase,
  }));
}
