import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import { isNewest } from './achievements.ts';
import type { AchievementContent } from './content.ts';
import { outcomeDigest } from './outcomes.ts';
import type { AchievementItem, FrameworkPackage, LinkKind, PackageItem } from './package.ts';
import { achievementDrafts, achievements, achievementVersions, frameworks, outcomeLinks, outcomes } from './schema.ts';
import { type Change, tellChange } from './tell-change.ts';

export interface PlannedItem extends PackageItem {
  uri: string;
  digest: string;
}

/** What an import would change in one framework. */
export interface FrameworkPlan {
  package: FrameworkPackage;
  /** Absent when the framework is new. */
  frameworkId?: string;
  /** Whether its name or version is another one. */
  renamed: boolean;
  added: PlannedItem[];
  changed: (PlannedItem & { change: Change })[];
  unchanged: number;
  /** Ids of what its standard dropped. */
  retired: string[];
  linksAdded: FrameworkPackage['links'];
  linksRemoved: { fromId: string; toId: string; kind: LinkKind }[];
}

/** Rows that are read at once. */
const PAGE = 500;

/** Lays a package beside what there is. Nothing is written. */
export async function planFramework(db: Database, owner: string, pack: FrameworkPackage): Promise<FrameworkPlan> {
  const { uri, names, version } = pack.framework;
  const [known] = await db.query
    .select({ id: frameworks.id, names: frameworks.names, version: frameworks.version })
    .from(frameworks)
    .where(and(eq(frameworks.owner, owner), eq(frameworks.uri, uri)));
  const plan: FrameworkPlan = {
    package: pack,
    ...(known ? { frameworkId: known.id } : {}),
    renamed:
      !known ||
      canonicalJson({ ...known.names, ...names }) !== canonicalJson(known.names) ||
      (version ?? null) !== known.version,
    added: [],
    changed: [],
    unchanged: 0,
    retired: [],
    linksAdded: [],
    linksRemoved: [],
  };
  const ids = new Map<string, string>();
  if (known) await compareItems(db, known.id, plan, ids);
  for (const [itemUri, item] of pack.items)
    if (!ids.has(itemUri) && hasWords(item))
      plan.added.push({ ...item, uri: itemUri, digest: await outcomeDigest(item) });
  await compareLinks(db, known?.id, plan, ids);
  return plan;
}

const hasWords = ({ words }: PackageItem): boolean => words.nl !== undefined || words.en !== undefined;

