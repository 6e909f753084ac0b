import { beforeAll, describe, expect, it } from 'vitest';
import { listUnits, readUnit } from '../../src/catalogue/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

let world: ReturnType<typeof createWorld>;
let a: Awaited<ReturnType<typeof createSchool>>;
let b: Awaited<ReturnType<typeof createSchool>>;

beforeAll(async () => {
  world = createWorld();
  a = await createSchool(world);
  b = await createSchool(world);
});

type School = typeof a;
const ask = (school: School, path: string, body?: unknown, method?: string) =>
  world.api(`/api/v1${path}`, {
    key: school.keys.coordinator,
    ...(body ? { body } : {}),
    ...(method ? { method } : {}),
  });
async function framework(school: School, over: object = {}) {
  const { json } = await ask(school, '/frameworks', { names: { nl: 'Onze standaard' }, ...over });
  return json.id as string;
}
async function outcome(school: School, of: string, nl: string, over: object = {}) {
  const { json, status } = await ask(school, `/frameworks/${of}/outcomes`, { words: { nl: { name: nl } }, ...over });
  expect(status).toBe(201);
  return json as { id: string; hints: string[]; uri: string };
}
const find = async (school: School, query: string) =>
  (await ask(school, `/outcomes?${query}`)).json.items.map(
    (o: { words: { nl?: { name: string } } }) => o.words.nl?.name,
  );

describe('frameworks and outcomes', () => {
  it('are found by the beginning of a name first, without accents or capitals, in the language of the reader', async () => {
    const of = await framework(a);
    await outcome(a, of, 'Voert cliëntgesprekken');
    await outcome(a, of, 'Coördineert vrijwilligers');
    await outcome(a, of, 'Helpt wie vrijwilligers zoekt en coordineert dat');
    await outcome(a, of, 'Leidt een ploeg', { code: 'X-12' });
    expect(await find(a, 'text=coordineert')).toEqual([
      'Coördineert vrijwilligers',
      'Helpt wie vrijwilligers zoekt en coordineert dat',
    ]);
    expect(await find(a, 'text=CLIENTGESPREKKEN')).toEqual(['Voert cliëntgesprekken']);
    expect(await find(a, 'text=vrijwilligers+zoekt')).toEqual(['Helpt wie vrijwilligers zoekt en coordineert dat']);
    expect(await find(a, 'text=x-12')).toEqual(['Leidt een ploeg']);
    expect(await find(a, `text=ploeg&framework=${await framework(a)}`)).toEqual([]);
    expect(await find(a, 'text=%25')).toEqual([]);
    expect(await find(a, '')).toEqual([]);
  });

  it('are told with hints, and kept all the same', async () => {
    const of = await framework(a);
    const made = await outcome(a, of, 'Weet na 3 weken cursus alles van kaas');
    expect(made.hints).toEqual(['not-observable', 'names-course', 'names-duration', 'no-plain-text']);
  });

  it('stay for what refers to them when they are taken out of use, and are no longer found', async () => {
    const of = await framework(a);
    const { id } = await outcome(a, of, 'Repareert wasmachines');
    expect(await find(a, 'text=wasmachines')).toEqual(['Repareert wasmachines']);
    expect((await ask(a, `/outcomes/${id}`, undefined, 'DELETE')).json.retiredAt).toBeTruthy();
    expect(await find(a, 'text=wasmachines')).toEqual([]);
    expect((await ask(a, `/outcomes/${id}`)).json.words.nl.name).toBe('Repareert wasmachines');
  });

  it('are refused under an address that the framework has already', async () => {
    const of = await framework(a, { uri: 'https://standaard.example/a' });
    await outcome(a, of, 'Een', { uri: 'https://standaard.example/a/1' });
    const again = await ask(a, `/frameworks/${of}/outcomes`, {
      words: { nl: { name: 'Twee' } },
      uri: 'https://standaard.example/a/1',
    });
    expect([again.status, again.json.code]).toEqual([409, 'outcome-exists']);
    const same = await ask(a, '/frameworks', { names: { nl: 'x' }, uri: 'https://standaard.example/a' });
    expect([same.status, same.json.code]).toEqual([409, 'framework-exists']);
  });

  it('I4: of another institution are 404 until it shares them, and can never be edited by others', async () => {
    const of = await framework(a);
    const { id } = await outcome(a, of, 'Bakt geheim brood');
    expect((await ask(b, `/frameworks/${of}`)).status).toBe(404);
    expect((await ask(b, `/frameworks/${of}/outcomes`)).status).toBe(404);
    expect((await ask(b, `/outcomes/${id}`)).status).toBe(404);
    expect(await find(b, 'text=geheim')).toEqual([]);
    expect((await ask(b, '/units', { name: 'x', outcomes: [id] })).status).toBe(404);
    await ask(a, `/frameworks/${of}`, { names: { nl: 'Gedeeld' }, shared: true }, 'PUT');
    expect((await ask(b, `/frameworks/${of}`)).json).toMatchObject({ names: { nl: 'Gedeeld' }, owner: 'other' });
    expect(await find(b, 'text=geheim')).toEqual(['Bakt geheim brood']);
    expect((await ask(b, `/frameworks/${of}`, { names: { nl: 'Gekaapt' } }, 'PUT')).status).toBe(404);
    expect((await ask(b, `/outcomes/${id}`, { words: { nl: { name: 'Gekaapt' } } }, 'PUT')).status).toBe(404);
    expect((await ask(b, `/outcomes/${id}`, undefined, 'DELETE')).status).toBe(404);
    expect((await ask(b, `/frameworks/${of}/outcomes`, { words: { nl: { name: 'x' } } })).status).toBe(404);
  });

  it('are changed by a coordinator only', async () => {
    const answer = await world.api('/api/v1/frameworks', { key: a.keys.awarder, body: { names: { nl: 'x' } } });
    expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
  });
});

