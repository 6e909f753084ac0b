import { env } from 'cloudflare:workers';
import qrModule from 'zxing-wasm/reader/zxing_reader.wasm';
import { openD1 } from '../../src/platform/database-d1.ts';
import { openR2 } from '../../src/platform/files-r2.ts';
import { createQrReader } from '../../src/verifier/index.ts';
import { type WorldOptions, worldOn } from './world.ts';

const readQr = createQrReader(() => qrModule as unknown as object);

/** A world on D1, in workerd. Worlds of one test file share its database. */
export const createWorld = (options: WorldOptions = {}) =>
  worldOn(openD1(env.DB), { readQr, files: openR2(env.FILES), ...options });
