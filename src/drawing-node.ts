import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Drawing, Fonts } from './platform/context.ts';
import { createPngDrawer } from './wallets/index.ts';

type Compile = (bytes: Uint8Array) => Promise<object>;

/** Draws on Node, with the module and the fonts that the build lays in a folder. */
export function drawingFrom(folder: string): Drawing {
  const font = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  let read: Fonts | undefined;
  const fonts = () => (read ??= { regular: font('DejaVuSans.ttf'), bold: font('DejaVuSans-Bold.ttf') });
  const load = () =>
    (globalThis as unknown as { WebAssembly: { compile: Compile } }).WebAssembly.compile(
      readFileSync(join(folder, 'resvg.wasm')),
    );
  return { png: createPngDrawer(load, fonts), fonts: async () => fonts() };
}

/** Sources and bundle both stand one folder below the package. */
export const drawHere = drawingFrom(join(dirname(fileURLToPath(import.meta.url)), '..', 'dist'));
