import { prepareZXingModule, purgeZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { onWhite, type Pixels } from './on-white.ts';
import { sizeOf } from './picture-size.ts';

/** Reads the texts of the QR codes in a PNG or a JPEG; none when it holds none, or could not be read in time. */
export type QrReader = (picture: Uint8Array) => Promise<string[]>;

/** A compiled module of WebAssembly; what it is made of differs by runtime. */
export type WasmModule = object;

const MAX_CODES = 4;
/** Pixels after which the memory of the decoder is given back: it grows with a picture and never shrinks. */
const LARGE = 4_000_000;

const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'MicroQRCode', 'RMQRCode'],
  maxNumberOfSymbols: MAX_CODES,
  tryHarder: true,
  textMode: 'Plain',
};

async function read(picture: Uint8Array<ArrayBuffer> | Pixels): Promise<string[]> {
  // Its types know the pixels of a browser only.
  const codes = await readBarcodes(picture as Uint8Array<ArrayBuffer>, OPTIONS);
  return codes.filter(code => code.isValid && code.text !== '').map(code => code.text);
}

type Instantiate = (module: WasmModule, imports: object) => Promise<object>;

/**
 * A reader on ZXing in WebAssembly, where a broken picture can harm nothing but the decoder itself. `load` gives the
 * module, which is part of our own build: the library would fetch it from elsewhere.
 */
export function createQrReader(load: () => WasmModule | Promise<WasmModule>): QrReader {
  let module: Promise<WasmModule> | undefined;
  const overrides = {
    instantiateWasm(imports: object, done: (instance: object, module: object) => void) {
      const { instantiate } = (globalThis as unknown as { WebAssembly: { instantiate: Instantiate } }).WebAssembly;
      void module?.then(async compiled => done(await instantiate(compiled, imports), compiled));
      return {};
    },
  };
  return async picture => {
    module ??= Promise.resolve(load());
    await module;
    prepareZXingModule({ overrides: overrides as never });
    try {
      const texts = await read(new Uint8Array(picture));
      if (texts.length > 0) return texts;
      const flat = onWhite(picture);
      return flat ? await read(flat) : [];
    } catch {
      // What trapped inside is not used again.
      purgeZXingModule();
      return [];
    } finally {
      if ((sizeOf(picture)?.pixels ?? 0) > LARGE) purgeZXingModule();
    }
  };
}
