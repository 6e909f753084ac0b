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
