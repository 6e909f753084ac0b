import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { asJpeg, asPng, asTransparentPng, beside, header, itxt, png, qrPicture } from '../support/containers.ts';
import { named, OWN, readerOf } from '../support/reading.ts';

const LINK = 'https://badges.example.org/c/abc';
const token = `${encodeBase64url(utf8('{"alg":"ES256"}'))}.${encodeBase64url(utf8('{"vc":{"name":"Kort"}}'))}.c2ln`;

describe('a picture of a QR code', () => {
  const { told, read } = readerOf({ [LINK]: named('Eén'), '/c/eigen': named('Eigen') });

  it('leads to the badge behind its link, as PNG and as JPEG', async () => {
    const picture = qrPicture(LINK);
    for (const bytes of [asPng(picture), asJpeg(picture), asJpeg(picture, 30)])
      expect(await told(bytes)).toBe('qr › link › Eén');
    expect((await read({ bytes: asPng(picture) }))[0]).toEqual({
      badge: named('Eén'),
      where: [{ kind: 'qr' }, { kind: 'link', name: LINK }],
      source: LINK,
    });
    expect(await told(asPng(qrPicture(`${OWN}/c/eigen`)))).toBe('qr › link › Eigen');
  });

  it('is read as people photograph it: turned, with noise, pale, small in a large picture', async () => {
    for (const angle of [7, 45, 90, 180, 260])
      expect(await told(asJpeg(qrPicture(LINK, { angle })))).toBe('qr › link › Eén');
    expect(await told(asJpeg(qrPicture(LINK, { angle: 12, noise: 0.4 }), 60))).toBe('qr › link › Eén');
    expect(await told(asPng(qrPicture(LINK, { dark: 140 })))).toBe('qr › link › Eén');
    expect(await told(asJpeg(qrPicture(LINK, { width: 2_000, height: 1_500 })))).toBe('qr › link › Eén');
  });

  it('is read where its light parts are transparent', async () => {
    expect(await told(asTransparentPng(qrPicture(LINK)))).toBe('qr › link › Eén');
  });

  it('may hold the badge itself, as a token or as JSON', async () => {
    expect(await told(asPng(qrPicture(token)))).toBe(`qr › ${token.slice(0, 12)}…`);
    expect(await told(asPng(qrPicture('{"@context":[],"name":"Klein"}')))).toBe('qr › Klein');
  });

  it('two codes that lead to the same badge are one, to two badges a choice, and another code is left out', async () => {
    const { told: look } = readerOf({ [LINK]: named('Eén'), [`${LINK}2`]: named('Twee') });
    const [one, two] = [qrPicture(LINK), qrPicture(`${LINK}2`)];
    expect(await look(asPng(beside(one, one)))).toBe('qr › link › Eén');
    expect((await look(asPng(beside(one, two)))).split('; ').sort()).toEqual(['qr › link › Eén', 'qr › link › Twee']);
    expect(await look(asPng(beside(one, qrPicture('WIFI:S:school;;'))))).toBe('qr › link › Eén');
    expect(await look(asPng(beside(qrPicture('https://weg.example/'), one)))).toBe('qr › link › Eén');
  });

  it('what it holds instead of a badge is said', async () => {
    const say = (said: string) => told(asPng(qrPicture(said)));
    expect(await say('WIFI:S:school;T:WPA;P:geheim;;')).toBe('credential-unreadable qr-other');
    expect(await say('openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx.example')).toBe(
      'credential-unreadable wallet-offer',
    );
    expect(await say('openid4vp://?request_uri=https%3A%2F%2Fx.example')).toBe('credential-unreadable wallet-request');
    expect(await say('https://weg.example/')).toBe('credential-unreachable');
    const white = { width: 50, height: 50, data: new Uint8Array(2_500).fill(255) };
    expect(await told(asPng(white))).toBe('credential-unreadable no-badge-in-picture');
    expect(await told(asJpeg(white))).toBe('credential-unreadable no-badge-in-picture');
  });

  it('a baked badge comes before a code that is drawn on the same picture', async () => {
    const drawn = asPng(qrPicture(LINK));
    const end = drawn.length - 12;
    const baked = png([itxt(JSON.stringify(named('Gebakken')))]);
    const chunkOf = baked.slice(8 + 25, baked.length - 12 - 10 - 12);
    expect(await told(concat(drawn.slice(0, end), chunkOf, drawn.slice(end)))).toBe('png › Gebakken');
  });
});

