import { describe, expect, it } from 'vitest';
import { concat, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { chunk, header, itxt, png, svg, svgBody, svgVerify, text, ztxt } from '../support/containers.ts';
import { assertion, named, readerOf } from '../support/reading.ts';

const [one, other] = [JSON.stringify(named('Eén')), JSON.stringify(named('Twee'))];
const hosted = JSON.stringify(assertion);
const token = `${encodeBase64url(utf8('{"alg":"ES256"}'))}.${encodeBase64url(utf8(one))}.c2ln`;
const sdJwt = `${token}~WyJhIiwiYiIsImMiXQ~`;

describe('a PNG with a badge baked in', () => {
  const { told, read } = readerOf({ 'https://badges.example.org/public/assertions/abc': assertion });

  it('holds an OB 3.0 badge as JSON, JWT or SD-JWT, plain or compressed', async () => {
    expect(await told(png([itxt(one)]))).toBe('png › Eén');
    expect(await told(png([itxt(one, { compressed: true })]))).toBe('png › Eén');
    expect(await told(png([itxt(token)]))).toContain('png › eyJhbGci');
    expect((await read({ bytes: png([itxt(` ${sdJwt}\n`)]) }))[0]?.badge).toBe(sdJwt);
  });

  it('holds an OB 2.0 badge as JSON, as a JWS, or as the address where it stands, in every kind of chunk', async () => {
    expect(await told(png([itxt(hosted, { keyword: 'openbadges' })]))).toBe(`png › ${assertion.id}`);
    expect(await told(png([text(hosted)]))).toBe(`png › ${assertion.id}`);
    expect(await told(png([ztxt(hosted)]))).toBe(`png › ${assertion.id}`);
    expect(await told(png([text(token)]))).toContain('png › eyJhbGci');
    const [found] = await read({ bytes: png([text(String(assertion.id))]) });
    expect(found).toEqual({
      badge: assertion,
      where: [{ kind: 'png' }, { kind: 'link', name: assertion.id }],
      source: assertion.id,
    });
  });

  it('is told by its content: the name of the chunk counts, and other texts do not', async () => {
    const others = [
      text('x', 'Comment'),
      itxt(other, { keyword: 'OpenBadgeCredential' }),
      itxt('x', { keyword: 'XML:com.adobe.xmp' }),
    ];
    expect(await told(png([...others, itxt(one)]))).toBe('png › Eén');
    expect(await told(png(others))).toBe('credential-unreadable no-badge-in-picture');
  });

  it('P4: two equal badges are one, and two that differ are a choice', async () => {
    const again = JSON.stringify({ ...JSON.parse(one) }, null, 2);
    expect(await told(png([itxt(one), itxt(again)]))).toBe('png › Eén');
    expect(await told(png([itxt(one), itxt(other)]))).toBe('png › Eén; png › Twee');
    expect(await told(png([itxt(one), itxt(hosted, { keyword: 'openbadges' })]))).toBe(
      `png › Eén; png › ${assertion.id}`,
    );
    expect(await told(png(Array.from({ length: 9 }, (_, i) => itxt(`{"a":${i}}`))))).toMatch(/^limit-broken/);
  });

  it('P4: a text that inflates without end is stopped at 1 MB', async () => {
    const bomb = new Uint8Array(40_000_000);
    const start = performance.now();
    for (const baked of [itxt(bomb, { compressed: true }), ztxt(bomb)])
      expect(await told(png([baked]))).toBe('limit-broken picture-too-large');
    expect(performance.now() - start).toBeLessThan(20_000);
    const fits = (size: number) => `{"name":"${'x'.repeat(size - 11)}"}`;
    expect(await told(png([itxt(fits(1_000_000), { compressed: true })]))).toContain('png › xxx');
    expect(await told(png([itxt(fits(1_000_001), { compressed: true })]))).toBe('limit-broken picture-too-large');
  });

  it('P4: what is not sound to the last byte is not read', async () => {
    const good = png([itxt(one)]);
    const flipped = good.slice();
    flipped[80]! ^= 1;
    const damaged = {
      'a wrong checksum': png([{ ...itxt(one), crc: 1 }]),
      'a flipped bit': flipped,
      'a length of 2^31': png([{ ...itxt(one), length: 2 ** 31 }]),
      'a length past the end': png([{ ...itxt(one), length: 999_999 }]),
      'a badge behind the end': concat(png([itxt(one)]), chunk(itxt(other))),
      'text behind the end': png([itxt(one)], { after: utf8('<script>alert(1)</script>') }),
      'two headers': png([header(), itxt(one)]),
      'no end': good.slice(0, -12),
      'half of it': good.slice(0, good.length / 2),
      'a text that does not inflate': png([
        { type: 'iTXt', data: concat(itxt('', { compressed: true }).data, utf8('zz')) },
      ]),
      'an unknown compression': png([{ type: 'zTXt', data: utf8('openbadges\0\x01zz') }]),
      'a text without its fields': png([{ type: 'iTXt', data: utf8('openbadgecredential\0\0\0') }]),
      'a text that is not UTF-8': png([itxt(new Uint8Array([0x7b, 0xff, 0x7d]))]),
    };
    for (const [what, bytes] of Object.entries(damaged))
      expect([what, await told(bytes)]).toEqual([what, 'credential-unreadable damaged']);
  });

  it('P3: claims to be 900 million pixels, or has 10,000 frames, and is refused before it is decoded', async () => {
    expect(await told(png([itxt(one)], { head: header(30_000, 30_000) }))).toBe('limit-broken picture-too-large');
    expect(await told(png([itxt(one)], { head: header(4_000, 4_001) }))).toBe('limit-broken picture-too-large');
    expect(await told(png([itxt(one)], { head: header(4_000, 4_000) }))).toBe('png › Eén');
    const frames = Array.from({ length: 10_000 }, () => ({ type: 'fdAT', data: new Uint8Array(4) }));
    expect(await told(png([...frames, itxt(one)]))).toBe('limit-broken picture-too-large');
    const padded = (size: number) =>
      png([itxt(one), { type: 'teXt', data: new Uint8Array(size - png([itxt(one)]).length - 12) }]);
    expect(padded(2_000_000).length).toBe(2_000_000);
    expect(await told(padded(2_000_000))).toBe('png › Eén');
    expect(await told(padded(2_000_001))).toBe('body-too-large picture-too-large');
  });

  it('V23, V25: is held to the same rules as a text', async () => {
    expect(await told(png([itxt(`\uFEFF${one}`)]))).toBe('json-malformed encoding');
    expect(await told(png([itxt('{"a":1,"a":2}')]))).toBe('json-malformed');
    expect(await told(png([itxt('{"a":1e400}')]))).toBe('json-malformed');
    expect(await told(png([itxt(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, { compressed: true })]))).toBe(
      'limit-broken',
    );
  });
});

describe('an SVG with a badge baked in', () => {
  const { told, read } = readerOf({ 'https://badges.example.org/public/assertions/abc': assertion });

  it('holds an OB 3.0 badge as JSON, escaped or not, or as a token', async () => {
    expect(await told(svg(svgBody(one)))).toBe('svg › Eén');
    expect(
      await told(
        svg(
          `<openbadges:credential> ${one.replaceAll('"', '&quot;').replaceAll('É', '&#xC9;')} </openbadges:credential>`,
        ),
      ),
    ).toBe('svg › Eén');
    expect(await told(svg(svgVerify(token)))).toContain('svg › eyJhbGci');
    expect(await told(svg(`<openbadges:credential verify='${token}'></openbadges:credential>`))).toContain(
      'svg › eyJhbGci',
    );
    expect((await read({ text: svg(svgVerify(sdJwt)) }))[0]?.badge).toBe(sdJwt);
  });

  it('holds an OB 2.0 badge, with its address or its signature', async () => {
    const namespace = 'http://openbadges.org';
    expect(await told(svg(svgVerify(String(assertion.id), 'assertion'), { namespace }))).toBe(
      `svg › link › ${assertion.id}`,
    );
    expect(await told(svg(svgVerify(token, 'assertion'), { namespace }))).toContain('svg › eyJhbGci');
    const both = `<openbadges:assertion verify="${assertion.id}"><![CDATA[${hosted}]]></openbadges:assertion>`;
    expect(await told(svg(both, { namespace }))).toBe(`svg › ${assertion.id}`);
  });

  it('is found by its namespace, whatever stands before the colon', async () => {
    for (const namespace of [
      'https://purl.imsglobal.org/ob/v3p0',
      'http://purl.imsglobal.org/ob/v3p0',
      'http://openbadges.org',
      'https://openbadges.org/',
    ])
      expect(await told(svg(svgBody(one), { namespace }))).toBe('svg › Eén');
    expect(await told(svg(svgBody(one), { namespace: 'https://elders.example/ob' }))).toBe(
      'credential-unreadable no-badge-in-picture',
    );
    const renamed = svg(svgBody(one)).replaceAll('openbadges:', 'ob:').replace('xmlns:openbadges', 'xmlns:ob');
    expect(await told(renamed)).toBe('svg › Eén');
    const own = svg(
      `<g><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${one}]]></x:credential></g>`,
    );
    expect(await told(own)).toBe('svg › Eén');
    const default_ = svg(`<credential xmlns="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${one}]]></credential>`);
    expect(await told(default_)).toBe('svg › Eén');
    expect(await told(svg(`<!-- ${svgBody(other)} --><text>${one.replaceAll('<', '')}</text>${svgBody(one)}`))).toBe(
      'svg › Eén',
    );
  });

  it('P4: two equal badges are one, and two that differ are a choice', async () => {
    expect(await told(svg(svgBody(one) + svgBody(one)))).toBe('svg › Eén');
    expect(await told(svg(svgBody(one) + svgBody(other)))).toBe('svg › Eén; svg › Twee');
  });

  it('P2: defines nothing: no entity is expanded and none is fetched', async () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "&a${i - 1};&a${i - 1};">`).join('')}]>`;
    const outside = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const elsewhere = '<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://canary.example/x.dtd"> %x;]>';
    const { told: look, asked } = readerOf();
    for (const before of [
      laughs,
      outside,
      elsewhere,
      '<!ENTITY x "y">',
      '<!DOCTYPE svg SYSTEM "a" [<!ELEMENT x ANY>]>',
    ])
      expect(await look(svg(svgBody(one), { before }))).toBe('credential-unreadable damaged');
    expect(await look(svg(`<openbadges:credential>&x;</openbadges:credential>`))).toBe('credential-unreadable damaged');
    const ordinary =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n';
    expect(await look(svg(svgBody(one), { before: ordinary }))).toBe('svg › Eén');
    expect(asked).toEqual([]);
  });

  it('P2: 100,000 levels, or as many names to look up, cost no more than reading them', async () => {
    const start = performance.now();
    expect(await told(svg(`${'<g>'.repeat(100_000)}${svgBody(one)}${'</g>'.repeat(100_000)}`))).toBe(
      'limit-broken picture-too-large',
    );
    const names = Array.from({ length: 20_000 }, (_, i) => ` xmlns:n${i}="urn:n${i}"`).join('');
    expect(
      await told(utf8(svg(`<g${names}>${'<x:credential xmlns:y="urn:y"/>'.repeat(20_000)}${svgBody(one)}</g>`))),
    ).toBe('svg › Eén');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('P1, P5: what it would do in a browser plays no part, and a broken one is refused', async () => {
    const { told: look, asked } = readerOf();
    const scripts =
      '<script>fetch("https://canary.example/")</script><g onload="alert(1)"><image href="https://canary.example/x.png"/></g>';
    expect(await look(svg(scripts + svgBody(one)))).toBe('svg › Eén');
    expect(asked).toEqual([]);
    for (const broken of [
      svg(svgBody(one)).slice(0, -3),
      svg(`<g>${svgBody(one)}`),
      svg(`${svgBody(one)}</g>`),
      svg(`<g a="1" a="2"/>${svgBody(one)}`),
      svg(`<g a=1/>${svgBody(one)}`),
      svg(`<![CDATA[ ${svgBody(one)}`),
      `${svg(svgBody(one))}<svg/>`,
      `${svg(svgBody(one))} en meer`,
    ])
      expect([broken.slice(-40), await look(broken)]).toEqual([broken.slice(-40), 'credential-unreadable damaged']);
  });
});

describe('other files', () => {
  const { told } = readerOf();

  it('P5: are told by their content: a page, an archive and another picture say what they are', async () => {
    expect(await told(utf8('<!doctype html><html><body>badge.png</body></html>'))).toBe(
      'credential-unreadable no-badge-in-page',
    );
    expect(await told(utf8('PK\x03\x04 en zo'))).toBe('credential-unreadable file-kind');
    expect(await told(utf8('GIF89a'))).toBe('credential-unreadable picture-kind');
    expect(await told(utf8('RIFF1234WEBPVP8 '))).toBe('credential-unreadable picture-kind');
    expect(await told(concat(new Uint8Array([0, 0, 0, 24]), utf8('ftypheic')))).toBe(
      'credential-unreadable picture-kind',
    );
    expect(await told(new Uint8Array([0xff, 0x00, 0x80]))).toBe('credential-unreadable file-kind');
    expect(await told(new Uint8Array())).toBe('credential-unreadable empty');
    expect(await told(utf8('<note>x</note>'))).toBe('credential-unreadable file-kind');
  });

  it('V25: text is UTF-8 without a byte order mark; any other encoding is named as the cause', async () => {
    const utf16 = (text: string, little: boolean) =>
      Uint8Array.from(
        [0xfeff, ...Array.from(text, c => c.charCodeAt(0))].flatMap(u =>
          little ? [u & 255, u >> 8] : [u >> 8, u & 255],
        ),
      );
    expect(await told(utf16(one, true))).toBe('json-malformed encoding');
    expect(await told(utf16(one, false))).toBe('json-malformed encoding');
    expect(await told(utf8(`\uFEFF${one}`))).toBe('json-malformed encoding');
    expect(await told(utf8(`\uFEFF${svg(svgBody(one))}`))).toBe('json-malformed encoding');
    expect(await told(utf8(one))).toBe('Eén');
  });

  it('a badge as text has at most 1 MB, and a file at most 10', async () => {
    const fits = (size: number) => utf8(`{"name":"x"}`.padEnd(size));
    expect(await told(fits(1_000_000))).toBe('x');
    expect(await told(fits(1_000_001))).toBe('body-too-large');
    expect(await told(new Uint8Array(10_000_001))).toBe('body-too-large');
  });
});
