import { create } from 'qrcode/lib/core/qrcode.js';

/** A quiet zone of four modules, which readers rely on (ISO/IEC 18004 §6.3.8). */
const QUIET = 4;

/**
 * A text as a QR code: one path on white, in dark mode too, since many readers do not read inverted codes. `dense`:
 * larger and with less to spare, for what would not fit in a small one.
 */
export function QrCode({ text, label, dense }: { text: string; label: string; dense?: boolean }) {
  const { size, path } = qrPath(text, dense ? 'L' : 'M');
  const box = `${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`;
  return (
    <svg class={dense ? 'qr dense' : 'qr'} viewBox={box} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The dark modules, each run of a row as one stroke. */
export function qrPath(text: string, level: 'L' | 'M' = 'M'): { size: number; path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: level }).modules;
  let path = '';
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (!data[y * size + x]) continue;
      let run = 1;
      while (x + run < size && data[y * size + x + run]) run++;
      path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  return { size, path };
}
