import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('pages and what else stands at their addresses', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let claim: string;
  let shared: string;
  let signed: string;

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world, 'proefschool');
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    claim = new URL(made.json.claim).pathname;
    shared = (await world.request(claim, { method: 'POST' })).headers.get('location')!;
    signed = (await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder })).text;
  });

  const get = (path: string, accept?: string) => world.request(path, accept ? { headers: { accept } } : {});
  const achievement = () => `/i/proefschool/achievements/${school.achievement}`;
  const everyPath = () => [
    ...['/', '/verify', '/glossary', '/api/docs', '/robots.txt', '/favicon.svg', '/.well-known/security.txt'],
    ...['/i/proefschool', '/i/proefschool/did.json', achievement(), `${achievement()}/versions/1`, '/healthz'],
    ...[`${achievement()}/versions/1/image.svg`, `${achievement()}/versions/1.json`, shared, `${shared}.json`, claim],
    ...[
      '/niets',
      '/c/niets',
      '/claim/niets',
      '/i/niets',
      `${achievement()}/versions/9`,
      '/api/v1/awards',
      '/api/openapi.json',
    ],
  ];

  it('W13: every answer has the security headers, errors too', async () => {
    for (const path of everyPath())
      for (const accept of ['text/html', 'application/json']) {
        const { headers } = await get(path, accept);
        const told = Object.fromEntries(headers);
        expect(told, `${path} as ${accept}`).toMatchObject({
          'content-security-policy': expect.stringContaining("default-src 'none'"),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'permissions-policy': expect.stringContaining('camera=()'),
          'cross-origin-opener-policy': 'same-origin',
        });
        expect(told['content-security-policy']).toContain("frame-ancestors 'none'");
        expect(told['strict-transport-security']).toBeUndefined();
      }
    const safe = createWorld({ origin: 'https://badges.example.nl' });
    expect((await safe.request('/')).headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
  });

  it('an error is a page for a browser and a problem for a program', async () => {
    const page = await get('/i/niets', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
    expect(await page.text()).toContain(page.headers.get('x-request-id')!);
    const problem = await get('/i/niets', '*/*');
    expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('a shared badge is data for whoever asks for data, byte for byte, from any origin', async () => {
    for (const [path, accept, type] of [
      [shared, 'application/vc', 'application/vc'],
      [shared, 'application/vc, application/ld+json;q=0.9, application/json;q=0.8', 'application/vc'],
      [shared, 'application/vc+ld+json', 'application/vc+ld+json'],
      [shared, 'application/json', 'application/json'],
      [`${shared}.json`, 'text/html', 'application/json'],
    ] as const) {
      const answer = await get(path, accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toBe(signed);
    }
    for (const accept of [undefined, '*/*', 'text/html', 'text/html,application/xml;q=0.9,*/*;q=0.8']) {
      const answer = await get(shared, accept);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('an achievement is the same OB 3.0 as in its badges, and an institution the same profile', async () => {
    const badge = JSON.parse(signed);
    const { achievement: named } = badge.credentialSubject;
    const { pathname } = new URL(named.id);
    expect(pathname).toBe(`${achievement()}/versions/1`);
    for (const path of [pathname, `${pathname}.json`, achievement()]) {
      const answer = await get(path, 'application/ld+json, application/json;q=0.9');
      const { '@context': context, ...rest } = (await answer.json()) as Record<string, unknown>;
      expect(context).toEqual(badge['@context']);
      expect(rest).toEqual(named);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    const profile = (await (await get('/i/proefschool', 'application/json')).json()) as Record<string, unknown>;
    expect(profile).toEqual({ '@context': badge['@context'], ...badge.issuer });
  });

  it('the picture that a badge names is drawn, always the same, and asks nothing', async () => {
    const { image } = JSON.parse(signed).credentialSubject.achievement;
    const path = new URL(image.id).pathname;
    const [once, again] = [await get(path), await get(path)];
    expect(once.headers.get('content-type')).toBe('image/svg+xml');
    expect(once.headers.get('cache-control')).toContain('immutable');
    const svg = await once.text();
    expect(svg).toBe(await again.text());
    expect(svg).toContain('Samenwerken');
    expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|href/);
  });

  it('an older version stays as it is and points to the newest', async () => {
    const own = await createSchool(world, 'school-met-versies');
    const base = `/i/school-met-versies/achievements/${own.achievement}`;
    const key = own.keys.coordinator;
    const draft = { ...exampleAchievement, name: 'Samenwerken, vernieuwd' };
    await world.api(`/api/v1/achievements/${own.achievement}/draft`, { key, method: 'PUT', body: draft });
    await world.api(`/api/v1/achievements/${own.achievement}/publication`, { key, method: 'POST' });
    const [first, second, newest] = await Promise.all(
      [`${base}/versions/1`, `${base}/versions/2`, base].map(async path => (await get(path, 'text/html')).text()),
    );
    expect(first).toContain('<h1 id="title">Samenwerken</h1>');
    expect(first).toContain('Er is een nieuwere versie (2).');
    for (const page of [second, newest]) {
      expect(page).toContain('<h1 id="title">Samenwerken, vernieuwd</h1>');
      expect(page).not.toContain('nieuwere versie');
    }
  });

  it('a version that is none is not found, and neither is that of another institution', async () => {
    for (const n of ['0', '-1', '2', '1e0', 'abc', '99999999999999999999'])
      expect((await get(`${achievement()}/versions/${n}`, 'text/html')).status).toBe(404);
    const other = await createSchool(world, 'andere-school');
    expect((await get(`/i/andere-school/achievements/${school.achievement}`)).status).toBe(404);
    expect((await get(`/i/andere-school/achievements/${other.achievement}`)).status).toBe(200);
  });

  it('W7: what only a link opens is kept out of caches and search', async () => {
    for (const path of [shared, claim]) {
      const { headers } = await get(path, 'text/html');
      expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
    }
  });

  it('GET, HEAD and a form of another site pick nothing up', async () => {
    const { json } = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: 'ander@example.org' } }),
    });
    const path = new URL(json.claim).pathname;
    await get(path);
    await world.request(path, { method: 'HEAD' });
    const refused = await world.request(path, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', accept: 'text/html' },
    });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('andere site');
    const { json: after } = await world.api(`/api/v1/awards/${json.id}`, { key: school.keys.awarder });
    expect(after.state).toBe('released');
  });

  it('the QR code holds the address of the page, and the stylesheet can be kept for ever', async () => {
    expect(`${world.origin}${shared}`.length).toBeLessThan(120);
    const html = await (await get(shared, 'text/html')).text();
    const css = /href="(\/style-[0-9a-f]{8}\.css)"/.exec(html)![1]!;
    const { status, headers } = await get(css);
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('security.txt has what RFC 9116 asks, and has not expired', async () => {
    const text = await (await get('/.well-known/security.txt')).text();
    expect(text).toMatch(/^Contact: mailto:/m);
    const expires = new Date(/^Expires: (.*)$/m.exec(text)![1]!);
    expect(expires.getTime()).toBeGreaterThan(Date.now());
  });
});
