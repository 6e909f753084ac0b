/** Imports that are looked at before they are done, as they lie for a day. */
import { and, desc, eq, lte } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import type { Actor, Ctx, Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import type { ImportKind, ImportPackage, Refused } from './package.ts';
import { planAchievements, planFramework } from './plan-import.ts';
import { readPackage } from './read-package.ts';
import { catalogueImports } from './schema.ts';
import type { Change } from './tell-change.ts';

/** Who imports, and for whom: an institution, or the service for all. */
export interface ImportPlace {
  deps: Deps;
  actor: Actor;
  now: Date;
  /** The institution, or `service`. */
  owner: string;
}

/** @throws DomainError `forbidden` */
export function importPlace(ctx: Ctx): ImportPlace {
  requireRight(ctx, 'framework.edit', { whole: true });
  return { deps: ctx.deps, actor: ctx.actor, now: ctx.now, owner: ctx.institution.id };
}

export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
  retired: number;
}

/** What an import would change. */
export interface ImportSummary {
  kind: ImportKind;
  outcomes: Counts;
  links: { added: number; removed: number };
  achievements: Pick<Counts, 'added' | 'changed' | 'unchanged'> & {
    items: { name: string; was?: string; change: 'added' | 'changed'; overDraft: boolean; notes: string[] }[];
  };
  frameworks: { uri: string; names: { nl?: string; en?: string }; isNew: boolean }[];
  samples: { added: string[] };
  /** What is another in the first of those that change. */
  changes: Change[];
  refused: Refused[];
  refusedCount: number;
  notes: string[];
  /** How the files were called, and what was said of them. */
  files: { id: string; name: string }[];
  language?: Language;
  address?: string;
}

export interface ImportState {
  id: string;
  source: string;
  summary: ImportSummary;
  createdAt: string;
  doneAt: string | null;
}

export type Brought = Pick<ImportSummary, 'files' | 'language' | 'address'>;

/** The package in the files that were kept. @throws DomainError `import-state` once these are gone */
export async function readKept(deps: Deps, { files, language, address }: Brought): Promise<ImportPackage> {
  const named = files.map(({ id, name }) => ({ name, bytes: bytesOf(deps, id) }));
  return readPackage(named, { ...(language ? { language } : {}), ...(address ? { address } : {}) });
}

async function* bytesOf(deps: Deps, id: string): AsyncGenerator<Uint8Array> {
  const stream = await deps.files.get(id);
  if (!stream) throw new DomainError('import-state', 'The files of this import are gone. Bring them again.');
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** A package beside what there is now. */
export async function planPackage({ deps, owner }: ImportPlace, pack: ImportPackage) {
  const frameworks = [];
  for (const framework of pack.frameworks) frameworks.push(await planFramework(deps.db, owner, framework));
  return { frameworks, achievements: await planAchievements(deps.db, owner, pack.achievements) };
}

/** @throws DomainError `not-found`, also for another institution's */
export async function readImportState({ deps, owner }: ImportPlace, id: string): Promise<ImportState> {
  const [row] = await deps.db.query
    .select()
    .from(catalogueImports)
    .where(and(eq(catalogueImports.id, id), eq(catalogueImports.owner, owner)));
  if (!row) throw notFound('import');
  return presented(row);
}

/** The imports of the last day, newest first. */
export async function listImports({ deps, owner }: ImportPlace): Promise<ImportState[]> {
  const rows = await deps.db.query
    .select()
    .from(catalogueImports)
    .where(eq(catalogueImports.owner, owner))
    .orderBy(desc(catalogueImports.id))
    .limit(20);
  return rows.map(presented);
}

const presented = ({ id, source, summary, createdAt, doneAt }: typeof catalogueImports.$inferSelect): ImportState => ({
  id,
  source,
  // One that was looked at before changes were told has none.
  summary: { ...(summary as unknown as ImportSummary), changes: (summary.changes ?? []) as Change[] },
  createdAt,
  doneAt,
});

/** Forgets imports whose day is over; their files go by their own date. */
export async function sweepImports(deps: Deps): Promise<void> {
  await deps.db.attempt(() =>
    deps.db.query.delete(catalogueImports).where(lte(catalogueImports.expiresAt, deps.clock().toISOString())),
  );
}
