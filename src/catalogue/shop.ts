import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { isNewest, type PublishedVersion, versionColumns } from './achievements.ts';
import { fold } from './fold.ts';
import { achievements, achievementVersions } from './schema.ts';

export interface ShopItem extends PublishedVersion {
  id: string;
  institutionId: string;
}

interface ShopSearch {
  /** Every word has to occur in the name, the description, an outcome, a tag or the name of the institution. */
  text?: string;
  institution?: string;
  /** What is told of an institution beside its achievements. */
  nameOf: (institution: string) => string;
  cursor?: string;
  limit: number;
}

const BATCH = 200;

/** Where "Ik kan dit al" leads: to an intake at the institution. */
export const beginPath = (slug: string, achievement: string): string => `/i/${slug}/achievements/${achievement}/begin`;

/** Where an achievement becomes a goal of one's own, without an institution in sight. */
export const goalPath = (slug: string, achievement: string): string => `/i/${slug}/achievements/${achievement}/goal`;

/** What can be earned on the service: the newest version of each achievement, a page at a time, oldest first. */
export async function listShop(db: Database, search: ShopSearch): Promise<{ items: ShopItem[]; next?: string }> {
  const words = fold(search.text ?? '')
    .split(' ')
    .filter(Boolean);
  const found: ShopItem[] = [];
  for (let after = search.cursor ?? ''; found.length <= search.limit;) {
    const rows = await readBatch(db, after, search.institution);
    for (const row of rows) {
      const text = words.length ? searched(row, search.nameOf(row.institutionId)) : '';
      if (words.every(word => text.includes(word))) found.push(row);
    }
    if (rows.length < BATCH) break;
    after = rows.at(-1)!.id;
  }
  const items = found.slice(0, search.limit);
  return { items, ...(found.length > search.limit ? { next: items.at(-1)!.id } : {}) };
}

async function readBatch(db: Database, after: string, institution?: string): Promise<ShopItem[]> {
  const rows = await db.query
    .select({
      id: achievements.id,
      institutionId: achievements.institutionId,
      ...versionColumns,
    })
    .from(achievementVersions)
    .innerJoin(achievements, eq(achievements.id, achievementVersions.achievementId))
    .where(
      and(gt(achievements.id, after), isNewest, ...(institution ? [eq(achievements.institutionId, institution)] : [])),
    )
    .orderBy(asc(achievements.id))
    .limit(BATCH);
  return rows;
}

function searched({ content }: ShopItem, institution: string): string {
  const { name, description, tags, outcomes } = content;
  return fold([institution, name, description, ...tags, ...outcomes.flatMap(o => [o.name, o.plain ?? ''])].join(' '));
}
