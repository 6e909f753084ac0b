import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { institutions } from '../institutions/schema.ts';
import type { OutcomeWords, UnitContent, Words } from './outcome-content.ts';
import type { FrameworkKind, OutcomeKind } from './outcome-kinds.ts';
import type { AchievementContent } from './content.ts';

/** What can be earned. Its words stand in a draft and in versions. */
export const achievements = sqliteTable(
  'achievements',
  {
    id: text().primaryKey(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.id),
    /** SHA-256 of what was imported: the same content twice is the same achievement. */
    importDigest: text('import_digest'),
    /** What it is called where it came from, such as `ooapi:COURSE`: a change over there becomes a draft here. */
    source: text(),
    createdAt: text('created_at').notNull(),
  },
  t => [uniqueIndex('achievements_import').on(t.institutionId, t.importDigest)],
);

/** At most one draft for each achievement; the only words that change. */
export const achievementDrafts = sqliteTable('achievement_drafts', {
  achievementId: text('achievement_id')
    .primaryKey()
    .references(() => achievements.id),
  content: text({ mode: 'json' }).$type<AchievementContent>().notNull(),
  updatedAt: text('updated_at').notNull(),
});

/** Published words. Rows are only ever added. */
export const achievementVersions = sqliteTable(
  'achievement_versions',
  {
    achievementId: text('achievement_id')
      .notNull()
      .references(() => achievements.id),
    version: integer().notNull(),
    content: text({ mode: 'json' }).$type<AchievementContent>().notNull(),
    publishedAt: text('published_at').notNull(),
    /** "Vastgesteld door": the body that adopted these words. */
    establishedBy: text('established_by'),
  },
  t => [primaryKey({ columns: [t.achievementId, t.version] })],
);

/** A standard: a source of outcomes. One of the service (ESCO) can be used by every institution. */
export const frameworks = sqliteTable(
  'frameworks',
  {
    id: text().primaryKey(),
    /** The institution that keeps it; `service` for one that is there for all. */
    owner: text().notNull(),
    kind: text().$type<FrameworkKind>().notNull(),
    /** Where it came from: `own`, `esco`, `case`, `ooapi`. */
    source: text().notNull(),
    uri: text().notNull(),
    version: text(),
    names: text({ mode: 'json' }).$type<Words>().notNull(),
    /** Whether other institutions may refer to it. */
    shared: integer({ mode: 'boolean' }).notNull(),
    createdAt: text('created_at').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  t => [uniqueIndex('frameworks_uri').on(t.owner, t.uri)],
);

/** What someone knows, understands and can do, independent of the path. */
export const outcomes = sqliteTable(
  'outcomes',
  {
    id: text().primaryKey(),
    frameworkId: text('framework_id')
      .notNull()
      .references(() => frameworks.id),
    /** Its address in the standard; one of our own where it has none. */
    uri: text().notNull(),
    kind: text().$type<OutcomeKind>().notNull(),
    code: text(),
    level: text(),
    words: text({ mode: 'json' }).$type<{ nl?: OutcomeWords; en?: OutcomeWords }>().notNull(),
    /** All names in small letters without accents, a line for each: what is searched. */
    search: text().notNull(),
    /** SHA-256 of what was imported: the same again changes nothing. */
    digest: text().notNull(),
    changedAt: text('changed_at').notNull(),
    /** When the standard dropped it; what refers to it goes on doing so. */
    retiredAt: text('retired_at'),
  },
  t => [
    uniqueIndex('outcomes_uri').on(t.frameworkId, t.uri),
    // What a search reads, without the words of each.
    index('outcomes_search').on(t.frameworkId, t.retiredAt, t.kind, t.search, t.id),
  ],
);

/** How outcomes of a standard hang together: broader ones, and what an occupation asks for. */
export const outcomeLinks = sqliteTable(
  'outcome_links',
  {
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    kind: text().$type<'broader' | 'essential' | 'optional' | 'part'>().notNull(),
  },
  t => [primaryKey({ columns: [t.fromId, t.toId, t.kind] }), index('outcome_links_to').on(t.toId)],
);

/** Outcomes that are judged together. */
export const units = sqliteTable('units', {
  id: text().primaryKey(),
  institutionId: text('institution_id')
    .notNull()
    .references(() => institutions.id),
  draft: text({ mode: 'json' }).$type<UnitContent>(),
  createdAt: text('created_at').notNull(),
});

/** Published units. Rows are only ever added. */
export const unitVersions = sqliteTable(
  'unit_versions',
  {
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    version: integer().notNull(),
    content: text({ mode: 'json' }).$type<UnitContent>().notNull(),
    /** "Vastgesteld door": the body that adopted these words. */
    establishedBy: text('established_by').notNull(),
    publishedAt: text('published_at').notNull(),
  },
  t => [primaryKey({ columns: [t.unitId, t.version] })],
);

/** What an import would change, looked at before it is done. The package lies in the files until then. */
export const catalogueImports = sqliteTable('catalogue_imports', {
  id: text().primaryKey(),
  owner: text().notNull(),
  kind: text().notNull(),
  /** A file name or an address, for the eye. */
  source: text().notNull(),
  fileId: text('file_id'),
  summary: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  doneAt: text('done_at'),
});
