import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const tree = mkdtempSync(join(tmpdir(), 'migration-'));
afterAll(() => rmSync(tree, { recursive: true }));

const migrate = (name: string) =>
  promisify(execFile)(process.execPath, [join(project, 'scripts/migration.mjs'), name], { cwd: tree });

const schema = (columns: string) => {
  const imports = `import { integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core';`;
  const other = `export const b = sqliteTable('b', { id: text().primaryKey(), note: text().default(');') });`;
  writeFileSync(
    join(tree, 'src/a/schema.ts'),
    `${imports}\nvoid integer; void numeric;\nexport const a = sqliteTable('a', { ${columns} });\n${other}\n`,
  );
};
const everything = () =>
  readdirSync(join(tree, 'migrations'), { recursive: true })
    .map(String)
    .filter(path => path.includes('.'))
    .sort()
    .map(path => [path, readFileSync(join(tree, 'migrations', path), 'utf8')]);

it(
  'a migration makes STRICT tables, and one that does more than add is taken back',
  {
    timeout: 60_000,
  },
  async () => {
    mkdirSync(join(tree, 'src/a'), { recursive: true });
    cpSync(join(project, 'drizzle.config.ts'), join(tree, 'drizzle.config.ts'));
    symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));

    schema('id: text().primaryKey(), n: integer()');
    await migrate('start');
    const db = new Database(':memory:');
    db.exec(readFileSync(join(tree, 'migrations/0000_start.sql'), 'utf8'));
    const tables = db
      .prepare(`SELECT name, strict FROM pragma_table_list WHERE name IN ('a', 'b') ORDER BY name`)
      .all();
    expect(tables).toEqual([
      { name: 'a', strict: 1 },
      { name: 'b', strict: 1 },
    ]);
    expect(() => db.exec(`INSERT INTO a VALUES ('x', 'not a number')`)).toThrow(/INTEGER/);

    schema('id: text().primaryKey(), n: integer(), m: text()');
    await migrate('more');
    db.exec(readFileSync(join(tree, 'migrations/0001_more.sql'), 'utf8'));
    db.close();

    const before = everything();
    for (const columns of ['id: text().primaryKey(), n: integer()', 'id: text().primaryKey(), n: text(), m: text()']) {
      schema(columns);
      await expect(migrate('less')).rejects.toMatchObject({ stderr: expect.stringContaining('does not only add') });
      expect(everything()).toEqual(before);
    }
    await expect(migrate('No Name')).rejects.toMatchObject({ stderr: expect.stringContaining('usage') });
  },
);
