/**
 * A package of a portfolio, opened: every entry is named by its list of contents, has the hash that it says, and is
 * something's.
 */
import type { z } from 'zod';
import type { Deps } from '../platform/context.ts';
import type { StoredFile } from '../platform/files.ts';
import { parseJson } from '../platform/json.ts';
import { listZip, readEntry, refusePackage, type ZipEntry } from '../platform/read-zip.ts';
import { hex, sha256 } from '../vc/bytes.ts';
import { manifest, type PackedPortfolio, packedPortfolio } from './portfolio-format.ts';

const LIMITS = { entries: 25_000, total: 2_000_000_000 };
/** Bytes of what is no file of the person: held as a whole while it is read. */
const TEXT_LIMIT = 32_000_000;

/** A package whose list of contents names each entry, with the hash that it has to have. */
export interface Package {
  content: PackedPortfolio;
  /** The bytes of an entry that the list names. @throws DomainError `import-unreadable` */
  read: (name: string, most: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** @throws DomainError `import-unreadable` with the fault */
export async function openPackage(deps: Deps, { id, size }: StoredFile): Promise<Package> {
  const entries = new Map((await listZip(deps.files, id, size, LIMITS)).map(entry => [entry.name, entry]));
  const open = (entry: ZipEntry | undefined, most: number) => {
    if (!entry) throw refusePackage('manifest');
    if (entry.size > most) throw refusePackage('bomb', entry.name);
    return readEntry(deps.files, id, entry);
  };
  const list = readAs(manifest, await open(entries.get('manifest.json'), TEXT_LIMIT), 'manifest');
  const named = new Map(list.entries.map(entry => [entry.name, entry]));
  const same =
    named.size === list.entries.length &&
    named.size === entries.size - 1 &&
    list.entries.every(({ name, size: told }) => entries.get(name)?.size === told);
  if (!same || named.has('manifest.json')) throw refusePackage('manifest');
  const read: Package['read'] = async (name, most) => {
    const bytes = await open(entries.get(name), most);
    if (hex(await sha256(bytes)) !== named.get(name)?.sha256) throw refusePackage('hash', name);
    return bytes;
  };
  const content = readAs(packedPortfolio, await read('portfolio.json', TEXT_LIMIT), 'contents');
  judge(content, named);
  // What nothing names is read all the same: nothing is taken from a package of which a part is not whole.
  for (const { name } of list.entries) if (name.startsWith('elm/')) await read(name, TEXT_LIMIT);
  return { content, read };
}

function readAs<T extends z.ZodType>(schema: T, bytes: Uint8Array, fault: 'manifest' | 'contents'): z.infer<T> {
  let value: unknown;
  try {
    value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refusePackage(fault);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refusePackage(fault, parsed.error.issues[0]?.path.join('.'));
  return parsed.data;
}

/** Each thing has a number of its own, and every entry is something's. */
function judge(content: PackedPortfolio, named: ReadonlyMap<string, unknown>): void {
  const shown = content.experiences.flatMap(e => e.evidence);
  for (const list of [content.experiences, shown, content.references, content.goals])
    if (new Set(list.map(item => item.id)).size !== list.length) throw refusePackage('contents');
  const outcomes = new Set(content.selfAssessments.map(said => said.outcomeId));
  const wanted = content.goals.flatMap(goal => goal.achievementId ?? []);
  const once = outcomes.size === content.selfAssessments.length && new Set(wanted).size === wanted.length;
  if (!once || shown.some(item => (item.url === null) === (item.file === null))) throw refusePackage('contents');
  const files = [...shown, ...content.references].flatMap(item => item.file?.path ?? []);
  const badges = content.badges.map(badge => badge.path);
  const used = new Set(['portfolio.json', ...files, ...badges]);
  if (used.size !== 1 + files.length + badges.length) throw refusePackage('contents');
  for (const name of used) if (!named.has(name)) throw refusePackage('manifest', name);
  for (const name of named.keys())
    if (!used.has(name) && !name.startsWith('elm/')) throw refusePackage('contents', name);
}
