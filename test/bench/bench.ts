// What the service does in a second and how long people wait for it, beside the reference library on the same machine.
// Usage: npm run build && npm run bench -- [--seconds 20] [--only WORDS] [--json]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureEsco } from './esco.ts';
import { measureFiles } from './files.ts';
import { measureLibrary } from './library.ts';
import { measureLogin } from './login.ts';
import { measureMany } from './many.ts';
import { measureService } from './service.ts';
import { measureWallets, WALLETS } from './wallets.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);

const library = values.only ? [] : await measureLibrary();
const only = values.only ?? '';
const login = 'signing in'.includes(only) ? await measureLogin() : undefined;
const files = 'files'.includes(only) ? await measureFiles() : [];
const wallets = 'wallets'.includes(only) ? await measureWallets(seconds) : [];
const many = 'many at once'.includes(only) ? await measureMany() : undefined;
const esco = 'esco'.includes(only) ? await measureEsco() : undefined;
const service = ['signing in', 'files', 'wallets', 'many at once', 'esco'].includes(only)
  ? []
  : await measureService(seconds, only);
const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };

if (values.json) console.log(JSON.stringify({ machine, library, login, files, wallets, many, esco, service }));
else {
  console.log(`\n${machine.cores} × ${machine.model}, Node ${machine.node}\n`);
  if (library.length)
    table(
      ['one core', 'a second', 'beside the library'],
      library.map(r => [r.what, r.perSecond.toFixed(0), `${r.ratio.toFixed(1)} ×`]),
    );
  if (login)
    table(
      ['signing in', 'p50 ms', 'p99 ms', 'promise'],
      [
        ['with the provider', login.total.p50.toFixed(1), login.total.p99.toFixed(1), ''],
        ['without it', login.own.p50.toFixed(1), login.own.p99.toFixed(1), kept('p50 ≤ 20 ms', login.own.p50 <= 20)],
        ['longest block', '', login.blocked.toFixed(1), kept('≤ 50 ms', login.blocked <= 50)],
      ],
    );
  if (files.length)
    table(
      ['files, one at a time', 'p50 ms', 'p99 ms', 'promise'],
      files.map(r => [r.what, r.p50.toFixed(1), r.p99.toFixed(1), kept('p50 ≤ 150 ms', r.p50 <= 150)]),
    );
  if (wallets.length)
    table(
      [
        'to wallets (OpenID4VCI)',
        'asked/s',
        'served/s',
        'errors',
        'p50 ms',
        'p99 ms',
        'max ms',
        'processor ms',
        'promise',
      ],
      wallets.map(r => [
        r.what,
        r.asked,
        r.served.toFixed(0),
        r.errors,
        r.p50.toFixed(1),
        r.p99.toFixed(1),
        r.max.toFixed(0),
        r.cpu.toFixed(1),
        kept(`p99 ≤ ${WALLETS.p99} ms`, r.p99 <= WALLETS.p99 && r.errors === 0),
      ]),
    );
  if (many)
    table(
      ['many at once', 'seconds', 'one beside them, p50 ms', 'p99 ms', 'promise'],
      [
        [
          `${many.badges} badges of ${many.issuers} issuers`,
          many.seconds.toFixed(1),
          many.beside.p50.toFixed(1),
          many.beside.p99.toFixed(1),
          kept('under 10 s, p99 ≤ 300 ms', many.seconds < 10 && many.beside.p99 <= 300),
        ],
      ],
    );
  if (esco) {
    const { seconds: took, againSeconds, peakMb } = esco;
    table(
      ['ESCO, both languages', 'measured', 'promise'],
      [
        [`${esco.rows} rows imported`, `${took.toFixed(1)} s`, kept('≤ 30 s', took <= 30)],
        ['the same again', `${againSeconds.toFixed(1)} s`, 'changes nothing'],
        ['memory of the process', `${peakMb.toFixed(0)} MB`, kept('≤ 300 MB', peakMb <= 300)],
        ...esco.search.map(({ text, p50, max }) => [
          `search "${text}"`,
          `${p50.toFixed(1)} ms, at most ${max.toFixed(1)}`,
          kept('p50 < 50 ms', p50 < 50),
        ]),
      ],
    );
  }
  if (service.length)
    table(
      ['load', 'asked/s', 'served/s', 'errors', 'p50 ms', 'p99 ms', 'max ms', 'memory MB', 'promise'],
      service.map(r => [
        r.what,
        r.asked,
        r.served.toFixed(0),
        r.errors,
        r.p50.toFixed(1),
        r.p99.toFixed(1),
        r.max.toFixed(0),
        r.memoryMb.toFixed(0),
        r.kept ? `p99 ≤ ${r.promise} kept` : `p99 ≤ ${r.promise} NOT KEPT`,
      ]),
    );
}

function kept(promise: string, is: boolean): string {
  return `${promise} ${is ? 'kept' : 'NOT KEPT'}`;
}

function table(head: string[], rows: unknown[][]) {
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---|').join('')}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('');
}
