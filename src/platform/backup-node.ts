import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { storageError } from './database.ts';
import { type NodeDatabase, openDatabase } from './database-node.ts';
import { DomainError } from './errors.ts';

/**
 * Writes a copy of the database as it is at this moment, while others go on reading and writing it. The copy appears
 * under its name only when it is whole and on the disk, readable by its owner alone.
 * @returns its size in bytes
 * @throws DomainError `request-invalid` when the file exists, `storage-full`, `database-unusable`
 */
export async function backupDatabase(db: NodeDatabase, file: string): Promise<number> {
  if (existsSync(file)) throw exists(file);
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  try {
    closeSync(openSync(partial, 'wx', 0o600));
    // One read transaction: unlike the page-wise backup API it does not start again when others write.
    await db.attempt(async () => void db.sqlite.prepare('vacuum into ?').run(partial));
    assertWhole(partial);
    flush(partial);
    // A link, since a rename would replace a file that appeared meanwhile.
    linkSync(partial, file);
    flush(dirname(resolve(file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(file);
    throw storageError(error);
  } finally {
    rmSync(partial, { force: true });
  }
  return statSync(file).size;
}

interface Restore {
  /** A file that `backupDatabase` wrote. */
  from: string;
  /** Where the database belongs. */
  to: string;
  /** Whether a database that stands there may be set aside. */
  force: boolean;
  migrations: string;
  now: Date;
}

/**
 * Puts a copy in the place of the database. `adapt` brings the copy up to what the world knows, from the database that
 * is set aside when that can still be read; the copy takes its place only afterwards, in one step.
 * @returns what `adapt` returned, and where the database before was kept
 * @throws DomainError `request-invalid` when a database stands there without `force`, `database-busy` when something
 *   has it open, `database-unusable` when the copy is not whole
 */
export async function restoreDatabase<T>(
  { from, to, force, migrations, now }: Restore,
  adapt: (fresh: NodeDatabase, before: NodeDatabase | undefined) => Promise<T>,
): Promise<{ result: T; kept?: string }> {
  if (!existsSync(from)) throw new DomainError('not-found', `There is no ${from}.`);
  if (resolve(from) === resolve(to)) throw new DomainError('request-invalid', 'The copy stands in its own place.');
  if (existsSync(`${from}-wal`) && statSync(`${from}-wal`).size > 0)
    throw new DomainError('request-invalid', `${from} is a database in use, not a copy that backup made.`);
  assertWhole(from);
  const standing = existsSync(to);
  if (standing && !force)
    throw new DomainError('request-invalid', `${to} exists. With --force it is kept beside, and replaced.`);

  const lock = standing ? lockAlone(to) : undefined;
  const fresh = `${to}.restoring`;
  const reading = `${to}.reading`;
  try {
    const before = lock?.copyTo(reading) ? openCopy(reading, migrations) : undefined;
    removeDatabase(fresh);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, fresh, constants.COPYFILE_FICLONE);
    const db = openCopy(fresh, migrations);
    if (!db) throw new DomainError('database-unusable', 'The copy is of a newer version of the service.');
    let result: T;
    try {
      result = await adapt(db, before);
      db.sqlite.pragma('journal_mode = DELETE');
    } finally {
      db.close();
      before?.close();
    }
    assertWhole(fresh);
    flush(fresh);
    return { result, ...(await swap(fresh, to, standing, now)) };
  } finally {
    for (const file of [fresh, reading]) removeDatabase(file);
    lock?.release();
  }
}

/**
 * Holds a database so that nobody else can open it, with all that it holds in its one file. What is damaged beyond
 * that is held by nobody, and cannot be copied.
 */
function lockAlone(file: string): { copyTo: (copy: string) => boolean; release: () => void } {
  const sqlite = new BetterSqlite3(file, { timeout: 25 });
  try {
    // Leaving WAL asks for the database alone: it fails while any other connection is open, however idle.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('begin exclusive; commit');
  } catch (error) {
    sqlite.close();
    const told = storageError(error);
    if (!(told instanceof DomainError && told.code === 'database-busy'))
      return { copyTo: () => false, release: () => undefined };
    throw new DomainError('database-busy', `Something has ${file} open. Stop the service first. Nothing was changed.`, {
      cause: error,
    });
  }
  return {
    // By SQLite itself: a file that this process opened and closed otherwise would lose the lock (POSIX).
    copyTo(copy) {
      try {
        if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') return false;
        removeDatabase(copy);
        sqlite.prepare('vacuum into ?').run(copy);
        return true;
      } catch {
        return false;
      }
    },
    release: () => sqlite.close(),
  };
}

/** Opens a copy and brings it up to date; undefined when this version cannot. */
function openCopy(file: string, migrations: string): NodeDatabase | undefined {
  chmodSync(file, 0o600);
  const db = openDatabase(file);
  try {
    db.migrate(migrations);
    return db;
  } catch {
    db.close();
    return undefined;
  }
}

async function swap(fresh: string, to: string, standing: boolean, now: Date): Promise<{ kept?: string }> {
  const stamp = `${to}.before-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  let kept = stamp;
  for (let n = 2; existsSync(kept); n++) kept = `${stamp}-${n}`;
  // A log that is left over from another database would be played into this one.
  for (const suffix of ['-wal', '-shm', '-journal'])
    if (existsSync(`${to}${suffix}`)) renameSync(`${to}${suffix}`, `${kept}${suffix}`);
  if (standing) linkSync(to, kept);
  renameSync(fresh, to);
  flush(dirname(resolve(to)));
  return standing ? { kept } : {};
}

/** @throws DomainError `database-unusable` */
function assertWhole(file: string): void {
  let found: unknown;
  try {
    const sqlite = new BetterSqlite3(file, { readonly: true });
    try {
      found = sqlite.pragma('integrity_check', { simple: true });
      if (found === 'ok' && (sqlite.pragma('foreign_key_check') as unknown[]).length) found = 'foreign keys';
      if (found === 'ok') sqlite.prepare('select 1 from audit_heads').get();
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw new DomainError('database-unusable', `${file} is not a database of this service.`, { cause: error });
  }
  if (found !== 'ok') throw new DomainError('database-unusable', `${file} is damaged.`);
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const removeDatabase = (file: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
};

const exists = (file: string) => new DomainError('request-invalid', `${file} exists. Nothing was overwritten.`);
