import { describe, expect, it } from 'vitest';
import { createFramework, createOutcome } from '../../src/catalogue/index.ts';
import { filesOf, sweepFiles } from '../../src/platform/files.ts';
import { newId } from '../../src/platform/ids.ts';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { standingOf } from '../../src/portfolio/index.ts';
import { erasePerson, exportJson, retain } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createMember, createPerson } from '../support/people.ts';
import { countOf, rowsOf } from '../support/rows-of.ts';
import { createSchool, operatorOf } from '../support/world.ts';

const DAY = 24 * 3_600_000;
const photo = { name: 'tuin.png', bytes: sample.png({ secret: 'GPS 52.3702' }) };
const voice = { name: 'verhaal.wav', bytes: sample.wav() };

describe('what someone tells of what they learned', () => {
  let now = Date.now();
  const world = createWorld({ now: () => new Date(now) });
  const { deps } = world;
  const count = (table: string) => countOf(world, table);
  const stored = async () => {
    const found: string[] = [];
    for await (const { id } of deps.files.list()) found.push(id);
    return found;
  };
  const someone = async () => {
    const person = await createPerson(world);
    return Object.assign(browserOf(world, person.headers), { person });
  };
  const begin = async (fields: Record<string, string> = { goal: 'switch' }) => {
    const browser = browserOf(world);
    expect((await browser.post('/begin', fields)).location).toBe('/begin/story');
    return browser;
  };
  const idIn = (location: string) => /experiences\/([0-9a-f-]{36})/.exec(location)![1]!;
  const tell = async (browser: Browser, base = '/portfolio', over: object = {}) =>
    idIn(
      (
        await browser.upload(`${base}/new`, {
          title: 'Kookte voor het buurtfeest',
          story: 'Voor zestig mensen.',
          ...over,
        })
      ).location,
    );
  const address = (page: string) => /\/begin\/go\/([\w-]{22})/.exec(page)![1]!;

  describe('without a login', () => {
    it('three things by voice, photo and words, a card with a code, and on another device it goes on', async () => {
      const browser = await begin();
      expect((await browser.get('/begin/story')).text).toContain('Wat doe je graag?');
      await browser.upload('/begin/story', { ask: '0', voice });
      await browser.upload('/begin/story', { ask: '1', photo });
      await browser.upload('/begin/story', { ask: '2', story: 'Ik leerde zelf <b>lassen</b>.' });
      const card = (await browser.get('/begin/card')).text;
      for (const part of ['Wat ik graag doe', 'Je hebt dit ingesproken', 'Ik wil ander werk leren', '&lt;b&gt;lassen'])
        expect(card).toContain(part);
      const other = browserOf(world);
      const code = address(card);
      expect(`${world.origin}/begin/go/${code}`.length).toBeLessThan(120);
      const page = await other.get(`/begin/go/${code}`);
      expect([page.text.includes('Is dit van jou?'), other.jar.has('__Host-begin')]).toEqual([true, false]);
      expect((await other.post(`/begin/go/${code}`)).location).toBe('/begin/card');
      expect((await other.get('/begin/card')).text).toContain('Wat ik graag doe');
      const [, picture] = /\/begin\/files\/([0-9a-f-]{36})/.exec(card)!;
      const bytes = (await other.get(`/begin/files/${picture}`)).bytes;
      expect([sample.latin1(bytes).slice(1, 4), sample.latin1(bytes).includes('GPS')]).toEqual(['PNG', false]);
    });

    it('a file that cannot be kept takes nothing with it of what was told', async () => {
      const browser = await begin();
      const bad = { name: 'x.png', bytes: new TextEncoder().encode('<svg onload="alert(1)"/>') };
      const answer = await browser.upload('/begin/story', { ask: '0', story: 'Blijft staan', photo: bad });
      expect(answer.location).toBe('/begin/story?done=refused');
      expect((await browser.get('/begin/card')).text).toContain('Blijft staan');
      expect((await browser.upload('/begin/story', { ask: '1', photo: bad })).status).toBe(400);
      expect((await browser.upload('/begin/story', { ask: '1' })).text).toContain('Een van de drie is genoeg');
    });

    it('a draft that anyone can begin holds a few stories, and no more files than that', async () => {
      const browser = await begin();
      await browser.upload('/begin/story', { ask: '0', story: 'Een', photo });
      await rowsOf(world, 'update files set size = 60000000 where rowid = (select max(rowid) from files) returning id');
      const before = await stored();
      const answer = await browser.upload('/begin/story', { ask: '1', story: 'Twee', photo });
      expect([answer.location, await stored()]).toEqual(['/begin/story?done=refused', before]);
      expect((await browser.get('/begin/card')).text).toContain('Twee');
    });

    it('all drafts together hold so many files; words are kept still, and so are files of who is signed in', async () => {
      const browser = await begin();
      await browser.upload('/begin/story', { ask: '0', story: 'Een', photo });
      const [last] = await rowsOf(world, 'select max(rowid) as rowid, size from files');
      const resize = (to: unknown) =>
        rowsOf(world, 'update files set size = ? where rowid = ? returning id', to, last!.rowid);
      await resize(5_000_000_000);
      const other = await begin();
      const before = await stored();
      const answer = await other.upload('/begin/story', { ask: '0', story: 'Alleen woorden', photo });
      expect([answer.location, await stored()]).toEqual(['/begin/story?done=refused', before]);
      expect((await other.get('/begin/card')).text).toContain('Alleen woorden');
      const signedIn = await someone();
      expect((await signedIn.upload('/portfolio/new', { title: 'Met foto', photo })).location).toContain('done=kept');
      await resize(last!.size);
      expect((await other.upload('/begin/story', { ask: '1', photo })).location).toBe('/begin/story');
    });

    it('what one address writes without a login is limited, and what it reads is not', async () => {
      const browser = await begin();
      deps.rateLimit = createRateLimit({ perMinute: 60, burst: 2, now: () => new Date(now) });
      try {
        const standard = async () => (await browser.post('/begin/standard', { important: 'x' })).status;
        expect([await standard(), await standard(), await standard()]).toEqual([303, 303, 429]);
        expect((await browser.get('/begin/card')).status).toBe(200);
      } finally {
        delete deps.rateLimit;
      }
    });

    it('a form that is sent twice is one story', async () => {
      const browser = await begin();
      const before = (await stored()).length;
      const id = newId(new Date(now));
      for (let n = 0; n < 2; n++) await browser.upload('/begin/story', { id, ask: '0', story: 'Eén keer', photo });
      expect((await browser.get('/begin/card')).text.split('Eén keer').length).toBe(2);
      expect((await stored()).length).toBe(before + 1);
    });

    it('a login takes it into a portfolio, once, also when there was one; the code then leads nowhere', async () => {
      const browser = await begin();
      await browser.upload('/begin/story', { ask: '0', story: 'Uit de bibliotheek', photo });
      const code = address((await browser.get('/begin/card')).text);
      const sam = await someone();
      await tell(sam, '/portfolio', { title: 'Al eerder' });
      expect((await browserOf(world).get('/begin/keep')).location).toMatch(/^\/login\?return=/);
      sam.jar.set('__Host-begin', browser.jar.get('__Host-begin')!);
      expect((await sam.get('/begin/keep')).text).toContain('Je vertelde 1 ding');
      const both = await Promise.all([sam.post('/begin/keep'), sam.post('/begin/keep')]);
      expect(both.map(answer => answer.status).sort()).toEqual([
        303,
        expect.toSatisfy(s => [404, 410].includes(s as number)),
      ]);
      const book = (await sam.get('/portfolio')).text;
      expect([book.includes('Al eerder'), book.includes('Wat ik graag doe')]).toEqual([true, true]);
      const [, file] = /\/portfolio\/files\/([0-9a-f-]{36})/.exec(book)!;
      expect((await sam.get(`/portfolio/files/${file}`)).status).toBe(200);
      expect((await browser.get('/begin/card')).location).toBe('/begin');
      expect((await browserOf(world).get(`/begin/go/${code}`)).status).toBe(404);
      expect((await browser.get(`/begin/files/${file}`)).location).toBe('/begin');
    });

    it('who has nothing yet keeps the draft itself, with its goal', async () => {
      const browser = await begin({ goal: 'volunteer' });
      await browser.upload('/begin/story', { ask: '0', story: 'Eerste' });
      const sam = await someone();
      sam.jar.set('__Host-begin', browser.jar.get('__Host-begin')!);
      expect((await sam.post('/begin/keep')).location).toBe('/portfolio?done=adopted');
      expect((await sam.get('/portfolio')).text).toContain('Ik ben vrijwilliger');
    });

    it('after 30 days all of it is erased, with its files', async () => {
      const browser = await begin();
      await browser.upload('/begin/story', { ask: '0', story: 'Kort', photo });
      const code = address((await browser.get('/begin/card')).text);
      const [drafts, before] = [await count('portfolios where person_id is null'), (await stored()).length];
      now += 30 * DAY - 60_000;
      await retain(deps);
      expect((await browserOf(world).get(`/begin/go/${code}`)).status).toBe(200);
      now += 120_000;
      expect((await browserOf(world).get(`/begin/go/${code}`)).status).toBe(404);
      await retain(deps);
      expect(await count('portfolios where person_id is null')).toBe(0);
      expect(drafts).toBeGreaterThan(0);
      expect((await stored()).length).toBeLessThan(before);
      expect(
        await count('experiences e where not exists (select 1 from portfolios p where p.id = e.portfolio_id)'),
      ).toBe(0);
    });

    it('one button erases a draft at once', async () => {
      const browser = await begin();
      const before = await stored();
      await browser.upload('/begin/story', { ask: '0', voice });
      expect((await browser.post('/begin/erase')).location).toBe('/begin?done=erased');
      expect([await stored(), (await browser.get('/begin/story')).location]).toEqual([before, '/begin']);
    });

    it('W6: codes that are guessed are a 404, all alike', async () => {
      const told = new Set<string>();
      for (let n = 0; n < 20; n++) {
        const { status, text } = await browserOf(world).get(`/begin/go/${Buffer.alloc(16, n).toString('base64url')}`);
        told.add(`${status} ${text.replaceAll(/go\/[\w-]+/g, '').length}`);
      }
      expect([...told]).toEqual([expect.stringMatching(/^404 /)]);
    });

    it('a group is counted and knows nobody; after its end its code says nothing', async () => {
      const school = await createSchool(world);
      const lead = await createMember(world, school.institution, ['coordinator']);
      const desk = browserOf(world, lead.headers);
      const path = `/console/${school.institution.slug}/groups`;
      const endsOn = new Date(now + 9 * DAY).toISOString().slice(0, 10);
      expect((await desk.post(path, { name: '', goal: '', language: 'nl', endsOn })).status).toBe(400);
      await desk.post(path, { name: 'Bibliotheek Noord', goal: 'volunteer', language: 'nl', endsOn });
      const code = /begin\?g=(\d{8})/.exec((await desk.get(path)).text)![1]!;
      expect((await browserOf(world).get(`/begin?g=${code}`)).text).toContain('Bibliotheek Noord');
      await begin({ goal: '', group: code });
      await begin({ goal: '', group: '00000000' });
      expect((await desk.get(path)).text).toMatch(/<td>1<\/td>/);
      expect(await count('portfolios where group_id is not null')).toBe(0);
      const [group] = await rowsOf(world, 'select id from portfolio_groups where code = ?', code);
      await desk.post(`${path}/${String(group!.id)}/end`);
      expect((await browserOf(world).get(`/begin?g=${code}`)).text).not.toContain('Bibliotheek Noord');
    });
  });

  describe('in a portfolio', () => {
    it('looking makes nothing; the first thing that is told does', async () => {
      const before = await count('portfolios');
      const sam = await someone();
      expect((await sam.get('/portfolio')).text).toContain('Hier komt wat jij kunt');
      expect(await count('portfolios')).toBe(before);
      await tell(sam);
      expect(await count('portfolios')).toBe(before + 1);
    });

    it('a form that was opened before another was saved is refused with both texts, and nothing is lost', async () => {
      const sam = await someone();
      const id = await tell(sam);
      const path = `/portfolio/experiences/${id}`;
      const form = { version: '1', title: 'Kookte', kind: 'informal', context: 'volunteering' };
      expect((await sam.post(path, { ...form, story: 'Nieuwe tekst' })).location).toBe(`${path}?done=kept`);
      const late = await sam.post(path, { ...form, story: 'Mijn late tekst' });
      expect(late.status).toBe(409);
      for (const part of ['Dit is intussen veranderd', 'Nieuwe tekst', 'Mijn late tekst', 'name="version" value="2"'])
        expect(late.text).toContain(part);
      const answers = await sam.post(`${path}/answers`, { version: '1', proud: 'Op mijn soep' });
      expect([answers.status, answers.text.includes('Op mijn soep')]).toEqual([409, true]);
      const race = await Promise.all(['a', 'b', 'c'].map(story => sam.post(path, { ...form, version: '2', story })));
      expect(race.map(answer => answer.status).sort()).toEqual([303, 409, 409]);
    });

    it('answers are kept by their question, three at a time; others stay', async () => {
      const sam = await someone();
      const path = `/portfolio/experiences/${await tell(sam)}`;
      await sam.post(`${path}/answers`, { version: '1', proud: 'Op mijn soep', did: '' });
      const page = (await sam.get(path)).text;
      expect([page.includes('Op mijn soep'), page.includes('Wat drijft je?')]).toEqual([true, true]);
      await sam.post(`${path}/answers`, { version: '2', energy: 'De mensen' });
      expect((await sam.get(path)).text).toMatch(/Op mijn soep[^]*De mensen/);
    });

    it.each([
      ['a period that ends before it begins', { periodFrom: '2024', periodTo: '2023' }],
      ['a day that is none', { periodFrom: '2024-02-31' }],
      ['no title', { title: ' ' }],
      ['a kind that is none', { kind: 'x' }],
    ])('%s is refused, and what was typed comes back', async (_, over) => {
      const sam = await someone();
      const answer = await sam.upload('/portfolio/new', { title: 'T', story: 'Getypt', ...over } as never);
      expect([answer.status, answer.text.includes('Getypt')]).toEqual([400, true]);
    });

    it('evidence: files by their content, links of the web, and away with its bytes', async () => {
      const sam = await someone();
      const path = `/portfolio/experiences/${await tell(sam)}`;
      await sam.upload(`${path}/evidence`, { caption: 'Menu', file: { name: 'menu.exe', bytes: sample.pdf() } });
      await sam.upload(`${path}/evidence`, { caption: '', url: 'voorbeeld.nl/feest' });
      const page = (await sam.get(path)).text;
      expect(page).toContain('https://voorbeeld.nl/feest');
      const [, file] = /\/portfolio\/files\/([0-9a-f-]{36})/.exec(page)!;
      const answer = await sam.get(`/portfolio/files/${file}`);
      expect([answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
        'application/pdf',
        expect.stringMatching(/^attachment; filename="menu.pdf"/),
      ]);
      for (const url of ['javascript:alert(1)', 'data:text/html,x', 'http://user:pw@x.nl', 'niet een adres'])
        expect([url, (await sam.upload(`${path}/evidence`, { url })).status]).toEqual([url, 400]);
      const [, shown] = new RegExp(`${file}[^]*?evidence/([0-9a-f-]{36})/remove`).exec(page)!;
      await sam.post(`${path}/evidence/${shown}/remove`);
      expect((await sam.get(`/portfolio/files/${file}`)).status).toBe(404);
      expect(await stored()).not.toContain(file);
    });

    it('W1: what someone typed runs nowhere', async () => {
      const sam = await someone();
      const evil = '<img src=x onerror=alert(1)>"\'</script>';
      const id = await tell(sam, '/portfolio', { title: evil, story: evil });
      await sam.post('/portfolio/goals', { words: evil });
      await sam.post('/portfolio/standard', { important: evil, help: 'self' });
      for (const path of ['/portfolio', `/portfolio/experiences/${id}`, '/portfolio/standard'])
        expect([path, (await sam.get(path)).text.includes('<img src=x')]).toEqual([path, false]);
    });

    it('2 GB is refused at once, and what breaks off in the middle leaves nothing', async () => {
      const sam = await someone();
      const before = await stored();
      const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(2 ** 31) };
      const cookie = [...sam.jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await world.request('/portfolio/new', {
        method: 'POST',
        headers: { ...headers, cookie, origin: world.origin },
        body: '--x',
      });
      expect(answer.status).toBe(413);
      const torn = await world.request('/portfolio/new', {
        method: 'POST',
        headers: { 'content-type': headers['content-type'], cookie, origin: world.origin },
        body: '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.wav"\r\n\r\nRIFF0000WAVEfmt ',
      });
      expect(torn.status).toBe(400);
      expect(await stored()).toEqual(before);
    });

    it('a death between the file and its row leaves a file that is swept', async () => {
      const sam = await someone();
      const path = `/portfolio/experiences/${await tell(sam)}`;
      const { batch } = world.db;
      const before = await stored();
      world.db.batch = () => Promise.reject(new Error('the machine stopped'));
      const drop = deps.files.delete;
      deps.files.delete = () => Promise.reject(new Error('the machine stopped'));
      const answer = await sam.upload(`${path}/evidence`, { file: { name: 'a', bytes: sample.png() } });
      world.db.batch = batch;
      deps.files.delete = drop;
      expect(answer.status).toBe(500);
      expect((await stored()).length).toBe(before.length + 1);
      const later = now;
      now = Date.now() + 2 * 3_600_000;
      await sweepFiles(deps);
      now = later;
      expect(await stored()).toEqual(before);
    });

    it('who stands behind it is the furthest that is known, and never less than the own word', () => {
      expect(standingOf({})).toBe('told');
      expect(standingOf({ references: ['named'] })).toBe('recognised');
      expect(standingOf({ references: ['signed', 'named'] })).toBe('endorsed');
      expect(standingOf({ references: ['logged-in'], assessed: true })).toBe('assessed');
      expect(standingOf({ assessed: true, decided: ['evc'] })).toBe('established');
      expect(standingOf({ decided: ['exemption', 'assessment'] })).toBe('exempted');
    });
  });

  describe('filled in together', () => {
    const help = async (owner: Browser, base = '/portfolio') => {
      const page = (await owner.post(`${base}/helpers`)).text;
      return /code-to-tell">([A-Z2-9]{4}) ([A-Z2-9]{4})</.exec(page)!.slice(1).join('').toLowerCase();
    };

    it('a code lets one helper in, who writes along and does not take away; the owner ends it at once', async () => {
      const sam = await someone();
      const id = await tell(sam);
      const code = await help(sam);
      const helper = browserOf(world);
      expect((await helper.post('/together', { code, name: 'Fatima' })).location).toBe('/together/notebook');
      expect((await browserOf(world).post('/together', { code, name: 'Tweede' })).status).toBe(404);
      expect((await helper.get('/together/notebook')).text).toContain('Kookte voor het buurtfeest');
      const added = await tell(helper, '/together', { title: 'Samen bedacht', photo });
      expect((await sam.get('/portfolio')).text).toContain('Samen bedacht');
      expect((await helper.post(`/together/experiences/${id}/remove`)).status).toBe(404);
      for (const path of ['helpers', 'keep'])
        expect([path, (await helper.get(`/together/${path}`)).status]).toEqual([path, 404]);
      const page = (await sam.get('/portfolio/helpers')).text;
      expect(page).toContain('Fatima');
      await sam.post(/action="(\/portfolio\/helpers\/[^"]+\/end)"/.exec(page)![1]!);
      for (const path of ['/together/notebook', `/together/experiences/${added}`])
        expect([path, (await helper.get(path)).location]).toEqual([path, '/together?ended=1']);
      expect((await helper.upload('/together/new', { title: 'Te laat', story: 'x' })).status).toBe(404);
    });

    it('a code ends after half an hour, help after two; a wrong code reads as one that has ended', async () => {
      const sam = await someone();
      const code = await help(sam);
      now += 31 * 60_000;
      const late = await browserOf(world).post('/together', { code, name: '' });
      const wrong = await browserOf(world).post('/together', { code: 'ZZZZ-ZZZZ', name: '' });
      expect([late.status, late.text.length]).toEqual([404, wrong.text.length]);
      const helper = browserOf(world);
      await helper.post('/together', { code: await help(sam), name: '' });
      now += 121 * 60_000;
      expect((await helper.get('/together/notebook')).location).toBe('/together?ended=1');
      await retain(deps);
      expect(await count("portfolio_access where kind in ('code', 'helper')")).toBe(0);
    });

    it('a helper of a draft is out once a login has taken it', async () => {
      const draft = await begin();
      const helper = browserOf(world);
      await helper.post('/together', { code: await help(draft, '/begin'), name: 'Kim' });
      const sam = await someone();
      sam.jar.set('__Host-begin', draft.jar.get('__Host-begin')!);
      await sam.post('/begin/keep');
      expect((await helper.get('/together/notebook')).location).toBe('/together?ended=1');
    });
  });

  it('a person is told all of it, and erased with the bytes of their files', async () => {
    const sam = await someone();
    await tell(sam, '/portfolio', { title: 'Mijn verhaal', photo, voice });
    await sam.post('/portfolio/goals', { words: 'Kok worden' });
    const held = await exportJson(deps, sam.person.id);
    expect(JSON.stringify(held)).toMatch(/Mijn verhaal[^]*Kok worden/);
    expect(held.portfolio?.files).toHaveLength(2);
    const [portfolio] = await rowsOf(world, 'select id from portfolios where person_id = ?', sam.person.id);
    const ids = (await filesOf(deps, `portfolio:${String(portfolio!.id)}`)).map(file => file.id);
    await erasePerson(deps, sam.person.id, { kind: 'operator' });
    expect(await rowsOf(world, 'select id from experiences where title = ?', 'Mijn verhaal')).toEqual([]);
    expect((await stored()).filter(id => ids.includes(id))).toEqual([]);
  });

  it('an outcome of a public standard, on one’s own scale, with what shows it', async () => {
    const school = await createSchool(world);
    const ctx = operatorOf(deps, school.institution);
    const framework = await createFramework(ctx, {
      names: { nl: 'Proefstandaard' },
      kind: 'qualification',
      shared: true,
    } as never);
    const outcome = await createOutcome(ctx, framework.id, {
      kind: 'outcome',
      words: { nl: { name: 'Kookt voor grote groepen', plain: 'Je kookt voor veel mensen.' } },
    } as never);
    const sam = await someone();
    const id = await tell(sam);
    expect((await sam.get('/portfolio/outcomes?q=kookt')).text).toContain('Je kookt voor veel mensen');
    expect((await sam.post('/portfolio/outcomes', { outcome: outcome.id, q: 'kookt' })).status).toBe(400);
    await sam.post('/portfolio/outcomes', { outcome: outcome.id, scale: 'partly', experience: id, q: 'kookt' });
    expect((await sam.get('/portfolio/outcomes')).text).toMatch(
      /Kookt voor grote groepen[^]*Deels[^]*Kookte voor het buurtfeest/,
    );
    expect((await sam.post('/portfolio/outcomes', { outcome: 'x', scale: 'show' })).status).toBe(404);
    await sam.post('/portfolio/outcomes/remove', { outcome: outcome.id });
    expect((await sam.get('/portfolio/outcomes')).text).toContain('Je zei nog niets');
  });
});
