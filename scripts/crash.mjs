/**
 * Kills the service with -9 again and again while it issues, revokes, renews lists and starts, and counts what that
 * broke: nothing acknowledged may be lost, no status index given twice, nothing signed that the service does not know,
 * no intent left after a restart, no published revocation taken back.
 * Usage: npm run crash -- [--kills 50] [--lanes 2] [--clients 8] [--seed 1] [--ready 2000 (ms, 0 is any)]
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    lanes: { type: 'string', default: '2' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    ready: { type: 'string', default: '2000' },
  },
});
const [kills, lanes, clients, seed, readyLimit] = ['kills', 'lanes', 'clients', 'seed', 'ready'].map(name =>
  Number(values[name]),
);
const root = fileURLToPath(new URL('..', import.meta.url));
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const began = performance.now();
// Every service that was started ends with this process, whatever happens.
process.setMaxListeners(0);

// Lanes are services of their own, side by side: while one starts, another is at work.
const shares = Array.from({ length: lanes }, (_, n) => Math.floor((kills + n) / lanes)).filter(share => share > 0);
const results = await Promise.all(shares.map((share, n) => runLane(share, mulberry32(seed * 1000 + n))));

const sum = name => results.reduce((total, r) => total + r[name], 0);
const ready = results.flatMap(r => r.readyMs).sort((a, b) => a - b);
const at = q => Math.round(ready[Math.min(ready.length - 1, Math.floor(q * ready.length))] ?? 0);
const counted = [
  ...['acknowledged', 'revoked', 'killedAtStart', 'listVersions', 'signed', 'checked'],
  ...['lost', 'doubleIndex', 'doubleAward', 'unknown', 'reserved', 'unanswered', 'unrevoked', 'wrongVerdict'],
];
const result = {
  kills,
  ...Object.fromEntries(counted.map(name => [name, sum(name)])),
  audit: results.every(r => r.audit) ? 'whole' : 'broken',
  integrity: results.map(r => r.integrity).find(i => i !== 'ok') ?? 'ok',
  readyP50: at(0.5),
  readyMax: at(1),
  seconds: Math.round((performance.now() - began) / 1000),
};
console.log(JSON.stringify(result));
const good =
  counted.slice(6).every(name => result[name] === 0) &&
  result.audit === 'whole' &&
  result.integrity === 'ok' &&
  (readyLimit === 0 || result.readyMax <= readyLimit);
console.log(good ? 'Nothing was lost, doubled or unknown.' : 'SOMETHING BROKE.');
process.exit(good ? 0 : 1);

async function runLane(share, random) {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const file = join(folder, 'crash.db');
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const operatorKey = randomBytes(32).toString('base64url');
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    ORIGIN: origin,
    DATABASE: `file:${file}`,
    OPERATOR_KEY: operatorKey,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const awards = new Map();
  const revoked = new Set();
  const unanswered = new Map();
  const readyMs = [];
  let killedAtStart = 0;
  let answered = 0;
  let issued = 0;

  const launch = () => {
    const child = spawn(process.execPath, [join(root, 'dist/server.js')], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL'));
    return child;
  };

  async function start() {
    const from = performance.now();
    const child = launch();
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the service did not start again (${child.exitCode})`);
      const ready = await fetch(`${origin}/readyz`).then(
        r => r.ok,
        () => false,
      );
      if (ready) break;
      await sleep(15);
    }
    readyMs.push(performance.now() - from);
    return child;
  }

  async function end(child, signal) {
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  async function call(path, { bearer, body, once, method = body ? 'POST' : 'GET' }) {
    const headers = {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(once ? { 'idempotency-key': once } : {}),
    };
    const response = await fetch(`${origin}${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, json: await response.json() };
  }

  /** Sends a write until it is answered: what a kill left without an answer is sent again at the end. */
  async function write(path, body, once, then) {
    const send = async () => {
      const { status, json } = await call(path, { bearer: keys.awarder, body, once });
      if (status >= 300) {
        if (json.code !== 'idempotency-in-progress') console.error(`${once}: ${status} ${json.code}`);
        return;
      }
      answered++;
      unanswered.delete(once);
      then(json);
    };
    unanswered.set(once, send);
    await send().catch(() => undefined);
  }

  const issue = name =>
    write(
      '/api/v1/awards',
      {
        achievement,
        recipient: { email: `${name}@example.org` },
        decision: { basis: 'organisation', decidedBy: 'Bestuur', decidedOn: '2026-11-01' },
      },
      name,
      ({ id }) => awards.set(name, id),
    );
  const revoking = new Set();
  async function revokeOne() {
    const id = [...awards.values()].find(each => !revoking.has(each));
    if (!id) return sleep(5);
    revoking.add(id);
    await write(`/api/v1/awards/${id}/revocation`, { reason: 'error' }, `revoke-${id}`, () => revoked.add(id));
  }

  const keys = {};
  let server = await start();
  readyMs.pop();
  const profile = { slug: 'crash', name: 'Crash', kind: 'other', address: { countryCode: 'NL' } };
  await call('/api/v1/institutions', { bearer: operatorKey, body: profile });
  for (const role of ['coordinator', 'awarder'])
    keys[role] = (await call('/api/v1/institutions/crash/api-keys', { bearer: operatorKey, body: { role } })).json.key;
  const content = { type: 'Badge', name: 'Volhouden', description: 'Gaat door.', criteria: { narrative: 'Doorgaan.' } };
  const draft = await call('/api/v1/achievements', { bearer: keys.coordinator, body: content });
  const achievement = draft.json.id;
  await call(`/api/v1/achievements/${achievement}/publication`, { bearer: keys.coordinator, method: 'POST' });
  await issue('first');
  if (awards.size === 0) throw new Error('the first award was not made');

  for (let kill = 1; kill <= share; kill++) {
    if (kill % 4 === 0) {
      // In the start: the sweep finishes intents and signs every list again.
      await end(server, 'SIGKILL');
      dueForRenewal(file);
      const half = launch();
      await sleep(readyMs.at(-1) * (0.4 + random() * 0.6));
      await end(half, 'SIGKILL');
      killedAtStart++;
    } else {
      let running = true;
      const work = Array.from({ length: clients }, async (_, n) => {
        while (running) await (n % 4 === 3 ? revokeOne() : issue(`key-${++issued}`));
      });
      // After so many answers, and in the midst of the next: as deep into the work on a slow machine as on a fast one.
      const until = answered + random() * 24;
      const latest = performance.now() + 1_000;
      while (answered < until && performance.now() < latest) await sleep(2);
      await sleep(random() * 20);
      running = false;
      await Promise.all([end(server, 'SIGKILL'), ...work]);
    }
    server = await start();
  }
  // As a client does that was told to come back: until there is an answer.
  for (let n = 0; n < 10 && unanswered.size > 0; n++) {
    if (n > 0) await sleep(2_000);
    await Promise.all([...unanswered.values()].map(again => again()));
  }

  let checked = 0;
  let wrongVerdict = 0;
  const ids = [...awards.values()];
  for (const id of ids.filter(() => random() < 40 / ids.length)) {
    const { json: credential } = await call(`/api/v1/awards/${id}/credential`, { bearer: keys.awarder });
    const { json: report } = await call('/api/v1/verifications', { body: { credential } });
    checked++;
    if (report.code !== (revoked.has(id) ? 'revoked' : 'valid')) wrongVerdict++;
  }
  await end(server, 'SIGTERM');

  const figures = inspect(file, [...awards.values()], [...revoked]);
  const audit = await promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), 'audit', 'verify'], {
    env,
  }).then(
    () => true,
    () => false,
  );
  rmSync(folder, { recursive: true, force: true });
  return {
    ...figures,
    acknowledged: awards.size,
    revoked: revoked.size,
    unanswered: unanswered.size,
    killedAtStart,
    checked,
    wrongVerdict,
    audit,
    readyMs,
  };
}

