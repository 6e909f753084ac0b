import { DomainError } from '../platform/errors.ts';

/** A record of a CSV file, by the names of its columns; `broken` when it is none. */
export type CsvRow = { line: number; cells: Record<string, string>; broken?: undefined } | Broken;
interface Broken {
  line: number;
  broken: 'quotes' | 'columns' | 'too-long';
}

/** Whether a line begins a record; `within` quotes that are open it may as well be text. */
export type Begins = (line: string, header: readonly string[], within: boolean) => boolean;

/** Characters that a record may have; the longest description of ESCO has a few thousand. */
const MAX_RECORD = 200_000;

/**
 * Reads CSV (RFC 4180) as it comes in, a record at a time. A record that is not right is told with its line, and reading
 * goes on at the next line that `begins` one, so that a quote that was never closed costs one record and not the file.
 * @throws DomainError `import-encoding` when it is not UTF-8, `import-unreadable` without a header
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, begins: Begins): AsyncGenerator<CsvRow> {
  let header: string[] | undefined;
  let delimiter = ',';
  let record: string[] = [];
  let first = 0;
  let length = 0;
  let quotes = 0;
  let skipping = false;
  let number = 0;
  const fresh = () => {
    record = [];
    length = quotes = 0;
  };
  for await (const line of lines(bytes)) {
    number++;
    if (!header) {
      delimiter = (line?.match(/;/g)?.length ?? 0) > (line?.match(/,/g)?.length ?? 0) ? ';' : ',';
      header = line === undefined ? undefined : splitRecord(line, delimiter)?.map(name => name.trim());
      if (!header || new Set(header).size !== header.length)
        throw new DomainError('import-unreadable', 'The first line does not name the columns, each once.');
      continue;
    }
    if (line === undefined) {
      if (record.length) yield { line: first, broken: 'quotes' };
      yield { line: number, broken: 'too-long' };
      fresh();
      skipping = true;
      continue;
    }
    const begin = begins(line, header, quotes % 2 === 1);
    if (skipping && !begin) continue;
    skipping = false;
    if (!record.length && line.trim() === '') continue;
    if (record.length && begin) {
      // The one before was still open when this one began.
      yield { line: first, broken: 'quotes' };
      fresh();
    }
    if (!record.length) first = number;
    record.push(line);
    length += line.length;
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) quotes++;
    if (length > MAX_RECORD) {
      yield { line: first, broken: 'too-long' };
      fresh();
      skipping = true;
    } else if (quotes % 2 === 0) {
      const cells = splitRecord(record.join('\n'), delimiter);
      fresh();
      skipping = !cells || cells.length !== header.length;
      if (!cells) yield { line: first, broken: 'quotes' };
      else if (cells.length !== header.length) yield { line: first, broken: 'columns' };
      else yield { line: first, cells: Object.fromEntries(header.map((name, i) => [name, cells[i]!])) };
    }
  }
  if (record.length) yield { line: first, broken: 'quotes' };
  if (!header) throw new DomainError('import-unreadable', 'The file is empty.');
}

/** The cells of one record; undefined when its quotes are not right. */
function splitRecord(text: string, delimiter: string): string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; ;) {
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        end = text.indexOf('"', end);
        if (end < 0) return undefined;
        if (text[end + 1] !== '"') break;
        end += 2;
      }
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < text.length && text[at] !== delimiter) return undefined;
    } else {
      const end = text.indexOf(delimiter, at);
      const cell = end < 0 ? text.slice(at) : text.slice(at, end);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
      at = end < 0 ? text.length : end;
    }
    if (at >= text.length) return cells;
    at++;
  }
}

/**
 * The lines of a text in UTF-8, without a byte order mark; undefined in the place of one that is too long.
 * @throws DomainError `import-encoding`
 */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  let rest = '';
  let cut = false;
  for await (const text of decode(bytes)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    for (const line of parts) {
      yield cut || line.length > MAX_RECORD ? undefined : line.replace(/\r$/, '');
      cut = false;
    }
    // The rest of it is read and forgotten.
    if (rest.length > MAX_RECORD) cut = true;
    if (cut) rest = '';
  }
  if (cut) yield undefined;
  else if (rest) yield rest;
}

/** Bytes as text. @throws DomainError `import-encoding` for any other encoding than UTF-8 */
export async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new DomainError('import-encoding', 'The file is not UTF-8. Save it again as "CSV UTF-8" or as JSON.');
    }
  };
  for await (const chunk of bytes) {
    const text = read(chunk);
    if (text.includes('\u0000')) throw new DomainError('import-encoding', 'The file is not text in UTF-8.');
    yield text;
  }
  yield read();
}
