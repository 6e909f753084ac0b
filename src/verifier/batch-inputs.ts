import { refused } from './batch-refused.ts';
import { isToken } from './inputs/text.ts';
import { readTable, readWorkbook, type SheetRow } from './sheet.ts';

/** One thing to check, and how the reader knows it. */
export type BatchInput = { name: string } & ({ text: string } | { file: Uint8Array });

/** Bytes of a file: in base64 it has to fit a row of D1. */
const MAX_FILE = 1_400_000;
const MAX_NAME = 200;

/** What was pasted: links or badges, each on a line; cells of a spreadsheet; a JSON list of badges. */
export function inputsOfText(text: string): BatchInput[] {
  const whole = text.trim();
  if (whole === '') return [];
  if (whole.startsWith('{')) return [{ name: nameOf(whole), text: whole }];
  if (whole.startsWith('[')) {
    const list = readList(whole);
    if (list) return list.map(one => ({ name: nameOf(one), text: one }));
  }
  return readTable(whole).map(inputOf);
}

/** What is in a file: a spreadsheet, a list of links, or one badge in any form that a single check reads. */
export async function inputsOfFile(name: string, bytes: Uint8Array): Promise<BatchInput[]> {
  const called = name.slice(-MAX_NAME);
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return (await readWorkbook(bytes, called)).map(inputOf);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw refused('sheet-old', { file: called });
  const table = tableIn(called, bytes);
  if (table !== undefined) return readTable(table, called).map(inputOf);
  if (bytes.length > MAX_FILE) throw refused('file-too-large', { file: called });
  return [{ name: called, file: bytes }];
}

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

/** The text of a table or a list of links; undefined for anything else. */
function tableIn(name: string, bytes: Uint8Array): string | undefined {
  const isTable = /\.(csv|tsv)$/i.test(name);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (isTable) throw refused('sheet-encoding', { file: name });
    return undefined;
  }
  if (text.includes('\0')) {
    if (isTable) throw refused('sheet-encoding', { file: name });
    return undefined;
  }
  if (isTable) return text;
  const whole = text.trim();
  return /^[{[<]/.test(whole) || isToken(whole) || !whole.includes('\n') ? undefined : whole;
}

const inputOf = ({ text, label }: SheetRow): BatchInput => ({ name: label || nameOf(text), text });

/** A text in short: a link as it stands, as far as it goes. */
function nameOf(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function readList(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(one => (typeof one === 'string' ? one : JSON.stringify(one))) : undefined;
  } catch {
    return undefined;
  }
}