function dueForRenewal(file) {
  const db = new Database(file);
  db.exec("update status_list_versions set valid_until = '2026-01-01T00:00:00Z'");
  db.close();
}

function inspect(file, acknowledged, revoked) {
  const db = new Database(file, { readonly: true });
  const one = sql => db.prepare(sql).pluck().get();
  const documents = db
    .prepare('select award_id, document from credentials')
    .all()
    .map(r => ({ award: r.award_id, badge: JSON.parse(r.document) }));
  const places = documents.map(d => d.badge.credentialStatus.id);
  const known = new Set(db.prepare('select id from awards').pluck().all());
  const signed = new Map(documents.map(d => [d.award, d.badge]));
  const newest = new Map(
    db
      .prepare('select list_id, document, max(version) from status_list_versions group by list_id')
      .all()
      .map(r => [
        r.list_id,
        gunzipSync(Buffer.from(JSON.parse(r.document).credentialSubject.encodedList.slice(1), 'base64url')),
      ]),
  );
  const isSet = ({ statusListCredential, statusListIndex: i }) =>
    (newest.get(statusListCredential.split('/').at(-1))[i >> 3] & (0x80 >> (i & 7))) !== 0;
  const stateOf = db.prepare('select state from awards where id = ?').pluck();
  const figures = {
    signed: documents.length,
    listVersions: one('select count(*) from status_list_versions'),
    lost: acknowledged.filter(id => !signed.has(id)).length,
    doubleIndex: places.length - new Set(places).size,
    doubleAward: one('select count(*) - count(distinct recipient_key) from awards'),
    unknown: documents.filter(d => !known.has(d.award)).length,
    reserved: one("select count(*) from awards where state = 'reserved'"),
    // Row and bit say the same, and nothing acknowledged was taken back.
    unrevoked:
      revoked.filter(id => stateOf.get(id) !== 'revoked').length +
      documents.filter(d => isSet(d.badge.credentialStatus) !== (stateOf.get(d.award) === 'revoked')).length,
    integrity: one('pragma integrity_check'),
  };
  db.close();
  return figures;
}

function freePort() {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
