import type { Command } from 'commander';
import { DomainError } from '../platform/errors.ts';
import {
  type CheckInput,
  type Choice,
  checkCredential,
  type RecipientAsked,
  readTrustList,
  recipientAsked,
  type Report,
} from '../verifier/index.ts';

const recipientKinds = Object.keys(recipientAsked.shape);
import { print, printJson, readBytes, readDate, readFile, tell, usage, withService } from './shared.ts';

/** `verify FILE|URL|-`: the verdict is the exit code. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check a badge; exit code 0 valid, 1 invalid, 2 indeterminate')
    .argument('<source>', 'a file of any kind that holds a badge, a URL, or - for standard input')
    .option('--at <date>', 'as of this moment, RFC 3339')
    .option('--choice <number>', 'which badge, where there are several')
    .option(
      '--recipient <kind=value>',
      `whom you have in front of you: ${recipientKinds.join(', ')}; more than once for more`,
      (one, before: string[]) => [...before, one],
      [],
    )
    .option('--trust <file>', 'a list of issuers of your own, JSON, for this check')
    .option('--only-trusted', 'fetch nothing for an issuer that is on no list')
    .option('--technical', 'print canonical forms, hashes, documents used and timing too; implies --json')
    .option('--json', 'print the report as JSON')
    .action((source, options) =>
      withService(async ({ deps }) => {
        const at = options.at ? readDate(options.at) : undefined;
        const choice = options.choice === undefined ? undefined : readChoice(options.choice);
        const input: CheckInput = /^https?:\/\//i.test(source) ? { url: source } : { file: readBytes(source) };
        const asked = {
          recipient: options.recipient.length > 0 ? readRecipient(options.recipient) : undefined,
          trust: options.trust && readTrustList(readFile(options.trust)),
          onlyTrusted: options.onlyTrusted,
          technical: options.technical,
        };
        const report = await checkCredential(deps, input, { ...asked, at, choice }).catch(tellChoices);
        if (options.json || options.technical) printJson(report);
        else printReport(report);
        process.exitCode = { valid: 0, invalid: 1, indeterminate: 2 }[report.verdict];
      }),
    );
}

function printReport(report: Report): void {
  print(`${report.verdict}\t${report.code}`);
  const sign = { ok: '✓', failed: '✕', unknown: '?', 'not-applicable': '–', skipped: '–' };
  for (const check of report.checks) print(`${sign[check.outcome]} ${check.id}\t${check.code}\t${check.message.en}`);
}

/** `email=sam@example.org`, or without a kind: an address when there is an @ in it, a name otherwise. */
function readRecipient(given: string[]): RecipientAsked {
  const pairs = given.map(text => {
    const [, kind, value] = /^(\w+)=(.*)$/s.exec(text) ?? [undefined, text.includes('@') ? 'email' : 'name', text];
    return [kind!, value!] as const;
  });
  const read = recipientAsked.safeParse(Object.fromEntries(pairs));
  if (!read.success) throw usage(`--recipient is KIND=VALUE with one of ${recipientKinds.join(', ')}`);
  return read.data;
}

function readChoice(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw usage(`"${text}" is not the number of a badge`);
  return Number(text);
}

/** Several badges is a question back: which one? */
function tellChoices(error: unknown): never {
  if (!(error instanceof DomainError) || !['several-badges', 'request-invalid'].includes(error.code)) throw error;
  for (const { index, title, where } of (error.extensions.choices ?? []) as Choice[])
    tell(
      [
        index,
        title === undefined ? '-' : printable(title),
        where.map(({ kind, name }) => (name ? `${kind} ${printable(name)}` : kind)).join(' › '),
      ].join('\t'),
    );
  throw usage(
    error.code === 'several-badges' ? 'there are several badges in this; name one with --choice' : error.detail,
  );
}

/** Nothing that a badge says may speak to the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
