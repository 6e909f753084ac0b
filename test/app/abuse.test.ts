import { beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('what is asked of the front door', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const count = () => world.db.sqlite.prepare('select count(*) from awards').pluck().get();

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
    await world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(school.achievement) });
  });

  it('I7: an open check past the limit is a 429 with Retry-After, whatever address a header claims', async () => {
    let time = Date.now();
    const rateLimit = createRateLimit({ perMinute: 60, burst: 5, now: () => new Date(time) });
    const limited = createWorld({ rateLimit });
    const ask = (n: number) =>
      limited.api('/api/v1/verifications', {
        body: { credential: {} },
        headers: {
          'x-forwarded-for': `203.0.113.${n}, ::ffff:192.0.2.${n}`,
          'x-real-ip': `203.0.113.${n}`,
          forwarded: `for=203.0.113.${n}`,
          'cf-connecting-ip': `203.0.113.${n}`,
        },
      });
    const answers = [];
    for (let n = 0; n < 7; n++) answers.push(await ask(n));
    expect(answers.map(a => a.status === 429)).toEqual([false, false, false, false, false, true, true]);
    const refused = answers.at(-1)!;
    expect([refused.json.code, refused.headers.get('retry-after')]).toEqual(['rate-limited', '1']);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    // What others rely on is not limited.
    expect((await limited.api('/healthz')).status).toBe(200);
    time += 1_000;
    expect((await ask(9)).status).not.toBe(429);
  });

  it('one address registers twenty services, then one a minute; a request is signed for it no more often than it may check', async () => {
    let time = Date.now();
    const now = () => new Date(time);
    const limited = createWorld({ now, rateLimit: createRateLimit({ perMinute: 6_000, burst: 30, now }) });
    const register = () => limited.api('/api/ob3/register', { body: {} });
    const answers = [];
    for (let n = 0; n < 21; n++) answers.push(await register());
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 400), 429]);
    time += 60_000;
    expect([(await register()).status, (await register()).status]).toEqual([400, 429]);
    const look = () => limited.request(`/w/${'A'.repeat(12)}`);
    const looks = await Promise.all(Array.from({ length: 31 }, look));
    expect(looks.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  it.each(['name";DROP TABLE awards;--', '`', 'id`,(select 1)', '\u0000', "x' or '1'='1"])(
    'I9: SQL in the name of a parameter or in its value does nothing: %j',
    async text => {
      const value = encodeURIComponent(text);
      const before = count();
      for (const query of [`sort=${value}`, `${value}=1`, `limit=${value}`, `order=${value}&limit=1`]) {
        const answer = await world.api(`/api/v1/awards?${query}`, { key: school.keys.awarder });
        expect([query, answer.status, answer.json.code]).toEqual([query, 400, 'request-invalid']);
      }
      const page = await world.api(`/api/v1/awards?cursor=${value}`, { key: school.keys.awarder });
      expect([200, 400]).toContain(page.status);
      for (const path of [`/api/v1/awards/${value}`, `/status/${value}`, `/i/${value}/did.json`]) {
        const answer = await world.api(path, { key: school.keys.awarder });
        expect([path, answer.status < 500]).toEqual([path, true]);
        expect(answer.text).not.toMatch(/sqlite|SQL|syntax/);
      }
      expect(count()).toBe(before);
    },
  );
});
