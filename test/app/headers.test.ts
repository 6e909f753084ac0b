import { beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember } from '../support/people.ts';
import { fill, routesOf } from '../support/route-rows.ts';
import { createSchool } from '../support/world.ts';

describe('the headers of every answer', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const signIn = async () =>
    (await createMember(world, school.institution, ['admin', 'board', 'awarder', 'coordinator'])).headers;

  const judge = (name: string, answer: Response, https = true) => {
    const of = (header: string) => answer.headers.get(header);
    expect([name, of('x-content-type-options')]).toEqual([name, 'nosniff']);
    expect([name, of('referrer-policy')]).toEqual([name, 'no-referrer']);
    expect([name, of('cross-origin-opener-policy')]).toEqual([name, 'same-origin']);
    // The pages that read QR codes may use the camera, and compile what reads them.
    const scans =
      /\/verify\/(camera|offline)(?!\/)/.test(name) && answer.headers.get('content-type')?.startsWith('text/html');
    expect([name, of('permissions-policy')]).toEqual([
      name,
      expect.stringContaining(`camera=(${scans ? 'self' : ''})`),
    ]);
    expect([name, of('content-security-policy')]).toEqual([name, expect.stringContaining("default-src 'none'")]);
    const evaluates = of('content-security-policy')!.includes('unsafe-eval');
    expect([name, evaluates]).toEqual([name, Boolean(scans)]);
    expect([name, of('content-security-policy')]).toEqual([name, expect.not.stringContaining("'unsafe-eval'")]);
    expect([name, of('strict-transport-security')]).toEqual([
      name,
      https ? expect.stringMatching(/^max-age=[0-9]{8}; includeSubDomains$/) : null,
    ]);
    expect([name, of('server'), of('x-powered-by')]).toEqual([name, null, null]);
  };

  beforeAll(async () => {
    world = createWorld({ origin: 'https://waarmerk.example' });
    school = await createSchool(world, 'school-a');
  });

  it('W13: stand on every route of the router, as someone and as nobody, found or not', async () => {
    const headers = await signIn();
    for (const { method, path, name } of routesOf(world.app))
      for (const accept of ['text/html', 'application/json'])
        for (const who of [headers, {}]) {
          const values: Record<string, string> = { slug: 'school-a' };
          const answer = await world.request(fill(path, values), {
            method,
            headers: { ...who, accept, 'content-type': 'application/json' },
            ...(method === 'GET' ? {} : { body: '{' }),
          });
          judge(`${name} ${accept}`, answer);
        }
  });

  it('W13: stand on every page that a page leads to', async () => {
    const headers = await signIn();
    const seen = new Set<string>(['/']);
    for (const path of seen) {
      const answer = await world.request(path, { headers: { ...headers, accept: 'text/html' } });
      judge(path, answer);
      expect([path, answer.status < 400]).toEqual([path, true]);
      const next = answer.headers.get('location');
      if (next?.startsWith('/')) seen.add(next);
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
      const text = await answer.text();
      // No page brings a script, a style or a picture from elsewhere; a script of our own is known by its bytes.
      const others = text.replaceAll(/<script type="module" src="\/assets\/[a-z]+-\w+\.js"><\/script>/g, '');
      expect([path, /<script|<style|\sstyle="|\son[a-z]+="|<iframe/i.test(others)]).toEqual([path, false]);
      for (const [, href] of text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)) {
        // The way to a provider leaves the house.
        const url = href!.replaceAll('&amp;', '&');
        if (seen.size < 150 && !/^\/login\/[^?]+\?/.test(url) && !url.includes('lang=')) seen.add(url);
      }
    }
    expect(seen.size).toBeGreaterThan(20);
    expect(seen).toContain('/console/school-a/audit');
  });

  it.each([
    ['a route that is not there', '/niets', {}, 404],
    ['a method that is not used', '/glossary', { method: 'DELETE', headers: { 'sec-fetch-site': 'same-origin' } }, 404],
    ['a path that is no path', '/%E0%A4%A', {}, 404],
    ['a body that is too large', '/api/v1/verifications', { method: 'POST', body: 'x'.repeat(1_000_001) }, 413],
    ['another site', '/logout', { method: 'POST', headers: { origin: 'https://evil.example' } }, 403],
  ] as [string, string, RequestInit, number][])('W13: stand on an error: %s', async (name, path, init, status) => {
    for (const accept of ['text/html', 'application/json']) {
      const answer = await world.request(path, { ...init, headers: { ...(init.headers as object), accept } });
      judge(name, answer);
      expect([name, answer.status, answer.headers.get('cache-control')]).toEqual([name, status, 'no-store']);
    }
  });

  it('W13: HSTS is for https alone, or a development machine would lock itself out', async () => {
    const plain = createWorld();
    judge('http', await plain.request('/'), false);
  });

  it('W13: what goes wrong here is told by a number, and by nothing that went wrong', async () => {
    const broken = createWorld({ origin: 'https://waarmerk.example' });
    const { institution } = await createSchool(broken, 'school-a');
    const member = await createMember(broken, institution, ['admin']);
    broken.db.sqlite.exec('alter table institutions rename to gone');
    for (const accept of ['text/html', 'application/json'])
      for (const path of ['/', '/i/school-a', '/console/school-a', '/i/school-a/did.json']) {
        const answer = await broken.request(path, { headers: { ...member.headers, accept } });
        const text = await answer.text();
        judge(path, answer);
        expect([path, answer.status]).toEqual([path, 500]);
        expect([path, /sqlite|no such table|institutions|\.ts:|at async|select/i.test(text)]).toEqual([path, false]);
        expect(text).toContain(answer.headers.get('x-request-id')!);
      }
  });
});

