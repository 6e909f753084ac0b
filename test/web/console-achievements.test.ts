import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAchievement } from '../support/world.ts';

let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
type Member = Awaited<ReturnType<typeof createMember>>;
let coordinator: Member;
const one = (sql: string, ...values: unknown[]) =>
  world.db.sqlite
    .prepare(sql)
    .pluck()
    .get(...values);

beforeAll(async () => {
  world = createWorld();
  school = await createSchool(world, undefined, { ...exampleAchievement, tags: ['samen'], suspendable: true });
  coordinator = await createMember(world, school.institution, ['coordinator']);
});

const at = (path: string) => `/console/${school.institution.slug}/achievements${path}`;
async function get(path: string, by: Member = coordinator) {
  const response = await world.request(at(path), { headers: { ...by.headers, accept: 'text/html' } });
  return { status: response.status, html: await response.text() };
}
async function post(path: string, fields: [string, string][], by: Member = coordinator) {
  const response = await world.request(at(path), {
    method: 'POST',
    headers: { ...by.headers, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, html: await response.text(), to: response.headers.get('location') ?? '' };
}
/** The form as the page shows it. */
const whole = (over: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    type: 'MicroCredential',
    name: 'Samenwerken',
    description: 'Werkt samen met anderen.',
    criteria: 'Portfolio en gesprek.',
    language: 'nl',
    outcomes: 'Werkt samen\nLuistert',
    eqf: '4',
    sbu: '240',
    assessment: 'portfolio',
    participation: 'work-experience',
    claim: 'none',
    ...over,
  });
const draft = (id = school.achievement) =>
  JSON.parse(one('select content from achievement_drafts where achievement_id = ?', id) as string);

describe('the catalogue in the console', () => {
  it('makes something new, tells what is missing, and publishes once it is there', async () => {
    const made = await post('/new', [
      ['type', 'MicroCredential'],
      ['name', 'Plannen'],
      ['language', 'nl'],
      ['claim', 'login'],
    ]);
    expect(made.status).toBe(303);
    const path = made.to.slice(at('').length).split('?')[0]!;
    const incomplete = await get(path);
    expect(incomplete.html).toContain('Dit mist nog');
    expect(incomplete.html).not.toContain(`${path}/publication`);
    expect((await post(`${path}/publication`, [])).to).not.toContain('done');
    await post(path, whole({ name: 'Plannen', claim: 'validate-names', undoMinutes: '30' }));
    expect((await get(path)).html).toContain(`${path}/publication`);
    expect((await post(`${path}/publication`, [])).to).toContain('done=achievement-published');
    const content = JSON.parse(
      one('select content from achievement_versions where achievement_id = ?', path.slice(1)) as string,
    );
    expect(content).toMatchObject({
      name: 'Plannen',
      claim: { assurance: 'validate-names' },
      undoMinutes: 30,
      level: { eqf: 4 },
    });
  });

  it('keeps what the form does not show, and the codes of outcomes whose line stays', async () => {
    await post(`/${school.achievement}`, whole({ sbu: '', ects: '7,5', suspendable: 'yes', nlqf: '4+' }));
    expect(draft()).toMatchObject({
      tags: ['samen'],
      suspendable: true,
      workload: { ects: 7.5 },
      level: { eqf: 4, nlqf: '4+' },
      outcomes: [{ name: 'Werkt samen', code: { framework: 'ESCO' } }, { name: 'Luistert' }],
    });
    await post(`/${school.achievement}`, whole({ outcomes: 'Werkt goed samen' }));
    expect(draft().outcomes).toEqual([{ name: 'Werkt goed samen' }]);
    expect(draft().suspendable).toBe(false);
  });

  it.each([
    ['name', { name: '' }],
    ['ects', { ects: 'veel' }],
    ['sbu', { sbu: '2.5' }],
    ['eqf', { eqf: '9' }],
    ['undoMinutes', { undoMinutes: '-1' }],
    ['type', { type: 'Nobelprijs' }],
    ['claim', { claim: 'bloed' }],
    ['assessment', { assessment: 'gokken' }],
  ])('tells what is wrong with %s, keeps what was typed, and writes nothing', async (name, over) => {
    const before = one('select content from achievement_drafts where achievement_id = ?', school.achievement);
    const answer = await post(`/${school.achievement}`, whole({ description: 'Dit bleef staan.', ...over }));
    expect(answer.status).toBe(400);
    expect(answer.html).toContain(`href="#${name}"`);
    expect(answer.html).toContain('Dit bleef staan.');
    expect(one('select content from achievement_drafts where achievement_id = ?', school.achievement)).toBe(before);
  });

  it('can be read by who awards, and changed by a coordinator alone', async () => {
    const awarder = await createMember(world, school.institution, ['awarder']);
    const admin = await createMember(world, school.institution, ['admin']);
    for (const by of [awarder, admin]) {
      const page = await get(`/${school.achievement}`, by);
      expect([page.status, page.html.includes(`method="post" action="${at('/new')}"`)]).toEqual([200, false]);
      expect((await get('/new', by)).status).toBe(403);
      expect((await post(`/${school.achievement}`, whole(), by)).status).toBe(403);
      expect((await post('/new', whole(), by)).status).toBe(403);
      expect((await post(`/${school.achievement}/publication`, [], by)).status).toBe(403);
    }
    const part = await createMember(world, school.institution, ['coordinator'], [school.achievement]);
    expect((await get(`/${school.achievement}`, part)).status).toBe(200);
    expect((await get('/new', part)).status).toBe(403);
    expect((await get('', part)).html).not.toContain('Plannen');
  });

  it('I4: of another institution is not there', async () => {
    const other = await createSchool(world);
    expect((await get(`/${other.achievement}`)).status).toBe(404);
    expect((await post(`/${other.achievement}`, whole())).status).toBe(404);
    expect((await post(`/${other.achievement}/publication`, [])).status).toBe(404);
  });
});
