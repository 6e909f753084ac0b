import { describe, expect, it } from 'vitest';
import { bakePng, bakeSvg } from '../../src/vc/bake.ts';
import { readBakedPng } from '../../src/vc/baked-png.ts';
import { readBakedSvg } from '../../src/vc/baked-svg.ts';
import { itxt, png } from '../support/containers.ts';

const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>';
const jws = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln';
const hostile = [
  ']]>',
  ']]]]>>',
  '<![CDATA[',
  '</openbadges:credential></svg>',
  '<script>alert(1)</script>',
  '&lt;&#0;',
  '\uFFFE\uFFFF',
  '\u202Egnp.exe',
  'Zoë 学 🎓 \u0000',
  '\uD800',
  'ñ'.repeat(400_000),
];
const badgeOf = (name: string) => JSON.stringify({ '@context': [], name });

describe('baking', () => {
  it.each(hostile.map(name => [name.slice(0, 30), badgeOf(name)]))(
    'P5: %j comes out of a PNG and an SVG as it went in',
    async (_, badge) => {
      expect((await readBakedPng(await bakePng(png(), badge), 1_000_000)).baked).toEqual([badge]);
      const [found, ...more] = readBakedSvg(bakeSvg(picture, badge))!;
      expect(more).toEqual([]);
      expect(JSON.parse(found!.body!)).toEqual(JSON.parse(badge));
    },
  );

  it('a token stands in the attribute of an SVG, and as text in a PNG', async () => {
    expect(readBakedSvg(bakeSvg(picture, jws))).toEqual([{ verify: jws }]);
    expect((await readBakedPng(await bakePng(png(), jws), 1_000)).baked).toEqual([jws]);
  });

  it('P4: a picture that holds a badge, or something behind its end, takes no second one', async () => {
    const once = await bakePng(png(), badgeOf('a'));
    await expect(bakePng(once, badgeOf('b'))).rejects.toMatchObject({ code: 'picture-malformed' });
    await expect(bakePng(png([itxt('{}', { keyword: 'openbadges' })]), '{}')).rejects.toThrow();
    await expect(bakePng(png([], { after: new Uint8Array([1]) }), '{}')).rejects.toThrow();
    expect(() => bakeSvg(bakeSvg(picture, jws), jws)).toThrow('without a badge');
    expect(() => bakeSvg('<svg/>', jws)).toThrow();
    expect(() => bakeSvg('<html></html>', jws)).toThrow();
  });
});
