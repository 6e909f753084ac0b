import type { Command } from 'commander';
import {
  type ApiKey,
  type ApiKeyRole,
  apiKeyRoles,
  createApiKey,
  listApiKeys,
  MAX_OVERLAP_HOURS,
  OVERLAP_HOURS,
  readInstitution,
  revokeApiKey,
  rotateApiKey,
} from '../institutions/index.ts';
import { operator, print, printJson, readDate, tell, usage, withService } from './shared.ts';

/** `api-key create|list|rotate|revoke` */
export function apiKeyCommands(program: Command): void {
  const apiKey = program.command('api-key').description('keys for programs');
  apiKey
    .command('create')
    .description('make an API key and print it, this once')
    .requiredOption('--institution <slug>')
    .requiredOption('--role <role>', apiKeyRoles.join(', '))
    .option('--label <text>', 'what it is for')
    .option('--expires <date>', 'the last moment that it works, RFC 3339')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        if (!apiKeyRoles.includes(options.role)) throw usage(`--role is ${apiKeyRoles.join(', ')}`);
        const expiresAt = options.expires ? readDate(options.expires) : undefined;
        const input = { role: options.role as ApiKeyRole, label: options.label, expiresAt };
        const key = await createApiKey(deps, await readInstitution(deps, options.institution), input, operator);
        if (options.json) printJson(key);
        else print(key.key);
        tell('This key is not shown again.');
      }),
    );
  apiKey
    .command('list')
    .description('the keys of an institution, without their secrets')
    .requiredOption('--institution <slug>')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const keys = await listApiKeys(deps, await readInstitution(deps, options.institution), operator);
        if (options.json) printJson(keys);
        else for (const k of keys) print([k.id, k.role, stateOf(k, deps.clock()), k.label ?? ''].join('\t'));
      }),
    );
  apiKey
    .command('rotate')
    .description('make a key that takes the place of another, and print it, this once')
    .argument('<id>')
    .requiredOption('--institution <slug>')
    .option('--overlap <hours>', 'how long the old one goes on working; 0 ends it at once', String(OVERLAP_HOURS))
    .option('--json', 'print JSON')
    .action((id, options) =>
      withService(async ({ deps }) => {
        const overlapHours = Number(options.overlap);
        if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > MAX_OVERLAP_HOURS)
          throw usage(`--overlap is a number of hours, 0 to ${MAX_OVERLAP_HOURS}`);
        const owner = await readInstitution(deps, options.institution);
        const key = await rotateApiKey(deps, owner, { id, overlapHours }, operator);
        if (options.json) printJson(key);
        else print(key.key);
        tell('This key is not shown again.');
      }),
    );
  apiKey
    .command('revoke')
    .description('end an API key at once')
    .argument('<id>')
    .requiredOption('--institution <slug>')
    .action((id, options) =>
      withService(async ({ deps }) => {
        await revokeApiKey(deps, await readInstitution(deps, options.institution), id, operator);
        tell(`${id} no longer works.`);
      }),
    );
}

function stateOf({ revokedAt, expiresAt, replacedBy }: ApiKey, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt}`;
  if (expiresAt && Date.parse(expiresAt) <= now.getTime()) return `ended ${expiresAt}`;
  const ends = expiresAt ? `, ends ${expiresAt}` : '';
  return replacedBy ? `replaced by ${replacedBy}${ends}` : `in use${ends}`;
}