async function compareItems(db: Database, framework: string, plan: FrameworkPlan, ids: Map<string, string>) {
  const { items, wholeOf } = plan.package;
  for (let after = ''; ;) {
    const rows = await db.query
      .select({
        id: outcomes.id,
        uri: outcomes.uri,
        kind: outcomes.kind,
        words: outcomes.words,
        code: outcomes.code,
        level: outcomes.level,
        digest: outcomes.digest,
        retiredAt: outcomes.retiredAt,
      })
      .from(outcomes)
      .where(and(eq(outcomes.frameworkId, framework), gt(outcomes.id, after)))
      .orderBy(asc(outcomes.id))
      .limit(PAGE);
    for (const row of rows) {
      ids.set(row.uri, row.id);
      const item = items.get(row.uri);
      if (!item) {
        if (wholeOf.has(row.kind) && !row.retiredAt) plan.retired.push(row.id);
        else plan.unchanged++;
      } else if (!hasWords(item)) plan.unchanged++;
      else {
        // A file in one language leaves the words in the other as they were.
        const words = { ...row.words, ...item.words };
        const merged = {
          ...(row.code ? { code: row.code } : {}),
          ...(row.level ? { level: row.level } : {}),
          ...item,
          words,
        };
        const digest = await outcomeDigest(merged);
        if (digest === row.digest && !row.retiredAt) plan.unchanged++;
        else plan.changed.push({ ...merged, uri: row.uri, digest, change: tellChange(row, merged) });
      }
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

/** Links of a kind that the package has are replaced as a whole; other kinds stay. */
async function compareLinks(
  db: Database,
  framework: string | undefined,
  plan: FrameworkPlan,
  ids: Map<string, string>,
) {
  const key = (from: string, to: string, kind: string) => `${from} ${to} ${kind}`;
  const wanted = new Map(
    plan.package.links.map(l => [key(ids.get(l.from) ?? l.from, ids.get(l.to) ?? l.to, l.kind), l]),
  );
  if (!wanted.size) return;
  const kinds = new Set(plan.package.links.map(l => l.kind));
  if (framework)
    for (const row of await db.query
      .select({ fromId: outcomeLinks.fromId, toId: outcomeLinks.toId, kind: outcomeLinks.kind })
      .from(outcomeLinks)
      .innerJoin(outcomes, eq(outcomes.id, outcomeLinks.fromId))
      .where(eq(outcomes.frameworkId, framework)))
      if (!wanted.delete(key(row.fromId, row.toId, row.kind)) && kinds.has(row.kind)) plan.linksRemoved.push(row);
  plan.linksAdded = [...wanted.values()].filter(l => knows(plan, ids, l.from) && knows(plan, ids, l.to));
}

const knows = (plan: FrameworkPlan, ids: Map<string, string>, uri: string): boolean =>
  ids.has(uri) || hasWords(plan.package.items.get(uri) ?? { kind: 'skill', words: {} });

export interface AchievementPlan {
  item: AchievementItem;
  digest: string;
  change: 'added' | 'changed' | 'unchanged';
  /** Of the achievement that it is already. */
  id?: string;
  /** What the draft becomes. */
  content: AchievementContent;
  /** What it was called, where that is another. */
  was?: string;
  /** Someone has words that are not published yet; these take their place. */
  overDraft: boolean;
}

/** Lays achievements beside those of an institution, by what they are called over there or else by their content. */
export async function planAchievements(
  db: Database,
  institution: string,
  items: readonly AchievementItem[],
): Promise<AchievementPlan[]> {
  if (!items.length) return [];
  const rows = await db.query
    .select({ id: achievements.id, source: achievements.source, digest: achievements.importDigest })
    .from(achievements)
    .where(eq(achievements.institutionId, institution));
  const bySource = new Map(rows.flatMap(row => (row.source ? [[row.source, row] as const] : [])));
  const byDigest = new Map(rows.flatMap(row => (row.digest ? [[row.digest, row] as const] : [])));
  const plans: AchievementPlan[] = [];
  const planned = new Set<string>();
  for (const item of items) {
    const plain = await sha256Hex(canonicalJson(item.content));
    // With its source: two courses may say the same.
    const digest = item.source ? await sha256Hex(canonicalJson({ ...item, notes: [] })) : plain;
    if (planned.has(digest)) continue;
    planned.add(digest);
    const known = (item.source ? bySource.get(item.source) : undefined) ?? byDigest.get(digest) ?? byDigest.get(plain);
    const same = known && (known.digest === digest || known.digest === plain);
    const change = !known ? 'added' : same ? 'unchanged' : 'changed';
    const now = known && change === 'changed' ? await readWords(db, known.id) : undefined;
    plans.push({
      item,
      digest,
      change,
      ...(known ? { id: known.id } : {}),
      content: now ? merge(now.content, item.content) : item.content,
      ...(now && now.content.name !== item.content.name ? { was: now.content.name } : {}),
      overDraft: now?.draft ?? false,
    });
  }
  return plans;
}

async function readWords(
  db: Database,
  id: string,
): Promise<{ content: AchievementContent; draft: boolean } | undefined> {
  const [draft] = await db.query
    .select({ content: achievementDrafts.content })
    .from(achievementDrafts)
    .where(eq(achievementDrafts.achievementId, id));
  if (draft) return { content: draft.content, draft: true };
  const [newest] = await db.query
    .select({ content: achievementVersions.content })
    .from(achievementVersions)
    .where(and(eq(achievementVersions.achievementId, id), isNewest));
  return newest && { content: newest.content, draft: false };
}

/** What the source says takes the place of what it said; what was added here and it does not tell stays. */
function merge(here: AchievementContent, there: AchievementContent): AchievementContent {
  const told = Object.entries(there).filter(([, value]) => !isEmpty(value));
  return { ...here, ...Object.fromEntries(told) };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && !value.length) ||
  (typeof value === 'object' && value !== null && Object.values(value).every(v => v === '' || v === undefined));
