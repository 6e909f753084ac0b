import type { D1Database } from '@cloudflare/workers-types';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { type Database, type Statement, storageError, turns } from './database.ts';
import { DomainError } from './errors.ts';

/** The distributed database of Workers. `batch` is its only atom of several statements. */
export function openD1(binding: D1Database): Database {
  const orm = drizzle(binding as never);
  const attempt = async <T>(run: () => PromiseLike<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw storageError(error);
    }
  };
  return {
    query: orm as unknown as Database['query'],
    batch: statements =>
      attempt(async () => void (await orm.batch(statements as [Statement, ...Statement[]] as never))),
    attempt,
    inTurn: turns(),
    // There is no log of ours; what Time Travel keeps goes by itself after 30 days.
    scrub: async () => true,
    async check() {
      const loose = await orm.all<{ name: string }>(
        sql`select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0
            and name not like 'sqlite_%' and name not like '\\_%' escape '\\' and name not like 'd1_%'`,
      );
      if (loose.length)
        throw new DomainError(
          'database-unusable',
          `These tables are not STRICT: ${loose.map(r => r.name).join(', ')}.`,
        );
    },
    close: () => undefined,
  };
}
