/** Tables of links: CSV, what is pasted out of a spreadsheet, and XLSX. Which column holds the links is told by content. */
import { parse as parseCsv } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/universal';
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
  assertUnpacks(bytes, file);
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
 * Looks at what a ZIP says that it unpacks to before anything is unpacked (APPNOTE 6.3.10 §4.3.12, §4.3.16); the library
 * makes room for just that much. @throws DomainError `request-invalid`
 */
function assertUnpacks(bytes: Uint8Array, file: string | undefined): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unreadable = () => refused('sheet-unreadable', { file });
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65_558 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw unreadable();
  // ZIP64 is for archives of 4 GB and more.
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) throw unreadable();
  const parts = view.getUint16(end + 8, true);
  if (parts > MAX_PARTS) throw refused('sheet-too-large', { file });
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let part = 0; part < parts; part++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw unreadable();
    const size = view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const isXml = /\.xml(\.rels)?$/.test(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)));
    if (isXml) unpacked += size;
    if ((isXml && size > MAX_PART) || unpacked > MAX_UNPACKED) throw refused('sheet-too-large', { file });
    at += 46 + name + extra + comment;
  }
}
