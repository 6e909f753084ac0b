import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool } from '../support/world.ts';

describe('the console of an institution', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const page = async (path: string, who?: { headers: Record<string, string> }) => {
    const response = await world.request(path, { headers: { accept: 'text/html', ...who?.headers } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world, 'proefschool');
  });

  it('leads who has one institution straight there, and shows a choice to who has more', async () => {
    const one = await createMember(world, school.institution, ['awarder']);
    const straight = await page('/console', one);
    expect([straight.status, straight.headers.get('location')]).toEqual([303, '/console/proefschool']);
    const none = await page('/console', await createPerson(world));
    expect(none.status).toBe(200);
    expect(none.text).toContain('nog bij geen enkele instelling');
  });

  it('offers only what the roles may open', async () => {
    const rooms = async (roles: Parameters<typeof createMember>[2]) => {
      const { text } = await page('/console/proefschool', await createMember(world, school.institution, roles));
      return [...text.matchAll(/href="\/console\/proefschool\/([a-z-]+)"/g)].map(m => m[1]);
    };
    expect(new Set(await rooms(['admin']))).toEqual(
      new Set([
        'achievements',
        'frameworks',
        'endorsements',
        'teams',
        'members',
        'keys',
        'api-keys',
        'settings',
        'audit',
      ]),
    );
    expect(new Set(await rooms(['awarder']))).toEqual(new Set(['awards', 'achievements', 'frameworks']));
    expect(new Set(await rooms(['board']))).toEqual(
      new Set(['work', 'awards', 'achievements', 'frameworks', 'members', 'audit']),
    );
  });

  it('is not there for who has no role, and asks nobody to sign in', async () => {
    const stranger = await page('/console/proefschool', await createPerson(world));
    const nothing = await page('/console/niets', await createPerson(world));
    expect([stranger.status, nothing.status]).toEqual([404, 404]);
    const nobody = await page('/console/proefschool');
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, '/login?return=%2Fconsole%2Fproefschool']);
  });
});
