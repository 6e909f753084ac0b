// How large the QR codes of a badge are, and how often they are read from a picture that was taken badly.
// Usage: node scripts/tool.mjs test/bench/qr.ts [--times 20]
import { parseArgs } from 'node:util';
import { decode, encode } from 'fast-png';
import { drawingFrom } from '../../src/drawing-node.ts';
import { readQrWith } from '../../src/qr-node.ts';
import { generateJoseKey, localJoseSigner } from '../../src/vc/jose-signer.ts';
import { signShortBadge } from '../../src/vc/short-badge.ts';
import { qrPath } from '../../src/web/qr.tsx';

const times = Number(parseArgs({ options: { times: { type: 'string', default: '20' } } }).values.times);

// Begun from the package, after a build.
const drawing = drawingFrom('dist');
const readQr = readQrWith('dist/zxing_reader.wasm');

const badges = {
  'a short title and name': ['waarmerk.nl', 'linde', 'Samenwerken', 'Sam de Vries'],
  'a usual title and name': [
    'waarmerk.hogeschool.example',
    'hogeschool-de-linde',
    'Samenwerken in de wijk: begeleiden van vrijwilligers',
    'Zoë Łukasiewicz-Ødegård',
  ],
  'the longest of both': ['waarmerk.hogeschool.example', 'hogeschool-de-linde', 'x'.repeat(90), 'y'.repeat(90)],
} as const;

/** Pixels of the code in the picture, and how it was taken. */
const pictures = [
  { side: 420, blur: 0, noise: 0, turn: 0 },
  { side: 420, blur: 1.2, noise: 24, turn: 8 },
  { side: 320, blur: 1.2, noise: 24, turn: 8 },
  { side: 240, blur: 1, noise: 24, turn: 8 },
  { side: 180, blur: 0.8, noise: 24, turn: 8 },
];

const { publicJwk, pkcs8 } = await generateJoseKey('ES256');
async function codeOf([host, slug, title, recipient]: readonly [string, string, string, string]) {
  const controller = `did:web:${host}:i:${slug}`;
  const id = `${controller}#key-2026-es256-1`;
  const signer = await localJoseSigner({ id, controller, algorithm: 'ES256', publicJwk, pkcs8: pkcs8.slice() });
  const digits = await signShortBadge(
    {
      issuer: controller,
      id: `urn:uuid:${crypto.randomUUID()}`,
      title,
      recipient,
      awarded: '2026-11-01',
      made: new Date(),
      validUntil: new Date('2031-11-01T00:00:00Z'),
      status: { list: `https://${host}/status/${crypto.randomUUID()}`, index: 104_321 },
    },
    signer,
  );
  return { text: `HTTPS://${host.toUpperCase()}/V#${digits}`, bytes: (BigInt(digits).toString(16).length - 1) / 2 };
}

/** A picture of a code: turned, out of focus, in poor light. */
async function take({ size, path }: { size: number; path: string }, picture: (typeof pictures)[number], n: number) {
  const { side, blur, noise, turn } = picture;
  const angle = turn * Math.sin(n * 2.4);
  const scale = side / size;
  const [whole, shift] = [side * 1.5, side * 0.25 + Math.sin(n * 7.1)];
  // Drawn at half the size, since pictures are drawn at twice theirs.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${whole / 2}" height="${whole / 2}" viewBox="0 0 ${whole} ${whole}">
    <filter id="f"><feGaussianBlur stdDeviation="${blur}"/></filter><rect width="100%" height="100%" fill="#ddd"/>
    <g ${blur ? 'filter="url(#f)"' : ''}><g transform="rotate(${angle} ${whole / 2} ${whole / 2}) translate(${shift} ${shift}) scale(${scale})">
    <rect x="-4" y="-4" width="${size + 8}" height="${size + 8}" fill="#fff"/><path d="${path}" fill="#222"/></g></g></svg>`;
  const drawn = decode(await drawing.png(svg));
  let seed = n + 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const data = Uint8Array.from(drawn.data, (value, i) =>
    i % drawn.channels === 3 ? 255 : Math.max(0, Math.min(255, value + (random() + random() - 1) * 2 * noise)),
  );
  return encode({ ...drawn, data });
}

const rows: string[][] = [];
const link = `https://waarmerk.hogeschool.example/c/${'x'.repeat(22)}`;
for (const [what, level, text, bytes] of [
  ['a link', 'M', link, link.length],
  ...(await Promise.all(
    Object.entries(badges).map(async ([name, badge]) => {
      const { text, bytes } = await codeOf(badge);
      return (['L', 'M'] as const).map(level => [name, level, text, bytes] as const);
    }),
  ).then(all => all.flat())),
] as const) {
  const code = qrPath(text, level);
  const rates = [];
  for (const picture of pictures) {
    let read = 0;
    for (let n = 0; n < times; n++) if ((await readQr(await take(code, picture, n))).includes(text)) read++;
    rates.push(`${read}/${times}`);
  }
  rows.push([what, String(bytes), level, String(code.size), ...rates]);
}
const told = pictures.map(({ side, blur, noise }) => `${side} px${blur ? `, blur ${blur}, noise ${noise}` : ''}`);
for (const row of [['code', 'bytes', 'level', 'modules', ...told], Array(4 + told.length).fill('---'), ...rows])
  console.log(`| ${row.join(' | ')} |`);
