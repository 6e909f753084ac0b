import type { Crypto, R2Bucket, R2UploadedPart } from '@cloudflare/workers-types';
import type { FileStore } from './files.ts';

/** R2 takes a stream only with its length, which nobody knows here: so in parts, of which all but the last are equal. */
const PART = 5 * 1024 * 1024;

/** Files in a bucket. An upload that is not completed leaves no object; R2 drops its parts after a week. */
export function openR2(bucket: R2Bucket): FileStore {
  return {
    async put(id, bytes) {
      const digest = new (crypto as unknown as Crypto).DigestStream('SHA-256');
      const hashing = digest.getWriter();
      let upload: Awaited<ReturnType<R2Bucket['createMultipartUpload']>> | undefined;
      const parts: R2UploadedPart[] = [];
      let part = new Uint8Array(PART);
      let filled = 0;
      let size = 0;
      try {
        for await (const chunk of bytes) {
          await hashing.write(chunk);
          size += chunk.length;
          for (let rest = chunk; rest.length;) {
            const room = rest.subarray(0, PART - filled);
            part.set(room, filled);
            filled += room.length;
            rest = rest.subarray(room.length);
            if (filled < PART) continue;
            upload ??= await bucket.createMultipartUpload(id);
            parts.push(await upload.uploadPart(parts.length + 1, part));
            part = new Uint8Array(PART);
            filled = 0;
          }
        }
        await hashing.close();
        const last = part.subarray(0, filled);
        if (!upload) await bucket.put(id, last);
        else {
          if (filled) parts.push(await upload.uploadPart(parts.length + 1, last));
          await upload.complete(parts);
        }
      } catch (error) {
        await hashing.abort(error).catch(() => undefined);
        digest.digest.catch(() => undefined);
        await upload?.abort().catch(() => undefined);
        throw error;
      }
      return { size, sha256: hexOf(await digest.digest) };
    },
    async get(id, range) {
      const object = await bucket.get(id, range ? { range } : {});
      return object ? (object.body as unknown as ReadableStream<Uint8Array>) : undefined;
    },
    async delete(ids) {
      for (let at = 0; at < ids.length; at += 1_000) await bucket.delete(ids.slice(at, at + 1_000));
    },
    async *list() {
      for (let cursor: string | undefined; ;) {
        const page = await bucket.list(cursor ? { cursor } : {});
        for (const { key, uploaded } of page.objects) yield { id: key, storedAt: uploaded };
        if (!page.truncated) return;
        cursor = page.cursor;
      }
    },
  };
}

const hexOf = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');
