import { PDFDocument } from '@cantoo/pdf-lib';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { asPng, itxt, pdf, png, qrPicture, svg, svgBody } from '../support/containers.ts';
import { assertion, named, readerOf } from '../support/reading.ts';

const [one, other] = [JSON.stringify(named('Eén')), JSON.stringify(named('Twee'))];
const token = `${encodeBase64url(utf8('{"alg":"ES256"}'))}.${encodeBase64url(utf8(one))}.c2ln`;
const link = 'https://badges.example.org/c/abc';

describe('a PDF with a badge attached', () => {
  const { told, read } = readerOf({ [link]: named('Achter de link') });

  it('is read however its parts are put down', async () => {
    for (const options of [
      {},
      { compressed: false },
      { annotated: true },
      { packed: true },
      { packed: true, annotated: true },
    ])
      expect([options, await told(pdf([{ name: 'x', content: one }], options))]).toEqual([options, 'pdf › file › Eén']);
    expect(await told(concat(utf8('junk before the header\n'), pdf([{ content: one }])))).toBe('pdf › file › Eén');
  });

  it('may hold the badge as JSON, as a token, in a PNG or in an SVG, under whatever name', async () => {
    const inside = async (content: string | Uint8Array) => told(pdf([{ name: 'factuur.exe', content }]));
    expect(await inside(token)).toContain('pdf › file › eyJ');
    expect(await inside(JSON.stringify(assertion))).toBe(`pdf › file › ${assertion.id}`);
    expect(await inside(png([itxt(one)]))).toBe('pdf › file › png › Eén');
    expect(await inside(png([itxt(JSON.stringify(assertion), { keyword: 'openbadges' })]))).toBe(
      `pdf › file › png › ${assertion.id}`,
    );
    expect(await inside(svg(svgBody(one)))).toBe('pdf › file › svg › Eén');
    const [found] = await read({ bytes: pdf([{ name: 'bewijs (1).json', content: one }]) });
    expect(found?.where).toEqual([{ kind: 'pdf' }, { kind: 'file', name: 'bewijs (1).json' }]);
  });

  it('as another program writes it', async () => {
    for (const useObjectStreams of [true, false]) {
      const document = await PDFDocument.create();
      document.addPage([200, 200]);
      await document.attach(utf8(one), 'Bewijs – Zoë.json', { mimeType: 'application/json' });
      const bytes = await document.save({ useObjectStreams });
      const [found, more] = await read({ bytes });
      expect([found?.badge, found?.where.at(-1)?.name, more]).toEqual([
        JSON.parse(one),
        'Bewijs – Zoë.json',
        undefined,
      ]);
    }
  });

  it('beside other files, and what is no badge is left out', async () => {
    const files = [
      { name: 'factuur.xml', content: '<?xml version="1.0"?><Invoice/>' },
      { name: 'cijfers.json', content: '{"cijfer":8}' },
      { name: 'notitie.txt', content: 'Gefeliciteerd!' },
      { name: 'foto.png', content: png() },
      { name: 'ander.pdf', content: pdf([{ content: other }]) },
      { name: 'groot.bin', content: new Uint8Array(2_100_000) },
    ];
    expect(await told(pdf([...files, { name: 'badge.json', content: one }]))).toBe('pdf › file › Eén');
    expect(await told(pdf(files))).toBe('credential-unreadable no-badge-in-pdf');
    expect(await told(pdf([]))).toBe('credential-unreadable no-badge-in-pdf');
  });

  it('nothing in it is followed: no link, and no code on a picture', async () => {
    const { told: look, asked } = readerOf({ [link]: named('Achter de link') });
    expect(await look(pdf([{ content: link }]))).toBe('credential-unreadable no-badge-in-pdf');
    expect(await look(pdf([{ content: asPng(qrPicture(link)) }]))).toBe('credential-unreadable no-badge-in-pdf');
    expect(asked).toEqual([]);
  });

  it('P4: equal badges are one, and those that differ are a choice', async () => {
    expect(await told(pdf([{ content: one }, { content: `${one}\n` }]))).toBe('pdf › file › Eén');
    expect(await told(pdf([{ content: one }, { content: png([itxt(other)]) }]))).toBe(
      'pdf › file › Eén; pdf › file › png › Twee',
    );
  });

  it('that was updated counts as it is now', async () => {
    const first = pdf([{ name: 'b', content: one }], { compressed: false });
    const data = utf8(other);
    const again = concat(
      first,
      utf8(`10 0 obj\n<< /Length ${data.length} >>\nstream\n`),
      data,
      utf8('\nendstream\nendobj\n'),
    );
    expect(await told(again)).toBe('pdf › file › Twee');
  });

  it('that is locked says so', async () => {
    expect(await told(pdf([{ content: one }], { trailer: '/Encrypt 9 0 R ' }))).toBe(
      'credential-unreadable pdf-locked',
    );
  });
});

