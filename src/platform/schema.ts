import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Letter } from './mail.ts';

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

/** Letters that wait to be sent. Their words go as soon as they were sent or given up. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    /** The same key again is the same letter: `claim:OFFER`, `reminder:OFFER:1`. */
    key: text().notNull().unique(),
    kind: text().notNull(),
    institution: text().notNull(),
    /** Address and words; null once they are no longer needed. */
    letter: text({ mode: 'json' }).$type<Letter>(),
    createdAt: text('created_at').notNull(),
    dueAt: text('due_at').notNull(),
    attempts: integer().notNull(),
    sentAt: text('sent_at'),
    failedAt: text('failed_at'),
  },
  t => [index('outbox_due').on(t.sentAt, t.failedAt, t.dueAt)],
);

/** Who is sending which letter: the key makes one sender of two, and a lease that lapsed lets another try. */
export const outboxLeases = sqliteTable(
  'outbox_leases',
  {
    letterId: text('letter_id').notNull(),
    attempt: integer().notNull(),
    takenAt: text('taken_at').notNull(),
  },
  t => [primaryKey({ columns: [t.letterId, t.attempt] })],
);

/**
 * Files that someone brought (evidence, recordings, packages to import). The bytes lie in the store under `id`; a file
 * in the store without a row here is swept.
 */
export const files = sqliteTable(
  'files',
  {
    id: text().primaryKey(),
    /** What it belongs to, such as `portfolio:ID` or `import:ID`. */
    scope: text().notNull(),
    name: text().notNull(),
    /** By its content, not by what was said of it. */
    mediaType: text('media_type').notNull(),
    size: integer().notNull(),
    /** SHA-256 of the bytes, in hex. */
    sha256: text().notNull(),
    createdAt: text('created_at').notNull(),
    /** Null for as long as what it belongs to. */
    expiresAt: text('expires_at'),
  },
  t => [index('files_scope').on(t.scope), index('files_expires').on(t.expiresAt)],
);
