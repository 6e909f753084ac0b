import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFetcher, FetchError, type Transport } from '../../src/platform/fetch.ts';
import { createNodeTransport, isPublicAddress, nodeTransport } from '../../src/platform/fetch-node.ts';

const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url), 'utf8');
const LIMITS = { headers: { accept: '*/*' }, maxBytes: 65_536, timeoutMs: 3_000 };

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it succeeded'),
    e => e,
  );
  return error instanceof FetchError ? error.code : error.message;
}

describe('isPublicAddress', () => {
  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.1', '127.255.255.255'],
    ['168.63.129.16'],
    ['169.254.0.0', '169.254.169.254'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255', '198.51.100.7', '203.0.113.7'],
    ['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8'],
    ['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1', '100::1', '100:0:0:1::1'],
    ['2001::1', '2001:1::1', '2001:1ff:ffff::1', '2001:db8::1', '2002:7f00:1::1', '2620:4f:8000::1', '3fff::1'],
    ['5f00::1', 'fc00::1', 'fd00::1', 'fe80::1', 'fe80::1%lo', 'fec0::1', 'ff02::1', '2606:4700::1%lo'],
    ['', 'localhost', '127.1', '1.2.3'],
  ])('F1 refuses %s and its neighbours', (...addresses) => {
    for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  it.each([
    [
      '1.1.1.1',
      '8.8.8.8',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ],
    ['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.167.255.255', '192.169.0.0'],
    ['198.17.255.255', '198.20.0.0', '223.255.255.255'],
    ['2001:200::1', '2001:4860:4860::8888', '2003::1', '2606:4700:4700::1111', '2a00:1450:400e:80c::200e'],
  ])('lets %s and its neighbours through', (...addresses) => {
    for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });
});

describe('a canary on the inside', () => {
  let canary: TcpServer;
  let port: number;
  let connections = 0;
  let bytes = 0;

  beforeAll(async () => {
    canary = createTcpServer(socket => {
      connections++;
      socket.on('error', () => {});
      socket.on('data', data => {
        bytes += data.length;
      });
    });
    // Both families where there are two.
    await new Promise<void>(done => canary.listen(0, done));
    port = (canary.address() as AddressInfo).port;
  });
  afterAll(() => canary.close());
  /** Whatever was sent has arrived once a later connection has. */
  const settle = () => new Promise(done => setTimeout(done, 30));

  it.each([
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '0.0.0.0',
    '127。0。0。1',
    '[::]',
  ])('F1 is sent nothing by a request to %s, even past the rules for URLs', async host => {
    const code = await codeOf(nodeTransport(new URL(`https://${host}:${port}/`), { ...LIMITS, timeoutMs: 1_000 }));
    await settle();
    // Where a family is missing there is nothing to connect to.
    expect(code).toMatch(/^fetch-refused$|E(HOSTUNREACH|NETUNREACH|ADDRNOTAVAIL|AFNOSUPPORT|CONNREFUSED)/);
    expect(bytes).toBe(0);
  });

  it('F1 judges the connected address: the canary saw the connections above, and no byte', async () => {
    expect(await codeOf(nodeTransport(new URL(`https://127.0.0.1:${port}/`), LIMITS))).toBe('fetch-refused');
    await settle();
    expect(connections).toBeGreaterThan(0);
    expect(bytes).toBe(0);
  });

  it.each([[['127.0.0.1']], [['::1']], [['8.8.8.8', '127.0.0.1']], [['169.254.169.254']], [['fd00::1']]])(
    'F1 does not even knock when a name means %j',
    async addresses => {
      const before = connections;
      const transport = createNodeTransport({ lookup: async () => addresses });
      expect(await codeOf(transport(new URL(`https://a.example:${port}/`), LIMITS))).toBe('fetch-refused');
      await settle();
      expect([connections, bytes]).toEqual([before, 0]);
    },
  );

  it('F2 refuses a name that is public at the look-up and inside at the connection', async () => {
    let asked = 0;
    // As a rebinding name server would: public when first asked, the inside from then on.
    const lookup = async () => (asked++ === 0 ? ['192.0.2.1'] : ['127.0.0.1']);
    const allow = (address: string) => isPublicAddress(address) || address === '192.0.2.1';
    const transport = createNodeTransport({ lookup, allow });
    const url = new URL(`https://a.example:${port}/`);
    const first = codeOf(transport(url, { ...LIMITS, timeoutMs: 300 }));
    expect(await codeOf(transport(url, LIMITS))).toBe('fetch-refused');
    expect(await first).not.toBe('it succeeded');
    // One look-up for each request: what was judged is what was connected to.
    expect(asked).toBe(2);
    await settle();
    expect(bytes).toBe(0);
  });

  it('F2 refuses at the socket what a look-up said was fine', async () => {
    const judged: string[] = [];
    const transport = createNodeTransport({
      lookup: async () => ['127.0.0.1'],
      // The look-up is believed, the socket is not.
      allow: address => judged.push(address) === 1,
    });
    expect(await codeOf(transport(new URL(`https://a.example:${port}/`), LIMITS))).toBe('fetch-refused');
    await settle();
    expect(judged).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(bytes).toBe(0);
  });
});

describe('a server that answers', () => {
  let server: Server;
  let expired: Server;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;

  const listen = async (cert: string) => {
    const made = createTlsServer({ key: pem('server.key'), cert: pem(cert) }, (request, response) =>
      handle(request, response),
    );
    await new Promise<void>(done => made.listen(0, '127.0.0.1', done));
    return made;
  };
  beforeAll(async () => {
    server = await listen('server.pem');
    expired = await listen('expired.pem');
  });
  afterEach(() => server.closeAllConnections());
  afterAll(() => {
    server.close();
    expired.close();
  });

  const portOf = (of: Server) => (of.address() as AddressInfo).port;
  const local: Transport = createNodeTransport({
    lookup: async () => ['127.0.0.1'],
    allow: (address, port) => address === '127.0.0.1' && [portOf(server), portOf(expired)].includes(port),
    ca: pem('ca.pem'),
  });
  const url = (path = '/', of = server) => new URL(`https://issuer.example:${portOf(of)}${path}`);

  it('is asked once, plainly, and read whole', async () => {
    let seen: IncomingMessage | undefined;
    handle = (request, response) => {
      seen = request;
      response.setHeader('content-type', 'application/json').end('{"a":1}');
    };
    const { status, headers, body } = await local(url('/did.json?x=1'), LIMITS);
    expect([status, headers.get('content-type'), new TextDecoder().decode(body)]).toEqual([
      200,
      'application/json',
      '{"a":1}',
    ]);
    expect(seen?.url).toBe('/did.json?x=1');
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host']);
  });

  it('F7 is cut off at the cap when it sends without end', async () => {
    let sent = 0;
    handle = (_, response) => {
      const chunk = Buffer.alloc(16_384, 'x');
      const more = () => {
        while (!response.destroyed && sent < 10e9 && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more).on('error', () => {});
      more();
    };
    const start = performance.now();
    expect(await codeOf(local(url(), LIMITS))).toBe('fetch-too-large');
    expect(performance.now() - start).toBeLessThan(3_000);
    // What the kernel buffered on its way counts here too; it was not read.
    expect(sent).toBeLessThan(20e6);
  });

  it.each([
    ['a declared length over the cap', 200, { 'content-length': '65537' }, 'fetch-too-large'],
    ['a gzip body', 200, { 'content-encoding': 'gzip' }, 'fetch-type'],
    ['a status 204', 204, {}, 'fetch-status'],
    ['a status 500', 500, {}, 'fetch-status'],
  ])('F7 is refused by its headers for %s, before its body is read', async (_, status, headers, code) => {
    handle = (__, response) => {
      response
        .on('error', () => {})
        .writeHead(status, headers)
        .flushHeaders();
    };
    const start = performance.now();
    expect(await codeOf(local(url(), LIMITS))).toBe(code);
    // The body never comes; waiting for it would take the whole three seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it.each([
    [
      'sends a byte now and then',
      (response: ServerResponse) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer)).on('error', () => {});
      },
    ],
    ['sends headers and no body', (response: ServerResponse) => response.flushHeaders()],
    ['says nothing', () => {}],
  ])('F7 V30 is given up in time when it %s', async (_, behave) => {
    handle = (__, response) => void behave(response);
    const start = performance.now();
    expect(await codeOf(local(url(), { ...LIMITS, timeoutMs: 400 }))).toBe('fetch-timeout');
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('F7 is not believed when it breaks off', async () => {
    handle = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"a":', () => response.destroy());
    };
    expect(await codeOf(local(url(), LIMITS))).not.toBe('it succeeded');
  });

  it('F7 is not followed into another protocol', async () => {
    handle = (_, response) => {
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    };
    expect(await codeOf(local(url(), LIMITS))).not.toBe('it succeeded');
  });

  it('F7 is not believed with an expired, foreign or unknown certificate', async () => {
    handle = (_, response) => response.end('{}');
    expect(await codeOf(local(url('/', expired), LIMITS))).toMatch(/expired/);
    const other = new URL(url().href.replace('issuer', 'other'));
    expect(await codeOf(local(other, LIMITS))).toMatch(/altnames/);
    const strict = createNodeTransport({ lookup: async () => ['127.0.0.1'], allow: () => true });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await codeOf(strict(url(), LIMITS))).toMatch(/unable to verify|self-signed/);
    vi.unstubAllEnvs();
  });

  it('F7 V28 a failure inside comes out of the fetcher as a code', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    const withPort: Transport = (at, options) => local(new URL(url(at.pathname, expired).href), options);
    const fetcher = createFetcher({ transport: withPort, now: () => new Date() });
    const options = { maxBytes: 100, accept: 'application/json' };
    expect(await codeOf(fetcher.session().get('https://issuer.example/', options))).toBe('fetch-failed');
    const good = createFetcher({ transport: (at, o) => local(url(at.pathname), o), now: () => new Date() });
    expect(await good.session().json('https://issuer.example/did.json', options)).toEqual({});
  });

  it('F3 leaves a redirect to the rules, and does not read its body', async () => {
    handle = (_, response) => {
      response.on('error', () => {}).writeHead(302, { location: 'http://127.0.0.1/' });
      response.write('x');
    };
    const { status, headers, body } = await local(url(), LIMITS);
    expect([status, headers.get('location'), body.length]).toEqual([302, 'http://127.0.0.1/', 0]);
  });

  it('V30 is given up in time when its name cannot be looked up', async () => {
    const hanging = createNodeTransport({ lookup: () => new Promise(() => {}) });
    expect(await codeOf(hanging(url(), { ...LIMITS, timeoutMs: 200 }))).toBe('fetch-timeout');
    const none = createNodeTransport({ lookup: async () => [] });
    expect(await codeOf(none(url(), LIMITS))).toBe('fetch-failed');
  });
});
