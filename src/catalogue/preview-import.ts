import { DAY_MS } from '../platform/clock.ts';
import { DomainError } from '../platform/errors.ts';
import type { FileKind } from '../platform/file-kind.ts';
import { dropBytes, keepFile, type StoredFile, storeFile } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { fetchOoapi } from './fetch-ooapi.ts';
import { SERVICE } from './frameworks.ts';
import type { NamedBytes } from './import-esco.ts';
import { type Brought, type ImportPlace, type ImportState, planPackage, readKept } from './imports.ts';
import type { ImportPackage } from './package.ts';
import { catalogueImports } from './schema.ts';
import { summariseImport } from './summarise-import.ts';

/** Bytes that the files of one import may have together. */
const IMPORT_LIMIT = 64_000_000;
const plain: ReadonlySet<FileKind> = new Set<FileKind>(['text/plain']);

/** Hands over files, each while it comes in, and says what is to know of them. */
type Bring = (take: (file: NamedBytes) => Promise<void>) => Promise<{ language?: Language; address?: string }>;

/**
 * Reads what is brought, keeps it for a day, and tells what it would change. Nothing of the catalogue is written, and
 * what cannot be read leaves no file. An address counts where no file came.
 * @throws DomainError `import-unreadable`, `import-encoding`, `import-unreachable`, `framework-cycle`, `body-too-large`,
 * `request-invalid` where nothing is brought
 */
export async function previewBrought(place: ImportPlace, bring: Bring): Promise<ImportState> {
  const { deps, now } = place;
  const id = newId(now);
  const stored: StoredFile[] = [];
  const files: Brought['files'] = [];
  const take = async ({ name, bytes }: NamedBytes) => {
    const limit = IMPORT_LIMIT - stored.reduce((size, file) => size + file.size, 0);
    const expiresAt = new Date(now.getTime() + DAY_MS);
    const file = { bytes, name, scope: `import:${id}`, kinds: plain, limit, expiresAt };
    stored.push(await storeFile(deps, file).catch(asText));
    files.push({ id: stored.at(-1)!.id, name: name.slice(-200) });
  };
  try {
    const { language, address } = await bring(take);
    const fetched = stored.length ? undefined : address;
    if (fetched) await take(await fetchedFile(place, fetched));
    if (!stored.length) throw new DomainError('request-invalid', 'Choose a file or give an address.');
    const known = { ...(language ? { language } : {}), ...(fetched ? { address: fetched } : {}) };
    return await keepPreview(place, id, stored, { files, ...known });
  } catch (error) {
    await dropBytes(
      deps,
      stored.map(file => file.id),
    );
    throw error;
  }
}

/** The same for files that are at hand. @throws DomainError as `previewBrought` */
export const previewImport = (
  place: ImportPlace,
  { files, language }: { files: NamedBytes[]; language?: Language },
): Promise<ImportState> =>
  previewBrought(place, async take => {
    for (const file of files) await take(file);
    return language ? { language } : {};
  });

/** Reads an OOAPI and tells what it would change. @throws DomainError `import-unreachable` */
export const previewOoapi = (place: ImportPlace, address: string): Promise<ImportState> =>
  previewBrought(place, async () => ({ address }));

async function fetchedFile({ deps }: ImportPlace, address: string): Promise<NamedBytes> {
  const document = await fetchOoapi(deps, address);
  const bytes = (async function* () {
    yield new TextEncoder().encode(JSON.stringify(document));
  })();
  return { name: 'ooapi.json', bytes };
}

/** Text that is not UTF-8 is text all the same, to who saved it. */
function asText(error: unknown): never {
  const unknown = error instanceof DomainError && error.code === 'media-type-unsupported';
  if (unknown && error.extensions.kind === 'unknown')
    throw new DomainError('import-encoding', 'The file is not text in UTF-8. Save it again as "CSV UTF-8" or as JSON.');
  throw error;
}

async function keepPreview(
  place: ImportPlace,
  id: string,
  stored: StoredFile[],
  brought: Brought,
): Promise<ImportState> {
  const { deps, now, owner } = place;
  const pack = await readKept(deps, brought);
  refuseForService(owner, pack);
  const summary = summariseImport(await planPackage(place, pack), pack, brought);
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
