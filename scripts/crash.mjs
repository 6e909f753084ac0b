/**
 * Kills the service with -9 again and again while it issues, and counts what that broke: nothing acknowledged may be
 * lost, no status index given twice, nothing signed that the service does not know, no intent left after a restart.
 * Usage: npm run crash -- [--kills 50] [--clients 8] [--seed 1]
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = Number(values.kills);
const clients = Number(values.clients);
const random = mulberry32(Number(values.seed));

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crash-'));
const port = await freePort();
const origin = `http://localhost:${port}`;
const env = {
  ...process.env,
  NODE_ENV: 'test',
  PORT: String(port),
  ORIGIN: origin,
  DATABASE: `file:${join(folder, 'crash.db')}`,
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'error',
};
const cli = (...args) =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

cli('institution', 'create', '--slug', 'crash', '--name', 'Crash', '--country', 'NL');
const { key } = JSON.parse(cli('api-key', 'create', '--institution', 'crash', '--role', 'awarder', '--json'));
writeFileSync(
  join(folder, 'achievement.json'),
  JSON.stringify({ type: 'Badge', name: 'Volhouden', description: 'Gaat door.', criteria: { narrative: 'Doorgaan.' } }),
);
const { id: achievement } = JSON.parse(
  cli('achievement', 'import', join(folder, 'achievement.json'), '--institution', 'crash', '--publish', '--json'),
);

const acknowledged = new Map();
const unanswered = new Set();
const readyMs = [];
let issued = 0;
let server = await start();

for (let kill = 1; kill <= kills; kill++) {
  let running = true;
  const work = Array.from({ length: clients }, async () => {
    while (running) await issue(`key-${++issued}`);
  });
  await new Promise(resolve => setTimeout(resolve, 40 + random() * 360));
  server.kill('SIGKILL');
  running = false;
  await Promise.all(work);
  server = await start();
}

// A client whose request had no answer sends it again, under the same key.
for (const again of [...unanswered]) await issue(again);
const valid = await countValid();
server.kill('SIGTERM');
await new Promise(resolve => server.once('exit', resolve));

const result = {
  kills,
  acknowledged: acknowledged.size,
  ...inspect(),
  checkedValid: valid,
  readyP50: quantile(0.5),
  readyMax: quantile(1),
};
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(result));
const good =
  !result.lost &&
  !result.doubleIndex &&
  !result.unknown &&
  !result.reserved &&
  !result.doubleAward &&
  result.audit === 'whole' &&
  result.integrity === 'ok' &&
  valid.bad === 0;
console.log(good ? 'Nothing was lost, doubled or unknown.' : 'SOMETHING BROKE.');
process.exit(good ? 0 : 1);

async function start() {
  const from = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/server.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the service did not start again (${child.exitCode})`);
    const ready = await fetch(`${origin}/readyz`).then(
      r => r.ok,
      () => false,
    );
    if (ready) break;
    await new Promise(resolve => setTimeout(resolve, 15));
  }
  readyMs.push(performance.now() - from);
  return child;
}

async function issue(idempotencyKey) {
  unanswered.add(idempotencyKey);
  const body = JSON.stringify({
    achievement,
    recipient: { email: `${idempotencyKey}@example.org` },
    decision: { basis: 'organisation', decidedBy: 'Bestuur', decidedOn: '2026-11-01' },
  });
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${key}`,
    'idempotency-key': idempotencyKey,
  };
  try {
    const response = await fetch(`${origin}/api/v1/awards`, { method: 'POST', headers, body });
    const answer = await response.json();
    if (response.status !== 201) throw new Error(`${response.status} ${answer.code}`);
    acknowledged.set(idempotencyKey, answer.id);
    unanswered.delete(idempotencyKey);
  } catch (error) {
    if (/^\d/.test(error.message)) console.error(`${idempotencyKey}: ${error.message}`);
  }
}

function inspect() {
  const db = new Database(join(folder, 'crash.db'), { readonly: true });
  const one = sql => db.prepare(sql).pluck().get();
  const documents = db
    .prepare('select award_id, document from credentials')
    .all()
    .map(r => ({ award: r.award_id, badge: JSON.parse(r.document) }));
  const places = documents.map(d => d.badge.credentialStatus.id);
  const known = new Set(db.prepare('select id from awards').pluck().all());
  const signed = new Set(documents.map(d => d.award));
  const figures = {
    signed: documents.length,
    lost: [...acknowledged.values()].filter(id => !signed.has(id)).length,
    doubleIndex: places.length - new Set(places).size,
    doubleAward: one('select count(*) - count(distinct recipient_key) from awards'),
    unknown: documents.filter(d => !known.has(d.award)).length,
    reserved: one("select count(*) from awards where state = 'reserved'"),
    integrity: one('pragma integrity_check'),
  };
  db.close();
  const audit = JSON.parse(cli('audit', 'verify', '--json'));
  return { ...figures, audit: audit.every(f => !f.firstBad) ? 'whole' : JSON.stringify(audit) };
}

/** A sample of what was acknowledged, checked by the service as anyone would. */
async function countValid() {
  const ids = [...acknowledged.values()];
  const sample = ids.filter(() => random() < 50 / ids.length);
  let bad = 0;
  for (const id of sample) {
    const credential = await (
      await fetch(`${origin}/api/v1/awards/${id}/credential`, { headers: { authorization: `Bearer ${key}` } })
    ).json();
    const response = await fetch(`${origin}/api/v1/verifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credential }),
    });
    if ((await response.json()).verdict !== 'valid') bad++;
  }
  return { sample: sample.length, bad };
}

function quantile(q) {
  const sorted = readyMs.slice(1).sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0);
}

function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}

function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
