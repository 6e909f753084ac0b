import { concat, utf8 } from '../../src/vc/bytes.ts';
import { asJpeg, asPng, itxt, pdf, png, qrPicture, svg, svgBody, text, ztxt } from '../support/containers.ts';
import type { Random } from './random.ts';

/** A badge in something, as bytes; `answers`: what stands at the addresses that it names. */
export type Container = { bytes: Uint8Array; steps: string[]; answers: [string, string][] };

type Packing = (badges: string[], random: Random, address: string) => Uint8Array;

const packings: Record<string, Packing> = {
  png: (badges, random) => png(badges.map(badge => itxt(badge, { compressed: random.below(2) === 0 }))),
  'png of old': (badges, random) => png(badges.map(badge => (random.below(2) ? text(badge) : ztxt(badge)))),
  svg: badges => utf8(svg(badges.map(badge => svgBody(badge)).join('<g/>'))),
  pdf: (badges, random) =>
    pdf(
      badges.map((content, i) => ({ name: `${i}.json`, content })),
      { compressed: random.below(2) === 0, annotated: random.below(2) === 0, packed: random.below(2) === 0 },
    ),
  'png in a pdf': badges => pdf([{ content: png(badges.map(badge => itxt(badge))) }]),
  'qr as png': (_, random, address) => asPng(qrPicture(address, { scale: 3, angle: random.below(90) })),
  'qr as jpeg': (_, random, address) => asJpeg(qrPicture(address, { scale: 3, noise: random.next() * 0.5 })),
  list: badges => utf8(`[${badges.join(',')}]`),
};

type ByteMutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const byteMutations: Record<string, ByteMutation> = {
  none: bytes => bytes,
  flip(bytes, random) {
    const changed = bytes.slice();
    for (let left = 1 + random.below(4); left > 0; left--) changed[random.below(bytes.length)]! ^= 1 << random.below(8);
    return changed;
  },
  cut: (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  erase(bytes, random) {
    const at = random.below(bytes.length);
    return concat(bytes.slice(0, at), bytes.slice(at + 1 + random.below(40)));
  },
  repeat(bytes, random) {
    const at = random.below(bytes.length);
    const end = Math.min(bytes.length, at + random.below(400));
    return concat(bytes.slice(0, end), bytes.slice(at, end), bytes.slice(end));
  },
  zeros(bytes, random) {
    const changed = bytes.slice();
    const at = random.below(bytes.length);
    return changed.fill(random.pick([0, 255]), at, at + random.below(64));
  },
  number(bytes, random) {
    const changed = bytes.slice();
    new DataView(changed.buffer).setUint32(
      random.below(Math.max(1, bytes.length - 4)),
      random.pick([0, 1, 0x7fffffff, 0x80000000, 0xffffffff]),
    );
    return changed;
  },
  words(bytes, random) {
    const word = random.pick([
      'endstream',
      'stream\n',
      '1 0 obj\n',
      '<</EF<</F 10 0 R>>>>',
      ']]>',
      '<![CDATA[',
      '&amp;',
      '</svg>',
      'IEND',
      '\0',
    ]);
    const at = random.below(bytes.length);
    return concat(bytes.slice(0, at), utf8(word), bytes.slice(at));
  },
  twice: bytes => concat(bytes, bytes),
};

/** Puts badges into something that a badge is kept in, and then, more often than not, breaks that. */
export function contain(badges: string[], random: Random, address: string): Container {
  const packing = random.pick(Object.keys(packings));
  const mutation = random.pick(Object.keys(byteMutations));
  const bytes = packings[packing]!(badges, random, address);
  return {
    bytes: byteMutations[mutation]!(bytes, random),
    steps: [packing, mutation],
    answers: [[address, badges[0]!]],
  };
}
