import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { people } from '../people/schema.ts';

export const grantKinds = [
  'pre-authorized_code',
  'sign-in_offer',
  'authorization_code',
  'access_token',
  'refresh_token',
  'pushed_request',
  'transaction',
  'notification',
  'exchange',
  'presentation_request',
] as const;
export type GrantKind = (typeof grantKinds)[number];

/**
 * What a wallet or another service may do for a while: codes, tokens, exchanges and requests. The secret is kept as a
 * hash; what may be used once is used up by a row in `spent`.
 */
export const walletGrants = sqliteTable(
  'wallet_grants',
  {
    /** SHA-256 of the secret. */
    id: text().primaryKey(),
    kind: text().$type<GrantKind>().notNull(),
    personId: text('person_id').references(() => people.id),
    awardId: text('award_id'),
    institutionId: text('institution_id'),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  t => [index('wallet_grants_person').on(t.personId), index('wallet_grants_expires').on(t.expiresAt)],
);

/** Wrong guesses at what goes with a grant, each a row: above the limit the grant is of no use any more. */
export const grantTries = sqliteTable('grant_tries', {
  id: text().primaryKey(),
  grantId: text('grant_id').notNull(),
  at: text().notNull(),
});

/**
 * Services that registered themselves for the Open Badges API (RFC 7591). Nothing that they say of themselves is
 * believed.
 */
export const oauthClients = sqliteTable('oauth_clients', {
  id: text().primaryKey(),
  secretHash: text('secret_hash').notNull(),
  registration: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  createdAt: text('created_at').notNull(),
  usedAt: text('used_at'),
});

/** What a person lets a service do. */
export const connections = sqliteTable(
  'connections',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    clientId: text('client_id')
      .notNull()
      .references(() => oauthClients.id),
    /** What it may, and when it last did. */
    allowed: text('scopes', { mode: 'json' }).$type<{ scopes: string[]; usedAt: string | null }>().notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [uniqueIndex('connections_once').on(t.personId, t.clientId)],
);

/** Badges from elsewhere that a person keeps here, as they came, with what the check found then. */
export const importedBadges = sqliteTable(
  'imported_badges',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** Issuer and id of the badge: the same one again takes the place of the old. */
    issuer: text().notNull(),
    credentialId: text('credential_id').notNull(),
    document: text().notNull(),
    mediaType: text('media_type').notNull(),
    /** Where it came from, in words or as the name of a connected service. */
    source: text().notNull(),
    verdict: text().$type<'valid' | 'invalid' | 'indeterminate'>().notNull(),
    code: text().notNull(),
    checkedAt: text('checked_at').notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [uniqueIndex('imported_badges_once').on(t.personId, t.issuer, t.credentialId)],
);
