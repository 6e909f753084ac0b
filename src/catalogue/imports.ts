import { and, desc, eq, isNull, lte } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Actor, Ctx, Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { FileKind } from '../platform/file-kind.ts';
import { dropBytes, keepFile, type StoredFile, storeFile } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { achievementStatements, applyFramework, changesAnything } from './apply-import.ts';
import { fetchOoapi } from './fetch-ooapi.ts';
import { SERVICE } from './frameworks.ts';
import type { NamedBytes } from './import-esco.ts';
import type { ImportKind, ImportPackage, Refused } from './package.ts';
import { planAchievements, planFramework } from './plan-import.ts';
import { readPackage } from './read-package.ts';
import { catalogueImports } from './schema.ts';

/** Bytes that one file of an import may have. */
const IMPORT_LIMIT = 64_000_000;
/** As many refused rows, and as many names of each kind, are told one by one. */
const TOLD = 100;
const SAMPLE = 12;
const plain: ReadonlySet<FileKind> = new Set<FileKind>(['text/plain']);

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
    items: { name: string; change: 'added' | 'changed'; overDraft: boolean; notes: string[] }[];
  };
  frameworks: { uri: string; names: { nl?: string; en?: string }; isNew: boolean }[];
  samples: { added: string[]; changed: string[] };
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

interface ImportInput {
  files: NamedBytes[];
  language?: Language;
}

/** Reads files, keeps them for a day, and tells what they would change. Nothing of the catalogue is written. */
export async function previewImport(place: ImportPlace, input: ImportInput): Promise<ImportState> {
  const { deps, now } = place;
  const id = newId(now);
  const expiresAt = new Date(now.getTime() + DAY_MS);
  const stored: StoredFile[] = [];
  try {
    for (const { name, bytes } of input.files)
      stored.push(
        await storeFile(deps, {
          bytes,
          name,
          scope: `import:${id}`,
          kinds: plain,
          limit: IMPORT_LIMIT,
          expiresAt,
        }).catch(asText),
      );
    const files = stored.map((file, i) => ({ id: file.id, name: input.files[i]!.name.slice(-200) }));
    const options = input.language ? { language: input.language } : {};
    return await keepPreview(place, id, stored, { files, ...options });
  } catch (error) {
    await dropBytes(
      deps,
      stored.map(file => file.id),
    );
    throw error;
  }
}

/** Reads an OOAPI and tells what it would change. @throws DomainError `import-unreachable` */
export async function previewOoapi(place: ImportPlace, address: string): Promise<ImportState> {
  const document = await fetchOoapi(place.deps, address);
  const { deps, now } = place;
  const id = newId(now);
  const bytes = (async function* () {
    yield new TextEncoder().encode(JSON.stringify(document));
  })();
  const file = await storeFile(deps, {
    bytes,
    name: 'ooapi',
    scope: `import:${id}`,
    kinds: plain,
    limit: IMPORT_LIMIT,
    expiresAt: new Date(now.getTime() + DAY_MS),
  });
  try {
    return await keepPreview(place, id, [file], { files: [{ id: file.id, name: 'ooapi.json' }], address });
  } catch (error) {
    await dropBytes(deps, [file.id]);
    throw error;
  }
}

/** Text that is not UTF-8 is text all the same, to who saved it. */
function asText(error: unknown): never {
  const unknown = error instanceof DomainError && error.code === 'media-type-unsupported';
  if (unknown && error.extensions.kind === 'unknown')
    throw new DomainError('import-encoding', 'The file is not text in UTF-8. Save it again as "CSV UTF-8" or as JSON.');
  throw error;
}

type Brought = Pick<ImportSummary, 'files' | 'language' | 'address'>;

async function keepPreview(
  place: ImportPlace,
  id: string,
  stored: StoredFile[],
  brought: Brought,
): Promise<ImportState> {
  const { deps, now, owner } = place;
  const pack = await readAgain(deps, brought);
  refuseForService(owner, pack);
  const summary = await summarise(place, pack, brought);
  const source = brought.address ?? brought.files.map(file => file.name).join(', ');
  const row = {
    id,
    owner,
    kind: pack.kind,
    source: source.slice(0, 500),
    fileId: stored[0]!.id,
    summary: summary as unknown as Record<string, unknown>,
    createdAt: now.toISOString(),
    expiresAt: stored[0]!.expiresAt!,
  };
  await deps.db.batch([
    ...stored.flatMap(file => keepFile(deps, file)),
    deps.db.query.insert(catalogueImports).values(row),
  ]);
  return { id, source: row.source, summary, createdAt: row.createdAt, doneAt: null };
}

