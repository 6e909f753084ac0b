import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { achievements } from '../catalogue/schema.ts';
import { institutions } from '../institutions/schema.ts';
import type { AwardInput } from './award-input.ts';

/** `reserved` is an intent: its id and index are taken, nothing is signed yet. */
export const awardStates = [
  'reserved',
  'held',
  'released',
  'claimed',
  'suspended',
  'revoked',
  'superseded',
  'expired',
] as const;
export type AwardState = (typeof awardStates)[number];

export type StatusPurpose = 'revocation' | 'suspension';

/** The fact that someone has been given an achievement. */
export const awards = sqliteTable(
  'awards',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    achievementId: text('achievement_id')
      .notNull()
      .references(() => achievements.id),
    achievementVersion: integer('achievement_version').notNull(),
    /** Which recipient, decision and reference this is: the same again is refused. */
    recipientKey: text('recipient_key').notNull(),
    decidedOn: text('decided_on').notNull(),
    reference: text().notNull(),
    input: text({ mode: 'json' }).$type<AwardInput>().notNull(),
    state: text().$type<AwardState>().notNull(),
    /** How often the state changed; each change is a row of `award_changes`. */
    changes: integer().notNull(),
    credentialId: text('credential_id').notNull().unique(),
    subjectId: text('subject_id').notNull(),
    statusListId: text('status_list_id').notNull(),
    statusIndex: integer('status_index').notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [
    uniqueIndex('awards_once').on(
      t.institutionId,
      t.achievementId,
      t.achievementVersion,
      t.recipientKey,
      t.decidedOn,
      t.reference,
    ),
  ],
);

/** Each change of an award's state; two at once collide on the key. */
export const awardChanges = sqliteTable(
  'award_changes',
  {
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id),
    seq: integer().notNull(),
    state: text().$type<AwardState>().notNull(),
    reason: text(),
    /** Words for the learner; they can be erased. */
    words: text(),
    at: text().notNull(),
  },
  t => [primaryKey({ columns: [t.awardId, t.seq] })],
);

/** The signed documents of an award, one for each format. */
export const credentials = sqliteTable(
  'credentials',
  {
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id),
    format: text().$type<'ldp_vc'>().notNull(),
    document: text().notNull(),
    verificationMethod: text('verification_method').notNull(),
    signedAt: text('signed_at').notNull(),
  },
  t => [primaryKey({ columns: [t.awardId, t.format] })],
);

/** A list of status bits; the counter only rises, and its keyed permutation gives the index. */
export const statusLists = sqliteTable(
  'status_lists',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    purpose: text().$type<StatusPurpose>().notNull(),
    ordinal: integer().notNull(),
    permutationKey: text('permutation_key').notNull(),
    next: integer().notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [uniqueIndex('status_lists_ordinal').on(t.institutionId, t.purpose, t.ordinal)],
);

/** Every index that was ever given out. A row stays when its award is abandoned, so no index is given twice. */
export const statusEntries = sqliteTable(
  'status_entries',
  {
    listId: text('list_id')
      .notNull()
      .references(() => statusLists.id),
    index: integer('list_index').notNull(),
    awardId: text('award_id').notNull(),
  },
  t => [primaryKey({ columns: [t.listId, t.index] })],
);

/** Signed lists as they were published; the newest version is served as it stands here. */
export const statusListVersions = sqliteTable(
  'status_list_versions',
  {
    listId: text('list_id')
      .notNull()
      .references(() => statusLists.id),
    version: integer().notNull(),
    document: text().notNull(),
    verificationMethod: text('verification_method').notNull(),
    validFrom: text('valid_from').notNull(),
    validUntil: text('valid_until').notNull(),
    /** Bits set, so that a version that lost one is seen without decoding. */
    set: integer('bits_set').notNull(),
  },
  t => [primaryKey({ columns: [t.listId, t.version] })],
);

/** Links with which an award is picked up; whoever has the link is the bearer. */
export const claims = sqliteTable('claims', {
  token: text().primaryKey(),
  awardId: text('award_id')
    .notNull()
    .unique()
    .references(() => awards.id),
  createdAt: text('created_at').notNull(),
});

/** Links that show a badge. */
export const shares = sqliteTable('shares', {
  token: text().primaryKey(),
  awardId: text('award_id')
    .notNull()
    .unique()
    .references(() => awards.id),
  createdAt: text('created_at').notNull(),
});
