/**
 * JSON as untrusted input: one text has one meaning, or it is refused.
 *
 * `JSON.parse` alone lets the last of two equal keys win, turns 1e400 into Infinity and keeps half a surrogate pair;
 * two readers of such a text can each see another document. RFC 7493 (I-JSON) forbids these, and so do we.
 */
import { DomainError } from './errors.ts';

export { canonicalJson } from '../vc/jcs.ts';

const DEFAULT_MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO_WIDTH_NO_BREAK_SPACE = 0xfeff;

/**
 * Parses `text` as I-JSON (RFC 7493), in linear time and without recursion.
 *
 * Promises that no object has two equal keys (after unescaping) or a key `__proto__`, that every string is well-formed
 * Unicode without NUL, that every number is finite, and that arrays and objects are at most `maxDepth` levels deep.
 *
 * @param maxDepth levels of nesting that are let through; `[]` is one level.
 * @throws DomainError `json-malformed`, `limit-depth`. The message never repeats the text.
 */
export function parseJson(text: string, { maxDepth = DEFAULT_MAX_DEPTH }: { maxDepth?: number } = {}): unknown {
  scan(text, maxDepth);
  try {
    return JSON.parse(text);
  } catch {
    // V8 quotes the text in its message, so the cause stays behind.
    throw malformed('not valid JSON');
  }
}

/**
 * Walks the tokens of `text` and refuses what `JSON.parse` lets through. It judges grammar only as far as it must to
 * tell keys, strings and numbers apart; `JSON.parse` does the rest.
 */
function scan(text: string, maxDepth: number): void {
  if (text.charCodeAt(0) === ZERO_WIDTH_NO_BREAK_SPACE) throw malformed('a byte order mark');
  // For each open level: the keys seen so far, or null in an array.
  const levels: (Set<string> | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    switch (char) {
      case 0x7b: // {
      case 0x5b: // [
        if (levels.length === maxDepth) throw new DomainError('limit-depth', `JSON is nested deeper than ${maxDepth}`);
        levels.push(char === 0x7b ? new Set() : null);
        at++;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        levels.pop();
        at++;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        const keys = levels.at(-1);
        if (keys && isFollowedByColon(text, end)) addKey(keys, text.slice(at, end));
        at = end;
        break;
      }
      default:
        at = char === 0x2d || (char >= 0x30 && char <= 0x39) ? endOfNumber(text, at) : at + 1;
    }
  }
}

/** Returns the index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) return at + 1;
    if (char === BACKSLASH) {
      at = text[at + 1] === 'u' ? endOfUnicodeEscape(text, at) : at + 2;
    } else if (char >= 0xd800 && char <= 0xdfff) {
      if (!isHighSurrogate(char) || !isLowSurrogate(text.charCodeAt(at + 1))) throw malformed('half a surrogate pair');
      at += 2;
    } else {
      at++;
    }
  }
  throw malformed('not valid JSON');
}

function endOfUnicodeEscape(text: string, start: number): number {
  const unit = unicodeEscape(text, start);
  if (unit === 0) throw malformed('a NUL character');
  if (isHighSurrogate(unit) && isLowSurrogate(unicodeEscape(text, start + 6))) return start + 12;
  if (unit >= 0xd800 && unit <= 0xdfff) throw malformed('half a surrogate pair');
  return start + 6;
}

/** The code unit of the escape `\uXXXX` at `start`, or NaN when there is none. */
function unicodeEscape(text: string, start: number): number {
  const unit = text.slice(start, start + 6);
  return /^\\u[0-9a-fA-F]{4}$/.test(unit) ? Number.parseInt(unit.slice(2), 16) : Number.NaN;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  // No letter or sign of JSON is below the space, so this skips exactly its white space in valid text.
  while (text.charCodeAt(at) <= 0x20) at++;
  return text[at] === ':';
}

function addKey(keys: Set<string>, quoted: string): void {
  let key = quoted.slice(1, -1);
  if (key.includes('\\')) {
    try {
      key = JSON.parse(quoted) as string;
    } catch {
      throw malformed('not valid JSON');
    }
  }
  if (key === '__proto__') throw malformed('a forbidden key');
  if (keys.has(key)) throw malformed('a key that is given twice');
  keys.add(key);
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && isNumberChar(text.charCodeAt(at))) at++;
  if (!Number.isFinite(Number(text.slice(start, at)))) throw malformed('a number out of range');
  return at;
}

function isNumberChar(char: number): boolean {
  // 0-9 + - . E e
  return (
    (char >= 0x30 && char <= 0x39) || char === 0x2b || char === 0x2d || char === 0x2e || char === 0x45 || char === 0x65
  );
}

function malformed(what: string): DomainError {
  return new DomainError('json-malformed', `JSON is malformed: ${what}`);
}
