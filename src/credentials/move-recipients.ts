import { eq, sql } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { awards, offers } from './schema.ts';

/**
 * The statements that let what was given to an eduID follow it to its new value: awards and offers know their recipient
 * by it. What was signed stays as it is; no eduID stands in it.
 */
export const moveRecipient = (deps: Deps, { before, after }: { before: string; after: string }): Statement[] =>
  [awards, offers].map(table =>
    deps.db.query
      .update(table)
      .set({
        recipientKey: `eduid:${after.toLowerCase()}`,
        input: sql`json_set(${table.input}, '$.recipient.eduid', ${after})`,
      })
      .where(eq(table.recipientKey, `eduid:${before.toLowerCase()}`)),
  );
