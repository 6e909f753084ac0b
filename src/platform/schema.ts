import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A hash chain for each institution ('' for the operator). Hashed rows hold no words and no names. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    institution: text().notNull(),
    seq: integer().notNull(),
    at: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    digest: text().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  t => [primaryKey({ columns: [t.institution, t.seq] })],
);

/** The newest row of each chain, so that a chain cut short at its end is seen. */
export const auditHeads = sqliteTable('audit_heads', {
  institution: text().primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
});

/** What was answered to a write, so that the same write again has the same answer. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    institution: text().notNull(),
    key: text().notNull(),
    request: text().notNull(),
    subject: text(),
    status: integer(),
    body: text(),
    createdAt: text('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.institution, t.key] })],
);
