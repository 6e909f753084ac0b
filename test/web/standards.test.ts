import { describe, expect, it } from 'vitest';
import { createFramework, createOutcome } from '../../src/catalogue/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const world = createWorld();

describe('the address of an outcome of our own', () => {
  it('tells it to people and to programs, where its framework is shared', async () => {
    const { ctx } = await createSchool(world);
    const framework = await createFramework(ctx, { kind: 'sector', names: { nl: 'Welzijn in de wijk' }, shared: true });
    const words = { nl: { name: 'Brengt buurtbewoners bij elkaar', plain: 'Je brengt mensen samen.' } };
    const outcome = await createOutcome(ctx, framework.id, { kind: 'outcome', words });
    expect(outcome.uri).toBe(`${world.origin}/outcomes/${outcome.id}`);
    const page = await (await world.request(`/outcomes/${outcome.id}`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('Je brengt mensen samen.');
    expect(page).toContain(`/frameworks/${framework.id}`);
    const data = await world.api(`/outcomes/${outcome.id}`, { headers: { accept: 'application/json' } });
    expect(data.headers.get('access-control-allow-origin')).toBe('*');
    expect(data.json).toMatchObject({ uri: outcome.uri, words, framework: { uri: framework.uri } });
    const standard = await world.api(`/frameworks/${framework.id}`, { headers: { accept: 'application/json' } });
    expect(standard.json.outcomes).toHaveLength(1);
    expect(await (await world.request(`/frameworks/${framework.id}`)).text()).toContain('Brengt buurtbewoners');
  });

  it('is not there for one that is kept to the institution', async () => {
    const { ctx } = await createSchool(world);
    const framework = await createFramework(ctx, { kind: 'sector', names: { nl: 'Alleen van ons' }, shared: false });
    const outcome = await createOutcome(ctx, framework.id, {
      kind: 'outcome',
      words: { nl: { name: 'Plant het werk' } },
    });
    for (const path of [`/outcomes/${outcome.id}`, `/frameworks/${framework.id}`, '/outcomes/none'])
      expect((await world.request(path)).status).toBe(404);
  });
});
