import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { people } from '../people/schema.ts';
import type { Role } from '../platform/context.ts';
import type { InstitutionPolicy } from './policy.ts';
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

export const joseAlgorithms = ['ES256', 'RS256'] as const;
export type JoseAlgorithm = (typeof joseAlgorithms)[number];

/**
 * Signing keys for tokens (VC-JWT, SD-JWT VC, token status lists), one in use for each algorithm; sealed as the others.
 */
export const joseKeys = sqliteTable(
  'jose_keys',
  {
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    id: text().notNull(),
    algorithm: text().$type<JoseAlgorithm>().notNull(),
    publicJwk: text('public_jwk', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    sealed: text().notNull(),
    version: text().notNull(),
    state: text().$type<KeyState>().notNull(),
    createdAt: text('created_at').notNull(),
    endedAt: text('ended_at'),
  },
  t => [
    primaryKey({ columns: [t.institutionId, t.id] }),
    uniqueIndex('jose_keys_one_active')
      .on(t.institutionId, t.algorithm)
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
  /** The key that takes its place; it then ends by itself after an overlap. */
  replacedBy: text('replaced_by'),
});

/** When a key was last used; written at most once in a few minutes, and of no weight. */
export const apiKeyUses = sqliteTable('api_key_uses', {
  keyId: text('key_id')
    .primaryKey()
    .references(() => apiKeys.id),
  usedAt: text('used_at').notNull(),
});

/** What an institution chose in what domain.md leaves to policy. No row: the defaults. */
export const institutionPolicies = sqliteTable('institution_policies', {
  institutionId: text('institution_id')
    .primaryKey()
    .references(() => institutions.id),
  policy: text({ mode: 'json' }).$type<InstitutionPolicy>().notNull(),
});

/** Who does what at an institution. A membership that ended leaves its row, since its acts stay. */
export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    role: text().$type<Role>().notNull(),
    /** Only for these achievements; null for all of the institution. */
    achievements: text({ mode: 'json' }).$type<string[]>(),
    since: text().notNull(),
    endedAt: text('ended_at'),
  },
  t => [
    index('members_person').on(t.personId),
    uniqueIndex('members_once')
      .on(t.institutionId, t.personId, t.role)
      .where(sql`ended_at is null`),
  ],
);

/** A role that is offered to whoever proves the address. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    /** SHA-256 of the link's secret. */
    tokenHash: text('token_hash').notNull().unique(),
    addressKind: text('address_kind').$type<'email' | 'eppn'>().notNull(),
    /** In the one spelling of `emailKey` or `eppnKey`. */
    address: text().notNull(),
    role: text().$type<Role>().notNull(),
    achievements: text({ mode: 'json' }).$type<string[]>(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  t => [uniqueIndex('invitations_once').on(t.institutionId, t.addressKind, t.address, t.role)],
);

/** Keys with which the service itself signs (reports of checks, endorsements after a login); sealed as the others. */
export const serviceKeys = sqliteTable('service_keys', {
  id: text().primaryKey(),
  publicKeyMultibase: text('public_key_multibase').notNull().unique(),
  sealed: text().notNull(),
  version: text().notNull(),
  state: text().$type<KeyState>().notNull(),
  createdAt: text('created_at').notNull(),
  endedAt: text('ended_at'),
});
