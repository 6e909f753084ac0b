import { describe, expect, it, vi } from 'vitest';
import { createFetcher, FetchError, type Transport } from '../../src/platform/fetch.ts';

const URL_A = 'https://a.example/did.json';
const JSON_64K = { maxBytes: 65_536, accept: 'application/json' };

function answer(body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  return {
    status: 200,
    headers: new Headers(headers),
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}

const redirect = (location: string, status = 302) => ({
  status,
  headers: new Headers({ location }),
  body: new Uint8Array(),
});

/** A fetcher with a spy for a network and a clock that a test moves by hand. */
function setUp(transport: Transport = async () => answer('{}')) {
  const spy = vi.fn(transport);
  const clock = { now: new Date('2026-01-01T00:00:00Z') };
  const fetcher = createFetcher({ transport: spy, now: () => clock.now });
  const get = (url: string, options = JSON_64K) => fetcher.session().get(url, options);
  const advance = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
  };
  return { fetcher, get, spy, advance };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it succeeded'),
    e => e,
  );
  expect(error).toBeInstanceOf(FetchError);
  return error.code;
}

describe('what may be asked', () => {
  it.each([
    '127.0.0.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '[::]',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
    '[64:ff9b::7f00:1]',
    '0.0.0.0',
    '127。0。0。1',
    '①②⑦.0.0.1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '8.8.8.8',
    '[2606:4700::1111]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'intranet',
    'printer.local',
    'metadata.google.internal',
    'a.example.',
  ])('F1 refuses the host %s before anything is looked up', async host => {
    const { get, spy } = setUp();
    expect(await codeOf(get(`https://${host}/did.json`))).toBe('fetch-refused');
    expect(spy).not.toHaveBeenCalled();
  });

  it.each([
    'http://a.example/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://a.example/',
    'gopher://a.example/',
    'blob:https://a.example/1',
    'javascript:1',
    'https://a.example:22/',
    'https://a.example:6379/',
    'https://a.example:80/',
    'https://user@a.example/',
    'https://user:pass@a.example/',
    'https://',
    'did.json',
    '',
    `https://a.example/${'x'.repeat(2_048)}`,
  ])('F4 refuses %s', async url => {
    const { get, spy } = setUp();
    expect(await codeOf(get(url))).toBe('fetch-refused');
    expect(spy).not.toHaveBeenCalled();
  });

  it('F10 sends no cookie, referer, fragment or name of the one who asks', async () => {
    const { get, spy } = setUp();
    await get('https://a.example:443/list?x=1#94567');
    const [url, { headers }] = spy.mock.calls[0]!;
    expect(url.href).toBe('https://a.example/list?x=1');
    expect(headers).toEqual({ accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Waarmerk' });
  });
});

describe('redirects', () => {
  it.each([
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://b.example/did.json',
    'https://a.example.b.example/',
    'http://a.example/did.json',
    'https://a.example:8443/did.json',
    'https://user@a.example/did.json',
    '//b.example/',
    'file:///etc/passwd',
    'https://[',
    '',
  ])('F3 refuses a redirect to "%s"', async location => {
    const { get, spy } = setUp(async () => redirect(location));
    expect(await codeOf(get(URL_A))).toBe('fetch-refused');
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('F3 follows three hops on the same host and no fourth', async () => {
    let hops = 3;
    const { get, spy } = setUp(async url => {
      const hop = Number(url.searchParams.get('hop'));
      return hop < hops ? redirect(`?hop=${hop + 1}`, 307) : answer('{}');
    });
    expect((await get(URL_A)).url).toBe(`${URL_A}?hop=3`);
    hops = 10;
    spy.mockClear();
    expect(await codeOf(get(`${URL_A}?hop=0`))).toBe('fetch-refused');
    expect(spy).toHaveBeenCalledTimes(4);
  });
});

describe('what may come back', () => {
  it.each([
    ['a status 204', { status: 204, headers: new Headers(), body: new Uint8Array() }, 'fetch-status'],
    ['a status 404', { ...answer('{}'), status: 404 }, 'fetch-status'],
    ['a status 500', { ...answer('{}'), status: 500 }, 'fetch-status'],
    ['a status 206', { ...answer('{}'), status: 206 }, 'fetch-status'],
    ['gzip', answer('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }), 'fetch-type'],
    ['a declared length over the cap', answer('{}', { 'content-length': '65537' }), 'fetch-too-large'],
    ['a body over the cap', answer(new Uint8Array(65_537)), 'fetch-too-large'],
  ])('F7 refuses %s', async (_, response, code) => {
    const { get } = setUp(async () => response);
    expect(await codeOf(get(URL_A))).toBe(code);
  });

  it('F7 takes a body of exactly the cap', async () => {
    const { get } = setUp(async () => answer(new Uint8Array(65_536)));
    expect((await get(URL_A)).body).toHaveLength(65_536);
  });

  it.each(['text/html', 'text/html; charset=application/json', 'application/jsonx', 'text/plain', ''])(
    'F7 does not read %s as JSON',
    async type => {
      const { fetcher } = setUp(async () => answer('{}', type ? { 'content-type': type } : {}));
      expect(await codeOf(fetcher.session().json(URL_A, JSON_64K))).toBe('fetch-type');
    },
  );

  it.each(['application/json; charset=utf-8', 'application/did+ld+json', 'application/vc', 'Application/LD+JSON'])(
    'reads %s as JSON',
    async type => {
      const { fetcher } = setUp(async () => answer('{"a":1}', { 'content-type': type }));
      expect(await fetcher.session().json(URL_A, JSON_64K)).toEqual({ a: 1 });
    },
  );

  it.each([
    ['broken JSON', '{"secret-9f2":'],
    ['a duplicate key', '{"a":1,"a":2}'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33)],
    ['a byte order mark', '\uFEFF{}'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('F7 refuses %s, by code', async (_, body) => {
    const { fetcher } = setUp(async () => answer(body));
    expect(await codeOf(fetcher.session().json(URL_A, JSON_64K))).toBe('fetch-type');
  });

  it('V28 keeps fetched bytes and the words of libraries out of its messages', async () => {
    const { get, fetcher } = setUp(async url => {
      if (url.pathname === '/throw') throw new Error('Parse Error: secret-9f2');
      return {
        ...answer('secret-9f2', { 'content-type': 'secret-9f2' }),
        status: url.pathname === '/status' ? 500 : 200,
      };
    });
    const errors = [
      get('https://a.example/throw'),
      get('https://a.example/status'),
      fetcher.session().json(URL_A, JSON_64K),
    ];
    for (const error of errors) {
      const told = await error.then(
        () => expect.unreachable(),
        e => `${e.stack} ${JSON.stringify(e)} ${e.cause}`,
      );
      expect(told).not.toContain('secret-9f2');
    }
  });
});

describe('the budget of a check', () => {
  it('V26 allows eight fetches and no ninth; the same one again is free', async () => {
    const { fetcher, spy } = setUp();
    const session = fetcher.session();
    for (let i = 0; i < 8; i++) await session.get(`https://a.example/${i}`, JSON_64K);
    await session.get('https://a.example/3', JSON_64K);
    expect(await codeOf(session.get('https://a.example/8', JSON_64K))).toBe('fetch-budget');
    expect(spy).toHaveBeenCalledTimes(8);
    await fetcher.session().get('https://a.example/8', JSON_64K);
  });

  it('V26 counts no more when eight are asked at once', async () => {
    const { fetcher, spy } = setUp();
    const session = fetcher.session();
    const all = Array.from({ length: 1_000 }, (_, i) => session.get(`https://a.example/${i}`, JSON_64K));
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(spy).toHaveBeenCalledTimes(8);
  });

  it('V30 gives up on a stalled peer after 3 seconds, and on a check after 8', async () => {
    vi.useFakeTimers();
    try {
      const { fetcher, spy } = setUp(() => new Promise(() => {}));
      const session = fetcher.session();
      const start = performance.now();
      const codes: string[] = [];
      const elapsed: number[] = [];
      const check = async () => {
        for (let i = 0; i < 8; i++) {
          codes.push(await codeOf(session.get(`https://a.example/${i}`, JSON_64K)));
          elapsed.push(performance.now() - start);
        }
      };
      const checked = check();
      await vi.advanceTimersByTimeAsync(20_000);
      await checked;
      expect(codes).toEqual([...Array(3).fill('fetch-timeout'), ...Array(5).fill('fetch-budget')]);
      expect(elapsed.map(Math.round)).toEqual([3000, 6000, 8000, 8000, 8000, 8000, 8000, 8000]);
      expect(spy).toHaveBeenCalledTimes(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('V30 gives the whole chain of redirects 3 seconds', async () => {
    vi.useFakeTimers();
    try {
      const { get, spy } = setUp(async url => {
        await new Promise(done => setTimeout(done, 1_400));
        return redirect(`${url.pathname}x`);
      });
      const code = codeOf(get(URL_A));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await code).toBe('fetch-timeout');
      expect(spy).toHaveBeenCalledTimes(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('one flight and a short memory', () => {
  it('F8 answers 200 parallel checks of one URL with one request', async () => {
    const { fetcher, spy } = setUp(async () => {
      await new Promise(done => setTimeout(done, 5));
      return answer('{"id":"x"}');
    });
    const all = await Promise.all(Array.from({ length: 200 }, () => fetcher.session().json(URL_A, JSON_64K)));
    expect(new Set(all.map(value => JSON.stringify(value)))).toEqual(new Set(['{"id":"x"}']));
    expect(new Set(all).size).toBe(200);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('F8 shares a failure too', async () => {
    const { get, spy } = setUp(async () => {
      throw new Error('no');
    });
    const codes = await Promise.all(Array.from({ length: 200 }, () => codeOf(get(URL_A))));
    expect(new Set(codes)).toEqual(new Set(['fetch-failed']));
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('F9 fetches a busy URL again within five minutes of writing', async () => {
    let version = 1;
    const { get, advance } = setUp(async () => answer(`${version}`));
    const read = async () => new TextDecoder().decode((await get(URL_A)).body);
    expect(await read()).toBe('1');
    version = 2;
    for (let second = 0; second < 299; second++) {
      advance(1);
      expect(await read()).toBe('1');
    }
    advance(1);
    expect(await read()).toBe('2');
  });

  it('F9 never hands out an answer that is older than the caller takes, nor than five minutes', async () => {
    const { fetcher, spy, advance } = setUp();
    const ask = (maxAge: number) => fetcher.session().get(URL_A, { ...JSON_64K, maxAge });
    await ask(10);
    advance(9);
    await ask(10);
    expect(spy).toHaveBeenCalledTimes(1);
    advance(1);
    await ask(10);
    expect(spy).toHaveBeenCalledTimes(2);
    await ask(0);
    expect(spy).toHaveBeenCalledTimes(3);
    advance(301);
    await ask(86_400);
    expect(spy).toHaveBeenCalledTimes(4);
  });

  it('F9 D7 forgets what it wrote in the future of a clock that was set back', async () => {
    const { get, spy, advance } = setUp();
    await get(URL_A);
    advance(-3_600);
    await get(URL_A);
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it('F9 remembers a failure as a failure, for a minute', async () => {
    let up = false;
    const { get, spy, advance } = setUp(async () => {
      if (!up) throw new Error('down');
      return answer('{}');
    });
    expect(await codeOf(get(URL_A))).toBe('fetch-failed');
    up = true;
    advance(59);
    expect(await codeOf(get(URL_A))).toBe('fetch-failed');
    expect(spy).toHaveBeenCalledTimes(1);
    advance(1);
    expect((await get(URL_A)).status).toBe(200);
  });

  it('F9 keeps answers apart by the whole URL and what was asked for', async () => {
    const { fetcher, spy } = setUp(async (url, { headers }) => answer(`"${url.href} ${headers.accept}"`));
    const ask = (url: string, accept: string) => fetcher.session().json(url, { maxBytes: 100, accept });
    expect(await ask('https://a.example/?a', 'x/y')).toBe('https://a.example/?a x/y');
    expect(await ask('https://a.example/?b', 'x/y')).toBe('https://a.example/?b x/y');
    expect(await ask('https://a.example/?a', 'x/z')).toBe('https://a.example/?a x/z');
    expect(spy).toHaveBeenCalledTimes(3);
  });

  it('forgets the least recently used past 1,000 entries', async () => {
    const { get, spy } = setUp();
    for (let i = 0; i < 1_000; i++) await get(`https://a.example/${i}`);
    await get('https://a.example/0');
    await get('https://a.example/1000');
    spy.mockClear();
    await get('https://a.example/0');
    expect(spy).not.toHaveBeenCalled();
    await get('https://a.example/1');
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it('forgets the least recently used past 32 MiB', async () => {
    const { fetcher, spy } = setUp(async () => answer(new Uint8Array(1_000_000)));
    const ask = (i: number) =>
      fetcher.session().get(`https://a.example/${i}`, { maxBytes: 1_000_000, accept: 'application/json' });
    for (let i = 0; i < 40; i++) await ask(i);
    spy.mockClear();
    await ask(39);
    expect(spy).not.toHaveBeenCalled();
    await ask(0);
    expect(spy).toHaveBeenCalledTimes(1);
  });
});

describe('our own origin', () => {
  function ours(origin: string, respond: (request: Request) => Response | Promise<Response>) {
    const network = vi.fn<Transport>(async () => answer('{}'));
    const request = vi.fn(respond);
    const fetcher = createFetcher({ transport: network, own: { origin, request }, now: () => new Date() });
    return { network, request, get: (url: string) => fetcher.session().json(url, JSON_64K) };
  }
  const json = (value: unknown) => Response.json(value);

  it.each([
    'https://localhost:8787/i/demo/did.json',
    'http://localhost:8787/i/demo/did.json',
    'https://LOCALHOST:8787/status/1?x=y',
    'https://localhost:8787/c/abc',
    'https://localhost:8787/.well-known/jwks.json',
  ])('answers %s in-process', async url => {
    const { get, network } = ours('http://localhost:8787', request => json(request.url));
    const { pathname, search } = new URL(url);
    expect(await get(url)).toBe(`http://localhost:8787${pathname}${search}`);
    expect(network).not.toHaveBeenCalled();
  });

  it.each([
    'https://localhost:8787/',
    'https://localhost:8787/api/v1/awards',
    'https://localhost:8787/i',
    'https://localhost:8787/i/../api/v1/awards',
    'https://localhost:8787/i/%2e%2e/api/v1/awards',
    'https://localhost:8787/i/..%2f..%2fapi/v1/awards',
    'https://localhost:8787/i/..\\..\\api',
    'https://localhost:8787/dev/idp',
    'https://user@localhost:8787/i/demo',
    'https://localhost/i/demo',
    'https://localhost:8788/i/demo',
    'ftp://localhost:8787/i/demo',
  ])('F3 F4 refuses %s', async url => {
    const { get, network, request } = ours('http://localhost:8787', () => json({}));
    expect(await codeOf(get(url))).toBe('fetch-refused');
    expect(network).not.toHaveBeenCalled();
    expect(request).not.toHaveBeenCalled();
  });

  it('takes http for its own only when its origin is http', async () => {
    const { get } = ours('https://badges.example', () => json({}));
    expect(await codeOf(get('http://badges.example/i/demo'))).toBe('fetch-refused');
    expect(await get('https://badges.example/i/demo')).toEqual({});
  });

  it('never remembers its own answers', async () => {
    let version = 0;
    const { get } = ours('https://badges.example', () => json(++version));
    expect(await get('https://badges.example/status/1')).toBe(1);
    expect(await get('https://badges.example/status/1')).toBe(2);
  });

  it('F3 is not reached by a redirect from another host, nor does it lead to one', async () => {
    const toUs = createFetcher({
      transport: async () => redirect('https://badges.example/i/demo'),
      own: { origin: 'https://badges.example', request: () => json({}) },
      now: () => new Date(),
    });
    expect(await codeOf(toUs.session().get(URL_A, JSON_64K))).toBe('fetch-refused');
    const { get, network } = ours('https://badges.example', () => Response.redirect(URL_A, 302));
    expect(await codeOf(get('https://badges.example/i/demo'))).toBe('fetch-refused');
    expect(network).not.toHaveBeenCalled();
  });

  it('F7 holds its own answers to the same limits', async () => {
    const { get } = ours('https://badges.example', request =>
      request.url.endsWith('big') ? json('x'.repeat(65_536)) : new Response('gone', { status: 404 }),
    );
    expect(await codeOf(get('https://badges.example/i/big'))).toBe('fetch-too-large');
    expect(await codeOf(get('https://badges.example/i/none'))).toBe('fetch-status');
  });
});

describe('a map that stands in for the network', () => {
  const map = new Map<string, string | Uint8Array>([
    [URL_A, '{"id":"did:web:a.example"}'],
    ['https://a.example/x.jwt', new TextEncoder().encode('eyJ')],
    ['http://a.example/', '{}'],
  ]);
  const network = vi.fn<Transport>(async () => answer('{}'));
  const session = createFetcher({ transport: network, map, now: () => new Date() }).session();

  it('answers by URL, and never lets a request out', async () => {
    expect(await session.json(URL_A, JSON_64K)).toEqual({ id: 'did:web:a.example' });
    expect((await session.get('https://a.example/x.jwt', JSON_64K)).contentType).toBe('application/octet-stream');
    expect(await codeOf(session.get('https://b.example/', JSON_64K))).toBe('fetch-failed');
    expect(network).not.toHaveBeenCalled();
  });

  it('F4 F7 loosens no rule', async () => {
    expect(await codeOf(session.get('http://a.example/', JSON_64K))).toBe('fetch-refused');
    expect(await codeOf(session.get(URL_A, { maxBytes: 10, accept: 'application/json' }))).toBe('fetch-too-large');
  });
});