describe('units', () => {
  it('say who adopted a version, and keep its words when an outcome changes', async () => {
    const of = await framework(a);
    const { id } = await outcome(a, of, 'Leidt een team');
    const made = await ask(a, '/units', { name: 'Leiding', outcomes: [id] });
    const path = `/units/${made.json.id}`;
    expect((await ask(a, `${path}/publication`, {})).status).toBe(400);
    const first = await ask(a, `${path}/publication`, { establishedBy: 'Curriculumtafel Zorg' });
    expect(first.json).toMatchObject({ version: 1, draft: null, published: { establishedBy: 'Curriculumtafel Zorg' } });
    await ask(a, `/outcomes/${id}`, { words: { nl: { name: 'Leidt twee teams' } } }, 'PUT');
    await ask(a, `${path}/draft`, { name: 'Leiding geven', outcomes: [id] }, 'PUT');
    expect((await ask(a, `${path}/publication`, { establishedBy: 'De raad' })).json.version).toBe(2);
    const told = async (n: number) => (await ask(a, `${path}/versions/${n}`)).json.content.told[0].name;
    expect([await told(1), await told(2)]).toEqual(['Leidt een team', 'Leidt twee teams']);
    expect((await ask(a, `${path}/versions/3`)).status).toBe(404);
    expect((await ask(a, `${path}/publication`, { establishedBy: 'De raad' })).json.code).toBe('unit-incomplete');
  });

  it('I4: of another institution are referred to by version once they are shared', async () => {
    const of = await framework(a);
    const { id } = await outcome(a, of, 'Luistert');
    const unit = async (shared: boolean) => {
      const { json } = await ask(a, '/units', { name: `Gedeeld ${shared}`, outcomes: [id], shared });
      await ask(a, `/units/${json.id}/publication`, { establishedBy: 'x' });
      return json.id as string;
    };
    const [own, shared] = [await unit(false), await unit(true)];
    expect((await ask(b, `/units/${own}`)).status).toBe(404);
    expect((await ask(b, `/units/${own}/versions/1`)).status).toBe(404);
    expect((await ask(b, `/units/${shared}/versions/1`)).json.content.name).toBe('Gedeeld true');
    expect((await ask(b, `/units/${shared}/draft`, { name: 'Gekaapt' }, 'PUT')).status).toBe(404);
    expect((await ask(b, '/units')).json.shared.map((u: { id: string }) => u.id)).toContain(shared);
    expect((await listUnits(world.db, b.institution.id)).map(u => u.id)).not.toContain(own);
    await expect(readUnit(world.db, b.institution.id, own)).rejects.toThrow('not-found');
  });
});
