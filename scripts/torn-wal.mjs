/**
 * Cuts and scrambles the write-ahead log at random places, as a power cut could leave it, and opens the database:
 * it must be whole, and hold the commits up to some moment and none after it.
 * Usage: npm run torn-wal -- [--n 300] [--seed 1]
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';

const { values } = parseArgs({
  options: { n: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const n = Number(values.n);
const random = mulberry32(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'torn-'));
const COMMITS = 200;

// A database as the service makes it, with a checkpoint on the way so that the log is used a second time.
const source = join(folder, 'source.db');
const db = new Database(source);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('wal_autocheckpoint = 0');
db.exec('create table log (seq integer primary key, body text not null) strict');
db.exec('create table heads (id integer primary key, seq integer not null) strict');
db.exec('insert into heads values (1, 0)');
const commit = db.transaction(seq => {
  db.prepare('insert into log values (?, ?)').run(seq, `${seq} `.repeat(1 + (seq % 700)));
  db.prepare('update heads set seq = ?').run(seq);
});
for (let seq = 1; seq <= COMMITS; seq++) {
  commit(seq);
  if (seq === COMMITS / 2) db.pragma('wal_checkpoint(RESTART)');
}
const log = readFileSync(`${source}-wal`);

const from = performance.now();
let bad = 0;
const kept = new Set();
for (let i = 0; i < n; i++) {
  const file = join(folder, 'torn.db');
  copyFileSync(source, file);
  const at = Math.floor(random() * log.length);
  const torn = i % 2 === 0 ? log.subarray(0, at) : scrambled(log, at);
  rmSync(`${file}-shm`, { force: true });
  writeFileSync(`${file}-wal`, torn);
  const why = judge(file);
  if (why) {
    bad++;
    console.error(`${i % 2 === 0 ? 'cut' : 'scrambled'} at ${at}: ${why}`);
  }
}
db.close();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ n, bad, states: kept.size, ms: Math.round(performance.now() - from) }));
process.exit(bad ? 1 : 0);

/** Why a torn database is not what it should be, or undefined. */
function judge(file) {
  const torn = new Database(file);
  try {
    if (torn.pragma('integrity_check', { simple: true }) !== 'ok') return 'integrity_check';
    const { rows, last } = torn.prepare('select count(*) as rows, coalesce(max(seq), 0) as last from log').get();
    const head = torn.prepare('select seq from heads').pluck().get();
    kept.add(last);
    if (rows !== last || head !== last) return `${rows} rows up to ${last}, head ${head}`;
    if (last < COMMITS / 2) return `lost what a checkpoint had kept: ${last}`;
    return undefined;
  } catch (error) {
    return error.message;
  } finally {
    torn.close();
  }
}

/** From one place on, up to 64 bytes are others. */
function scrambled(bytes, at) {
  const copy = Buffer.from(bytes);
  for (let i = at; i < Math.min(at + 1 + random() * 64, copy.length); i++) copy[i] = random() * 256;
  return copy;
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
