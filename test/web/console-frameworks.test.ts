import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { skillsCsv } from '../support/esco.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAchievement } from '../support/world.ts';

let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
let coordinator: Awaited<ReturnType<typeof createMember>>;

beforeAll(async () => {
  world = createWorld();
  school = await createSchool(world);
  coordinator = await createMember(world, school.institution, ['coordinator']);
});

const at = (path: string) => `/console/${school.institution.slug}${path}`;
async function get(path: string) {
  const response = await world.request(path.startsWith('/console') ? path : at(path), {
    headers: { ...coordinator.headers, accept: 'text/html' },
  });
  return response.text();
}
async function send(path: string, body: string | FormData, type?: string) {
  const response = await world.request(at(path), {
    method: 'POST',
    headers: { ...coordinator.headers, accept: 'text/html', ...(type ? { 'content-type': type } : {}) },
    body,
  });
  return { status: response.status, html: await response.text(), to: response.headers.get('location') ?? '' };
}
const post = (path: string, fields: [string, string][]) =>
  send(path, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
async function upload(files: Record<string, string | Uint8Array>) {
  const body = new FormData();
  for (const [name, text] of Object.entries(files)) body.append('file', new File([text as string], name));
  return send('/imports', body);
}
/** The part of an address behind the console of the school. */
const rest = (to: string) => to.slice(at('').length).split('?')[0]!;

describe('learning outcomes in the console', () => {
  it('are written in a standard of one’s own, looked at for their words, found, and taken out of use', async () => {
    const made = await post('/frameworks/new', [
      ['nameNl', 'Vrijwilligers'],
      ['kind', 'volunteering'],
      ['shared', 'yes'],
    ]);
    const framework = rest(made.to);
    const looked = await post(`${framework}/outcomes/new`, [
      ['nameNl', 'Weet alles'],
      ['kind', 'outcome'],
      ['step', 'look'],
    ]);
    expect([looked.status, looked.html.includes('Kies een werkwoord dat je kunt zien')]).toEqual([200, true]);
    const saved = await post(`${framework}/outcomes/new`, [
      ['nameNl', 'Werft vrijwilligers'],
      ['kind', 'outcome'],
      ['step', 'save'],
    ]);
    expect(await get('/frameworks?text=werft')).toContain('Werft vrijwilligers');
    const outcome = rest(saved.to);
    expect((await post(`${outcome}/retirement`, [])).to).toContain(framework);
    expect(await get('/frameworks?text=werft')).toContain('Niets gevonden');
  });

  it('make a unit, picked by search without a script, and published with who adopted it', async () => {
    const framework = rest(
      (
        await post('/frameworks/new', [
          ['nameNl', 'Zorg'],
          ['kind', 'sector'],
        ])
      ).to,
    );
    const outcome = rest(
      (
        await post(`${framework}/outcomes/new`, [
          ['nameNl', 'Wast een cliënt'],
          ['kind', 'outcome'],
        ])
      ).to,
    )
      .split('/')
      .at(-1)!;
    const found = await post('/units/new', [
      ['name', 'Wassen'],
      ['language', 'nl'],
      ['search', 'client'],
      ['step', 'look'],
    ]);
    expect(found.html).toContain(`name="add" value="${outcome}"`);
    const added = await post('/units/new', [
      ['name', 'Wassen'],
      ['language', 'nl'],
      ['add', outcome],
    ]);
    expect(added.html).toContain(`name="outcomes" value="${outcome}"`);
    const made = await post('/units/new', [
      ['name', 'Wassen'],
      ['language', 'nl'],
      ['outcomes', outcome],
      ['step', 'save'],
    ]);
    const unit = rest(made.to);
    expect((await post(`${unit}/publication`, [['establishedBy', '']])).to).not.toContain('done');
    await post(`${unit}/publication`, [['establishedBy', 'De curriculumtafel']]);
    expect(await get(unit)).toContain('Vastgesteld door De curriculumtafel');
    const removed = await post(unit, [
      ['name', 'Wassen'],
      ['outcomes', outcome],
      ['remove', outcome],
    ]);
    expect(removed.html).not.toContain(`name="outcomes" value="${outcome}"`);
  });

  it('are imported after a look, and once', async () => {
    const files = { 'skills_nl.csv': skillsCsv('nl', { rows: 5, replace: { 2: 'KnowledgeSkillCompetence,kapot' } }) };
    const looked = await upload(files);
    const path = rest(looked.to);
    const page = await get(path);
    for (const words of ['skills_nl.csv:8', 'er zijn te veel of te weinig kolommen', 'Lees dit in'])
      expect(page).toContain(words);
    expect(await get('/frameworks?text=gesprekken')).toContain('Niets gevonden');
    expect((await post(`${path}/do`, [])).to).toContain('done=import-done');
    expect(await get('/frameworks?text=machines')).toContain('machines begeleiden 1');
    expect(await get(rest((await upload(files)).to))).toContain('Er verandert niets');
  });

  it.each([
    ['another encoding', { 'skills_nl.csv': Uint8Array.from([0x61, 0xe9, 0x0a]) }, 422, 'niet in UTF-8'],
    [
      'a picture',
      { 'a.json': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
      415,
      'geen CSV of JSON',
    ],
    ['broken JSON', { 'a.json': '{"CFDocument":' }, 400, 'geen goede JSON'],
    ['nothing', {}, 400, 'Kies een bestand'],
  ])('tell what is wrong with %s', async (_, files, status, words) => {
    const answer = await upload(files as Record<string, string | Uint8Array>);
    expect([answer.status, answer.html.includes(words)]).toEqual([status, true]);
  });
});

describe('the editor of an achievement', () => {
  const fields = (...more: [string, string][]): [string, string][] => [
    ['type', 'MicroCredential'],
    ['name', 'Bewerkt'],
    ['language', 'nl'],
    ['claim', 'none'],
    ...more,
  ];

  it('tells what is missing when it is looked at, and keeps nothing', async () => {
    const before = await get('/achievements');
    const looked = await post('/achievements/new', fields(['eqf', '4'], ['step', 'look']));
    for (const words of ['Je hebt gekeken', '7 van de 11 onderdelen zijn er', 'Dit mist nog'])
      expect(looked.html).toContain(words);
    expect(await get('/achievements')).toBe(before);
  });

  it('takes an outcome that was searched for, with its code and its plain words', async () => {
    const { json } = await world.api('/api/v1/frameworks', {
      key: school.keys.coordinator,
      body: { names: { nl: 'Gedeelde standaard' }, shared: true },
    });
    const words = { nl: { name: 'Leidt een vergadering', plain: 'Je leidt een overleg.' } };
    const outcome = await world.api(`/api/v1/frameworks/${json.id}/outcomes`, {
      key: school.keys.coordinator,
      body: { words, code: 'V1' },
    });
    const { id, uri } = outcome.json;
    const found = await post('/achievements/new', fields(['search', 'vergader'], ['step', 'look']));
    expect(found.html).toContain(`name="add" value="${id}"`);
    const added = await post('/achievements/new', fields(['outcomes', 'Luistert'], ['add', id]));
    expect(added.html).toContain('Luistert\nLeidt een vergadering');
    const saved = await post(
      '/achievements/new',
      fields(['outcomes', 'Luistert\nLeidt een vergadering'], ['picked', id], ['step', 'save']),
    );
    const state = await world.api(`/api/v1${rest(saved.to)}`, { key: school.keys.coordinator });
    expect(state.json.draft.outcomes).toEqual([
      { name: 'Luistert' },
      {
        name: 'Leidt een vergadering',
        plain: 'Je leidt een overleg.',
        code: { framework: 'Gedeelde standaard', url: uri, code: 'V1' },
      },
    ]);
  });

  it('keeps the policy and the offer, shows who adopted a version, and holds an award to its ground', async () => {
    const form: [string, string][] = [
      ['type', 'MicroCredential'],
      ['name', 'Met beleid'],
      ['description', 'd'],
      ['criteria', 'c'],
      ['language', 'nl'],
      ['outcomes', 'Plant werk'],
      ['eqf', '4'],
      ['sbu', '240'],
      ['assessment', 'portfolio'],
      ['participation', 'online'],
      ['claim', 'none'],
      ['bases', 'evc'],
      ['examinerApart', 'yes'],
      ['validMonths', '24'],
      ['requires', `achievement:${school.achievement}`],
      ['whenComplete', 'propose'],
      ['cost', '€ 250'],
      ['countsFor', 'Het eerste jaar'],
      ['step', 'save'],
    ];
    const path = rest((await post('/achievements/new', form)).to);
    const api = await world.api(`/api/v1${path}`, { key: school.keys.coordinator });
    expect(api.json.draft.policy).toEqual({
      bases: ['evc'],
      examinerApart: true,
      validMonths: 24,
      requires: { units: [], achievements: [school.achievement] },
      whenComplete: 'propose',
    });
    await post(`${path}/publication`, [['establishedBy', 'De examencommissie']]);
    const id = path.split('/').at(-1)!;
    const page = await world.request(`/i/${school.institution.slug}/achievements/${id}`, {
      headers: { accept: 'text/html' },
    });
    const html = await page.text();
    for (const words of [
      'Vastgesteld door De examencommissie',
      '€ 250',
      'Het eerste jaar',
      `/achievements/${id}/begin`,
    ])
      expect(html).toContain(words);
    const version = await world.api(`/i/${school.institution.slug}/achievements/${id}/versions/1.json`);
    expect(version.json.establishedBy).toBe('De examencommissie');
    const award = (basis: string) =>
      world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: {
          achievement: id,
          recipient: { email: 'l@example.org' },
          decision: { basis, decidedBy: 'x', decidedOn: '2026-08-31' },
        },
      });
    expect((await award('assessment')).json.code).toBe('award-not-allowed');
    const made = await award('evc');
    const badge = await world.api(`/api/v1/awards/${made.json.id}/credential`, { key: school.keys.awarder });
    expect(badge.json.validUntil).toBe('2028-08-30T22:00:00Z');
  });
});

