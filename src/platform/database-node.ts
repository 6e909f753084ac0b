import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { type Database, type Statement, storageError, turns } from './database.ts';
import { DomainError } from './errors.ts';
import { keepStatements } from './statements-node.ts';

/** How long a write is tried again while another process holds the lock. */
const BUSY_MS = 2_000;
/** How long SQLite itself waits, which freezes the event loop; before there is one it may take longer. */
const TIMEOUT_MS = 25;
const OPENING_MS = 5_000;

export interface NodeDatabase extends Database {
  readonly sqlite: BetterSqlite3.Database;
  /** Applies the migrations of the folder that have not been applied. */
  migrate(folder: string): void;
}

/**
 * The embedded database. A short busy timeout keeps the event loop free; waiting happens between tries.
 * @param file a path, or `:memory:`
 */
export function openDatabase(file: string): NodeDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new BetterSqlite3(file, { timeout: OPENING_MS });
  setPragmas(sqlite, file);
  sqlite.pragma(`busy_timeout = ${TIMEOUT_MS}`);
  const orm = drizzle(keepStatements(sqlite));

  async function whileBusy<T>(run: () => T | PromiseLike<T>): Promise<T> {
    const until = Date.now() + BUSY_MS;
    for (let pause = 5; ; pause = Math.min(pause * 2, 80)) {
      try {
        return await run();
      } catch (error) {
        const told = storageError(error);
        if (!(told instanceof DomainError && told.code === 'database-busy') || Date.now() > until) throw told;
        await sleep(pause + Math.random() * pause);
      }
    }
  }

  const runAll = sqlite.transaction((statements: Statement[]) => {
    for (const statement of statements) (statement as unknown as { run(): unknown }).run();
  });

  return {
    sqlite,
    // The sync driver's builders can be awaited too; shared code always awaits.
    query: orm as unknown as Database['query'],
    // Immediate: the lock is taken at the start, so a busy database refuses before anything ran.
    batch: statements => whileBusy(() => runAll.immediate(statements)),
    attempt: run => whileBusy(run),
    inTurn: turns(),
    async scrub() {
      // Deleted cells are overwritten in their pages (secure_delete); the log holds the pages as they were before.
      const until = Date.now() + BUSY_MS;
      for (let pause = 5; ; pause = Math.min(pause * 2, 80)) {
        const [result] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        if (!result?.busy) return true;
        if (Date.now() > until) return false;
        await sleep(pause + Math.random() * pause);
      }
    },
    async check() {
      assertGuarantees(sqlite, file);
    },
    migrate(folder) {
      sqlite.pragma(`busy_timeout = ${OPENING_MS}`);
      try {
        migrate(orm, { migrationsFolder: folder });
      } catch {
        // Another process that started in the same moment may have applied what this one was about to.
        migrate(orm, { migrationsFolder: folder });
      } finally {
        sqlite.pragma(`busy_timeout = ${TIMEOUT_MS}`);
      }
      assertGuarantees(sqlite, file);
    },
    close: () => sqlite.close(),
  };
}

function setPragmas(sqlite: BetterSqlite3.Database, file: string) {
  if (file !== ':memory:') sqlite.pragma('journal_mode = WAL');
  // A reopened WAL file falls back to NORMAL, which can lose what was acknowledged when the power fails.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('secure_delete = ON');
}

/** What the product relies on, asked of the open connection and not assumed. */
function assertGuarantees(sqlite: BetterSqlite3.Database, file: string) {
  const wanted: [string, unknown][] = [
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['journal_mode', file === ':memory:' ? 'memory' : 'wal'],
  ];
  for (const [name, value] of wanted) {
    const actual = sqlite.pragma(name, { simple: true });
    if (actual !== value) throw new DomainError('database-unusable', `PRAGMA ${name} is ${actual}, not ${value}.`);
  }
  const loose = sqlite
    .prepare(
      `select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0
       and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'`,
    )
    .pluck()
    .all();
  if (loose.length) throw new DomainError('database-unusable', `These tables are not STRICT: ${loose.join(', ')}.`);
}
