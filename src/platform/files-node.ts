import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileStore } from './files.ts';

/** Ids are our own, and a folder of their own keeps each listing short. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Files in a folder of this machine, readable by its owner alone. A file appears under its name once it is whole. */
export function openFolder(folder: string): FileStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => {
    if (!ID.test(id)) throw new Error('not an id of a file');
    return join(folder, id.slice(-2), id);
  };
  return {
    async put(id, bytes) {
      const path = pathOf(id);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const partial = `${path}.part`;
      const hash = createHash('sha256');
      let size = 0;
      const file = await open(partial, 'wx', 0o600);
      try {
        for await (const chunk of bytes) {
          hash.update(chunk);
          await file.writeFile(chunk);
          size += chunk.length;
        }
        await file.sync();
        await file.close();
        await rename(partial, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(partial, { force: true });
        throw error;
      }
      return { size, sha256: hash.digest('hex') };
    },
    async get(id, range) {
      const path = pathOf(id);
      if (!(await stat(path).catch(() => undefined))) return undefined;
      const stream = createReadStream(path, range ? { start: range.offset, end: range.offset + range.length - 1 } : {});
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },
    async delete(ids) {
      for (const id of ids) {
        await rm(pathOf(id), { force: true });
        // What an upload left that was cut off by a crash.
        await rm(`${pathOf(id)}.part`, { force: true });
      }
    },
    async *list() {
      for (const part of await readdir(folder).catch(() => [])) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue;
        for (const name of await readdir(join(folder, part))) {
          const id = name.replace(/\.part$/, '');
          const found = ID.test(id) ? await stat(join(folder, part, name)).catch(() => undefined) : undefined;
          if (found) yield { id, storedAt: found.mtime };
        }
      }
    },
  };
}

/** A name is only kept once its folder is (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
