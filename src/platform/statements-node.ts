import type BetterSqlite3 from 'better-sqlite3';

/** Texts of statements that are kept compiled. A delivery to a wallet has some thirty. */
const MOST_KEPT = 400;

/**
 * The database as the query builder uses it, with each statement compiled once for its text: compiling costs more than
 * running most of them. SQLite compiles one again by itself when the schema changed.
 */
export function keepStatements(sqlite: BetterSqlite3.Database): BetterSqlite3.Database {
  const kept = new Map<string, BetterSqlite3.Statement>();
  const prepare = (text: string) => {
    const statement = kept.get(text) ?? sqlite.prepare(text);
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
    return inBothForms(statement);
  };
  return { prepare, transaction: sqlite.transaction.bind(sqlite) } as unknown as BetterSqlite3.Database;
}

/** `raw` turns a statement for good, and whoever has the same text may want its rows as objects. */
function inBothForms(statement: BetterSqlite3.Statement) {
  const rows = (raw: boolean) => (statement.reader ? statement.raw(raw) : statement);
  return {
    run: (...values: unknown[]) => statement.run(...values),
    all: (...values: unknown[]) => rows(false).all(...values),
    get: (...values: unknown[]) => rows(false).get(...values),
    raw: () => ({
      all: (...values: unknown[]) => rows(true).all(...values),
      get: (...values: unknown[]) => rows(true).get(...values),
    }),
  };
}
