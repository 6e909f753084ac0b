import { beforeAll, describe, expect, it } from 'vitest';
import { apiKeyRoles, rights } from '../../src/institutions/index.ts';
import { createWorld } from '../support/create-world.ts';
import { guardOf, rows } from '../support/route-rows.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('tenants and keys', () => {
  let world: ReturnType<typeof createWorld>;
  let a: Awaited<ReturnType<typeof createSchool>>;
  let b: Awaited<ReturnType<typeof createSchool>>;
  let awardOfB: string;

  beforeAll(async () => {
    world = createWorld();
    a = await createSchool(world);
    b = await createSchool(world);
    awardOfB = (await world.api('/api/v1/awards', { key: b.keys.awarder, body: exampleAward(b.achievement) })).json.id;
  });

  /** Every API route with an id in it, from the router itself. */
  const routesWithId = () => {
    const seen = new Map(
      world.app.routes
        .filter(r => guardOf(r.path) === 'key' && r.path.includes(':id'))
        .map(r => [`${r.method} ${r.path}`, r]),
    );
    return [...seen.values()];
  };
  const bodyOf = (name: string) => rows[name]?.json?.(a as never) ?? {};
  /** A key's role that may do it. */
  const roleFor = (name: string) => {
    const right = rows[name]?.right;
    return apiKeyRoles.find(role => right && (rights[right] as readonly string[]).includes(role)) ?? 'admin';
  };

  it("I4: another institution's object is a 404 on every route, for every role, and nothing changes", async () => {
    const routes = routesWithId();
    expect(routes.length).toBeGreaterThanOrEqual(8);
    const before = world.db.sqlite.prepare('select count(*) from audit_log').pluck().get();
    for (const { method, path } of routes) {
      const foreign = path.includes('/awards/') ? awardOfB : b.achievement;
      const body = method === 'GET' || method === 'DELETE' ? undefined : bodyOf(`${method} ${path}`);
      for (const id of [foreign, 'nothing-of-the-kind']) {
        const answer = await world.api(path.replace(':id', id), {
          key: a.keys[roleFor(`${method} ${path}`)],
          method,
          body,
        });
        expect([method, path, answer.status, answer.json.code]).toEqual([method, path, 404, 'not-found']);
      }
    }
    expect(world.db.sqlite.prepare('select count(*) from audit_log').pluck().get()).toBe(before);
  });

  it("I4: another institution's achievement cannot be awarded", async () => {
    const answer = await world.api('/api/v1/awards', { key: a.keys.awarder, body: exampleAward(b.achievement) });
    expect([answer.status, answer.json.code]).toEqual([404, 'not-found']);
  });

  it("a list never shows another institution's objects", async () => {
    const awards = await world.api('/api/v1/awards', { key: a.keys.awarder });
    const achievements = await world.api('/api/v1/achievements', { key: a.keys.coordinator });
    expect(awards.json.items).toEqual([]);
    expect(achievements.json.items.map((i: { id: string }) => i.id)).toEqual([a.achievement]);
  });

  it('I6: without a key, with another scheme, a changed key or an ended one, every route answers 401', async () => {
    const { createApiKey, revokeApiKey } = await import('../../src/institutions/index.ts');
    const ended = await createApiKey(world.deps, a.institution, { role: 'awarder' }, { kind: 'operator' });
    await revokeApiKey(world.deps, a.institution, ended.id, { kind: 'operator' });
    const expired = await createApiKey(
      world.deps,
      a.institution,
      { role: 'awarder', expiresAt: new Date(Date.now() - 1) },
      { kind: 'operator' },
    );
    const good = a.keys.awarder;
    const headers = [
      {},
      { authorization: `Basic ${good}` },
      { authorization: good },
      { authorization: `Bearer ${good}x` },
      { authorization: `Bearer ${good.slice(0, -1)}~` },
      { authorization: `Bearer ${ended.key}` },
      { authorization: `Bearer ${expired.key}` },
    ];
    for (const header of headers) {
      for (const { method, path } of routesWithId()) {
        const answer = await world.api(path.replace(':id', awardOfB), {
          method,
          headers: header as Record<string, string>,
          body: method === 'GET' || method === 'DELETE' ? undefined : {},
        });
        expect([answer.status, answer.json.code, answer.headers.get('www-authenticate')]).toEqual([
          401,
          'unauthenticated',
          'Bearer realm="waarmerk"',
        ]);
      }
    }
  });

  it('the API document describes every API route, and nothing else', async () => {
    const document = (await world.api('/api/openapi.json')).json;
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map(m => `${m.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const routes = world.app.routes
      .filter(r => /^\/(api\/v1|vc-api)\//.test(r.path) && ['GET', 'POST', 'PUT', 'DELETE'].includes(r.method))
      .map(r => `${r.method} ${r.path}`);
    expect(new Set(described)).toEqual(new Set(routes));
  });
});
