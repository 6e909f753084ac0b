import { beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { exportJson, retain } from '../../src/privacy/index.ts';
import { portfolioAccess } from '../../src/portfolio/schema.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createPerson } from '../support/people.ts';

const DAY = 24 * 3_600_000;
const photo = { name: 'feest.png', bytes: sample.png() };
const voice = { name: 'x.wav', bytes: sample.wav() };

describe('who reads along', () => {
  let now = Date.now();
  const world = createWorld({ now: () => new Date(now) });
  const { deps } = world;
  const someone = async () => {
    const person = await createPerson(world);
    return Object.assign(browserOf(world, person.headers), { person });
  };
  const nobody = () => browserOf(world);
  const tell = async (browser: Browser, title: string, over: object = {}) => {
    const { location } = await browser.upload('/portfolio/new', { title, story: `Verhaal van ${title}`, ...over });
    return /experiences\/([0-9a-f-]{36})/.exec(location)![1]!;
  };
  const filesOn = (page: string) => [...page.matchAll(/files\/([0-9a-f-]{36})/g)].map(match => match[1]!);
  const post = (browser: Browser, fields: [string, string][]) =>
    browser.raw('/portfolio/readers/new', new TextEncoder().encode(new URLSearchParams(fields).toString()), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  const share = async (browser: Browser, experiences: string[], more: [string, string][] = []) => {
    now += 1_000;
    const fields: [string, string][] = [...more, ['label', 'De Linde'], ['days', '30']];
    const page = await post(browser, [...fields, ...experiences.map((id): [string, string] => ['experience', id])]);
    return { ...page, link: /\/p\/[\w-]{22}/.exec(page.text)?.[0] ?? '' };
  };
  const said = async (browser: Browser, experience: string, name: string) => {
    const form = { name, relation: 'neighbour', as: 'Sam', experience };
    const asked = await browser.post('/portfolio/references/new', form);
    const token = /\/r\/([\w-]{22})/.exec(asked.text)![1]!;
    await nobody().upload(`/r/${token}`, { name, words: `Woorden van ${name}`, voice });
  };
  const referenceOf = async (browser: Browser, name: string) => {
    const page = (await browser.get('/portfolio/readers/new')).text;
    return new RegExp(`value="([0-9a-f-]{36})"[^>]*> <bdi>Ook wat ${name} zei`).exec(page)?.[1];
  };

  let sam: Awaited<ReturnType<typeof someone>>;
  let shown: string;
  let kept: string;
  beforeAll(async () => {
    sam = await someone();
    shown = await tell(sam, 'Het feest', { photo });
    await sam.post(`/portfolio/experiences/${shown}/answers`, { version: '1', proud: 'Op de soep' });
    await sam.upload(`/portfolio/experiences/${shown}/evidence`, { caption: 'Het menu', file: photo });
    kept = await tell(sam, 'Iets van mij alleen', { photo });
    await sam.post('/portfolio/goals', { words: 'Mijn geheime doel' });
    for (const [experience, name] of [
      [shown, 'Fatima'],
      [shown, 'Jo'],
      [kept, 'Kim'],
      ['', 'Ali'],
    ] as const)
      await said(sam, experience, name);
  });

  it('reads what was chosen with its files and who stands behind it, without an account, and no trace of the rest', async () => {
    const [fatima, ali] = [await referenceOf(sam, 'Fatima'), await referenceOf(sam, 'Ali')];
    const { link, text } = await share(
      sam,
      [shown],
      [
        ['words', 'Ik ben Sam'],
        ['reference', fatima!],
        ['reference', ali!],
      ],
    );
    expect(text).toContain('Je ziet hem alleen nu');
    const page = await nobody().get(link);
    for (const part of [
      'Het feest',
      'Verhaal van Het feest',
      'Op de soep',
      'Het menu',
      'Ik ben Sam',
      'Herkend door iemand met naam',
      'Woorden van Fatima',
      'Woorden van Ali',
    ])
      expect(page.text).toContain(part);
    for (const part of ['Iets van mij', 'geheime doel', 'Woorden van Jo', 'Woorden van Kim', 'De Linde', sam.person.id])
      expect([part, page.text.includes(part)]).toEqual([part, false]);
    expect(page.text.match(/href="\/portfolio/g)).toBeNull();
    const files = filesOn(page.text);
    expect(files).toHaveLength(4);
    for (const file of files) {
      const answer = await nobody().get(`${link}/files/${file}`);
      expect([answer.status, [photo.bytes.length, voice.bytes.length].includes(answer.bytes.length)]).toEqual([
        200,
        true,
      ]);
    }
    const others = filesOn((await sam.get(`/portfolio/experiences/${kept}`)).text);
    expect(others.length).toBeGreaterThan(1);
    for (const file of others) expect((await nobody().get(`${link}/files/${file}`)).status).toBe(404);
  });

  it('W3, W7: neither cached, found nor told to where a link leads, on the page and for its files', async () => {
    const { link } = await share(sam, [shown]);
    const page = await nobody().get(link);
    const file = `${link}/files/${filesOn(page.text)[0]}`;
    for (const path of [link, file, `${link}/files/nothing`, '/p/AAAAAAAAAAAAAAAAAAAAAA']) {
      const { headers } = await nobody().get(path);
      expect([path, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
        path,
        'no-store',
        'no-referrer',
      ]);
      expect([path, headers.get('x-robots-tag')]).toEqual([path, 'noindex']);
    }
    expect(world.lines.join('\n')).not.toContain(link.slice(3));
  });

  it('taken back with one press it is over at once, for the page and each of its files', async () => {
    const { link } = await share(sam, [shown], [['label', 'Voor even']]);
    const [file] = filesOn((await nobody().get(link)).text);
    const list = (await sam.get('/portfolio/readers')).text;
    for (const part of ['Voor even', 'Het feest']) expect(list).toContain(part);
    const [, id] = [...list.matchAll(/readers\/([0-9a-f]{64})\/end/g)].at(-1)!;
    const stranger = await someone();
    expect((await stranger.post(`/portfolio/readers/${id}/end`)).status).toBe(404);
    expect((await nobody().get(link)).status).toBe(200);
    expect((await sam.post(`/portfolio/readers/${id}/end`)).location).toBe('/portfolio/readers?done=ended');
    for (const path of [link, `${link}/files/${file}`]) expect((await nobody().get(path)).status).toBe(404);
    expect((await sam.post(`/portfolio/readers/${id}/end`)).status).toBe(404);
  });

  it('W6: who guesses is told to wait', async () => {
    deps.rateLimit = createRateLimit({ perMinute: 60, burst: 3, now: () => new Date(now) });
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await nobody().get(`/p/${'B'.repeat(21)}${n}`)).status);
    delete deps.rateLimit;
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });

  it('words that are hidden or taken away later are gone from the link too, and so is a file', async () => {
    const jo = await referenceOf(sam, 'Jo');
    const { link } = await share(sam, [shown], [['reference', jo!]]);
    const recording = filesOn((await nobody().get(link)).text).at(-1)!;
    await sam.post(`/portfolio/references/${jo}/hide`);
    expect((await nobody().get(link)).text).not.toContain('Woorden van Jo');
    expect((await nobody().get(`${link}/files/${recording}`)).status).toBe(404);
    expect(await referenceOf(sam, 'Jo')).toBeUndefined();
  });

  it('nobody shares what is not theirs, nor words about something that is not shared', async () => {
    const stranger = await someone();
    const own = await tell(stranger, 'Van een ander');
    expect((await share(stranger, [shown])).status).toBe(404);
    expect((await share(stranger, [own, shown])).status).toBe(404);
    const kim = await referenceOf(sam, 'Kim');
    for (const link of [
      (await share(sam, [shown], [['reference', kim!]])).link,
      (await share(stranger, [own], [['reference', kim!]])).link,
    ])
      expect((await nobody().get(link)).text).not.toContain('Kim');
  });

  it('without a login, and for who helps, there is no such page', async () => {
    const draft = nobody();
    await draft.post('/begin', { goal: 'switch' });
    const helped = await sam.post('/portfolio/helpers');
    const code = /code-to-tell">(\w{4}) (\w{4})</.exec(helped.text)!.slice(1).join('');
    const helper = nobody();
    await helper.post('/together', { code, name: 'Even' });
    for (const browser of [draft, helper]) {
      expect((await share(browser, [shown])).status).toBe(401);
      expect((await browser.get('/portfolio/readers')).location).toMatch(/^\/login/);
    }
    for (const path of ['/begin/readers', '/begin/readers/new', '/together/readers/new'])
      expect((await draft.get(path)).status).toBe(404);
  });

  it('what is not filled in comes back with what was typed; W1: nothing of it runs', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    for (const fields of [[['label', '']], [['days', '8']], [['days', '']], [['label', 'x'.repeat(121)]]] as [
      string,
      string,
    ][][]) {
      const answer = await post(sam, [
        ...fields,
        ['label', 'De Linde'],
        ['days', '30'],
        ['experience', shown],
        ['words', evil],
      ]);
      expect([answer.status, answer.text.includes('&lt;img src=x')]).toEqual([400, true]);
    }
    expect((await share(sam, [])).text).toContain('Kies ten minste één ervaring');
    const { link } = await share(sam, [shown], [['words', evil]]);
    expect((await nobody().get(link)).text).not.toContain('<img src=x');
  });

  it('is among what someone is told of themselves, without the key to a door', async () => {
    const { link } = await share(sam, [shown], [['words', 'Voor de export']]);
    const held = JSON.stringify((await exportJson(deps, sam.person.id)).portfolio?.sharedWith);
    expect([held.includes('De Linde'), held.includes('Voor de export'), held.includes(link.slice(3))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('W6: ended, taken back, guessed and emptied read the same; the database holds no link', async () => {
    const alone = await tell(sam, 'Gaat weer weg');
    const links = [(await share(sam, [shown], [['days', '7']])).link, (await share(sam, [alone])).link];
    links.push((await share(sam, [shown])).link);
    const list = (await sam.get('/portfolio/readers')).text;
    await sam.post(`/portfolio/readers/${[...list.matchAll(/readers\/([0-9a-f]{64})\/end/g)].at(-1)![1]}/end`);
    await sam.post(`/portfolio/experiences/${alone}/remove`);
    expect((await nobody().get(links[0]!)).status).toBe(200);
    const held = JSON.stringify(await deps.db.query.select().from(portfolioAccess));
    for (const link of links) expect(held).not.toContain(link.slice(3));
    now += 7 * DAY - 60_000;
    expect((await nobody().get(links[0]!)).status).toBe(200);
    now += 120_000;
    links.push(`/p/${'A'.repeat(22)}`, '/p/x');
    const told = new Set<string>();
    for (const link of links) {
      const { status, text } = await nobody().get(link);
      told.add(`${status} ${text.replaceAll(/p(\/|%2F)[\w-]+/g, '').length}`);
    }
    expect([...told]).toEqual([expect.stringMatching(/^404 /)]);
    now += 31 * DAY;
    await retain(deps);
    const kept = await deps.db.query.select().from(portfolioAccess);
    expect(kept.filter(row => row.expiresAt < new Date(now).toISOString())).toEqual([]);
  });
});
