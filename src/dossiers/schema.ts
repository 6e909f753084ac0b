import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { achievements } from '../catalogue/schema.ts';
import { institutions } from '../institutions/schema.ts';
import { people } from '../people/schema.ts';
import type { DossierState, Phase, Turn } from './dossier.ts';

/** One validation of a person's portfolio at an institution, and the talk about it. */
export const dossiers = sqliteTable(
  'dossiers',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    /** Null once the learner was erased: the signed facts that others rely on stay. */
    personId: text('person_id').references(() => people.id),
    /** The dossier of the cycle before this one. */
    previousId: text('previous_id'),
    cycle: integer().notNull(),
    /** What its events add up to; no words. */
    state: text({ mode: 'json' }).$type<DossierState>().notNull(),
    phase: text().$type<Phase>().notNull(),
    turn: text().$type<Turn>().notNull(),
    /** When the term of staff for this turn ends; learners have none. */
    dueAt: text('due_at'),
    createdAt: text('created_at').notNull(),
    /** Since when it is this turn. */
    turnAt: text('turn_at').notNull(),
    closedAt: text('closed_at'),
  },
  t => [index('dossiers_institution').on(t.institutionId, t.turn), index('dossiers_person').on(t.personId)],
);

/** Every move: who, in what role, when, and a hash of what was said. Rows are only ever added; two at once collide. */
export const dossierEvents = sqliteTable(
  'dossier_events',
  {
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    seq: integer().notNull(),
    at: text().notNull(),
    /** An id, never a name: of a person, of a partner, or of a timer. */
    actor: text().notNull(),
    role: text().notNull(),
    type: text().notNull(),
    /** Ids and choices; no words. */
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** SHA-256 over a salt and the words; null for a move without words. */
    wordsHash: text('words_hash'),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  t => [primaryKey({ columns: [t.dossierId, t.seq] })],
);

/** What was said, beside the events, so that it can be erased. The salt goes with it. */
export const dossierWords = sqliteTable(
  'dossier_words',
  {
    dossierId: text('dossier_id').notNull(),
    seq: integer().notNull(),
    salt: text().notNull(),
    words: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  t => [primaryKey({ columns: [t.dossierId, t.seq] })],
);

/** Staff that works on a dossier. An end leaves the row, since acts stay. */
export const dossierStaff = sqliteTable(
  'dossier_staff',
  {
    id: text().primaryKey(),
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    personId: text('person_id').notNull(),
    role: text().$type<'guide' | 'assessor' | 'examiner'>().notNull(),
    since: text().notNull(),
    endedAt: text('ended_at'),
  },
  t => [index('dossier_staff_dossier').on(t.dossierId), index('dossier_staff_person').on(t.personId)],
);

/** Who the learner invited: a guide, or a partner from work without an account. Taking back ends the link at once. */
export const dossierPartners = sqliteTable(
  'dossier_partners',
  {
    id: text().primaryKey(),
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    kind: text().$type<'guide' | 'work'>().notNull(),
    name: text().notNull(),
    /** SHA-256 of the link's secret; of a guide whom the institution gave, no hash of anything. */
    tokenHash: text('token_hash').notNull().unique(),
    /** A guide who logged in, or whom the institution gave. */
    personId: text('person_id').references(() => people.id),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    endedAt: text('ended_at'),
  },
  t => [index('dossier_partners_dossier').on(t.dossierId), index('dossier_partners_person').on(t.personId)],
);

/** Experiences that the learner lets this dossier see, as they stand in the portfolio. Taking back deletes the row. */
export const dossierShares = sqliteTable(
  'dossier_shares',
  {
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    experienceId: text('experience_id').notNull(),
    /** Whether partners see it too. */
    partners: integer({ mode: 'boolean' }).notNull(),
    sharedAt: text('shared_at').notNull(),
  },
  t => [primaryKey({ columns: [t.dossierId, t.experienceId] })],
);

/** The award of a positive decision: exactly one for each decision and achievement. */
export const dossierAwards = sqliteTable(
  'dossier_awards',
  {
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    /** The event of the decision. */
    decision: integer().notNull(),
    achievementId: text('achievement_id')
      .notNull()
      .references(() => achievements.id),
    /** An award or, until its learner claims it, an offer of the same id; null while it is an intent. */
    awardId: text('award_id').unique(),
    createdAt: text('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.dossierId, t.decision, t.achievementId] })],
);

/** A signed decision document: an exemption is not a badge. */
export const decisionDocuments = sqliteTable(
  'decision_documents',
  {
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    decision: integer().notNull(),
    document: text().notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.dossierId, t.decision] })],
);

/** What comes next, written together; each line says whose it is. */
export const planLines = sqliteTable(
  'plan_lines',
  {
    id: text().primaryKey(),
    dossierId: text('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    position: integer().notNull(),
    words: text().notNull(),
    owner: text().$type<'learner' | 'institution' | 'employer'>().notNull(),
    offerUrl: text('offer_url'),
    achievementId: text('achievement_id'),
    nextOn: text('next_on'),
    /** "Wil je, kun je, is er tijd en geld": what the learner answered. */
    answers: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Who said yes to it, and when. */
    confirmed: text({ mode: 'json' })
      .$type<Partial<Record<'learner' | 'institution' | 'employer', string>>>()
      .notNull(),
    /** Whether the learner took it over. */
    taken: integer({ mode: 'boolean' }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [index('plan_lines_dossier').on(t.dossierId)],
);

/** Decided dossiers that the board looks at again: drawn by the rule when the decision falls. */
export const dossierSamples = sqliteTable('dossier_samples', {
  dossierId: text('dossier_id')
    .primaryKey()
    .references(() => dossiers.id),
  why: text().$type<'drawn' | 'new-assessor' | 'asked'>().notNull(),
  assessorId: text('assessor_id').notNull(),
  drawnAt: text('drawn_at').notNull(),
  doneAt: text('done_at'),
  /** Whether the sampler reads the judgement as the assessor did. */
  reading: text().$type<'same' | 'different'>(),
});

/** Questions that an assessor can put with one click. */
export const questionTemplates = sqliteTable('question_templates', {
  id: text().primaryKey(),
  institutionId: text('institution_id')
    .notNull()
    .references(() => institutions.id),
  words: text().notNull(),
  createdAt: text('created_at').notNull(),
});

/** An invitation to a validation, for one or a group. */
export const dossierInvitations = sqliteTable(
  'dossier_invitations',
  {
    /** SHA-256 of the link's secret. */
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    achievementId: text('achievement_id'),
    name: text().notNull(),
    /** How many can use it. */
    places: integer().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    endedAt: text('ended_at'),
  },
  t => [index('dossier_invitations_institution').on(t.institutionId)],
);

/** Who came in by an invitation: one place for each person. */
export const dossierArrivals = sqliteTable(
  'dossier_arrivals',
  {
    invitationId: text('invitation_id')
      .notNull()
      .references(() => dossierInvitations.id),
    personId: text('person_id').notNull(),
    dossierId: text('dossier_id').notNull(),
  },
  t => [primaryKey({ columns: [t.invitationId, t.personId] }), uniqueIndex('dossier_arrivals_dossier').on(t.dossierId)],
);

/** What came of it, asked once, six months after a decision. */
export const dossierOutcomes = sqliteTable('dossier_outcomes', {
  dossierId: text('dossier_id')
    .primaryKey()
    .references(() => dossiers.id),
  askedAt: text('asked_at').notNull(),
  answer: text().$type<'work' | 'promotion' | 'place' | 'next-step' | 'other' | 'nothing-yet'>(),
  answeredAt: text('answered_at'),
});
