import { afterEach, expect, it, vi } from 'vitest';
import { workerTransport } from '../../src/platform/fetch-worker.ts';

const LIMITS = { headers: { accept: 'application/json' }, maxBytes: 10, timeoutMs: 200 };
const url = new URL('https://a.example/did.json');

/** Stands in for the `fetch` of the runtime; returns the spy and the stream's state. */
function stubFetch(status: number, headers: Record<string, string>, chunks: string[]) {
  const stream = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[stream.pulled++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(chunk));
      },
      cancel() {
        stream.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const spy = vi.fn(async (_: URL, __: RequestInit) => new Response(body, { status, headers }));
  vi.stubGlobal('fetch', spy);
  return { spy, stream };
}

afterEach(() => vi.unstubAllGlobals());

it('F3 leaves redirects to the rules and reads no body of one', async () => {
  const { spy, stream } = stubFetch(302, { location: 'https://b.example/' }, ['x']);
  const { status, headers, body } = await workerTransport(url, LIMITS);
  expect([status, headers.get('location'), body.length]).toEqual([302, 'https://b.example/', 0]);
  expect(spy.mock.calls[0]?.[1]).toMatchObject({ redirect: 'manual', headers: LIMITS.headers });
  expect(stream).toEqual({ pulled: 0, cancelled: true });
});

it('F7 reads to the cap, and no further than the chunk that passes it', async () => {
  stubFetch(200, {}, ['12345', '67890']);
  expect((await workerTransport(url, LIMITS)).body).toHaveLength(10);
  const { stream } = stubFetch(200, {}, ['12345', '67890', '1', '2', '3']);
  await expect(workerTransport(url, LIMITS)).rejects.toMatchObject({ code: 'fetch-too-large' });
  expect(stream).toEqual({ pulled: 3, cancelled: true });
});

it('F7 refuses an encoded body before the runtime inflates it', async () => {
  const { stream } = stubFetch(200, { 'content-encoding': 'gzip' }, ['x']);
  await expect(workerTransport(url, LIMITS)).rejects.toMatchObject({ code: 'fetch-type' });
  expect(stream.pulled).toBe(0);
});

it('V30 gives up in time', async () => {
  vi.stubGlobal('fetch', (_: URL, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  });
  await expect(workerTransport(url, LIMITS)).rejects.toMatchObject({ code: 'fetch-timeout' });
});
