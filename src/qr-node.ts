import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createQrReader } from './verifier/index.ts';

type Compile = (bytes: Uint8Array) => Promise<object>;

/** Reads QR codes on Node, with the module in a file. */
export const readQrWith = (file: string) =>
  createQrReader(() =>
    (globalThis as unknown as { WebAssembly: { compile: Compile } }).WebAssembly.compile(readFileSync(file)),
  );

/**
 * The same with the module that the build lays beside itself; sources and bundle both stand one folder below the
 * package.
 */
export const readQrHere = readQrWith(join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'zxing_reader.wasm'));
