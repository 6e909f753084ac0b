import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface Packed {
  name: string;
  /** Text is packed smaller; what people bring mostly is small already. */
  bytes: string | AsyncIterable<Uint8Array>;
}

/** A ZIP as it is made: no more of it is held than the chunk that is under way. */
export async function* writeZip(entries: AsyncIterable<Packed>, mtime: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failed: unknown;
  const zip = new Zip((error, bytes) => {
    failed ??= error ?? undefined;
    if (bytes?.length) ready.push(bytes);
  });
  const written = function* () {
    if (failed) throw failed;
    yield* ready.splice(0);
  };
  for await (const { name, bytes } of entries) {
    const text = typeof bytes === 'string';
    const file = text ? new ZipDeflate(name) : new ZipPassThrough(name);
    file.mtime = mtime;
    zip.add(file);
    if (text) file.push(new TextEncoder().encode(bytes), true);
    else {
      for await (const chunk of bytes) {
        file.push(chunk);
        yield* written();
      }
      file.push(new Uint8Array(), true);
    }
    yield* written();
  }
  zip.end();
  yield* written();
}

/** The same as a stream that is asked for its next chunk, and stops making it when nobody reads on. */
export function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
