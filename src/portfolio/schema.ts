import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { institutions } from '../institutions/schema.ts';
import { people } from '../people/schema.ts';
import type { Language } from '../platform/language.ts';
import { files } from '../platform/schema.ts';

/**
 * All experiences of one person, theirs alone. One that was begun without a login is a draft: it belongs to whoever has
 * its code, and goes when its time is over; a login takes its experiences into the person's own portfolio.
 */
export const portfolios = sqliteTable(
  'portfolios',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .unique()
      .references(() => people.id),
    /** SHA-256 of a draft's code; null for a portfolio of a person. */
    codeHash: text('code_hash').unique(),
    expiresAt: text('expires_at'),
    language: text().$type<Language>().notNull(),
    /** A goal card, or null. */
    goal: text(),
    /** How much help someone wants: `self` to `together`. */
    help: text().$type<'self' | 'some' | 'together'>().notNull(),
    /** The personal standard: what someone finds important, wants and has made. */
    standard: text({ mode: 'json' }).$type<{ important?: string; wants?: string; made?: string }>().notNull(),
    groupId: text('group_id'),
    createdAt: text('created_at').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  t => [index('portfolios_expires').on(t.expiresAt)],
);

export const experienceKinds = ['informal', 'non-formal', 'formal'] as const;
export type ExperienceKind = (typeof experienceKinds)[number];
export const experienceContexts = [
  'work',
  'volunteering',
  'care',
  'self-study',
  'governance',
  'citizenship',
  'hobby',
  'school',
] as const;
export type ExperienceContext = (typeof experienceContexts)[number];

export const experiences = sqliteTable(
  'experiences',
  {
    id: text().primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    kind: text().$type<ExperienceKind>().notNull(),
    context: text().$type<ExperienceContext>(),
    title: text().notNull(),
    /** A day, a month or a year, as much as is known. */
    periodFrom: text('period_from'),
    periodTo: text('period_to'),
    story: text().notNull(),
    /** Answers to the questions that were asked, by the key of the question. */
    answers: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Counts its changes: a form that was opened before another one was saved is refused. */
    version: integer().notNull(),
    createdAt: text('created_at').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  t => [index('experiences_portfolio').on(t.portfolioId)],
);

/** What shows an experience: a file, a link, or a story that was spoken or photographed. */
export const evidence = sqliteTable(
  'evidence',
  {
    id: text().primaryKey(),
    experienceId: text('experience_id')
      .notNull()
      .references(() => experiences.id),
    /** `story`: it tells the experience itself, in place of written words. */
    use: text().$type<'story' | 'evidence'>().notNull(),
    title: text().notNull(),
    url: text(),
    fileId: text('file_id').references(() => files.id),
    createdAt: text('created_at').notNull(),
  },
  t => [index('evidence_experience').on(t.experienceId)],
);

/** What a learner says of an outcome on their own scale, with or without an institution. */
export const selfAssessments = sqliteTable(
  'self_assessments',
  {
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    /** An outcome of the catalogue. */
    outcomeId: text('outcome_id').notNull(),
    scale: text().$type<'show' | 'partly' | 'not-yet'>().notNull(),
    /** Experiences that show it. */
    experiences: text({ mode: 'json' }).$type<string[]>().notNull(),
    changedAt: text('changed_at').notNull(),
  },
  t => [primaryKey({ columns: [t.portfolioId, t.outcomeId] })],
);

/** What someone wants to reach: an achievement of the catalogue, or a wish in their own words. */
export const goals = sqliteTable(
  'goals',
  {
    id: text().primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    achievementId: text('achievement_id'),
    words: text().notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [uniqueIndex('goals_once').on(t.portfolioId, t.achievementId)],
);

/** A question for words about an experience, or about what someone can. Declining takes the row away. */
export const referenceRequests = sqliteTable(
  'reference_requests',
  {
    /** SHA-256 of the link's secret. */
    id: text().primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    /** Null: about what someone can. */
    experienceId: text('experience_id').references(() => experiences.id),
    name: text().notNull(),
    relation: text().$type<'colleague' | 'client' | 'peer' | 'trainer' | 'neighbour' | 'other'>().notNull(),
    message: text().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  t => [index('reference_requests_portfolio').on(t.portfolioId)],
);

/** Words of someone else, and how surely we know whose they are. */
export const references = sqliteTable(
  'reference_answers',
  {
    id: text().primaryKey(),
    /** One answer to each question. */
    requestId: text('request_id').notNull().unique(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    experienceId: text('experience_id').references(() => experiences.id),
    name: text().notNull(),
    relation: text().notNull(),
    words: text().notNull(),
    /** Answers of a view from several sides, by the key of the question. */
    answers: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** Spoken words. */
    fileId: text('file_id').references(() => files.id),
    standing: text().$type<'named' | 'logged-in' | 'signed'>().notNull(),
    personId: text('person_id').references(() => people.id),
    /** The EndorsementCredential, once it was signed. */
    document: text(),
    createdAt: text('created_at').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  t => [index('reference_answers_portfolio').on(t.portfolioId), index('reference_answers_person').on(t.personId)],
);

/** What a reader sees: experiences, words of others along with them, and what the owner wrote to them. */
export interface Reading {
  experiences: string[];
  references: string[];
  words: string;
}

/** Who may look into a portfolio, or fill it in together with its owner, and until when. Taking back deletes the row. */
export const portfolioAccess = sqliteTable(
  'portfolio_access',
  {
    /** SHA-256 of the link's or the helper's secret. */
    id: text().primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    /** `code`: waits for a helper; `helper`: fills in together; `reader`: sees what was chosen. */
    kind: text().$type<'code' | 'helper' | 'reader'>().notNull(),
    /** For whom or what, in the owner's words. */
    label: text().notNull(),
    /** Of a reader alone. */
    reading: text('experiences', { mode: 'json' }).$type<Reading | []>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  t => [index('portfolio_access_portfolio').on(t.portfolioId)],
);

/** A code by which a library, an association or a works council lets a group begin. It counts and knows nobody. */
export const portfolioGroups = sqliteTable('portfolio_groups', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  institutionId: text('institution_id').notNull(),
  name: text().notNull(),
  goal: text(),
  language: text().$type<Language>().notNull(),
  begun: integer().notNull(),
  createdAt: text('created_at').notNull(),
  endsAt: text('ends_at').notNull(),
});

/** People of one workplace, or of one class, that show each other what they can. */
export const teams = sqliteTable(
  'teams',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    name: text().notNull(),
    /** By which people come in; a new one takes its place when it went round too far. */
    code: text().notNull().unique(),
    createdAt: text('created_at').notNull(),
    endedAt: text('ended_at'),
  },
  t => [index('teams_institution').on(t.institutionId)],
);

/** What one person lets a team see. Taking back deletes the row. */
export const teamShares = sqliteTable(
  'team_shares',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** As they are called there. */
    name: text().notNull(),
    /** Ids of experiences in their portfolio, and of badges on their shelf. */
    experiences: text({ mode: 'json' }).$type<string[]>().notNull(),
    badges: text({ mode: 'json' }).$type<string[]>().notNull(),
    sharedAt: text('shared_at').notNull(),
  },
  t => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_shares_person').on(t.personId)],
);