describe('a PDF that was made to do harm', () => {
  const { told } = readerOf();
  const timed = async (bytes: Uint8Array) => {
    const start = performance.now();
    const answer = await told(bytes);
    expect(performance.now() - start).toBeLessThan(5_000);
    return answer;
  };
  const object = (number: number, dict: string, data: Uint8Array) =>
    concat(
      utf8(`${number} 0 obj\n<< ${dict} /Length ${data.length} >>\nstream\n`),
      data,
      utf8('\nendstream\nendobj\n'),
    );

  it('P4: streams that inflate without end are stopped, in files and in object streams', async () => {
    const bomb = zlibSync(new Uint8Array(40_000_000), { level: 9 });
    const file = object(10, '/Type /EmbeddedFile /Filter /FlateDecode', bomb);
    const packed = object(5, '/Type /ObjStm /N 9 /First 9 /Filter /FlateDecode', bomb);
    const twice = object(11, '/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]', zlibSync(bomb));
    const start = utf8('%PDF-1.7\n');
    expect(await timed(concat(start, file, packed, twice))).toBe('credential-unreadable no-badge-in-pdf');
    const many = Array.from({ length: 12 }, (_, i) => object(20 + i, '/Type /EmbeddedFile /Filter /FlateDecode', bomb));
    expect(await timed(concat(start, ...many, object(99, '/Type /EmbeddedFile', utf8(one))))).toBe('limit-broken pdf');
  });

  it('P2: depth, texts without end, objects inside each other and comments cost no more than reading them', async () => {
    const repeated = (text: string, bytes: number) => utf8(`%PDF-1.7\n${text.repeat(Math.floor(bytes / text.length))}`);
    for (const text of [
      '1 0 obj (',
      '1 0 obj [ (%) \n',
      '1 0 obj <<',
      '1 0 obj [',
      '[',
      '(',
      '<<',
      '1 0 obj %',
      '1 0 obj <',
      '%',
      ' ',
      '1 0 obj null ',
    ])
      expect(await timed(repeated(text, 9_900_000))).toMatch(
        /^(credential-unreadable no-badge-in-pdf|limit-broken pdf)$/,
      );
  });

  it('as many object streams, or as many files, as fit in are not all opened', async () => {
    const small = zlibSync(utf8('1 0 null'));
    const streams = Array.from({ length: 1_001 }, (_, i) =>
      object(i + 1, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', small),
    );
    expect(await timed(concat(utf8('%PDF-1.7\n'), ...streams))).toBe('limit-broken pdf');
    const files = (count: number) => pdf(Array.from({ length: count }, () => ({ content: one })));
    expect(await told(files(50))).toBe('limit-broken too-many-badges');
    expect(await told(files(51))).toBe('limit-broken pdf');
  });

  it('P5: broken in whatever way, it harms nobody', async () => {
    const good = pdf([{ name: 'x', content: one }], { packed: true });
    for (let i = 0; i < good.length; i += 37) {
      const bytes = good.slice();
      bytes[i]! ^= 0xff;
      expect(await told(bytes)).toMatch(/^(pdf › file › Eén|credential-unreadable|limit-broken|json-malformed)/);
      expect(await told(good.slice(0, i))).toMatch(
        /^(pdf › file › Eén|credential-unreadable|limit-broken|json-malformed)/,
      );
    }
  });
});