describe('how far a code is followed', () => {
  it('a link in a code in a picture behind a link is fine, and further is not', async () => {
    const code = (said: string) => asPng(qrPicture(said));
    const { told, asked } = readerOf({
      [LINK]: named('Eén'),
      'https://a.example/1': code(LINK),
      'https://a.example/2': code('https://a.example/1'),
      'https://a.example/rond': code('https://a.example/rond'),
    });
    expect(await told('https://a.example/1')).toBe('link › qr › link › Eén');
    expect(await told(code('https://a.example/1'))).toBe('credential-unreadable no-badge-in-picture');
    expect(await told('https://a.example/2')).toBe('credential-unreadable no-badge-in-picture');
    asked.length = 0;
    expect(await told('https://a.example/rond')).toBe('credential-unreadable no-badge-in-picture');
    expect(asked.length).toBeLessThan(4);
  });

  it('a badge that is baked into a picture behind a code is found, and its address too', async () => {
    const baked = (said: string) => png([itxt(said, { keyword: 'openbadges' })]);
    const { told } = readerOf({
      [LINK]: named('Eén'),
      'https://a.example/met': baked(JSON.stringify(named('Gebakken'))),
      'https://a.example/naar': baked(LINK),
      'https://a.example/verder': baked('https://a.example/naar'),
    });
    const code = (said: string) => asJpeg(qrPicture(said));
    expect(await told(code('https://a.example/met'))).toBe('qr › link › png › Gebakken');
    expect(await told(code('https://a.example/naar'))).toBe('qr › link › png › link › Eén');
    expect(await told(code('https://a.example/verder'))).toBe('credential-unreadable too-many-links');
  });
});

describe('a picture that was made to do harm', () => {
  const { told } = readerOf();

  it('P3: is measured by its header before anything is decoded', async () => {
    const jpeg = asJpeg(qrPicture(LINK));
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    const huge = jpeg.slice();
    huge.set([0x75, 0x30, 0x75, 0x30], frame + 5);
    expect(await told(huge)).toBe('limit-broken picture-too-large');
    expect(await told(png([], { head: header(30_000, 30_000) }))).toBe('limit-broken picture-too-large');
    const sized = (size: number) => concat(jpeg, new Uint8Array(size - jpeg.length));
    expect(await told(sized(2_000_001))).toBe('body-too-large picture-too-large');
    expect(await told(sized(2_000_000))).toBe('credential-unreachable');
  });

  it('P3: 16 million pixels are read, and one line more is not', async () => {
    expect(await told(asPng(qrPicture(LINK, { width: 4_000, height: 4_000, scale: 12 })))).toBe(
      'credential-unreachable',
    );
    expect(await told(asPng(qrPicture(LINK, { width: 4_000, height: 4_001, scale: 12 })))).toBe(
      'limit-broken picture-too-large',
    );
  });

  it('P3: pixels that inflate to more than the header says, and pixels gone over and over, are not decoded', async () => {
    const bomb = zlibSync(new Uint8Array(60_000_000), { level: 9 });
    const start = performance.now();
    for (const head of [header(20, 20), header(1_000, 1_000)])
      expect(await told(png([], { head, body: { type: 'IDAT', data: bomb } }))).toBe('limit-broken picture-too-large');
    const jpeg = asJpeg(qrPicture(LINK));
    const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
    const scans = concat(
      jpeg.slice(0, -2),
      Uint8Array.from({ length: 1_500_000 }, (_, i) => scan[i % 10]!),
      jpeg.slice(-2),
    );
    expect(await told(scans)).toBe('limit-broken picture-too-large');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('P5: one that is cut off, flipped or empty harms nobody, and the next is read as ever', async () => {
    const jpeg = asJpeg(qrPicture(LINK));
    for (const bytes of [
      jpeg.slice(0, 30),
      jpeg.slice(0, jpeg.length / 2),
      jpeg.map((b, i) => (i > 20 && i % 7 === 0 ? 255 - b : b)),
      new Uint8Array([0xff, 0xd8, 0xff]),
    ])
      expect(await told(bytes)).toMatch(/^(credential-(unreadable|unreachable)|limit-broken)/);
    expect(await told(png([], { head: header(0, 5) }))).toMatch(/^credential-unreadable/);
    expect(await told(jpeg)).toBe('credential-unreachable');
  });
});
