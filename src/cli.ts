#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, CommanderError } from 'commander';
import { parse as parseCsv } from 'csv-parse/sync';
import { importAchievement, publishAchievement } from './catalogue/index.ts';
import {
  type AwardInput,
  awardCredential,
  awardInput,
  prepareAward,
  presentAward,
  revocationReasons,
  revokeAward,
  sweep,
} from './credentials/index.ts';
import { openNode } from './deps-node.ts';
import {
  type ApiKeyRole,
  addKey,
  apiKeyRoles,
  compromiseKey,
  createApiKey,
  createInstitution,
  institutionKinds,
  institutionProfile,
  listApiKeys,
  listInstitutions,
  listKeys,
  readInstitution,
  revokeApiKey,
  rotateKey,
  slug as slugSchema,
} from './institutions/index.ts';
import { verifyAudit } from './platform/audit.ts';
import type { Actor, Ctx, Deps } from './platform/context.ts';
import { DomainError } from './platform/errors.ts';
import { parse } from './platform/http.ts';
import { parseJson } from './platform/json.ts';
import { checkCredential, type Report } from './verifier/index.ts';

const USAGE = 64;
const operator: Actor = { kind: 'operator' };

const print = (line: string) => process.stdout.write(`${line}\n`);
const tell = (line: string) => process.stderr.write(`${line}\n`);
const printJson = (value: unknown) => print(JSON.stringify(value));

/** Opens the database that the environment names, runs `work`, and closes it whatever happens. */
async function withService<T>(work: (service: { deps: Deps }) => Promise<T>): Promise<T> {
  const service = openNode({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' }, tell);
  try {
    return await work(service);
  } finally {
    service.close();
  }
}

/** The operator, acting for an institution. */
async function operatorFor(deps: Deps, slug: string): Promise<Ctx> {
  const institution = await readInstitution(deps, slug);
  return { actor: operator, institution, now: deps.clock(), requestId: 'cli', db: deps.db, deps };
}

const program = new Command('waarmerk')
  .description('Validated learning outcomes as signed Open Badges that anyone can check')
  .showHelpAfterError('(--help shows how it is used)');

const institution = program.command('institution').description('institutions of this service');
institution
  .command('create')
  .description('make an institution with its first signing key')
  .requiredOption('--slug <slug>', 'its place in addresses and in its DID; never changes')
  .requiredOption('--name <name>', 'its name')
  .requiredOption('--country <code>', 'where it awards, such as NL')
  .option('--kind <kind>', institutionKinds.join(', '), 'other')
  .option('--url <url>', 'its website')
  .option('--email <address>')
  .option('--locality <place>')
  .option('--brin <code>', 'BRIN code')
  .option('--qa-name <name>', 'quality assurance that stands behind its achievements')
  .option('--qa-url <url>')
  .option('--qa-description <text>')
  .option('--json', 'print JSON')
  .action(options =>
    withService(async ({ deps }) => {
      const made = await createInstitution(deps, {
        slug: parse(slugSchema, options.slug),
        profile: parse(institutionProfile, {
          name: options.name,
          kind: options.kind,
          url: options.url,
          email: options.email,
          address: { countryCode: options.country, locality: options.locality },
          identifiers: options.brin ? [{ type: 'ext:BRIN', identifier: options.brin }] : [],
          ...(options.qaName
            ? { qualityAssurance: { name: options.qaName, url: options.qaUrl, description: options.qaDescription } }
            : {}),
        }),
      });
      if (options.json) printJson({ slug: made.slug, name: made.profile.name, did: made.did });
      else print(`${made.slug}\t${made.did}\t${made.url}`);
    }),
  );
institution
  .command('list')
  .description('every institution')
  .option('--json', 'print JSON')
  .action(options =>
    withService(async ({ deps }) => {
      const list = (await listInstitutions(deps)).map(i => ({ slug: i.slug, name: i.profile.name, did: i.did }));
      if (options.json) printJson(list);
      else for (const i of list) print(`${i.slug}\t${i.name}\t${i.did}`);
    }),
  );

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
      const keys = await listApiKeys(deps, await readInstitution(deps, options.institution));
      if (options.json) printJson(keys);
      else
        for (const k of keys)
          print([k.id, k.role, k.revokedAt ? `revoked ${k.revokedAt}` : 'in use', k.label ?? ''].join('\t'));
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

program
  .command('achievement')
  .description('what can be earned')
  .command('import')
  .description('import an achievement: our own form, an OB 3.0 Achievement, or a credential that holds one')
  .argument('<file>')
  .requiredOption('--institution <slug>')
  .option('--publish', 'publish it too')
  .option('--json', 'print JSON')
  .action((file, options) =>
    withService(async ({ deps }) => {
      const ctx = await operatorFor(deps, options.institution);
      const imported = await importAchievement(ctx, parseJson(readFile(file)));
      for (const note of imported.notes) tell(note);
      if (imported.existed) tell('This was imported before.');
      const state = options.publish && imported.draft ? await publishAchievement(ctx, imported.id) : imported;
      for (const warning of state.completeness.warnings) tell(`Warning: ${warning}.`);
      const result = { id: state.id, version: state.published?.version ?? null, missing: state.completeness.missing };
      if (options.json) printJson(result);
      else
        print(
          `${result.id}\t${result.version ? `version ${result.version}` : 'draft'}\t${result.missing.length ? `missing: ${result.missing.join(', ')}` : 'complete'}`,
        );
    }),
  );

program
  .command('award')
  .description('award an achievement to everyone in a CSV or JSON file')
  .argument(
    '<file>',
    'CSV with a header (email, eduid, eppn, did, name, basis, decidedBy, decidedOn, reference, …) or a JSON array',
  )
  .requiredOption('--institution <slug>')
  .requiredOption('--achievement <id>')
  .option('--dry-run', 'judge every row and write nothing')
  .option('--json', 'print JSON')
  .action((file, options) =>
    withService(async ({ deps }) => {
      const ctx = await operatorFor(deps, options.institution);
      const rows = readRows(file);
      const report: {
        row: number;
        outcome: string;
        award?: string;
        claim?: string | null;
        code?: string;
        detail?: string;
      }[] = [];
      for (const [index, row] of rows.entries()) {
        progress(index, rows.length);
        const at = { row: index + 1 };
        try {
          const input: AwardInput = parse(awardInput, { achievement: options.achievement, ...row });
          const now = { ...ctx, now: deps.clock() };
          if (options.dryRun) {
            await prepareAward(now, input);
            report.push({ ...at, outcome: 'ok' });
          } else {
            const { id, claim } = presentAward(deps, await awardCredential(now, input));
            report.push({ ...at, outcome: 'awarded', award: id, claim });
          }
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          const known = error.code === 'award-exists';
          report.push({
            ...at,
            outcome: known ? 'exists' : 'refused',
            code: error.code,
            detail: error.detail,
            ...(known ? { award: error.extensions.award as string } : {}),
          });
        }
      }
      progress(rows.length, rows.length);
      if (options.json) printJson(report);
      else for (const r of report) print([r.row, r.outcome, r.award ?? '', r.claim ?? r.detail ?? ''].join('\t'));
      const refused = report.filter(r => r.outcome === 'refused').length;
      tell(`${rows.length} rows: ${report.length - refused} in order, ${refused} refused.`);
      if (refused) process.exitCode = 1;
    }),
  );

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
      const award = await revokeAward(await operatorForAward(deps, id, options.institution), id, {
        reason: options.reason,
        text: options.text,
      });
      if (options.json) printJson(presentAward(deps, award));
      else print(`${award.id}\t${award.state}`);
    }),
  );

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

