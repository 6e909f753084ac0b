import type { BatchItem } from 'drizzle-orm/batch';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { DomainError } from './errors.ts';

/**
 * One SQLite dialect, two drivers. Neither has interactive transactions that shared code could use, so a write is a
 * list of statements that succeeds or fails as a whole.
 */
export interface Database {
  /** Builds statements and runs reads. */
  readonly query: BaseSQLiteDatabase<'async', unknown, Record<string, never>>;
  /** Runs all statements or none. */
  batch(statements: Statement[]): Promise<void>;
  /** Runs one statement that stands on its own, again while the database is locked by another process. */
  attempt<T>(run: () => PromiseLike<T>): Promise<T>;
  /** Runs `work` after earlier work with the same key in this process; other processes are not held up. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>;
  /**
   * Takes what was deleted out of everything that this database keeps beside its pages. False when another process was
   * reading all the while; then it is for the next time.
   */
  scrub(): Promise<boolean>;
  /** Throws `database-unusable` when the database cannot be read or lacks a guarantee that the product relies on. */
  check(): Promise<void>;
  close(): void;
}

export type Statement = BatchItem<'sqlite'>;

/** The columns of the unique key that a write ran into, as `table.column, table.column`; undefined for other errors. */
export const violatedKey = (error: unknown): string | undefined => violated('UNIQUE', error);

/** The column that a write left empty and that may not be, as `table.column`: how a statement of a batch says no. */
export const emptyColumn = (error: unknown): string | undefined => violated('NOT NULL', error);

function violated(kind: 'UNIQUE' | 'NOT NULL', error: unknown): string | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const match = new RegExp(`${kind} constraint failed: ([\\w., ]+)`).exec(e.message);
    if (match) return match[1]!.trim();
  }
  return undefined;
}

/** Turns a driver's complaint about the machine (not about the data) into an error that can be told. */
export function storageError(error: unknown): unknown {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const text = `${(e as { code?: string }).code ?? ''} ${e.message}`;
    if (/SQLITE_BUSY|SQLITE_LOCKED|database is locked/.test(text))
      return new DomainError('database-busy', 'Another process is writing. Nothing was changed; try again.', {
        cause: error,
      });
    if (/SQLITE_FULL|SQLITE_IOERR|disk is full|ENOSPC/.test(text))
      return new DomainError('storage-full', 'The disk is full. Nothing was changed; reading goes on.', {
        cause: error,
      });
    if (/SQLITE_READONLY|SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_CANTOPEN/.test(text))
      return new DomainError('database-unusable', 'The database cannot be used. Nothing was changed.', {
        cause: error,
      });
  }
  return error;
}

/** A queue for each key, in this process. */
export function turns(): Database['inTurn'] {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = mine.catch(() => undefined);
    last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}
