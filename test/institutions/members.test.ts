import { beforeAll, describe, expect, it } from 'vitest';
import { addMember, endMembership, listMembers, rolesOf } from '../../src/institutions/index.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool } from '../support/world.ts';

const operator = { kind: 'operator' } as const;

describe('members of an institution', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const as = async (person: string): Promise<Ctx> => ({
    ...school.ctx,
    now: new Date(),
    actor: { kind: 'member', person, roles: await rolesOf(world.deps, school.institution.id, person) },
  });
  const membershipOf = async (person: string, role: string) => {
    const { items } = await listMembers(school.ctx, { limit: 200 });
    return items.find(m => m.person === person && m.role === role)!.id;
  };

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
  });

  it('have each role once, and again after it ended', async () => {
    const { id } = await createPerson(world);
    const first = await addMember(world.deps, school.institution, id, 'awarder', operator);
    await expect(addMember(world.deps, school.institution, id, 'awarder', operator)).rejects.toMatchObject({
      code: 'member-exists',
    });
    await endMembership(school.ctx, first);
    expect(await rolesOf(world.deps, school.institution.id, id)).toEqual([]);
    await endMembership(school.ctx, first);
    await addMember(world.deps, school.institution, id, 'awarder', operator);
    expect(await rolesOf(world.deps, school.institution.id, id)).toEqual([{ role: 'awarder', achievements: null }]);
  });

  it('end for the next request, and in the console at once', async () => {
    const awarder = await createMember(world, school.institution, ['awarder']);
    const look = () => world.request(`/console/${school.institution.slug}`, { headers: awarder.headers });
    expect((await look()).status).toBe(200);
    await endMembership(school.ctx, await membershipOf(awarder.id, 'awarder'));
    expect((await look()).status).toBe(404);
  });

  it('keep an admin: the last one cannot go, also when two end each other in the same moment', async () => {
    const [one, two] = [
      await createMember(world, school.institution, ['admin']),
      await createMember(world, school.institution, ['admin']),
    ];
    const [first, second] = [await membershipOf(one.id, 'admin'), await membershipOf(two.id, 'admin')];
    const tries = await Promise.allSettled([
      endMembership(await as(one.id), second),
      endMembership(await as(two.id), first),
      endMembership(await as(one.id), first),
    ]);
    const refused = tries.filter(t => t.status === 'rejected').map(t => t.reason.code);
    expect(refused.every(code => code === 'last-admin')).toBe(true);
    const left = (await listMembers(school.ctx, { limit: 200 })).items.filter(m => m.role === 'admin');
    expect(left).toHaveLength(1);
    await expect(endMembership(await as(left[0]!.person), left[0]!.id)).rejects.toMatchObject({ code: 'last-admin' });
    // Only the operator, who can also invite the next one.
    await endMembership(school.ctx, left[0]!.id);
    expect(await rolesOf(world.deps, school.institution.id, left[0]!.person)).toEqual([]);
  });

  it('are shown by the account of an institution, or by a hint of another address', async () => {
    const staff = await createPerson(world, { kind: 'institution', eppn: 'a@uni.example', name: 'A. Staf' });
    const other = await createPerson(world, { email: 'sam@example.org' });
    for (const { id } of [staff, other]) await addMember(world.deps, school.institution, id, 'assessor', operator);
    const { items } = await listMembers(school.ctx, { limit: 200 });
    expect(items.find(m => m.person === staff.id)).toMatchObject({ name: 'A. Staf', account: 'a@uni.example' });
    expect(items.find(m => m.person === other.id)).toMatchObject({ name: null, account: 's•••@example.org' });
  });

  it('are listed a page at a time', async () => {
    const all = (await listMembers(school.ctx, { limit: 200 })).items.map(m => m.id);
    const first = await listMembers(school.ctx, { limit: 2 });
    const rest = await listMembers(school.ctx, { limit: 200, cursor: first.next });
    expect([...first.items, ...rest.items].map(m => m.id)).toEqual(all);
  });

  it('of another institution are not there: a role is never ended from next door', async () => {
    const other = await createSchool(world);
    const guest = await createMember(world, other.institution, ['awarder']);
    const { items } = await listMembers(other.ctx, { limit: 200 });
    await expect(endMembership(school.ctx, items[0]!.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await rolesOf(world.deps, other.institution.id, guest.id)).toHaveLength(1);
  });
});
