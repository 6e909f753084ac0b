/**
 * A ZIP that lies in the store, read by its own list of contents (APPNOTE 6.3.10 §4.3): entries one at a time, never the
 * whole. What a program could read in two ways, or what unpacks to more than it says, is refused before a byte of it is
 * unpacked.
 */
import { DomainError } from './errors.ts';
import type { FileStore } from './files.ts';

export interface ZipEntry {
  name: string;
  /** Bytes that come out of it. */
  size: number;
  /** 0: as they are, 8: deflated. */
  method: number;
  packed: number;
  /** Where its own header stands. */
  at: number;
}

interface ZipLimits {
  /** Entries, and bytes that come out of all of them. */
  entries: number;
  total: number;
}

/** Why a package is refused. */
type PackageFault = 'not-a-zip' | 'path' | 'twice' | 'bomb' | 'manifest' | 'hash' | 'contents' | 'kind';

const faults: Record<PackageFault, string> = {
  'not-a-zip': 'This is no ZIP, or it was cut off on its way.',
  path: 'A name in this ZIP leads outside of it.',
  twice: 'This ZIP holds two entries of one name, or entries that lie over each other.',
  bomb: 'This ZIP unpacks to more than is taken.',
  manifest: 'The list of contents (manifest.json) is missing, or does not name what is in the ZIP.',
  hash: 'A file in this ZIP is not the one that its list of contents names.',
  contents: 'The portfolio in this ZIP does not have the expected form.',
  kind: 'This ZIP holds a kind of file that is not kept here.',
};

export const refusePackage = (fault: PackageFault, name?: string): DomainError =>
  new DomainError('import-unreadable', faults[fault], {
    extensions: { fault, ...(name === undefined ? {} : { name: name.slice(0, 200) }) },
  });

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
/** The last record, and the longest comment behind it. */
const TAIL = 22 + 65_535;
/** Bytes of the list of contents: 25,000 entries with long names. */
const LIST_LIMIT = 8_000_000;
/** Deflate reaches 1,032 to 1; what people bring does not. */
const RATIO = 250;

/** @throws DomainError `import-unreadable` */
export async function listZip(files: FileStore, id: string, size: number, limits: ZipLimits): Promise<ZipEntry[]> {
  const end = await readEnd(files, id, size);
  if (end.entries > limits.entries || end.length > LIST_LIMIT) throw refusePackage('bomb');
  const list = await readRange(files, id, end.at, end.length);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let n = 0; n < end.entries; n++) {
    const { entry, next } = readListed(list, at);
    at = next;
    if (entry.name.endsWith('/') && entry.size === 0) continue;
    entries.push(entry);
  }
  if (at !== end.length) throw refusePackage('not-a-zip');
  judge(entries, end.at, limits.total);
  return entries;
}

async function readEnd(files: FileStore, id: string, size: number) {
  if (size < 22) throw refusePackage('not-a-zip');
  const from = Math.max(0, size - TAIL);
  const tail = await readRange(files, id, from, size - from);
  const view = viewOf(tail);
  for (let i = tail.length - 22; i >= 0; i--) {
    if (view.getUint32(i, true) !== END || i + 22 + view.getUint16(i + 20, true) !== tail.length) continue;
    const entries = view.getUint16(i + 10, true);
    const [length, at] = [view.getUint32(i + 12, true), view.getUint32(i + 16, true)];
    // One disk, and no ZIP64: what is taken here is smaller.
    const whole = view.getUint32(i + 4, true) === 0 && view.getUint16(i + 8, true) === entries;
    if (!whole || at + length !== from + i) throw refusePackage('not-a-zip');
    return { entries, at, length };
  }
  throw refusePackage('not-a-zip');
}

function readListed(list: Uint8Array, at: number): { entry: ZipEntry; next: number } {
  const view = viewOf(list);
  if (at + 46 > list.length || view.getUint32(at, true) !== LISTED) throw refusePackage('not-a-zip');
  const [nameLength, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true)) as [
    number,
    number,
    number,
  ];
  const next = at + 46 + nameLength + extra + comment;
  if (next > list.length) throw refusePackage('not-a-zip');
  const entry = {
    name: nameOf(list.subarray(at + 46, at + 46 + nameLength)),
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  };
  const encrypted = (view.getUint16(at + 8, true) & 0x41) !== 0;
  if (encrypted || (entry.method !== 0 && entry.method !== 8)) throw refusePackage('not-a-zip');
  if (entry.method === 0 && entry.packed !== entry.size) throw refusePackage('not-a-zip');
  return { entry, next };
}

/** A relative name of plain parts (threat P5). */
function nameOf(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusePackage('path');
  }
  const parts = name.replace(/\/$/, '').split('/');
  const plain = parts.every(part => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{Cc}\p{Cf}]/u.test(part));
  if (!plain || name.length > 300) throw refusePackage('path', name);
  return name;
}

/** Each name once, each byte once, and no more out of it than is taken. */
function judge(entries: readonly ZipEntry[], end: number, most: number): void {
  const names = new Set(entries.map(entry => entry.name.normalize('NFC').toLowerCase()));
  if (names.size !== entries.length) throw refusePackage('twice');
  let total = 0;
  for (const { size, packed, name } of entries) {
    total += size;
    if (total > most || (size > 1_000_000 && size > packed * RATIO)) throw refusePackage('bomb', name);
  }
  const placed = [...entries].sort((a, b) => a.at - b.at);
  placed.forEach((entry, i) => {
    if (entry.at + 30 + entry.packed > (placed[i + 1]?.at ?? end)) throw refusePackage('twice', entry.name);
  });
}

/**
 * The bytes of one entry. @throws DomainError `import-unreadable`, also for one that unpacks to more than it said
 */
export async function readEntry(files: FileStore, id: string, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const header = viewOf(await readRange(files, id, entry.at, 30));
  if (header.getUint32(0, true) !== LOCAL) throw refusePackage('not-a-zip', entry.name);
  const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const bytes = await readRange(files, id, start, entry.packed);
  return entry.method === 0 ? bytes : inflateTo(bytes, entry);
}

async function inflateTo(packed: Uint8Array<ArrayBuffer>, { size, name }: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  let filled = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > size) throw refusePackage('bomb', name);
      whole.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof DomainError ? error : refusePackage('not-a-zip', name);
  }
  if (filled !== size) throw refusePackage('not-a-zip', name);
  return whole;
}

async function readRange(files: FileStore, id: string, offset: number, length: number) {
  const whole = new Uint8Array(length);
  if (!length) return whole;
  const stream = await files.get(id, { offset, length });
  if (!stream) throw refusePackage('not-a-zip');
  let filled = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    whole.set(value.subarray(0, length - filled), filled);
    filled += value.length;
  }
  if (filled !== length) throw refusePackage('not-a-zip');
  return whole;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
