import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { achievements } from '../catalogue/schema.ts';
import { institutions } from '../institutions/schema.ts';
import { people } from '../people/schema.ts';
import type { AwardInput } from './award-input.ts';
import type { KeptEndorsement } from './endorsement.ts';
import type { Identified } from './identified.ts';

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
/** `token`: a Token Status List, for copies that are SD-JWTs. */
export type ListPurpose = StatusPurpose | 'token';

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
    /** Whose it is, once they took it into their account. */
    personId: text('person_id').references(() => people.id),
    /** How the holder was known when claiming, as it stands in the badge; null for a bearer badge. */
    identified: text({ mode: 'json' }).$type<Identified>(),
  },
  t => [
    index('awards_person').on(t.personId),
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
    purpose: text().$type<ListPurpose>().notNull(),
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

export const offerStates = ['held', 'offered', 'lapsed', 'declined'] as const;
export type OfferState = (typeof offerStates)[number];

/**
 * An award that is not signed yet: it waits for its undo window or a second person (`held`), or for its owner
 * (`offered`). It takes no status index, so that one that is withdrawn leaves no trace; claiming makes it an award of
 * the same id.
 */
export const offers = sqliteTable(
  'offers',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    achievementId: text('achievement_id')
      .notNull()
      .references(() => achievements.id),
    achievementVersion: integer('achievement_version').notNull(),
    recipientKey: text('recipient_key').notNull(),
    decidedOn: text('decided_on').notNull(),
    reference: text().notNull(),
    input: text({ mode: 'json' }).$type<AwardInput>().notNull(),
    state: text().$type<OfferState>().notNull(),
    /** Who made it: a person of the institution does not release their own batch. */
    madeBy: text('made_by').notNull(),
    /** Awards that were made together; above the institution's number a second person releases them. */
    batch: text(),
    token: text().notNull().unique(),
    /** Counts the links: a new one ends the old. */
    links: integer().notNull(),
    createdAt: text('created_at').notNull(),
    /** `held`: when the undo window ends; null while a second person has to release it. */
    releaseAt: text('release_at'),
    offeredAt: text('offered_at'),
    lapsesAt: text('lapses_at'),
    reminders: integer().notNull(),
  },
  t => [
    index('offers_recipient').on(t.recipientKey),
    uniqueIndex('offers_once').on(
      t.institutionId,
      t.achievementId,
      t.achievementVersion,
      t.recipientKey,
      t.decidedOn,
      t.reference,
    ),
  ],
);

/** An award that takes the place of another. Made with the new award's intent, so that a sweep can finish it. */
export const replacements = sqliteTable('replacements', {
  awardId: text('award_id')
    .primaryKey()
    .references(() => awards.id),
  successorId: text('successor_id')
    .notNull()
    .unique()
    .references(() => awards.id),
  /** `correction` or `renewal`. */
  kind: text().$type<'correction' | 'renewal'>().notNull(),
  createdAt: text('created_at').notNull(),
  doneAt: text('done_at'),
});

/** A revocation that waits for a second person, where the institution asks for one. */
export const revocationRequests = sqliteTable('revocation_requests', {
  awardId: text('award_id')
    .primaryKey()
    .references(() => awards.id),
  reason: text().notNull(),
  /** Words for the learner; they can be erased. */
  words: text(),
  askedBy: text('asked_by').notNull(),
  askedAt: text('asked_at').notNull(),
});

/** What the learner answered to a revocation or suspension (right to reply). */
export const replies = sqliteTable('replies', {
  id: text().primaryKey(),
  awardId: text('award_id')
    .notNull()
    .references(() => awards.id),
  words: text(),
  at: text().notNull(),
});

/** "This is the holder": a login by the owner of a shared badge, as the page of the badge tells it. */
export const confirmations = sqliteTable(
  'confirmations',
  {
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id),
    at: text().notNull(),
    identified: text({ mode: 'json' }).$type<Identified>().notNull(),
    withdrawnAt: text('withdrawn_at'),
  },
  t => [primaryKey({ columns: [t.awardId, t.at] })],
);

/** `short`: the signed few lines that fit in a QR code, which are no Open Badge. */
export const copyFormats = ['ldp_vc', 'jwt_vc_json', 'dc+sd-jwt', 'short'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/**
 * Further signed copies of an award, each bound to a holder's key or to nobody, each with a status index of its own, so
 * that copies cannot be told to be of one award by their status. Revoking the award turns all of them.
 */
export const copies = sqliteTable(
  'copies',
  {
    id: text().primaryKey(),
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id),
    format: text().$type<CopyFormat>().notNull(),
    algorithm: text().notNull(),
    /** The DID that it is bound to, a did:jwk for a bare key; empty for a copy that is bound to nobody. */
    holder: text().notNull(),
    credentialId: text('credential_id').notNull(),
    statusListId: text('status_list_id').notNull(),
    statusIndex: integer('status_index').notNull(),
    /** Null while it is an intent: its index is taken, nothing is signed yet. */
    document: text(),
    verificationMethod: text('verification_method'),
    createdAt: text('created_at').notNull(),
    signedAt: text('signed_at'),
  },
  t => [index('copies_award').on(t.awardId), uniqueIndex('copies_place').on(t.statusListId, t.statusIndex)],
);

/** Links by which a learner shows a badge: for whom and until when, what is left out, how often it was used. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    token: text().primaryKey(),
    awardId: text('award_id')
      .notNull()
      .references(() => awards.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** For whom or what, in the learner's own words; for their eyes only. */
    purpose: text().notNull(),
    /**
     * Parts that are not shown: `name`, `results`, `evidence`, `narrative`; and `+preview` where previews may be shown.
     */
    without: text({ mode: 'json' }).$type<string[]>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at'),
    /** Readers it is for; null for any number. */
    mostUses: integer('most_uses'),
    withdrawnAt: text('withdrawn_at'),
  },
  t => [index('share_links_award').on(t.awardId)],
);

/** That a link was used: a moment and nothing about who. */
export const shareUses = sqliteTable(
  'share_uses',
  {
    token: text().notNull(),
    seq: integer().notNull(),
    at: text().notNull(),
  },
  t => [primaryKey({ columns: [t.token, t.seq] })],
);

/** Signed words about an achievement or an institution (OB 3.0 EndorsementCredential). */
export const endorsements = sqliteTable(
  'endorsements',
  {
    id: text().primaryKey(),
    subjectKind: text('subject_kind').$type<'achievement' | 'institution'>().notNull(),
    subjectId: text('subject_id').notNull(),
    /** As it was signed, with what pages tell of it; empty once it was withdrawn. */
    kept: text('document', { mode: 'json' }).$type<KeptEndorsement>().notNull(),
    /** Who gave it or brought it, where no institution did. */
    personId: text('person_id').references(() => people.id),
    createdAt: text('created_at').notNull(),
    /** When whom it is about took it up; it is shown from then on. */
    acceptedAt: text('accepted_at'),
    /** What was never shown is deleted; of what was shown it stays known that it was withdrawn. */
    withdrawnAt: text('withdrawn_at'),
  },
  t => [index('endorsements_subject').on(t.subjectKind, t.subjectId), index('endorsements_person').on(t.personId)],
);
