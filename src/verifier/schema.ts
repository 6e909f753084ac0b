import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Lists of issuers, each with an owner who answers for it. An import replaces a list as a whole. */
export const trustLists = sqliteTable('trust_lists', {
  /** A short word of its own, part of its address. */
  id: text().primaryKey(),
  name: text().notNull(),
  /** Who says so: a sector, the EVC register, the operator. */
  owner: text().notNull(),
  url: text(),
  importedAt: text('imported_at').notNull(),
});

/** The issuers of a list, in its order: each known by what it signs as, by its domain, or by both. */
export const trustEntries = sqliteTable(
  'trust_entries',
  {
    listId: text('list_id')
      .notNull()
      .references(() => trustLists.id),
    position: integer().notNull(),
    /** A DID, or the https address of a profile (Open Badges 2.0). */
    issuer: text(),
    domain: text(),
    name: text().notNull(),
    since: text(),
    until: text(),
    suspendedAt: text('suspended_at'),
  },
  t => [
    primaryKey({ columns: [t.listId, t.position] }),
    index('trust_entries_issuer').on(t.issuer),
    index('trust_entries_domain').on(t.domain),
  ],
);

/** Many badges that are checked at once. Whoever has the link sees it; it goes after an hour. */
export const verificationBatches = sqliteTable('verification_batches', {
  /** SHA-256 of the link's secret. */
  id: text().primaryKey(),
  language: text().notNull(),
  /** The date that was asked about; null for now. */
  asOf: text('as_of'),
  total: integer().notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  /** The signed report, once it was asked for. */
  report: text(),
});

/** The badges of a batch. What was brought goes as soon as it was read. */
export const verificationRows = sqliteTable(
  'verification_rows',
  {
    batchId: text('batch_id')
      .notNull()
      .references(() => verificationBatches.id),
    seq: integer().notNull(),
    /** A file name or a link, as the reader brought it. */
    name: text().notNull(),
    /** A link or a text; a file in base64. Null once it was checked. */
    input: text(),
    inputKind: text('input_kind').$type<'text' | 'file'>().notNull(),
    verdict: text().$type<'valid' | 'invalid' | 'indeterminate'>(),
    /** What decided the verdict. */
    code: text(),
    /** The row that brought the same badge before. */
    duplicateOf: integer('duplicate_of'),
    result: text({ mode: 'json' }).$type<Record<string, unknown>>(),
    doneAt: text('done_at'),
  },
  t => [primaryKey({ columns: [t.batchId, t.seq] })],
);

/** How many checks ended how on a day; nothing of who checked what. */
export const checkCounts = sqliteTable(
  'check_counts',
  {
    day: text().notNull(),
    verdict: text().notNull(),
    code: text().notNull(),
    count: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.day, t.verdict, t.code] })],
);