function refuseForService(owner: string, pack: ImportPackage): void {
  if (owner === SERVICE && pack.achievements.length)
    throw new DomainError('import-unreadable', 'Achievements belong to an institution: say which one.');
}

/** The package in the kept files. */
async function readAgain(deps: Deps, { files, language, address }: Brought): Promise<ImportPackage> {
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

async function plansOf({ deps, owner }: ImportPlace, pack: ImportPackage) {
  const frameworks = [];
  for (const framework of pack.frameworks) frameworks.push(await planFramework(deps.db, owner, framework));
  return { frameworks, achievements: await planAchievements(deps.db, owner, pack.achievements) };
}

async function summarise(place: ImportPlace, pack: ImportPackage, brought: Brought): Promise<ImportSummary> {
  const { frameworks, achievements } = await plansOf(place, pack);
  const sum = (of: (plan: (typeof frameworks)[number]) => number) => frameworks.reduce((n, plan) => n + of(plan), 0);
  const names = (which: 'added' | 'changed') =>
    frameworks
      .flatMap(plan => plan[which])
      .slice(0, SAMPLE)
      .map(({ words }) => (words.nl ?? words.en)!.name.slice(0, 200));
  const count = (change: string) => achievements.filter(plan => plan.change === change).length;
  return {
    kind: pack.kind,
    outcomes: {
      added: sum(plan => plan.added.length),
      changed: sum(plan => plan.changed.length),
      unchanged: sum(plan => plan.unchanged),
      retired: sum(plan => plan.retired.length),
    },
    links: { added: sum(plan => plan.linksAdded.length), removed: sum(plan => plan.linksRemoved.length) },
    achievements: {
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      items: achievements.flatMap(({ change, content, overDraft, item }) =>
        change === 'unchanged' ? [] : [{ name: content.name, change, overDraft, notes: item.notes.slice(0, 10) }],
      ),
    },
    frameworks: frameworks.map(({ package: { framework }, frameworkId }) => ({
      uri: framework.uri,
      names: framework.names,
      isNew: frameworkId === undefined,
    })),
    samples: { added: names('added'), changed: names('changed') },
    refused: pack.refused.slice(0, TOLD),
    refusedCount: pack.refused.length,
    notes: pack.notes,
    ...brought,
  };
}

/** Drafts that are made in one commit. */
const DRAFTS = 20;

/**
 * Does what was looked at. It reads the kept files again and lays them beside what there is now, so a second run, or one
 * after a death halfway, does what is left and nothing twice.
 * @throws DomainError `not-found`, `import-state`
 */
export async function doImport(place: ImportPlace, id: string): Promise<ImportState> {
  const before = await readImportState(place, id);
  if (before.doneAt) return before;
  const { deps, owner, actor, now } = place;
  const { db } = deps;
  const pack = await readAgain(deps, before.summary);
  const { frameworks, achievements } = await plansOf(place, pack);
  const changes = frameworks.filter(changesAnything);
  const last = [];
  for (const plan of changes) last.push(...(await applyFramework(db, owner, plan, now)));
  const drafts = achievements.filter(plan => plan.change !== 'unchanged');
  for (let i = 0; i < drafts.length; i += DRAFTS) {
    const { statements, entries } = achievementStatements(db, owner, drafts.slice(i, i + DRAFTS), { actor, at: now });
    try {
      await commit(db, statements, entries as [AuditEntry, ...AuditEntry[]]);
    } catch (error) {
      // Someone did the same in the same moment; what is left is found by looking again.
      if (violatedKey(error) === 'achievements.institution_id, achievements.import_digest') return doImport(place, id);
      throw error;
    }
  }
  const done = db.query
    .update(catalogueImports)
    .set({ doneAt: now.toISOString() })
    .where(and(eq(catalogueImports.id, id), isNull(catalogueImports.doneAt)));
  const { outcomes, links, kind } = before.summary;
  if (!changes.length) await db.batch([done]);
  else
    await commit(
      db,
      [...last, done],
      [
        {
          institution: owner === SERVICE ? OPERATOR : owner,
          actor,
          action: 'framework.import',
          subject: id,
          at: now,
          details: { kind, outcomes, links },
        },
      ],
    );
  return readImportState(place, id);
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
  summary: summary as unknown as ImportSummary,
  createdAt,
  doneAt,
});

/** Forgets imports whose day is over; their files go by their own date. */
export async function sweepImports(deps: Deps): Promise<void> {
  await deps.db.attempt(() =>
    deps.db.query.delete(catalogueImports).where(lte(catalogueImports.expiresAt, deps.clock().toISOString())),
  );
}
