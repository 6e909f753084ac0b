import { describe, expect, it } from 'vitest';
import { inputsOfFile, inputsOfText } from '../../src/verifier/index.ts';
import { xlsx, zip } from '../support/xlsx.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const link = (n: number) => `https://school.example/c/${n}`;
const kindOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'taken in',
      error => error.extensions.kind as string,
    );

describe('what many badges are brought in', () => {
  it('links that were pasted, each on a line, are one each', () => {
    expect(inputsOfText(`\n ${link(1)} \n\n${link(2)}\nzomaar wat\n`)).toEqual([
      { name: link(1), text: link(1) },
      { name: link(2), text: link(2) },
      { name: 'zomaar wat', text: 'zomaar wat' },
    ]);
  });

  it('cells that were pasted out of a spreadsheet keep what stood beside the link', () => {
    expect(inputsOfText(`Naam\tBadge\tAfdeling\nSam de Vries\t${link(1)}\tZorg\nNoor\t\tBouw`)).toEqual([
      { name: 'Sam de Vries · Zorg', text: link(1) },
      { name: 'Noor · Bouw', text: '' },
    ]);
  });

  it('a JSON list of badges is one each, and one object is one', () => {
    expect(inputsOfText('[{"a":1},"x.y.z"]').map(input => 'text' in input && input.text)).toEqual(['{"a":1}', 'x.y.z']);
    expect(inputsOfText('{"a":1}')).toHaveLength(1);
  });

  it('the column with links is found by what stands in it, in CSV and in XLSX alike', async () => {
    const rows = [
      ['nr', 'wie', 'adres', 'link'],
      ['1', 'Sam', 'Dorpsstraat 1', link(1)],
      ['2', 'Noor; junior', 'Plein, 2', link(2)],
    ];
    const csv = rows.map(row => row.map(cell => `"${cell}"`).join(';')).join('\r\n');
    const expected = [
      { name: '1 · Sam · Dorpsstraat 1', text: link(1) },
      { name: '2 · Noor; junior · Plein, 2', text: link(2) },
    ];
    expect(await inputsOfFile('lijst.csv', utf8(`\uFEFF${csv}`))).toEqual(expected);
    expect(await inputsOfFile('lijst.xlsx', xlsx(rows))).toEqual(expected);
  });

  it('a file that is no list is one badge, by its content and not by its name', async () => {
    const file = utf8('{"@context": []}');
    expect(await inputsOfFile('badge.txt', file)).toEqual([{ name: 'badge.txt', file }]);
    expect(await inputsOfFile('links.txt', utf8(`${link(1)}\n${link(2)}`))).toHaveLength(2);
  });

  it('V20: a workbook that says it unpacks to more than a list of links, or lies about it, is refused before it is unpacked', async () => {
    const bomb = zip({ 'xl/workbook.xml': 'x' }, { 'xl/workbook.xml': 4_000_000_000 });
    expect(await kindOf(() => inputsOfFile('bom.xlsx', bomb))).toBe('sheet-too-large');
    const liar = zip({ 'xl/workbook.xml': ' '.repeat(5_000_000) }, { 'xl/workbook.xml': 10 });
    expect(await kindOf(() => inputsOfFile('leugen.xlsx', liar))).toBe('sheet-unreadable');
    const many = zip(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}.xml`, ''])));
    expect(await kindOf(() => inputsOfFile('veel.xlsx', many))).toBe('sheet-too-large');
  });

  it('V20: a workbook with less in it than comes out is left at the first byte too many, and one with more than comes out too', async () => {
    const path = 'xl/workbook.xml';
    const causeOf = (claim: number) =>
      inputsOfFile('leugen.xlsx', zip({ [path]: ' '.repeat(100_000) }, { [path]: claim })).catch(error => error.cause);
    // Before the library sees it, which would go on to the end of what comes out: gigabytes from a megabyte.
    expect(await causeOf(99_999)).toMatchObject({ code: 'inflate-too-large' });
    expect(await kindOf(() => inputsOfFile('a.xlsx', zip({ [path]: 'x' }, { [path]: 2 })))).toBe('sheet-unreadable');
  });

  it('P7: tables that are broken, too large or in another encoding are refused and say why', async () => {
    const file = (name: string, bytes: Uint8Array) => kindOf(() => inputsOfFile(name, bytes));
    expect(await file('a.csv', utf8('naam;leeftijd\nSam;20'))).toBe('sheet-no-links');
    expect(await file('a.csv', Uint8Array.of(0xff, 0xfe, 0x41, 0x00))).toBe('sheet-encoding');
    expect(await file('a.csv', utf8(`a\0b;${link(1)}`))).toBe('sheet-encoding');
    expect(await file('a.csv', utf8(`naam;link\n"Sam;${link(1)}\n${link(2)}`))).toBe('sheet-unreadable');
    expect(await file('a.csv', utf8(`${link(1)}\n`.repeat(2_001)))).toBe('sheet-too-large');
    expect(await file('a.csv', utf8('x'.repeat(2_000_001)))).toBe('sheet-too-large');
    expect(await file('a.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toBe('sheet-old');
    expect(await file('a.xlsx', utf8('PK\x03\x04 and no more'))).toBe('sheet-unreadable');
    expect(await file('a.png', new Uint8Array(1_400_001).fill(0x89))).toBe('file-too-large');
  });
});
