// What one delivery to a wallet costs, which a busy machine hardly changes: processor time, statements, commits, calls to
// WebCrypto. Beside it a plain award. The median of rounds. Usage: node [--cpu-prof] scripts/tool.mjs test/bench/wallet-cost.ts [--rounds 8] [--http]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { offerBadge } from '../../src/wallets/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';
import { walletKey, walletOn } from '../support/wallet.ts';
import { exampleAward } from '../support/world.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    http: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const EACH = 40;
const rounds = Number(values.rounds);

const folder = mkdtempSync(join(tmpdir(), 'bench-cost-'));
const port = await freePort();
const world = createWorld({ file: join(folder, 'cost.db'), origin: `http://localhost:${port}` });
const server = values.http ? serve({ fetch: world.app.fetch, port }) : undefined;
const request = (url: string, init?: RequestInit) => (server ? fetch(url, init) : world.request(url, init));
const wallet = walletOn({ request });

const counted: Record<string, number> = {};
const count = (name: string) => void (counted[name] = (counted[name] ?? 0) + 1);
const { subtle } = crypto;
for (const name of ['digest', 'sign', 'verify', 'importKey', 'decrypt'] as const) {
  const run = subtle[name].bind(subtle) as (...args: unknown[]) => Promise<never>;
  subtle[name] = ((...args: unknown[]) => (count(name), run(...args))) as never;
}
const { sqlite } = world.db;
const statement = Object.getPrototypeOf(sqlite.prepare('select 1')) as Record<'all' | 'get' | 'run', unknown>;
for (const name of ['all', 'get', 'run'] as const) {
  const run = statement[name] as (this: unknown, ...values: unknown[]) => unknown;
  statement[name] = function (this: { source: string }, ...values: unknown[]) {
    count(/^\s*select/i.test(this.source) ? 'reads' : 'writes');
    return run.apply(this, values);
  };
}
const { batch, attempt } = world.db;
world.db.batch = statements => (count('commits'), batch(statements));
world.db.attempt = run => (count('commits'), attempt(run));

try {
  const school = await createCopies(world);
  const key = school.keys.awarder;
  const ready = async () => {
    const awardId = await school.give();
    const offer = await offerBadge(world.deps, { awardId, personId: school.person.id, language: 'nl' });
    return { opened: await wallet.open(offer.link), txCode: offer.txCode, key: await walletKey() };
  };
  type Ready = Awaited<ReturnType<typeof ready>>;
  const deliver = async ({ opened, txCode, key }: Ready, configuration: string) => {
    const { access_token } = (await wallet.token(opened, { tx_code: txCode })).json;
    const jwt = [await wallet.proof(opened, key, await wallet.nonce(opened))];
    const body = { credential_configuration_id: configuration, proofs: { jwt } };
    const answer = await wallet.credential(opened, access_token, body);
    if (answer.status !== 200) throw new Error(`a wallet was answered ${answer.status}`);
  };
  const none = async () => undefined;
  for (const configuration of ['badge', 'badge-sd-jwt'])
    await measure(configuration, ready, one => deliver(one as Ready, configuration));
  await measure('the wallet itself', ready, async one => {
    const { opened, key } = one as Ready;
    await wallet.proof(opened, key, 'a nonce of some length, as they have');
  });
  let n = 0;
  await measure('an award', none, async () => {
    const { decision } = exampleAward(school.achievement);
    const body = exampleAward(school.achievement, { decision: { ...decision, reference: `cost-${++n}` } });
    const { status } = await world.api('/api/v1/awards', { key, body });
    if (status !== 201) throw new Error(`an award was answered ${status}`);
  });
} finally {
  server?.close();
  world.db.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(what: string, prepare: () => Promise<unknown>, run: (ready: unknown) => Promise<void>) {
  if (!what.includes(values.only)) return;
  for (let i = 0; i < 20; i++) await run(await prepare());
  const costs: number[] = [];
  const yards: number[] = [];
  const sums: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    const all: unknown[] = [];
    for (let i = 0; i < EACH; i++) all.push(await prepare());
    for (const name of Object.keys(counted)) counted[name] = 0;
    const before = process.cpuUsage();
    const yard = { user: 0, system: 0 };
    for (const one of all) {
      await run(one);
      const since = process.cpuUsage();
      yardstick();
      const { user, system } = process.cpuUsage(since);
      yard.user += user;
      yard.system += system;
    }
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system - yard.user - yard.system) / 1000 / EACH);
    yards.push((yard.user + yard.system) / 1000 / EACH);
    for (const [name, n] of Object.entries(counted)) sums[name] = (sums[name] ?? 0) + n;
  }
  const middle = (of: number[]) => of.toSorted((a, b) => a - b)[of.length >> 1]!;
  const beside = middle(costs.map((cost, i) => cost / yards[i]!));
  const counts = Object.entries(sums).filter(([, n]) => n > 0);
  console.log(
    `${what}: ${middle(costs).toFixed(2)} ms, ${beside.toFixed(2)} × the yardstick of ${middle(yards).toFixed(2)} ms; `,
    counts.map(([name, n]) => `${(n / rounds / EACH).toFixed(1)} ${name}`).join(', '),
  );
}

/** Always the same work, of about a millisecond: how fast the machine is in that very moment. */
function yardstick(): void {
  let text = JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ id: `urn:${i}`, name: 'x'.repeat(i % 50) })));
  for (let i = 0; i < 4; i++) text = JSON.stringify(JSON.parse(text));
  let n = 3n;
  for (let i = 0; i < 600; i++) n = (n * n + BigInt(text.length)) % (2n ** 255n - 19n);
  if (n === 0n) throw new Error('This number does not come up.');
}
