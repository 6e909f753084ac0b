import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Fonts } from '../platform/context.ts';

/** A compiled module of WebAssembly; what it is made of differs by runtime. */
type WasmModule = object;

/** Pixels for one of the picture's own: sharp on a phone, and well under what a reader of pictures takes. */
const ZOOM = 2;

// The library holds one instance for the whole process, and refuses a second.
let ready: Promise<void> | undefined;

/**
 * Draws an SVG of ours as a PNG, with resvg in WebAssembly: it runs no script and fetches nothing. `load` gives the
 * module and `fonts` the letters, both parts of our own build.
 */
export function createPngDrawer(load: () => WasmModule | Promise<WasmModule>, fonts: () => Promise<Fonts> | Fonts) {
  return async (svg: string): Promise<Uint8Array> => {
    ready ??= Promise.resolve(load()).then(module => initWasm(module as never));
    await ready;
    const { bold } = await fonts();
    const resvg = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: ZOOM },
      font: { fontBuffers: [bold], defaultFontFamily: 'DejaVu Sans' },
    });
    const image = resvg.render();
    try {
      // A view on the memory of the module would change with the next picture.
      return image.asPng().slice();
    } finally {
      image.free();
      resvg.free();
    }
  };
}
