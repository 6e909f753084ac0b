import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_LIMIT } from '../../src/platform/http.ts';
import { concat } from '../../src/vc/bytes.ts';
import { pdf } from '../support/containers.ts';
import { createWorld } from '../support/create-world.ts';

describe('the limit of a body', () => {
  const world = createWorld();
  let server: ReturnType<typeof serve>;
  beforeAll(async () => {
    await new Promise<void>(done => {
      server = serve({ fetch: world.app.fetch, port: 0, hostname: '127.0.0.1' }, () => done());
    });
  });
  afterAll(() => server.close());

  /** Sends chunks without a length, one each time that `pause` is over, until the answer comes or they run out. */
  async function drip(path: string, chunks: number, size: number, pause: number, type = 'application/json') {
    const { port } = server.address() as AddressInfo;
    let sent = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const outgoing = request({ port, host: '127.0.0.1', path, method: 'POST' }, response => {
        resolve(response.statusCode ?? 0);
        response.resume();
        outgoing.destroy();
      });
      outgoing.setHeader('content-type', type);
      outgoing.setHeader('transfer-encoding', 'chunked');
      outgoing.on('error', reject);
      const next = () => {
        if (outgoing.destroyed) return;
        if (sent === chunks * size) return void outgoing.end();
        outgoing.write(Buffer.alloc(size, ' '));
        sent += size;
        setTimeout(next, pause);
      };
      next();
    });
    return { status, sent };
  }

  it('V24: 10 MB in chunks without a length is a 413 long before its end', async () => {
    const before = process.memoryUsage().rss;
    const { status, sent } = await drip('/api/v1/verifications', 160, 64 * 1024, 1);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(10e6);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it('V24: a body that only drips is counted all the same, on every path', async () => {
    for (const path of ['/api/v1/verifications', '/verify', '/api/v1/awards', '/nothing/here'])
      expect([path, (await drip(path, 12, 100 * 1024, 20)).status]).toEqual([path, 413]);
  });

  it('V24: only a form brings a file, only to a check, and 12 MB of one in chunks is a 413 before its end', async () => {
    const form = 'multipart/form-data; boundary=x';
    for (const path of ['/api/v1/verifications', '/verify']) {
      const { status, sent } = await drip(path, 192, 64 * 1024, 0, form);
      expect([path, status]).toEqual([path, 413]);
      expect(sent).toBeGreaterThan(10e6);
    }
    for (const [path, type] of [
      ['/api/v1/awards', form],
      ['/vc-api/credentials/verify', form],
      ['/verify', 'application/x-www-form-urlencoded'],
      ['/verify', 'multipart/form-data'],
    ] as const)
      expect([path, type, (await drip(path, 24, 64 * 1024, 0, type)).status]).toEqual([path, type, 413]);
  });

  it('V24: a file of exactly 10 MB is looked at, in chunks too, and one byte more is not', async () => {
    const send = async (size: number, length: boolean) => {
      const form = new FormData();
      const small = pdf([{ content: '{"@context":[]}' }]);
      form.set('file', new File([concat(small, new Uint8Array(size - small.length).fill(0x20))], 'x'));
      const whole = new Request(`${world.origin}/api/v1/verifications`, { method: 'POST', body: form });
      const body = new Uint8Array(await whole.clone().arrayBuffer());
      const headers = new Headers(whole.headers);
      if (length) headers.set('content-length', String(body.length));
      else headers.set('transfer-encoding', 'chunked');
      const response = await world.app.request(new Request(whole.url, { method: 'POST', headers, body }));
      return `${response.status} ${((await response.json()) as { code: string }).code}`;
    };
    for (const length of [true, false]) {
      expect(await send(10_000_000, length)).toBe('200 malformed');
      expect(await send(10_000_001, length)).toBe('413 body-too-large');
    }
  });

  it('V24: a body of exactly the limit is read', async () => {
    const text = '{"credential":{}}'.padEnd(BODY_LIMIT);
    const send = (body: string) => world.api('/api/v1/verifications', { body });
    expect((await send(text)).json.verdict).toBe('invalid');
    expect((await send(`${text} `)).status).toBe(413);
  });
});
