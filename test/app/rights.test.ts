import { beforeAll, describe, expect, it } from 'vitest';
import { allRights, apiKeyRoles, mayDo, type Right, rights } from '../../src/institutions/index.ts';
import { type Actor, type Role, roles } from '../../src/platform/context.ts';
import { createMember } from '../support/people.ts';
import { fill, type Route, routesOf } from '../support/route-rows.ts';
import { createScene, type Scene, type Tenant } from '../support/scene.ts';

const mayByTable = (right: Right | undefined, role: Role) =>
  !right || (rights[right] as readonly Role[]).includes(role);

describe('who may do what', () => {
  let scene: Scene;
  let routes: Route[];

  async function ask(route: Route, tenant: Tenant, headers: Record<string, string>) {
    const { method, path, row } = route;
    const values = { slug: tenant.institution.slug, ...(await row.at?.(tenant)) };
    const body = row.form
      ? new URLSearchParams(row.form(tenant)).toString()
      : row.json && JSON.stringify(row.json(tenant));
    const type = row.form ? 'application/x-www-form-urlencoded' : 'application/json';
    const response = await scene.world.request(fill(path, values) + (row.query?.(tenant) ?? ''), {
      method,
      headers: { ...(body ? { 'content-type': type } : {}), ...headers },
      ...(body ? { body } : {}),
    });
    return { status: response.status, text: await response.text() };
  }
  const okOf = ({ row, guard, unsafe }: Route) => row.ok ?? (guard === 'member' && unsafe ? 303 : 200);

  beforeAll(async () => {
    scene = await createScene();
    routes = routesOf(scene.world.app).filter(r => r.guard === 'key' || r.guard === 'member');
  });

  it('has a test for every right of the table', () => {
    const asked = new Set(routes.map(r => r.row.right));
    expect(allRights.filter(right => !asked.has(right))).toEqual([]);
  });

  it('is as domain.md says, where it says it outright', () => {
    const of = (role: Role) => allRights.filter(right => mayByTable(right, role));
    expect(of('guide')).toEqual([]);
    expect(of('assessor').filter(r => !r.startsWith('dossier.'))).toEqual(['achievement.read', 'framework.read']);
    // An admin: profile, keys, members, API keys; what is awarded, and to whom, is no business of theirs.
    expect(of('admin').filter(r => /^(award|achievement)\./.test(r))).toEqual(['achievement.read', 'award.erase']);
    // The board decides on revocations and sees the log; it awards nothing.
    expect(of('board')).toEqual(expect.arrayContaining(['award.revoke', 'audit.read']));
    expect(of('board')).not.toEqual(expect.arrayContaining(['award.make']));
    expect(rights['achievement.publish']).toEqual(['coordinator']);
    expect(rights['award.make']).toEqual(['awarder']);
  });

  it('a key does what its role may, on every route, and nothing else', async () => {
    for (const route of routes.filter(r => r.guard === 'key'))
      for (const role of apiKeyRoles) {
        const answer = await ask(route, scene.a, { authorization: `Bearer ${scene.a.keys[role]}` });
        const expected = mayByTable(route.row.right, role) ? okOf(route) : 403;
        expect([route.name, role, answer.status, expected === answer.status ? '' : answer.text]).toEqual([
          route.name,
          role,
          expected,
          '',
        ]);
      }
  });

  it('a member does what their role may, on every page and form of the console, and nothing else', async () => {
    for (const route of routes.filter(r => r.guard === 'member'))
      for (const role of roles) {
        const answer = await ask(route, scene.a, scene.a.sessions[role].headers);
        const expected = mayByTable(route.row.right, role) ? okOf(route) : 403;
        expect([route.name, role, answer.status]).toEqual([route.name, role, expected]);
      }
  });

  it('several roles add up, and nobody has a right on their own behalf', () => {
    for (const right of allRights) {
      const all: Actor = { kind: 'member', person: 'p', roles: roles.map(role => ({ role, achievements: null })) };
      expect([right, mayDo(all, right)]).toEqual([right, true]);
      for (const actor of [
        { kind: 'person', person: 'p' },
        { kind: 'bearer' },
        { kind: 'member', person: 'p', roles: [] },
      ] as Actor[])
        expect([right, actor.kind, mayDo(actor, right)]).toEqual([right, actor.kind, false]);
      for (const kind of ['operator', 'service'] as const) expect(mayDo({ kind }, right)).toBe(true);
    }
  });

  it('never on what is about oneself, and never the second half of what one began', () => {
    for (const right of allRights) {
      const [role] = rights[right];
      const member: Actor = { kind: 'member', person: 'me', roles: [{ role, achievements: null }] };
      expect(mayDo(member, right, { person: 'me' })).toBe(false);
      expect(mayDo(member, right, { person: 'someone' })).toBe(true);
      expect(mayDo(member, right, { person: null })).toBe(true);
      expect(mayDo(member, right, { firstHand: 'member:me' })).toBe(false);
      expect(mayDo(member, right, { firstHand: 'member:someone' })).toBe(true);
      const key: Actor = { kind: 'api-key', id: 'k', role };
      expect(mayDo(key, right, { firstHand: 'api-key:k' })).toBe(false);
      expect(mayDo(key, right, { firstHand: 'api-key:other' })).toBe(true);
    }
  });

  it('a role for some achievements reaches those, not another and not all', () => {
    for (const right of allRights) {
      const [role] = rights[right];
      const member: Actor = { kind: 'member', person: 'p', roles: [{ role, achievements: ['one'] }] };
      expect(mayDo(member, right, { achievement: 'one' })).toBe(true);
      expect(mayDo(member, right, { achievement: 'two' })).toBe(false);
      expect(mayDo(member, right, { whole: true })).toBe(false);
      // Where one role reaches some and another all, the wider one holds.
      const wider: Actor = { ...member, roles: [...member.roles, { role, achievements: null }] };
      expect(mayDo(wider, right, { achievement: 'two' })).toBe(true);
      const two: Actor = { ...member, roles: [...member.roles, { role, achievements: ['two'] }] };
      expect(mayDo(two, right, { achievement: 'two' })).toBe(true);
      // A role that does not hold the right lends it no reach.
      const idle: Actor = { ...member, roles: [...member.roles, { role: 'guide', achievements: null }] };
      expect(mayDo(idle, right, { achievement: 'two' })).toBe(false);
    }
  });

  it('a role for one achievement opens no room that is about all of the institution', async () => {
    const part = await createMember(scene.world, scene.a.institution, ['admin', 'board'], [scene.a.achievement]);
    for (const room of ['members', 'keys', 'api-keys', 'settings', 'audit', 'audit.csv']) {
      const response = await scene.world.request(`/console/school-a/${room}`, { headers: part.headers });
      const text = await response.text();
      expect([room, response.status, text.includes(scene.a.word)]).toEqual([room, 403, false]);
    }
  });
});
