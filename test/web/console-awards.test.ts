import { beforeEach, describe, expect, it } from 'vitest';
import { releaseDue, replyTo } from '../../src/credentials/index.ts';
import { updatePolicy } from '../../src/institutions/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward, operatorOf } from '../support/world.ts';

let now: Date;
let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
type Member = Awaited<ReturnType<typeof createMember>>;
let awarder: Member;
const one = (sql: string, ...values: unknown[]) =>
  world.db.sqlite
    .prepare(sql)
    .pluck()
    .get(...values);

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  world = createWorld({ now: () => now, mailer: { send: async () => undefined } });
  school = await createSchool(world);
  awarder = await createMember(world, school.institution, ['awarder']);
});

const at = (path: string) => `/console/${school.institution.slug}/awards${path}`;
const get = async (path: string, by: Member = awarder) => {
  const response = await world.request(at(path), { headers: { ...by.headers, accept: 'text/html' } });
  return { status: response.status, html: await response.text() };
};
async function post(path: string, fields: Record<string, string>, by: Member = awarder) {
  const response = await world.request(at(path), {
    method: 'POST',
    headers: { ...by.headers, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, html: await response.text(), to: response.headers.get('location') ?? '' };
}
const fields = (over: Record<string, string> = {}) => ({
  kind: 'email',
  address: 'learner@example.org',
  name: 'Sam de Vries',
  basis: 'assessment',
  decidedBy: 'A. Examinator',
  decidedOn: '2026-11-01',
  ...over,
});
const form = () => `/new?achievement=${school.achievement}`;
const group = () => `/many?achievement=${school.achievement}`;
async function award(over: object = {}) {
  const body = exampleAward(school.achievement, over);
  return (await world.api('/api/v1/awards', { key: school.keys.awarder, body })).json.id as string;
}

describe('awarding one', () => {
  it('chooses, fills in, looks at the badge, and awards; nothing is written before the last press', async () => {
    expect((await get('/new')).html).toContain(`/awards/new?achievement=${school.achievement}`);
    expect((await get(form())).html).toContain('name="address"');
    const looked = await post(form(), { ...fields(), step: 'check' });
    expect([looked.status, one('select count(*) from awards')]).toEqual([200, 0]);
    expect(looked.html).toContain('Sam de Vries');
    expect(looked.html).toContain('value="make"');
    const made = await post(form(), { ...fields(), step: 'make' });
    expect(made.status).toBe(303);
    const page = await get(made.to.slice(at('').length));
    expect(page.html).toContain('/claim/');
    expect(one("select actor from audit_log where action = 'award.reserve'")).toBe(`member:${awarder.id}`);
    // Pressed twice: the second is told where the first is.
    const again = await post(form(), { ...fields(), step: 'check' });
    expect(again.html).toContain(made.to.split('?')[0]);
    expect(again.html).not.toContain('value="make"');
  });

  it.each([
    ['address', { address: 'niemand' }],
    ['address', { address: '' }],
    ['address', { kind: 'eppn', address: 'x' }],
    ['decidedOn', { decidedOn: '2026-12-24' }],
    ['decidedOn', { decidedOn: 'gisteren' }],
    ['decidedBy', { decidedBy: '' }],
    ['basis', { basis: 'exemption' }],
    ['basis', { basis: '' }],
    ['validUntil', { validUntil: '2026-11-01' }],
    ['name', { name: 'x'.repeat(201) }],
  ])('tells what is wrong with %s, and keeps what was typed', async (name, over) => {
    const answer = await post(form(), { ...fields(over), reference: 'R-7', step: 'check' });
    expect([answer.status, one('select count(*) from awards')]).toEqual([400, 0]);
    expect(answer.html).toContain(`href="#${name}"`);
    expect(answer.html).toContain(`id="${name}-error"`);
    expect(answer.html).toContain('value="R-7"');
  });

  it('never for oneself', async () => {
    const mine = await createMember(world, school.institution, ['awarder']);
    world.db.sqlite.prepare("update identities set email = 'me@example.org' where person_id = ?").run(mine.id);
    const answer = await post(form(), { ...fields({ address: 'Me@Example.org' }), step: 'make' }, mine);
    expect([answer.status, one('select count(*) from awards')]).toEqual([422, 0]);
  });

  it('with results as the achievement has them', async () => {
    school = await createSchool(world, undefined, {
      ...exampleAchievement,
      results: [{ name: 'Cijfer', type: 'RawScore', min: '1', max: '10' }],
    });
    awarder = await createMember(world, school.institution, ['awarder']);
    expect((await get(form())).html).toContain('name="result-0"');
    await post(form(), { ...fields({ 'result-0': '8' }), step: 'make' });
    expect(one('select document from credentials')).toContain('"value":"8"');
  });
});

describe('awarding to a group', () => {
  const lines = [
    'a@example.org; An Jansen',
    'b@example.org',
    'geen adres',
    'A@EXAMPLE.ORG; An',
    'c@example.org\tChris',
  ];
  const filled = (over: Record<string, string> = {}) => ({
    ...fields({ address: '', name: '' }),
    lines: lines.join('\n'),
    ...over,
  });
  const batchOf = (html: string) => /name="batch" value="([\w-]{22})"/.exec(html)![1]!;

  it('looks each line over first; then each is an award of its own, and a second press makes nothing', async () => {
    const looked = await post(group(), { ...filled(), step: 'check' });
    expect([looked.status, one('select count(*) from awards')]).toEqual([200, 0]);
    expect(looked.html).toContain('3 badges kunnen worden toegekend');
    expect(looked.html).toContain('2 regels kloppen nog niet');
    expect(looked.html).toContain('hetzelfde als regel 1');
    const batch = batchOf(looked.html);
    const made = await post(group(), { ...filled(), batch, step: 'make' });
    expect(made.html).toContain('3 badges zijn toegekend');
    expect(made.html.match(/\/claim\//g)).toHaveLength(3);
    expect(one("select count(*) from awards where state = 'released'")).toBe(3);
    expect(one("select input from awards where recipient_key = 'email:c@example.org'") as string).toContain('Chris');
    const again = await post(group(), { ...filled(), batch, step: 'make' });
    expect([again.status, one('select count(*) from awards')]).toEqual([200, 3]);
    expect(again.html).toContain('0 badges zijn toegekend');
  });

  it.each([
    ['no lines', { lines: ' \n ' }],
    ['more lines than there may be', { lines: Array.from({ length: 201 }, (_, n) => `l${n}@example.org`).join('\n') }],
    ['a decision in the future', { decidedOn: '2027-01-01' }],
    ['no decision', { decidedBy: '' }],
  ])('%s is told at its field', async (_, over) => {
    const answer = await post(group(), { ...filled(over), step: 'make', batch: 'x'.repeat(22) });
    expect([answer.status, one('select count(*) from awards')]).toEqual([400, 0]);
  });

  it('above the number of the institution a second awarder releases it', async () => {
    await updatePolicy(operatorOf(world.deps, school.institution), { confirmRevocation: false, releaseBatchAbove: 2 });
    const looked = await post(group(), { ...filled(), step: 'check' });
    expect(looked.html).toContain('grote groep');
    const batch = batchOf(looked.html);
    await post(group(), { ...filled(), batch, step: 'make' });
    expect([one('select count(*) from awards'), one("select count(*) from offers where state = 'held'")]).toEqual([
      0, 3,
    ]);
    const path = `/batches/${batch}`;
    expect((await get('')).html).not.toContain(`${path}/release`);
    expect((await post(`${path}/release`, {})).status).toBe(403);
    const second = await createMember(world, school.institution, ['awarder']);
    expect((await get('', second)).html).toContain(`${path}/release`);
    const released = await post(`${path}/release`, {}, second);
    expect(released.to).toContain('done=batch-released');
    expect(one("select count(*) from awards where state = 'released'")).toBe(3);
  });

  it('is taken back as a whole while it is held', async () => {
    await updatePolicy(operatorOf(world.deps, school.institution), { confirmRevocation: false, releaseBatchAbove: 2 });
    const batch = batchOf((await post(group(), { ...filled(), step: 'check' })).html);
    await post(group(), { ...filled(), batch, step: 'make' });
    expect((await get(`?batch=${batch}`)).html).toContain('An Jansen');
    await post(`/batches/${batch}/withdrawal`, {});
    expect(one('select count(*) from offers')).toBe(0);
  });
});

describe('the list', () => {
  it('finds by a part of a name or address, by state, achievement and day, and pages', async () => {
    for (let n = 0; n < 55; n++) await award({ recipient: { email: `l${n}@example.org`, name: `Leerling ${n}` } });
    const first = await get('');
    const next = /href="(\/console\/[^"]*cursor=[^"]*)"/.exec(first.html)![1]!.replaceAll('&amp;', '&');
    expect(first.html.match(/<th scope="row">/g)).toHaveLength(50);
    expect((await get(next.slice(at('').length))).html.match(/<th scope="row">/g)).toHaveLength(5);
    const found = async (query: string) => (await get(query)).html.match(/<th scope="row">/g)?.length ?? 0;
    expect(await found('?text=LEERLING%2042')).toBe(1);
    expect(await found('?text=l42%40')).toBe(1);
    expect(await found('?text=%25')).toBe(0);
    expect(await found('?state=revoked')).toBe(0);
    expect(await found('?from=2026-11-20&until=2026-11-20')).toBe(50);
    expect(await found('?until=2026-11-19')).toBe(0);
    expect(await found(`?achievement=${school.achievement}`)).toBe(50);
    expect(await found('?achievement=x')).toBe(0);
  });

  it('shows only what a role reaches, and hints at addresses', async () => {
    await award({ recipient: { email: 'geheim@example.org' } });
    const limited = await createMember(world, school.institution, ['awarder'], ['another']);
    expect((await get('', limited)).html).not.toContain('example.org');
    const { html } = await get('');
    expect(html).toContain('g•••@example.org');
    expect(html).not.toContain('geheim@');
  });
});

describe('one award', () => {
  it('is revoked with a reason and words; the page tells what happened', async () => {
    const id = await award();
    expect((await post(`/${id}/revocation`, { revokeText: 'Uitleg' })).html).toContain('id="reason-error"');
    const done = await post(`/${id}/revocation`, { reason: 'error', revokeText: 'Uitleg' });
    expect(done.to).toContain('done=award-revoked');
    const { html } = await get(`/${id}`);
    expect(html).toContain('Uitleg');
    expect(html).not.toContain(`/${id}/revocation"`);
    expect(one('select kind from outbox')).toBe('revocation');
  });

  it('with a second person: one asks, the other sees it and confirms', async () => {
    await updatePolicy(operatorOf(world.deps, school.institution), {
      confirmRevocation: true,
      releaseBatchAbove: null,
    });
    const board = await createMember(world, school.institution, ['board']);
    const id = await award();
    expect((await post(`/${id}/revocation`, { reason: 'fraud' })).to).toContain('done=revocation-asked');
    expect((await get(`/${id}`)).html).not.toContain('/revocation/confirmation');
    expect((await post(`/${id}/revocation/confirmation`, {})).status).toBe(403);
    expect((await get(`/${id}`, board)).html).toContain('/revocation/confirmation');
    expect((await post(`/${id}/revocation/confirmation`, {}, board)).to).toContain('done=award-revoked');
    expect(one('select state from awards')).toBe('revoked');
  });

  it('is suspended and lifted where its achievement allows it', async () => {
    expect((await get(`/${await award()}`)).html).not.toContain('/suspension');
    school = await createSchool(world, undefined, { ...exampleAchievement, suspendable: true });
    awarder = await createMember(world, school.institution, ['awarder']);
    const id = await award();
    expect((await post(`/${id}/suspension`, { suspendText: 'Even wachten' })).to).toContain('done=award-suspended');
    expect((await post(`/${id}/lifting`, {})).to).toContain('done=award-lifted');
  });

  it('is corrected: the form begins with what stands there, and what changes is what was changed', async () => {
    const id = await award({ narrative: 'Deed het goed.', validUntil: '2027-06-01T10:00:00Z' });
    const { html } = await get(`/${id}/replacement`);
    expect(html).toContain('value="Sam de Vries"');
    expect(html).toContain('Deed het goed.');
    const sent = {
      ...fields({ name: 'Sam Jansen', narrative: 'Deed het goed.', validUntil: '2027-06-01' }),
      why: 'correction',
      text: 'Je naam is verbeterd.',
    };
    const done = await post(`/${id}/replacement`, sent);
    expect(done.to).toContain('done=award-replaced');
    const input = JSON.parse(
      one('select a.input from awards a join replacements r on r.successor_id = a.id') as string,
    );
    expect(input).toMatchObject({ recipient: { name: 'Sam Jansen' }, validUntil: '2027-06-01T10:00:00Z' });
    expect((await get(`/${id}`)).html).toContain('vervangen');
    const renewal = await post(`/${done.to.split('/').at(-1)!.split('?')[0]}/replacement`, { ...sent, why: 'renewal' });
    expect([renewal.status, renewal.html.includes('id="decidedOn-error"')]).toEqual([400, true]);
  });

  it('that is held can be taken back, and goes by itself when its time is over', async () => {
    school = await createSchool(world, undefined, { ...exampleAchievement, undoMinutes: 30 });
    awarder = await createMember(world, school.institution, ['awarder']);
    const first = await post(form(), { ...fields(), step: 'make' });
    expect((await get(first.to.slice(at('').length))).html).toContain('/withdrawal');
    const id = first.to.split('/').at(-1)!.split('?')[0]!;
    expect((await post(`/${id}/withdrawal`, {})).to).toContain('done=award-withdrawn');
    expect((await get(`/${id}`)).status).toBe(404);
    await post(form(), { ...fields(), step: 'make' });
    now = new Date(now.getTime() + 31 * 60_000);
    await releaseDue(world.deps);
    expect(one('select state from awards')).toBe('released');
  });

  it('shows what the learner replied', async () => {
    const id = await award();
    const learner = await createPerson(world);
    world.db.sqlite.prepare('update awards set person_id = ?').run(learner.id);
    await post(`/${id}/revocation`, { reason: 'error' });
    const session = {
      id: learner.sessionId,
      person: learner.id,
      identity: '',
      provider: null,
      provenAt: '',
      language: 'nl' as const,
    };
    await replyTo(world.deps, session, id, 'Dat klopt <b>niet</b>.');
    const { html } = await get(`/${id}`);
    expect(html).toContain('Dat klopt &lt;b&gt;niet&lt;/b&gt;.');
  });

  it('I4: of another institution, and for a role that does not read awards, is not to be had', async () => {
    const id = await award();
    const other = await createSchool(world);
    const stranger = await createMember(world, other.institution, ['awarder']);
    expect((await get(`/${id}`, stranger)).status).toBe(404);
    const path = `/console/${other.institution.slug}/awards/${id}`;
    const through = await world.request(path, { headers: { ...stranger.headers, accept: 'text/html' } });
    expect(through.status).toBe(404);
    const admin = await createMember(world, school.institution, ['admin']);
    expect([(await get('', admin)).status, (await get(`/${id}`, admin)).status]).toEqual([403, 403]);
    const examiner = await createMember(world, school.institution, ['examiner']);
    const page = await get(`/${id}`, examiner);
    expect([page.status, page.html.includes(`/${id}/`)]).toEqual([200, false]);
    expect((await post(`/${id}/revocation`, { reason: 'error' }, examiner)).status).toBe(403);
    expect(one('select state from awards')).toBe('released');
  });
});
