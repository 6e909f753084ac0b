import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import { parseJson } from '../../src/platform/json.ts';

function codeOf(text: string): string | undefined {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it.each([
    '{}',
    '[]',
    'null',
    ' \t\r\n"a" ',
    '-0.5e-3',
    '{"a":{"a":[{"a":1},{"a":2}]},"b":"a"}',
    '{"constructor":1,"hasOwnProperty":2,"":3}',
    '"\\ud83d\\ude00 😀 \\u0001 \\" \\\\ \\/ \\n"',
    '["{\\"a\\":1,\\"a\\":2}", "1e400", "__proto__"]',
  ])('reads %s as JSON.parse does', text => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['a duplicate key', '{"issuer":"a","issuer":"b"}'],
    ['a duplicate key under an escape', '{"issuer":"a","\\u0069ssuer":"b"}'],
    ['a duplicate key before white space', '{"a":1,"a" \n\t:2}'],
    ['a duplicate key inside', '[{"x":{"a":1,"b":[{}],"a":2}}]'],
    ['the same empty key twice', '{"":1,"":2}'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['__proto__ under an escape', '{"__pr\\u006fto__":1}'],
    ['a byte order mark', '\uFEFF{}'],
    ['a high surrogate alone', '"a\uD83D"'],
    ['a low surrogate alone', '"\uDE00a"'],
    ['surrogates in the wrong order', '"\uDE00\uD83D"'],
    ['a high surrogate alone, escaped', '"\\ud83d"'],
    ['a high surrogate and a letter, escaped', '"\\ud83d\\u0041"'],
    ['a low surrogate alone, escaped', '"\\uDE00"'],
    ['a lone surrogate in a key', '{"\\ud83d":1}'],
    ['NUL, escaped', '"a\\u0000b"'],
    ['NUL, raw', '"a\u0000b"'],
    ['NUL between tokens', '[1,\u00002]'],
    ['1e400', '{"a":1e400}'],
    ['-1e400', '[-1e400]'],
    ['400 digits', '9'.repeat(400)],
    ['trailing text', '{} x'],
    ['a second value', '{}{}'],
    ['nothing', ''],
    ['white space', '  '],
    ['a comma too many', '[1,]'],
    ['a single quote', "{'a':1}"],
    ['an open string', '"abc'],
    ['an open string after a backslash', '"abc\\'],
    ['a cut escape', '"\\u12"'],
    ['an unknown escape in a key', '{"\\x":1}'],
    ['a comment', '{}/* */'],
    ['NaN', '[NaN]'],
    ['a leading zero', '[01]'],
    ['a minus alone', '[-]'],
    ['brackets that cross', '[{]}'],
    ['brackets closed twice', '[]]'],
    ['a control character', '"a\nb"'],
  ])('V25 refuses %s', (_, text) => {
    expect(codeOf(text)).toBe('json-malformed');
  });

  it('V25 never repeats the text in its message, nor in a cause', () => {
    try {
      parseJson('{"secret-12345": oops}');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect(`${error} ${(error as DomainError).cause ?? ''}`).not.toMatch(/secret|oops/);
    }
  });

  it('V23 reads 32 levels and refuses 33', () => {
    expect(parseJson(nested(32))).toEqual(JSON.parse(nested(32)));
    expect(codeOf(nested(33))).toBe('limit-depth');
    expect(codeOf('{"a":'.repeat(33))).toBe('limit-depth');
    expect(parseJson('[[]]', { maxDepth: 2 })).toEqual([[]]);
    expect(() => parseJson('[[]]', { maxDepth: 1 })).toThrow(DomainError);
  });

  it('V23 counts depth, not brackets', () => {
    expect(parseJson(`[${'[],'.repeat(1000)}"[[[["]`)).toHaveLength(1001);
  });

  it.each([1e5, 1e6])('V23 refuses %d levels without overflowing the stack', depth => {
    expect(codeOf('['.repeat(depth))).toBe('limit-depth');
    expect(codeOf(nested(depth))).toBe('limit-depth');
    expect(codeOf('{"a":'.repeat(depth))).toBe('limit-depth');
  });

  it.each([
    ['one string', `"${'x'.repeat(1e6)}"`],
    ['escapes', `["${'\\n'.repeat(5e5)}"]`],
    ['unicode escapes', `["${'\\u0041'.repeat(1.6e5)}"]`],
    ['keys', `{${Array.from({ length: 8e4 }, (_, i) => `"k${i}":${i}`).join(',')}}`],
    ['objects', `[${'{"a":1},'.repeat(1.2e5)}0]`],
    ['numbers', `[${'1234567,'.repeat(1.2e5)}0]`],
    ['digits', '9'.repeat(1e6)],
    ['white space', `{"a"${' '.repeat(1e6)}:1}`],
    ['white space after strings', `[${`"a"${' '.repeat(100)},`.repeat(1e4)}0]`],
    ['open quotes', '"'.repeat(1e6)],
  ])('takes linear time over 1 MB of %s', (_, text) => {
    const start = performance.now();
    codeOf(text);
    // Far above what it takes (4 to 90 ms), far below what anything quadratic would.
    expect(performance.now() - start).toBeLessThan(500);
  });
});
