import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { institutions } from '../institutions/schema.ts';
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
  },
  t => [primaryKey({ columns: [t.achievementId, t.version] })],
);
