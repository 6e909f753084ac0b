import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../src/platform/context.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createMember, createPerson } from '../support/people.ts';
import { fill, notebookWrites, routesOf } from '../support/route-rows.ts';
import { countOf, rowsOf } from '../support/rows-of.ts';
import { createSchool } from '../support/world.ts';

const photo = { name: 'tuin.png', bytes: sample.png() };

describe('nobody else than its owner', () => {
  const world = createWorld();
  const count = (table: string) => countOf(world, table);
  const someone = async () => browserOf(world, (await createPerson(world)).headers);
  const tell = async (browser: Browser, over: object) => {
    const { location } = await browser.upload('/portfolio/new', { story: 'Voor zestig mensen.', ...over });
    return /experiences\/([0-9a-f-]{36})/.exec(location)![1]!;
  };
  const SECRET = 'geheim-van-sam';
  let values: Record<string, string>;
  /** Of a link that stands, and of one that was taken back. */
  let reading: string;
  let over: string;
  let slug: string;
  const strangers: Record<string, Browser> = {};
  beforeAll(async () => {
    const sam = await someone();
    const id = await tell(sam, { title: SECRET, story: SECRET, photo });
    await sam.post('/portfolio/goals', { words: SECRET });
    const helped = await sam.post('/portfolio/helpers');
    const code = /code-to-tell">(\w{4}) (\w{4})</.exec(helped.text)!.slice(1).join('');
    const helper = browserOf(world);
    await helper.post('/together', { code, name: 'Even' });
    await helper.post('/together/leave');
    const open = await tell(sam, { title: 'Voor een lezer', story: 'Hiervan mag je lezen', photo });
    const share = async (label: string) => {
      const made = await sam.post('/portfolio/readers/new', { label, words: '', days: '7', experience: open });
      return /\/p\/([\w-]{22})/.exec(made.text)![1]!;
    };
    reading = await share('De Linde');
    over = await share('Al voorbij');
    const readers = (await sam.get('/portfolio/readers')).text;
    const reader = [...readers.matchAll(/readers\/([0-9a-f]{64})\/end/g)].map(match => match[1]!);
    const past = reader.find(hash => hash === createHash('sha256').update(over).digest('hex'))!;
    await sam.post(`/portfolio/readers/${past}/end`);
    const page = (await sam.get(`/portfolio/experiences/${id}`)).text;
    values = {
      id,
      file: /files\/([0-9a-f-]{36})/.exec(page)![1]!,
      evidence: /evidence\/([0-9a-f-]{36})\/remove/.exec(page)![1]!,
    };
    strangers.nobody = browserOf(world);
    strangers.another = await someone();
    await tell(strangers.another, { title: 'Van een ander' });
    strangers['another draft'] = browserOf(world);
    await strangers['another draft'].post('/begin', { goal: 'switch' });
    strangers['the helper, after it'] = helper;
    const school = await createSchool(world);
    slug = school.institution.slug;
    for (const role of roles) {
      const member = await createMember(world, school.institution, [role]);
      strangers[role] = browserOf(world, member.headers);
    }
    strangers['all roles'] = browserOf(world, (await createMember(world, school.institution, [...roles])).headers);
  });

  it('W3: sees a thing of it or changes it, on any route: no person, no role, no helper after it, no reader of something else', async () => {
    const routes = routesOf(world.app);
    const ofNotebooks = (path: string) => /^\/(portfolio|begin|together|p)(\/|$)/.test(path);
    expect(routes.filter(({ path }) => ofNotebooks(path)).length).toBeGreaterThan(notebookWrites.length * 3);
    const rows = () =>
      Promise.all(['experiences', 'evidence', 'files'].map(table => count(`${table} where id in (${ids})`)));
    const ids = Object.values(values)
      .map(id => `'${id}'`)
      .join();
    const before = await rows();
    const everywhere = new Set(['nobody', 'another', 'all roles']);
    expect(before).toEqual([1, 1, 1]);
    for (const [who, browser] of Object.entries(strangers))
      for (const { method, path, name } of routes) {
        // Every page of the service is looked at by three: each role by itself has its own test (rights.test.ts).
        if (!ofNotebooks(path) && (method !== 'GET' || !everywhere.has(who))) continue;
        const address = fill(path, { slug, ...values, token: reading });
        const answer =
          method === 'GET'
            ? await browser.get(address)
            : await browser.post(address, { version: '1', title: 'x', did: 'x' });
        expect([who, name, answer.text.includes(SECRET)]).toEqual([who, name, false]);
        if (!ofNotebooks(path)) continue;
        if (/:(id|file|evidence)/.test(path))
          expect([who, name, answer.status]).toEqual([
            who,
            name,
            expect.toSatisfy(s => [303, 401, 404].includes(s as number)),
          ]);
        if (path !== '/begin' && path !== '/together' && method === 'GET')
          expect([who, name, answer.headers.get('cache-control')]).toEqual([who, name, 'no-store']);
      }
    expect(await rows()).toEqual(before);
    expect(await rowsOf(world, 'select title, version from experiences where id = ?', values.id)).toEqual([
      { title: SECRET, version: 1 },
    ]);
  });

  it('and what was shared is read by its link alone, on no other route, and by nobody once it was taken back', async () => {
    const shared = /Voor een lezer|Hiervan mag je lezen/;
    const gets = routesOf(world.app).filter(r => r.method === 'GET');
    const page = (await browserOf(world).get(`/p/${reading}`)).text;
    expect(page).toMatch(shared);
    const file = /files\/([0-9a-f-]{36})/.exec(page)![1]!;
    for (const [token, read] of [
      [reading, ['/p/:token', '/p/:token/files/:file']],
      [over, []],
    ] as const) {
      const seen = [];
      for (const { path } of gets) {
        const answer = await strangers.another!.get(fill(path, { slug, ...values, file, token }));
        if (shared.test(answer.text) || (answer.status === 200 && path.endsWith('/files/:file'))) seen.push(path);
      }
      expect(seen).toEqual(read);
    }
  });
});
