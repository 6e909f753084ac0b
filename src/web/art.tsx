/** Pictures of our own making. A badge's own picture may stand on any host, and is never loaded. */

/** Ground and accent; white text and the accent are legible on each ground. */
const palette = [
  ['#4a3310', '#ffcf70'],
  ['#0b4f52', '#f6d8ae'],
  ['#5b2a4d', '#f7b7cf'],
  ['#23395b', '#9be1d9'],
  ['#6b2f1a', '#ffd28a'],
  ['#2f4a1f', '#dcea9f'],
  ['#3f2b63', '#cdbdff'],
  ['#153b50', '#f2c14e'],
] as const;

/** An institution has its colours by its slug, also where only its DID is known (`did:web:HOST:i:SLUG`). */
export const seedOf = (issuerId: string): string => issuerId.split(':').at(-1) ?? issuerId;

const colours = (seed: string) => {
  const h = hash(seed);
  return palette[(((h >>> 15) ^ h) >>> 0) % palette.length]!;
};

/** The same text gives the same number, on every runtime (FNV-1a). */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h;
}

const small = new Set([
  'van',
  'de',
  'het',
  'een',
  'voor',
  'der',
  'den',
  'en',
  'of',
  'the',
  'of',
  'and',
  'for',
  'in',
  'te',
]);

/** Two letters, or one, that stand for a name. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(w => w && !small.has(w.toLowerCase()));
  return words
    .slice(0, 2)
    .map(w => [...w][0]!.toUpperCase())
    .join('');
}

interface ArtProps {
  /** What the colours follow from: the slug or id of the issuer. */
  seed: string;
  issuer: string;
  title: string;
}

/** The emblem on its ground, for beside a title. */
export function Emblem({ seed, issuer, title }: ArtProps) {
  const [ground] = colours(seed);
  return (
    <svg class="art" viewBox="0 0 400 400" aria-hidden="true" focusable="false">
      <rect width="400" height="400" rx="84" fill={ground} />
      <Rosette x={200} y={200} radius={138} seed={seed} issuer={issuer} title={title} />
    </svg>
  );
}

/** The whole picture: emblem, title and kind. `standalone` adds what a file of its own needs. */
export function Picture({
  kind,
  label,
  standalone,
  ...props
}: ArtProps & { kind: string; label: string; standalone?: boolean }) {
  const [ground, accent] = colours(props.seed);
  const { lines, size } = wrap(props.title);
  const top = 272 - ((lines.length - 1) * size * 1.18) / 2;
  return (
    <svg
      class="picture"
      viewBox="0 0 400 400"
      role="img"
      aria-label={label}
      {...(standalone ? { xmlns: 'http://www.w3.org/2000/svg', width: '400', height: '400' } : {})}
    >
      <rect width="400" height="400" rx="36" fill={ground} />
      <Rosette x={200} y={112} radius={76} {...props} />
      <g font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif" text-anchor="middle">
        {lines.map((line, i) => (
          <text x="200" y={Math.round(top + i * size * 1.18)} font-size={size} font-weight="700" fill="#fff">
            {line}
          </text>
        ))}
        <text x="200" y="366" font-size="19" font-weight="600" fill={accent} letter-spacing="1">
          {kind}
        </text>
      </g>
    </svg>
  );
}

/**
 * The same in the middle of a picture that is wider than high, as chats and sites show of a link: 1200 by 630 when
 * drawn.
 */
export function WidePicture(props: ArtProps & { kind: string; label: string }) {
  const [ground] = colours(props.seed);
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width="600" height="315" viewBox="0 0 600 315">
      <rect width="600" height="315" fill={ground} />
      <g transform="translate(142.5 0) scale(.7875)">
        <Picture {...props} />
      </g>
    </svg>
  );
}

/**
 * A wreath of petals whose number and twist follow from the title, around the initials of the issuer: as numbers, for
 * whatever draws it. Angles in degrees, clockwise.
 */
export function rosette({ radius, seed, issuer, title }: ArtProps & { radius: number }) {
  const [ground, accent] = colours(seed);
  const h = hash(title);
  const petals = 7 + (h % 6);
  const reach = 0.2 + ((h >>> 8) % 4) * 0.035;
  const letters = initials(issuer);
  const one = letters.length <= 1;
  return {
    ground,
    accent,
    twist: ((h >>> 4) % 30) - 15,
    angles: Array.from({ length: petals }, (_, i) => Math.round((360 / petals) * i * 100) / 100),
    away: Math.round(radius * 0.74),
    rx: Math.round(radius * (2.1 / petals + 0.03) * 10) / 10,
    ry: Math.round(radius * (reach + 0.02) * 10) / 10,
    outer: Math.round(radius * 0.76),
    inner: Math.round(radius * 0.66),
    letters,
    size: Math.round(radius * (one ? 0.66 : 0.54)),
    drop: Math.round(radius * (one ? 0.23 : 0.19)),
  };
}

function Rosette({ x, y, ...props }: ArtProps & { x: number; y: number; radius: number }) {
  const { ground, accent, twist, angles, away, rx, ry, outer, inner, letters, size, drop } = rosette(props);
  return (
    <g transform={`translate(${x} ${y})`}>
      <g transform={`rotate(${twist})`} fill={accent}>
        {angles.map(angle => (
          <ellipse cy={-away} rx={rx} ry={ry} transform={`rotate(${angle})`} />
        ))}
      </g>
      <circle r={outer} fill={accent} />
      <circle r={inner} fill={ground} />
      <text
        y={drop}
        font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
        font-size={size}
        font-weight="700"
        text-anchor="middle"
        fill="#fff"
      >
        {letters}
      </text>
    </g>
  );
}

/** Wraps a title into at most four lines, in the largest size that fits; what does not fit ends in an ellipsis. */
export function wrap(title: string): { lines: string[]; size: number } {
  const length = (line: string) => [...line].length;
  for (const [size, most] of [
    [40, 2],
    [34, 3],
    [29, 4],
    [25, 4],
  ] as const) {
    const width = charactersAt(size);
    const lines = fill(title, width);
    if (lines.length <= most && lines.every(line => length(line) <= width)) return { lines, size };
  }
  const width = charactersAt(25);
  const cut = (line: string) =>
    `${[...line]
      .slice(0, width - 1)
      .join('')
      .trimEnd()}…`;
  const all = fill(title, width);
  const lines = all.slice(0, 4).map(line => (length(line) > width ? cut(line) : line));
  if (all.length > 4 && !lines[3]!.endsWith('…')) lines[3] = cut(lines[3]!.padEnd(width));
  return { lines, size: 25 };
}

/** Letters that fit in a line, reckoned with a wide font: which one draws it is not known here. */
const charactersAt = (size: number) => Math.floor(340 / (size * 0.63));

function fill(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
