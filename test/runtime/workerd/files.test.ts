import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { evidenceKinds } from '../../../src/platform/file-kind.ts';
import { storeFile } from '../../../src/platform/files.ts';
import { openR2 } from '../../../src/platform/files-r2.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createWorld } from '../../support/create-world.ts';
import { png, wav } from '../../support/files.ts';

describe('files in R2', () => {
  const files = openR2(env.FILES);
  const id = () => newId(new Date());
  async function* pieces(size: number, sign = 7, tear = false) {
    for (let at = 0; at < size; at += 100_000) yield new Uint8Array(Math.min(100_000, size - at)).fill(sign);
    if (tear) throw new Error('torn');
  }
  const read = async (key: string, range?: { offset: number; length: number }) => {
    const bytes = await files.get(key, range);
    return bytes && new Uint8Array(await new Response(bytes).arrayBuffer());
  };
  const hex = async (bytes: Uint8Array<ArrayBuffer>) =>
    Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), b => b.toString(16).padStart(2, '0')).join(
      '',
    );
  const ids = async () => {
    const found: string[] = [];
    for await (const file of files.list()) found.push(file.id);
    return found;
  };

  it.each([1, 5 * 1024 * 1024, 5 * 1024 * 1024 + 1, 11_000_000])('%d bytes come back, with their hash', async size => {
    const key = id();
    const whole = new Uint8Array(size).fill(7);
    expect(await files.put(key, pieces(size))).toEqual({ size, sha256: await hex(whole) });
    expect((await read(key))!.length).toBe(size);
    expect(await read(key, { offset: size - 1, length: 1 })).toEqual(new Uint8Array([7]));
    expect(await ids()).toContain(key);
    await files.delete([key]);
    expect([await read(key), (await ids()).includes(key)]).toEqual([undefined, false]);
  });

  it.each([10, 6_000_000])('an upload that breaks off after %d bytes leaves nothing', async size => {
    const key = id();
    await expect(files.put(key, pieces(size, 7, true))).rejects.toThrow('torn');
    expect(await ids()).not.toContain(key);
  });

  it('what is refused leaves nothing, what is kept is known by its bytes', async () => {
    const { deps } = createWorld();
    const before = await ids();
    const store = (bytes: Uint8Array) =>
      storeFile(deps, {
        bytes: (async function* () {
          yield bytes;
        })(),
        scope: 'portfolio:x',
        name: 'x.html',
        kinds: evidenceKinds,
      });
    await expect(store(new TextEncoder().encode('<svg/>'))).rejects.toMatchObject({ code: 'media-type-unsupported' });
    expect(await ids()).toEqual(before);
    expect([(await store(png())).mediaType, (await store(wav())).name]).toEqual(['image/png', 'x.wav']);
  });
});
