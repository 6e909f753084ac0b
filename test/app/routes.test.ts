import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiKeyRole, apiKeyRoles, rights } from '../../src/institutions/index.ts';
import type { Role } from '../../src/platform/context.ts';
import { createScene, OPERATOR_KEY, type Scene, SECRET, type Tenant } from '../support/scene.ts';
import { fill, openWrites, ownWrites, type Route, routesOf, rows } from '../support/route-rows.ts';

/** Calls a route about something of a tenant, as whoever the headers say. */
async function call(scene: Scene, route: Route, tenant: Tenant, headers: Record<string, string>) {
  const { method, path, row } = route;
  const values = { slug: tenant.institution.slug, ...(await row.at?.(tenant)) };
  const body = row.form
    ? new URLSearchParams(row.form(tenant)).toString()
    : row.json
      ? JSON.stringify(row.json(tenant))
      : undefined;
  const kind = row.form ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await scene.world.request(fill(path, values) + (row.query?.(tenant) ?? ''), {
    method,
    headers: { accept: 'text/html, application/json', ...(body ? { 'content-type': kind } : {}), ...headers },
    ...(body && method !== 'GET' ? { body } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text(), values };
}
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('every route of the router', () => {
  let scene: Scene;
  let routes: Route[];
  const of = (guard: Route['guard']) => routes.filter(r => r.guard === guard);
  const audited = () => scene.world.db.sqlite.prepare('select count(*) from audit_log').pluck().get() as number;

  beforeAll(async () => {
    scene = await createScene();
    routes = routesOf(scene.world.app);
  });

  it('is in the list by which these tests call it', () => {
    const unlisted = routes
      .filter(({ name, path, guard, unsafe }) => {
        if (rows[name] || guard === 'operator') return false;
        if (guard === 'open') return unsafe && !openWrites.has(name);
        return (unsafe && !ownWrites.has(name)) || path.includes(':') || guard === 'key' || guard === 'member';
      })
      .map(r => r.name);
    expect(unlisted, 'add these to test/support/route-rows.ts: what they are about, what is sent, which right').toEqual(
      [],
    );
    const gone = [...Object.keys(rows), ...openWrites, ...ownWrites].filter(name => !routes.some(r => r.name === name));
    expect(gone, 'these stand in test/support/route-rows.ts and no longer in the router').toEqual([]);
  });

  it('I4: a key of another institution learns and changes nothing of this one', async () => {
    for (const route of of('key'))
      for (const role of apiKeyRoles) {
        // What the path names is made by its own institution first.
        const at = route.row.at;
        const made = await at?.(scene.a);
        const before = audited();
        const answer = await call(
          scene,
          { ...route, row: { ...route.row, at: made && (async () => made) } },
          scene.a,
          bearer(scene.b.keys[role]),
        );
        expect([route.name, role, answer.text.includes(SECRET)]).toEqual([route.name, role, false]);
        if (!at) continue;
        expect([route.name, role, [403, 404].includes(answer.status)]).toEqual([route.name, role, true]);
        expect([route.name, role, audited()]).toEqual([route.name, role, before]);
      }
  });

  it('I4: a role next door, a learner and a stranger find no console here, and nobody is led to sign in', async () => {
    const others = [...Object.values(scene.b.sessions), scene.stranger, scene.learner];
    for (const route of of('member')) {
      const made = await route.row.at?.(scene.a);
      const about = { ...route, row: { ...route.row, at: made && (async () => made) } };
      const before = audited();
      for (const { headers } of others) {
        const answer = await call(scene, about, scene.a, headers);
        expect([route.name, answer.status, answer.text.includes(SECRET)]).toEqual([route.name, 404, false]);
      }
      const nobody = await call(scene, about, scene.a, { 'sec-fetch-site': 'same-origin' });
      expect([route.name, nobody.status]).toEqual([route.name, route.unsafe ? 401 : 303]);
      expect([route.name, nobody.text.includes(SECRET), audited()]).toEqual([route.name, false, before]);
    }
  });

  it('I4: what is one person’s is nobody else’s: not an admin’s, not a stranger’s', async () => {
    for (const route of of('person')) {
      const made = (await route.row.at?.(scene.a)) ?? { id: scene.learner.identityId };
      const about = { ...route, row: { ...route.row, at: async () => made } };
      if (route.path.includes(':'))
        for (const { headers } of [scene.stranger, scene.a.sessions.admin, scene.b.sessions.board]) {
          const answer = await call(scene, about, scene.a, headers);
          expect([route.name, answer.status, answer.text.includes(SECRET)]).toEqual([route.name, 404, false]);
        }
      const nobody = await call(scene, about, scene.a, { 'sec-fetch-site': 'same-origin' });
      expect([route.name, nobody.status]).toEqual([route.name, route.unsafe ? 401 : 303]);
      expect([route.name, nobody.text.includes(SECRET)]).toEqual([route.name, false]);
    }
  });

  it('I4: what is open to all tells nothing that is for an institution alone', async () => {
    const { id } = await scene.a.award();
    const offer = await scene.a.offer();
    for (const route of of('open').filter(r => r.method === 'GET'))
      for (const value of [id, offer.id, scene.a.achievement, scene.a.institution.id, await scene.a.apiKey()]) {
        const values = {
          id: value,
          token: value,
          listId: value,
          file: value,
          slug: 'school-a',
          n: '1',
          provider: value,
        };
        const response = await scene.world.request(fill(route.path, values), { headers: { accept: 'text/html' } });
        const text = await response.text();
        // An achievement that is published is public, with its name.
        expect([route.name, text.replaceAll(`Op te halen ${SECRET}`, '').includes(SECRET)]).toEqual([
          route.name,
          false,
        ]);
      }
  });

  it('I6: takes no key but one in use, under no scheme but Bearer', async () => {
    const { admin } = scene.a.keys;
    const wrong = [
      {},
      { authorization: `Basic ${admin}` },
      { authorization: admin },
      bearer(`${admin}x`),
      bearer(OPERATOR_KEY),
    ];
    for (const route of of('key'))
      for (const headers of [...wrong, scene.a.sessions.admin.headers]) {
        const answer = await call(scene, { ...route, row: { ...route.row, at: undefined } }, scene.a, headers);
        expect([route.name, answer.status]).toEqual([route.name, 401]);
      }
    for (const route of of('operator'))
      for (const headers of [{}, bearer(admin), bearer(`${OPERATOR_KEY}o`), scene.a.sessions.admin.headers]) {
        const answer = await call(scene, route, scene.a, headers);
        expect([route.name, answer.status]).toEqual([route.name, 401]);
      }
  });

  it('I8: refuses a member of the JSON that it does not know', async () => {
    const smuggled = [
      { institution: 'x' },
      { institutionId: 'x' },
      { revoked: false },
      { proof: {} },
      { id: 'urn:uuid:0' },
      { issuer: 'did:web:example.com' },
      { state: 'claimed' },
      { personId: 'x' },
      { credentialStatus: null },
    ];
    // Documents of other specifications, which may hold more.
    const takesAny = ['POST /api/v1/achievement-imports', 'POST /api/v1/ooapi/results'];
    for (const route of of('key').filter(r => r.row.json && !takesAny.includes(r.name)))
      for (const more of smuggled) {
        const made = await route.row.at?.(scene.a);
        const json = (tenant: Tenant) => ({ ...(route.row.json!(tenant) as object), ...more });
        const about = { ...route, row: { ...route.row, json, at: made && (async () => made) } };
        const answer = await call(scene, about, scene.a, bearer(scene.a.keys[roleOf(route)]));
        expect([route.name, more, answer.status]).toEqual([route.name, more, 400]);
      }
  });

  it('I5: no route takes an issuer, an institution or a key from the body', async () => {
    const { keys, achievement } = scene.a;
    const { exampleAward } = await import('../support/world.ts');
    for (const more of [
      { issuer: `did:web:localhost%3A8787:i:school-b` },
      { institution: 'school-b' },
      { key: 'key-2026-1' },
    ]) {
      const answer = await scene.world.api('/api/v1/awards', {
        key: keys.awarder,
        body: { ...exampleAward(achievement), ...more },
      });
      expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid']);
    }
    const made = await scene.a.award();
    const badge = (await scene.world.api(`/api/v1/awards/${made.id}/credential`, { key: keys.awarder })).json;
    expect(badge.issuer.id).toBe(scene.a.institution.did);
  });

  it('W3: what needs a session or a key is kept by no cache, also when it is refused', async () => {
    const owners = { key: (r: Route) => bearer(scene.a.keys[roleOf(r)]), member: adminHeaders, person: adminHeaders };
    for (const route of [...of('key'), ...of('member'), ...of('person')].filter(r => !ends.has(r.name)))
      for (const headers of [owners[route.guard as keyof typeof owners](route), {}]) {
        const answer = await call(scene, route, scene.a, headers);
        expect([route.name, answer.headers.get('cache-control')]).toEqual([route.name, 'no-store']);
      }
    for (const route of of('operator')) {
      const answer = await call(scene, route, scene.a, bearer(OPERATOR_KEY));
      expect([route.name, answer.headers.get('cache-control')]).toEqual([route.name, 'no-store']);
    }
  });

  it('W3: a name of a file behind the address of a page about someone is nothing', async () => {
    for (const path of [
      '/account',
      '/account/data',
      '/badges',
      '/console',
      '/console/school-a',
      '/console/school-a/members',
    ])
      for (const trick of ['/x.css', '/x.js', '.css', '%2fx.css', ';x.css', '%3fx.css', '/..%2fx.css']) {
        const response = await scene.world.request(path + trick, { headers: scene.a.sessions.admin.headers });
        const text = await response.text();
        expect([path + trick, response.status, text.includes(SECRET)]).toEqual([path + trick, 404, false]);
        expect([path + trick, response.headers.get('cache-control')]).toEqual([path + trick, 'no-store']);
      }
  });

  it('W4: a change with a session is refused when another site sent it, or when nobody says who did', async () => {
    const { cookie } = scene.a.sessions.admin.headers as { cookie: string };
    const origin = scene.world.origin;
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      {},
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'none', origin: `${origin}.evil.example` },
      { origin: origin.toUpperCase().replace('HTTP', 'https') },
    ];
    const before = audited();
    for (const { method, path, name } of routes.filter(
      r => r.unsafe && ['member', 'person', 'open'].includes(r.guard),
    )) {
      // Called with a token, never with a cookie.
      if (/^\/((vc-)?api|ims)\//.test(path)) continue;
      for (const headers of foreign)
        for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
          const response = await scene.world.request(fill(path, { slug: 'school-a' }), {
            method,
            headers: { cookie, 'content-type': type, ...headers },
            body: '{"a":1}',
          });
          expect([name, headers, response.status]).toEqual([name, headers, 403]);
        }
    }
    expect(audited()).toBe(before);
  });

  it('W4: a form of ours is taken only as a form, and a key is never in a cookie', async () => {
    const { headers } = scene.a.sessions.admin;
    for (const route of of('member').filter(r => r.row.form)) {
      const { headers } = scene.a.sessions[rights[route.row.right!][0]];
      const response = await scene.world.request(fill(route.path, { slug: 'school-a' }), {
        method: route.method,
        headers: { ...headers, 'content-type': 'text/plain' },
        body: '{"role":"admin"}',
      });
      expect([route.name, [400, 404, 415].includes(response.status)]).toEqual([route.name, true]);
    }
    for (const route of of('key')) {
      const answer = await call(scene, { ...route, row: { ...route.row, at: undefined } }, scene.a, headers);
      expect([route.name, answer.status]).toEqual([route.name, 401]);
    }
  });

  it('W5: is in no frame, but for the result that others put in their pages', async () => {
    for (const route of routes) {
      const framed = route.path.startsWith('/embed');
      const answer = await call(scene, { ...route, row: {} }, scene.a, { accept: 'text/html' });
      expect([route.name, answer.headers.get('content-security-policy')]).toEqual([
        route.name,
        expect.stringContaining(framed ? 'frame-ancestors *' : "frame-ancestors 'none'"),
      ]);
      expect([route.name, answer.headers.get('x-frame-options')]).toEqual([route.name, framed ? null : 'DENY']);
    }
  });

  const adminHeaders = () => scene.a.sessions.admin.headers;
});

/** A role of a key that may do it; any, where every key will do. */
const roleOf = ({ row: { right } }: Route): ApiKeyRole =>
  apiKeyRoles.find(role => right && (rights[right] as readonly Role[]).includes(role)) ?? 'admin';

/** These end the session or the account that the others need. */
const ends = new Set(['POST /account/erase', 'POST /account/sessions/end-others']);
