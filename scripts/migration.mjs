/**
 * Writes the next migration from the schemas: drizzle-kit's, with STRICT on every table, which drizzle-kit does not
 * know. A migration only adds: a rebuild of a table would drop STRICT and trip over foreign keys, so it is refused.
 * Usage: npm run migration -- NAME (what it does, in words with dashes)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(name)) fail('usage: npm run migration -- NAME');

const folder = resolve('migrations');
const journal = join(folder, 'meta', '_journal.json');
const list = () => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []);

const before = new Set(list());
const journalBefore = existsSync(journal) ? readFileSync(journal, 'utf8') : undefined;

const require = createRequire(import.meta.url);
const drizzleKit = join(dirname(require.resolve('drizzle-kit')), 'bin.cjs');
const { status } = spawnSync(process.execPath, [drizzleKit, 'generate', '--name', name], { stdio: 'inherit' });
if (status !== 0) fail('drizzle-kit did not write a migration');

const added = list().filter(path => !before.has(path));
const file = added.find(path => path.endsWith('.sql'));
if (!file) process.exit(0);

const sql = readFileSync(join(folder, file), 'utf8');
const why = objection(sql);
if (why) {
  for (const path of added) rmSync(join(folder, path), { recursive: true, force: true });
  if (journalBefore !== undefined) writeFileSync(journal, journalBefore);
  fail(`${file} was taken back: ${why}`);
}
writeFileSync(join(folder, file), strict(sql));
console.log(`${join('migrations', file)} is STRICT; read it before it lands, it is never edited afterwards`);

/** Adds STRICT to every CREATE TABLE; drizzle-kit closes each with `);` at the start of a line. */
function strict(text) {
  return text.replace(/^CREATE TABLE [\s\S]*?^\);/gm, table => table.replace(/\);$/, ') STRICT;'));
}

/** Why a migration may not land, or undefined. */
function objection(text) {
  if (/^\s*(DROP TABLE|ALTER TABLE \S+ (DROP|RENAME))\b|__new_/im.test(text)) return 'it does not only add';
  if (/^\t`\w+` numeric\b/im.test(text)) return 'a STRICT table has no numeric column';
  return undefined;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
