import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';

export interface Load {
  what: string;
  asked: number;
  served: number;
  errors: number;
  p50: number;
  p99: number;
  max: number;
  memoryMb: number;
  promise: string;
  kept: boolean;
}

type Ask = { method: string; path: string; body?: string; key?: string; wanted: number[] };
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/**
 * The bundle that people run, on a fresh database, under an open-loop load: latency counts from when a request was due.
 */
export async function measureService(seconds: number, only = ''): Promise<Load[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    ORIGIN: origin,
    DATABASE: `file:${join(folder, 'bench.db')}`,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
  };
  const cli = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, ['dist/cli.js', ...args, '--json'], {
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  execFileSync(
    process.execPath,
    ['dist/cli.js', 'institution', 'create', '--slug', 'bench', '--name', 'Bench', '--country', 'NL'],
    { env, stdio: 'ignore' },
  );
  const { key } = cli('api-key', 'create', '--institution', 'bench', '--role', 'awarder');
  const file = join(folder, 'achievement.json');
  writeFileSync(file, JSON.stringify(JSON.parse(readFileSync('src/demo/validated-outcomes.json', 'utf8')).achievement));
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), type: 'Badge' }));
  const { id: achievement } = cli('achievement', 'import', file, '--institution', 'bench', '--publish');

  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: 'ignore' });
  try {
    await ready(origin);
    let count = 0;
    const issue = (): Ask => ({
      method: 'POST',
      path: '/api/v1/awards',
      key,
      wanted: [201],
      body: JSON.stringify({
        achievement,
        recipient: { email: `b${count++}@example.org`, name: `Sam ${count}` },
        decision: { basis: 'assessment', decidedBy: 'E', decidedOn: '2026-11-01' },
      }),
    });
    const badges: string[] = [];
    for (let i = 0; i < 50; i++) {
      const made = JSON.parse((await send(port, issue())).text);
      badges.push(
        (await send(port, { method: 'GET', path: new URL(made.credential).pathname, key, wanted: [200] })).text,
      );
    }
    const list = new URL(JSON.parse(badges[0]!).credentialStatus.statusListCredential).pathname;
    const pick = () => badges[Math.floor(Math.random() * badges.length)]!;
    const check = (): Ask => ({
      method: 'POST',
      path: '/api/v1/verifications',
      wanted: [200],
      body: `{"credential":${pick()}}`,
    });
    const readList = (): Ask => ({ method: 'GET', path: list, wanted: [200] });
    const page = (): Ask => ({ method: 'GET', path: Math.random() < 0.5 ? '/i/bench' : '/', wanted: [200] });
    const mixed = (): Ask => {
      const dice = Math.random();
      return dice < 0.2 ? check() : dice < 0.25 ? issue() : dice < 0.3 ? page() : readList();
    };

    const run = (
      what: string,
      perSecond: number,
      promiseMs: number,
      ask: () => Ask,
      beside?: { perSecond: number; ask: () => Ask },
    ) => load({ what, port, pid: server.pid!, seconds, perSecond, promiseMs, ask, beside });
    for (const ask of [check, issue, readList, page])
      await load({ what: '', port, pid: server.pid!, seconds: 2, perSecond: 30, promiseMs: 1e9, ask });
    const loads: Parameters<typeof run>[] = [
      ['check a badge', 100, 100, check],
      ['issue, durably', 50, 150, issue],
      ['status list', 1000, 50, readList],
      ['pages', 50, 100, page],
      ['300/s mixed, beside 5 poison inputs a second', 300, 300, mixed, { perSecond: 5, ask: poison }],
    ];
    const results: Load[] = [];
    for (const wanted of loads) if (wanted[0].includes(only)) results.push(await run(...wanted));
    return results;
  } finally {
    server.kill('SIGTERM');
    await new Promise(resolve => server.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inputs that are made to be expensive (threats V20–V23). */
function poison(): Ask {
  const contexts = Array.from({ length: 400 }, (_, i) =>
    Object.fromEntries(Array.from({ length: 5 }, (_, j) => [`t${i}x${j}`, `https://x.example/${i}/${j}`])),
  );
  const clique = Array.from({ length: 8 }, (_, i) => ({
    id: `_:b${i}`,
    type: ['Related'],
    related: Array.from({ length: 8 }, (_, j) => ({ id: `_:b${j}`, type: ['Related'] })),
  }));
  const many = Array.from({ length: 4000 }, (_, i) => ({ type: ['Result'], value: String(i) }));
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const base = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'urn:uuid:1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
  };
  const inputs = [
    { ...base, '@context': [...base['@context'], ...contexts] },
    { ...base, credentialSubject: { type: ['AchievementSubject'], achievement: { related: clique } } },
    { ...base, credentialSubject: { type: ['AchievementSubject'], result: many } },
  ];
  const dice = Math.floor(Math.random() * 4);
  const body = dice === 3 ? `{"credential":${deep}}` : JSON.stringify({ credential: inputs[dice] });
  return { method: 'POST', path: '/api/v1/verifications', wanted: [200, 400, 422], body };
}

async function load(o: {
  what: string;
  port: number;
  pid: number;
  seconds: number;
  perSecond: number;
  promiseMs: number;
  ask: () => Ask;
  beside?: { perSecond: number; ask: () => Ask };
}): Promise<Load> {
  const latencies: number[] = [];
  let errors = 0;
  const waiting: Promise<void>[] = [];
  const start = performance.now();
  const fire = (ask: Ask, due: number, counts: boolean) =>
    waiting.push(
      send(o.port, ask).then(
        ({ status }) => {
          if (counts) latencies.push(performance.now() - due);
          if (!ask.wanted.includes(status)) errors++;
        },
        () => void errors++,
      ),
    );
  let sent = 0;
  let besides = 0;
  let memory = 0;
  while (performance.now() - start < o.seconds * 1000) {
    const elapsed = (performance.now() - start) / 1000;
    for (; sent < elapsed * o.perSecond; sent++) fire(o.ask(), start + (sent / o.perSecond) * 1000, true);
    if (o.beside) for (; besides < elapsed * o.beside.perSecond; besides++) fire(o.beside.ask(), 0, false);
    memory = Math.max(memory, rss(o.pid));
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  await Promise.all(waiting);
  const took = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0;
  const p99 = at(0.99);
  return {
    what: o.what,
    asked: o.perSecond,
    served: latencies.length / took,
    errors,
    p50: at(0.5),
    p99,
    max: at(1),
    memoryMb: memory,
    promise: `${o.promiseMs} ms`,
    kept: p99 <= o.promiseMs && errors === 0,
  };
}

/** Resident memory in MB, as the system counts it. */
function rss(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function send(port: number, ask: Ask): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(ask.body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(ask.body) } : {}),
      ...(ask.key ? { authorization: `Bearer ${ask.key}` } : {}),
      accept: 'application/json, text/html;q=0.9',
    };
    const request = httpRequest(
      { agent, host: 'localhost', port, path: ask.path, method: ask.method, headers },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    request.on('error', reject);
    request.end(ask.body);
  });
}

async function ready(origin: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (
      await fetch(`${origin}/readyz`).then(
        r => r.ok,
        () => false,
      )
    )
      return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('the service was not ready');
}
