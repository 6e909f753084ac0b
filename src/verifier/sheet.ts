/**
 * Tables of links: CSV, what is pasted out of a spreadsheet, and XLSX. Which column holds the links is told by content.
 */
import { parse as parseCsv } from 'csv-parse/sync';
import { inflatedLength } from '../vc/inflate.ts';
import { refused } from './batch-refused.ts';
import { isToken, linkIn } from './inputs/text.ts';

/** A text to check, and what stood beside it. */
export interface SheetRow {
  text: string;
  label: string;
}

const MAX_ROWS = 2_000;
const MAX_COLUMNS = 100;
const MAX_LABEL = 200;
/** Characters of a table as text. */
const MAX_TABLE = 2_000_000;
// An unpacked part of 512 KB or more would be unpacked in a worker of the library's own, and no list of 200 has one.
const MAX_PART = 500_000;
const MAX_PARTS = 100;
const MAX_UNPACKED = 2_000_000;

/** @throws DomainError `request-invalid` with a kind */
export function readTable(text: string, file?: string): SheetRow[] {
  if (text.length > MAX_TABLE) throw refused('sheet-too-large', { file });
  let rows: string[][];
  try {
    rows = parseCsv(text, {
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: MAX_ROWS + 1,
    });
  } catch (cause) {
    throw refused('sheet-unreadable', { file, cause });
  }
  return rowsOf(rows, file);
}

/** @throws DomainError `request-invalid` with a kind */
export async function readWorkbook(bytes: Uint8Array, file?: string): Promise<SheetRow[]> {
  await assertUnpacks(bytes, file);
  const { readSheet } = await import('read-excel-file/universal');
  let cells: unknown[][];
  try {
    cells = await readSheet(new Uint8Array(bytes).buffer);
  } catch (cause) {
    throw refused('sheet-unreadable', { file, cause });
  }
  return rowsOf(
    cells.map(row => row.map(cell => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '')))),
    file,
  );
}

/** Cells that are pasted out of a spreadsheet come with tabs between them. */
function delimiterOf(text: string): string {
  const lines = text.split('\n', 50).filter(line => line.trim() !== '');
  const has = (sign: string) => lines.filter(line => line.includes(sign)).length * 2 > lines.length;
  return ['\t', ';'].find(has) ?? ',';
}

/** Whether a text is meant to be checked: a link, a token, or a badge itself. */
const isMeant = (cell: string): boolean => cell.startsWith('{') || isToken(cell) || linkIn(cell) !== undefined;

function rowsOf(table: string[][], file: string | undefined): SheetRow[] {
  const rows = table.map(row => row.map(cell => cell.trim())).filter(row => row.some(cell => cell !== ''));
  if (rows.length > MAX_ROWS || rows.some(row => row.length > MAX_COLUMNS)) throw refused('sheet-too-large', { file });
  const width = Math.max(0, ...rows.map(row => row.length));
  const counts = Array.from({ length: width }, (_, i) => rows.filter(row => isMeant(row[i] ?? '')).length);
  const most = Math.max(0, ...counts);
  // One column of words: each line is told that it is no badge.
  if (most === 0 && width > 1) throw refused('sheet-no-links', { file });
  const column = most === 0 ? 0 : counts.indexOf(most);
  const first = rows[0]?.[column] ?? '';
  const hasHead = most > 0 && !isMeant(first) && width > 1;
  return rows.slice(hasHead ? 1 : 0).map(row => ({ text: row[column] ?? '', label: labelOf(row, column) }));
}

const labelOf = (row: string[], column: number): string =>
  row
    .filter((cell, i) => i !== column && cell !== '')
    .join(' · ')
    .slice(0, MAX_LABEL);

/**
 * Looks at what a ZIP unpacks to before the library unpacks it (APPNOTE 6.3.10 §4.3.7, §4.3.12, §4.3.16). What it says of
 * itself is not enough: the library makes room for that much and goes on to the end of the data, however much comes out.
 * @throws DomainError `request-invalid`
 */
async function assertUnpacks(bytes: Uint8Array, file: string | undefined): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unreadable = (cause?: unknown) => refused('sheet-unreadable', { file, cause });
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65_558 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw unreadable();
  // ZIP64 is for archives of 4 GB and more.
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) throw unreadable();
  const parts = view.getUint16(end + 8, true);
  if (parts > MAX_PARTS) throw refused('sheet-too-large', { file });
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  const packed: { size: number; data: Uint8Array }[] = [];
  for (let part = 0; part < parts; part++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw unreadable();
    const [packedSize, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const lengthAt = (offset: number) => view.getUint16(at + offset, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + lengthAt(28)));
    if (/\.xml(\.rels)?$/.test(name)) {
      unpacked += size;
      if (size > MAX_PART || unpacked > MAX_UNPACKED) throw refused('sheet-too-large', { file });
      const head = view.getUint32(at + 42, true);
      if (head + 30 > bytes.length) throw unreadable();
      const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
      const stored = lengthAt(10) === 0;
      if (stored && packedSize !== size) throw unreadable();
      if (!stored) packed.push({ size, data: bytes.subarray(start, start + packedSize) });
    }
    at += 46 + lengthAt(28) + lengthAt(30) + lengthAt(32);
  }
  for (const { size, data } of packed) {
    const length = await inflatedLength([data], size, 'deflate-raw').catch(cause => {
      throw unreadable(cause);
    });
    if (length !== size) throw unreadable();
  }
}