describe('the shop window', () => {
  it('shows all institutions, is searched without accents, and is data for any origin', async () => {
    const other = await createSchool(world, undefined, {
      ...exampleAchievement,
      name: 'Crêpes bakken',
      offer: { duration: 'een dag' },
    });
    const all = await world.api('/api/v1/catalogue?text=crepes%20BAKKEN');
    expect(all.headers.get('access-control-allow-origin')).toBe('*');
    expect(all.json.items).toEqual([
      expect.objectContaining({
        name: 'Crêpes bakken',
        duration: 'een dag',
        cost: null,
        institution: expect.objectContaining({ slug: other.institution.slug }),
      }),
    ]);
    const first = await world.api('/api/v1/catalogue?limit=1');
    const second = await world.api(`/api/v1/catalogue?limit=1&cursor=${first.json.next}`);
    expect(first.json.items[0].id).not.toBe(second.json.items[0].id);
    const own = await world.api(`/api/v1/catalogue?institution=${other.institution.slug}`);
    expect(own.json.items.map((i: { id: string }) => i.id)).toEqual([other.achievement]);
    expect((await world.api('/api/v1/catalogue?institution=niemand')).status).toBe(404);
    const page = await world.request('/catalogue?text=crepes', { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Crêpes bakken');
    expect(
      (await world.request('/catalogue', { headers: { accept: 'application/json' } })).headers.get('content-type'),
    ).toContain('json');
  });

  it('puts an achievement in the portfolio as a goal, after a login', async () => {
    const path = `/i/${school.institution.slug}/achievements/${school.achievement}/goal`;
    const page = await world.request(path, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Log in en zet dit als doel');
    const nobody = await world.request(path, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    expect(nobody.headers.get('location')).toContain('/login?return=');
    const someone = await world.request(path, { method: 'POST', headers: coordinator.headers });
    expect([someone.status, someone.headers.get('location')]).toEqual([303, '/portfolio']);
    const goals = world.db.sqlite.prepare('select achievement_id from goals').pluck().all();
    expect(goals).toEqual([school.achievement]);
  });
});
