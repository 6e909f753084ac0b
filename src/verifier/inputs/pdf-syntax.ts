// The objects of a PDF (ISO 32000-2 §7.3), as far as they are needed to find a file in it. The reader walks the text once
// and follows nothing; what it cannot understand it leaves out.

type PdfName = { name: string };
type PdfRef = { ref: number };
export type PdfDict = Map<string, PdfValue>;
export type PdfValue = number | boolean | null | string | PdfName | PdfRef | PdfValue[] | PdfDict;

/** Not a value of a PDF: whoever asked leaves it out. `end`: how far it was read. */
export class NoValue extends Error {
  end = 0;
}

const MAX_DEPTH = 32;
const MAX_STRING = 65_536;
/** White space and comments in one place, and digits of one text in hexadecimal. */
export const MAX_SPACE = 4_096;
const NUMBER = /[+-]?(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})/y;
const REF = /(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R(?![A-Za-z])/y;
const NAME = /\/([^\0\t\n\f\r ()<>[\]{}/%]{0,127})/y;
const HEX = /<([\da-fA-F\0\t\n\f\r ]{0,4096})>/y;
const PLAIN = /[^\\()]{1,65536}/y;
const WORD = /true|false|null/y;

/** Reads one value of `text`, which has one character for each byte, at `start`. @throws NoValue */
export function readValue(text: string, start: number): { value: PdfValue; end: number } {
  let at = start;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };

  function read(depth: number): PdfValue {
    if (depth > MAX_DEPTH) throw new NoValue();
    at = skipSpace(text, at);
    if (text.startsWith('<<', at)) return readDict(depth);
    let found: RegExpExecArray | null;
    switch (text[at]) {
      case '[':
        return readArray(depth);
      case '(':
        return readString();
      case '<':
        found = match(HEX);
        if (found) return fromHex(found[1]!);
        throw new NoValue();
      case '/':
        return { name: match(NAME)![1]!.replace(/#([\da-fA-F]{2})/g, (_, code) => fromHex(code)) };
    }
    found = match(REF);
    if (found) return { ref: Number(found[1]) };
    found = match(NUMBER);
    if (found) return Number(found[0]);
    found = match(WORD);
    if (found) return found[0] === 'null' ? null : found[0] === 'true';
    throw new NoValue();
  }

  function readArray(depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    for (at = skipSpace(text, at + 1); text[at] !== ']'; at = skipSpace(text, at)) items.push(read(depth + 1));
    at++;
    return items;
  }

  function readDict(depth: number): PdfDict {
    const dict: PdfDict = new Map();
    for (at = skipSpace(text, at + 2); !text.startsWith('>>', at); at = skipSpace(text, at)) {
      const key = read(depth + 1);
      if (typeof key !== 'object' || key === null || !('name' in key)) throw new NoValue();
      dict.set(key.name, read(depth + 1));
    }
    at += 2;
    return dict;
  }

  /** §7.3.4.2: parentheses in pairs stand for themselves, the others behind a backslash. */
  function readString(): string {
    let level = 1;
    let out = '';
    for (at++; level > 0; at++) {
      out += match(PLAIN)?.[0] ?? '';
      const char = text[at];
      if (char === undefined || out.length > MAX_STRING) throw new NoValue();
      if (char === '\\') out += readEscape();
      else {
        if (char === '(') level++;
        if (char === ')') level--;
        if (level > 0) out += char;
      }
    }
    return out;
  }

  function readEscape(): string {
    const octal = /[0-7]{1,3}/y;
    octal.lastIndex = at + 1;
    const code = octal.exec(text)?.[0];
    at += code?.length ?? 1;
    if (code) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    const char = text[at] ?? '';
    return (
      ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' } as Record<string, string>)[char] ?? char
    );
  }

  try {
    const value = read(1);
    return { value, end: at };
  } catch (error) {
    if (error instanceof NoValue) error.end = at;
    throw error;
  }
}

/** Past white space and comments (§7.2). @throws NoValue when there is no end to it */
export function skipSpace(text: string, start: number): number {
  let comment = false;
  for (let at = start; at < start + MAX_SPACE; at++) {
    const code = text.charCodeAt(at);
    const newLine = code === 10 || code === 13;
    if (code === 0x25) comment = true;
    else if (newLine) comment = false;
    else if (!comment && !(code === 0 || code === 9 || code === 12 || code === 32)) return at;
  }
  throw new NoValue();
}

function fromHex(digits: string): string {
  const clean = digits.replace(/[^\da-fA-F]/g, '');
  let out = '';
  for (let i = 0; i < clean.length; i += 2)
    out += String.fromCharCode(Number.parseInt(clean.slice(i, i + 2).padEnd(2, '0'), 16));
  return out;
}

/** A text string (§7.9.2.2): UTF-16 or UTF-8 when it says so; else near enough to Latin-1. */
export function readText(value: PdfValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const bytes = Uint8Array.from(value, char => char.charCodeAt(0));
  if (value.startsWith('\xfe\xff')) return new TextDecoder('utf-16be').decode(bytes);
  if (value.startsWith('\xef\xbb\xbf')) return new TextDecoder().decode(bytes);
  return value;
}
