import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('the catalogue', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const as = () => school.keys.coordinator;
  const create = (body: object) => world.api('/api/v1/achievements', { key: as(), body });
  const publish = (id: string) => world.api(`/api/v1/achievements/${id}/publication`, { key: as(), body: {} });

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
  });

  it('a microcredential is published with all eleven elements, and refused with the list of what is missing', async () => {
    const bare = await create({ name: 'Kaal' });
    expect(bare.status).toBe(201);
    expect(bare.json.missing).toEqual([
      'description',
      'criteria',
      'outcomes',
      'workload',
      'level',
      'assessment',
      'participation',
    ]);
    const refused = await publish(bare.json.id);
    expect([refused.status, refused.json.code, refused.json.missing]).toEqual([
      422,
      'achievement-incomplete',
      bare.json.missing,
    ]);
    const edited = await world.api(`/api/v1/achievements/${bare.json.id}/draft`, {
      key: as(),
      method: 'PUT',
      body: exampleAchievement,
    });
    expect(edited.json.missing).toEqual([]);
    const published = await publish(bare.json.id);
    expect([published.status, published.json.version, published.json.draft]).toEqual([201, 1, null]);
  });

  it('another type is published with a name, a description and criteria', async () => {
    const badge = await create({
      type: 'Badge',
      name: 'Meegedaan',
      description: 'Was erbij.',
      criteria: { narrative: 'Erbij zijn.' },
    });
    expect((await publish(badge.json.id)).status).toBe(201);
  });

  it('an unusual size is a warning and no wall', async () => {
    const small = await create({ ...exampleAchievement, name: 'Klein', workload: { sbu: 40 } });
    expect(small.json.warnings).toEqual(['sbu-below-240']);
    expect((await publish(small.json.id)).status).toBe(201);
    expect((await create({ ...exampleAchievement, name: 'Groot', workload: { ects: 60 } })).json.warnings).toEqual([
      'ects-outside-3-30',
    ]);
  });

  it('a published version never changes: a badge keeps the words that it was signed with', async () => {
    const made = await create({ ...exampleAchievement, name: 'Eerste naam' });
    await publish(made.json.id);
    const first = await world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(made.json.id) });
    await world.api(`/api/v1/achievements/${made.json.id}/draft`, {
      key: as(),
      method: 'PUT',
      body: { ...exampleAchievement, name: 'Tweede naam' },
    });
    const drafted = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(made.json.id, { recipient: { email: 'b@example.org' } }),
    });
    expect((await publish(made.json.id)).json.version).toBe(2);
    const second = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(made.json.id, { recipient: { email: 'c@example.org' } }),
    });
    const names = [];
    for (const award of [first, drafted, second]) {
      const badge = (await world.api(new URL(award.json.credential).pathname, { key: school.keys.awarder })).json;
      names.push([badge.name, badge.credentialSubject.achievement.id.split('/').at(-1)]);
    }
    expect(names).toEqual([
      ['Eerste naam', '1'],
      ['Eerste naam', '1'],
      ['Tweede naam', '2'],
    ]);
  });

  it('there is nothing to publish twice', async () => {
    const again = await publish(school.achievement);
    expect([again.status, again.json.code]).toEqual([409, 'achievement-draft-missing']);
  });

  it.each([
    ['an unknown member', { ...exampleAchievement, issuer: 'did:web:x' }],
    ['an unknown way of assessing', { ...exampleAchievement, assessment: ['guessing'] }],
    ['a level that is not there', { ...exampleAchievement, level: { eqf: 9 } }],
    ['a language tag that is none', { ...exampleAchievement, language: 'en_EN' }],
    [
      'an outcome with a relative address',
      { ...exampleAchievement, outcomes: [{ name: 'x', code: { framework: 'ESCO', url: 'skill/1' } }] },
    ],
    ['an image that runs', { ...exampleAchievement, image: 'javascript:alert(1)' }],
    ['no name', { ...exampleAchievement, name: '' }],
  ])('%s is refused', async (_, body) => {
    const answer = await create(body);
    expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid']);
  });

  it('what cannot be read as an achievement is refused', async () => {
    for (const body of [
      { credentialSubject: {} },
      { credentialSubject: { id: 'x' }, type: ['VerifiableCredential'] },
    ]) {
      const answer = await world.api('/api/v1/achievement-imports', { key: as(), body });
      expect([answer.status, answer.json.code]).toEqual([422, 'achievement-unreadable']);
    }
  });

  it('an idempotent draft is made once', async () => {
    const send = () =>
      world.api('/api/v1/achievements', {
        key: as(),
        body: { ...exampleAchievement, name: 'Eenmaal' },
        headers: { 'idempotency-key': 'draft' },
      });
    const [one, two] = await Promise.all([send(), send()]);
    expect(two.text).toBe(one.text);
  });
});
