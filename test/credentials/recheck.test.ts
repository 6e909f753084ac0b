import { beforeAll, describe, expect, it } from 'vitest';
import { recheckBadges } from '../../src/credentials/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('judging what was issued once more', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const start = new Date(Date.now() - 60_000);
  const award = async (email: string) => {
    const body = exampleAward(school.achievement, { recipient: { email } });
    return (await world.api('/api/v1/awards', { key: school.keys.awarder, body })).json.id as string;
  };
  const change = (id: string, from: string, to: string) =>
    world.db.sqlite
      .prepare('update credentials set document = replace(document, ?, ?) where award_id = ?')
      .run(from, to, id);

  beforeAll(async () => {
    world = createWorld();
    world.spoiled = true;
    school = await createSchool(world);
  });

  it('I12: finds the one badge that is not good among those that are', async () => {
    const ids = [await award('a@example.org'), await award('b@example.org'), await award('c@example.org')];
    expect(await recheckBadges(world.deps, start)).toEqual({ checked: 3, bad: [] });

    change(ids[1]!, '"name":"Samenwerken"', '"name":"Tovenarij"');
    expect((await recheckBadges(world.deps, start)).bad.map(b => b.award)).toEqual([ids[1]]);
    change(ids[1]!, '"name":"Tovenarij"', '"name":"Samenwerken"');

    const [one, two] = ids.map(id =>
      world.db.sqlite.prepare('select document from credentials where award_id = ?').pluck().get(id),
    );
    world.db.sqlite.prepare('update credentials set document = ? where award_id = ?').run(two, ids[0]);
    expect((await recheckBadges(world.deps, start)).bad).toEqual([
      { award: ids[0], why: 'the badge is not that of its award' },
    ]);
    world.db.sqlite.prepare('update credentials set document = ? where award_id = ?').run(one, ids[0]);

    change(ids[2]!, '{', '');
    expect((await recheckBadges(world.deps, start)).bad).toEqual([{ award: ids[2], why: 'the document is not JSON' }]);
  });

  it('looks at what was issued since the moment that is asked', async () => {
    expect(await recheckBadges(world.deps, new Date(Date.now() + 60_000))).toEqual({ checked: 0, bad: [] });
  });
});
