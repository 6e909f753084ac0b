import { sql } from 'drizzle-orm';
import { primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { InstitutionProfile } from './profile.ts';

/** A tenant that issues. Its slug is part of its DID, so it never changes and is never given to another. */
export const institutions = sqliteTable('institutions', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  profile: text({ mode: 'json' }).$type<InstitutionProfile>().notNull(),
  createdAt: text('created_at').notNull(),
});

export const keyStates = ['published', 'active', 'retired', 'compromised'] as const;
export type KeyState = (typeof keyStates)[number];

/** Signing keys; the private half is sealed. A key id is never given to another key. */
export const institutionKeys = sqliteTable(
  'institution_keys',
  {
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    id: text().notNull(),
    publicKeyMultibase: text('public_key_multibase').notNull().unique(),
    sealed: text().notNull(),
    /** Counts the sealings of this key; part of what the seal is bound to. */
    version: text().notNull(),
    state: text().$type<KeyState>().notNull(),
    createdAt: text('created_at').notNull(),
    endedAt: text('ended_at'),
  },
  t => [
    primaryKey({ columns: [t.institutionId, t.id] }),
    uniqueIndex('institution_keys_one_active')
      .on(t.institutionId)
      .where(sql`state = 'active'`),
  ],
);

/** Keys for programs. The secret is shown once and kept as a hash. */
export const apiKeys = sqliteTable('api_keys', {
  id: text().primaryKey(),
  institutionId: text('institution_id')
    .notNull()
    .references(() => institutions.id),
  role: text().notNull(),
  label: text(),
  secretHash: text('secret_hash').notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at'),
  revokedAt: text('revoked_at'),
});