describe('who asks too often', () => {
  const buckets = (addresses: string[]) => {
    let at = 0;
    const rateLimit = createRateLimit({ perMinute: 60, burst: 3, now: () => new Date(0) });
    const world = createWorld({ rateLimit });
    world.deps.clientAddress = () => addresses[at++ % addresses.length]!;
    const ask = async (n: number) => {
      const spoofed = {
        'x-forwarded-for': `203.0.113.${n}`,
        'cf-connecting-ip': `198.51.100.${n}`,
        'x-real-ip': `10.0.0.${n}`,
      };
      const answer = await world.api('/api/v1/verifications', { body: { credential: {} }, headers: spoofed });
      return [answer.status === 429, answer.status === 429 ? Number(answer.headers.get('retry-after')) > 0 : true];
    };
    return Promise.all([0, 1, 2, 3, 4, 5].map(ask));
  };
  const passed = [false, true];
  const refused = [true, true];

  it.each([
    ['256 addresses of one /64', Array.from({ length: 256 }, (_, i) => `2001:db8:1:2:3:4:5:${i.toString(16)}`)],
    ['upper and lower case', ['2001:DB8::1', '2001:db8::1', '2001:0db8:0:0::2']],
    ['an IPv4 address, also mapped into IPv6', ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207']],
    ['with and without a zone', ['fe80::1%eth0', 'fe80::1%eth1', 'fe80::2']],
    ['no address at all', ['', 'unknown', 'x, y', '192.0.2.7, 10.0.0.1']],
  ])('I7: %s share one bucket, whatever a header claims', async (_, addresses) => {
    expect(await buckets(addresses)).toEqual([passed, passed, passed, refused, refused, refused]);
  });

  it('I7: another /64 and another IPv4 address have one of their own', async () => {
    const different = [
      '2001:db8:1:2::1',
      '2001:db8:1:3::1',
      '192.0.2.7',
      '192.0.2.8',
      '::ffff:192.0.2.9',
      '2001:db8:2::',
    ];
    expect(await buckets(different)).toEqual(different.map(() => passed));
  });
});