program
  .command('migrate')
  .description('bring the database up to date (starting the service does so too)')
  .action(() =>
    withService(async ({ deps }) => {
      await deps.db.check();
      tell('The database is up to date.');
    }),
  );

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

/** The institution of an award, when the operator did not name it. */
async function operatorForAward(deps: Deps, id: string, slug: string | undefined): Promise<Ctx> {
  if (slug) return operatorFor(deps, slug);
  const { readAward } = await import('./credentials/index.ts');
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

function readFile(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw usage(
      `${file === '-' ? 'standard input' : basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** Rows of a CSV or JSON file in the shape of the API, without the achievement. */
function readRows(file: string): Record<string, unknown>[] {
  const text = readFile(file);
  if (text.trimStart().startsWith('[')) return parseJson(text) as Record<string, unknown>[];
  const rows = parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[];
  return rows.map(row => {
    const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
    const { email, eduid, eppn, did, name, basis, decidedBy, decidedOn, reference, result, creditsEarned, ...rest } =
      given;
    return {
      ...rest,
      recipient: { email, eduid, eppn, did, name },
      decision: { basis, decidedBy, decidedOn, reference },
      ...(result ? { results: [{ value: result }] } : {}),
      ...(creditsEarned ? { creditsEarned: Number(creditsEarned) } : {}),
    };
  });
}

function readDate(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(date.getTime()))
    throw usage(`"${text}" is not a date such as 2026-11-03 or 2026-11-03T12:00:00Z`);
  return date;
}

/** A bar on standard error, only where someone can see it move. */
function progress(done: number, all: number): void {
  if (!process.stderr.isTTY || !all) return;
  const filled = Math.round((done / all) * 30);
  process.stderr.write(`\r[${'='.repeat(filled)}${' '.repeat(30 - filled)}] ${done}/${all}${done === all ? '\n' : ''}`);
}

function printReport(report: Report): void {
  print(`${report.verdict}\t${report.code}`);
  const sign = { ok: '✓', failed: '✕', unknown: '?', 'not-applicable': '–', skipped: '–' };
  for (const check of report.checks) print(`${sign[check.outcome]} ${check.id}\t${check.code}\t${check.message.en}`);
}

const usage = (message: string) => new CommanderError(USAGE, 'usage', message);

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
