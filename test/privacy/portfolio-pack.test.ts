import { zipSync, unzipSync, strToU8 } from 'fflate';
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { retain } from '../../src/privacy/index.ts';
import { measurePortfolio } from '../bench/portfolio.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { type Json, saidIn } from '../support/packages.ts';
import { createPerson } from '../support/people.ts';

type Entries = Record<string, Uint8Array>;

describe('a portfolio as one file', () => {
  const here = createWorld();
  const there = createWorld();
  const rows = (world: typeof here, sql: string) => world.db.sqlite.prepare(sql).all() as Json[];
  const someone = async (world = here) => {
    const person = await createPerson(world);
    return Object.assign(browserOf(world, person.headers), { person });
  };
  const zipOf = async (browser: Browser) => (await browser.get('/portfolio/portfolio.zip')).bytes;
  const put = (browser: Browser, bytes: Uint8Array) => {
    const form = new FormData();
    form.append('zip', new File([bytes as never], 'portfolio.zip'));
    return upload(browser, form);
  };
  /** A browser says how long a form is; `Request` does not. */
  async function upload(browser: Browser, form: FormData) {
    const request = new Request('http://x', { method: 'POST', body: form });
    const body = new Uint8Array(await request.arrayBuffer());
    return browser.raw('/portfolio/pack', body, {
      'content-type': request.headers.get('content-type')!,
      'content-length': String(body.length),
    });
  }
  /** Someone with something of everything. */
  async function full(world = here, files: [string, Uint8Array][] = sample.examples) {
    const sam = await someone(world);
    const { location } = await sam.upload('/portfolio/new', {
      title: 'Kookte voor het feest',
      story: 'Voor zestig mensen.',
      periodFrom: '2024',
      voice: { name: 'verhaal.wav', bytes: sample.wav() },
    });
    const path = location.split('?')[0]!;
    for (const [kind, bytes] of files)
      await sam.upload(`${path}/evidence`, { caption: kind, file: { name: `bestand "${kind}"`, bytes } });
    await sam.upload(`${path}/evidence`, { caption: 'Link', url: 'https://buurt.example/feest' });
    await sam.post(`${path}/answers`, { version: '1', proud: 'Op mijn soep' });
    await sam.upload('/portfolio/new', { title: 'Repareerde fietsen', story: 'Voor de buren.' });
    await sam.post('/portfolio/standard', { important: 'Samen eten', wants: 'Een keuken', help: 'together' });
    await sam.post('/portfolio/goals', { words: 'Kok worden' });
    const ask = async (experience: string) => {
      const page = await sam.post('/portfolio/references/new', {
        name: 'Fatima',
        relation: 'neighbour',
        as: 'Sam',
        experience,
      });
      return /\/r\/([\w-]{22})/.exec(page.text)![1]!;
    };
    const fatima = await someone(world);
    const signed = await ask(path.split('/').at(-1)!);
    await fatima.upload(`/r/${signed}`, {
      name: 'Fatima',
      words: 'Ze kookt.',
      voice: { name: 'x.wav', bytes: sample.wav() },
    });
    await fatima.post(`/r/${signed}/confirm`);
    await fatima.post(`/r/${signed}/sign`);
    await browserOf(world).upload(`/r/${await ask('')}`, { name: 'Ali', words: 'Hulp', 'good-at': 'Koken' });
    return Object.assign(sam, { path });
  }
  const remade = (entries: Entries, change: (entries: Entries, manifest: Json) => void) => {
    const copy = { ...entries };
    const manifest = JSON.parse(new TextDecoder().decode(copy['manifest.json'])) as Json;
    change(copy, manifest);
    if (copy['manifest.json']) copy['manifest.json'] = strToU8(JSON.stringify(manifest));
    return zipSync(copy, { level: 0 });
  };
  const named = (manifest: Json, name: string, bytes: Uint8Array) => {
    const entry = { name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    manifest.entries = [...manifest.entries.filter((e: Json) => e.name !== name), entry];
  };
  const counts = (world: typeof here) =>
    ['portfolios', 'experiences', 'evidence', 'files', 'reference_answers', 'goals', 'imported_badges'].map(
      table => rows(world, `select count(*) as n from ${table}`)[0]!.n as number,
    );
  const stored = async (world: typeof here) => {
    const found: string[] = [];
    for await (const { id } of world.deps.files.list()) found.push(id);
    return found.sort();
  };

  it('out of one service and into another it is equal, with every kind of file; put back again it changes nothing', async () => {
    const sam = await full();
    const answer = await sam.get('/portfolio/portfolio.zip');
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      'application/zip',
      'no-store',
    ]);
    const zip = answer.bytes;
    const entries = unzipSync(zip);
    const manifest = JSON.parse(new TextDecoder().decode(entries['manifest.json'])) as Json;
    expect(manifest.entries.map((e: Json) => e.name).sort()).toEqual(
      Object.keys(entries)
        .filter(n => n !== 'manifest.json')
        .sort(),
    );
    const other = await someone();
    expect((await put(other, zip)).location).toBe('/portfolio/pack?added=2&known=0');
    expect(saidIn(await zipOf(other))).toEqual(saidIn(zip));
    const page = (await other.get('/portfolio')).text;
    expect(page).toContain('Aanbevolen, met handtekening');
    const before = [counts(here), await stored(here)];
    expect((await put(other, zip)).location).toBe('/portfolio/pack?added=0&known=2');
    expect((await put(sam, zip)).location).toBe('/portfolio/pack?added=0&known=2');
    expect([counts(here), await stored(here)]).toEqual(before);
    const far = await someone(there);
    await put(far, zip);
    // A service that cannot reach the first one does not know its signature, and says no more than that.
    const [asTold, asHere] = [saidIn(zip), saidIn(await zipOf(far))];
    expect({ ...asHere, references: asHere.references.map((r: Json) => ({ ...r, standing: '' })) }).toEqual({
      ...asTold,
      references: asTold.references.map((r: Json) => ({ ...r, standing: '' })),
    });
    expect(asHere.references.map((r: Json) => [r.name, r.standing]).sort()).toEqual([
      ['Ali', 'named'],
      ['Fatima', 'named'],
    ]);
  });

  it('what is there stays, and the rest is added', async () => {
    const sam = await full();
    const other = await someone();
    await other.upload('/portfolio/new', { title: 'Al eerder', story: 'x' });
    await other.post('/portfolio/standard', { important: 'Mijn eigen', help: 'self' });
    await put(other, await zipOf(sam));
    const page = (await other.get('/portfolio')).text;
    for (const part of ['Al eerder', 'Kookte voor het feest', 'Mijn eigen', 'Een keuken']) expect(page).toContain(part);
  });

  it('a reference that a file only says to be confirmed or signed counts as said', async () => {
    const sam = await full(here, []);
    const zip = remade(unzipSync(await zipOf(sam)), (entries, manifest) => {
      const content = JSON.parse(new TextDecoder().decode(entries['portfolio.json'])) as Json;
      for (const said of content.references) {
        said.standing = said.document ? 'signed' : 'logged-in';
        said.words = 'Geweldig in alles.';
      }
      entries['portfolio.json'] = strToU8(JSON.stringify(content));
      named(manifest, 'portfolio.json', entries['portfolio.json']);
    });
    const other = await someone();
    await put(other, zip);
    const standings = saidIn(await zipOf(other)).references.map((r: Json) => r.standing);
    expect(standings).toEqual(['named', 'named']);
  });

  describe('refused, with nothing of it left', () => {
    let entries: Entries;
    const wav = sample.wav();
    const cases: [string, (entries: Entries, manifest: Json) => void, string][] = [
      [
        'P5: a name that leads outside',
        (e, m) => {
          e['../../etc/x'] = wav;
          named(m, '../../etc/x', wav);
        },
        'wijst naar buiten',
      ],
      [
        'P5: an absolute name',
        (e, m) => {
          e['/etc/x'] = wav;
          named(m, '/etc/x', wav);
        },
        'wijst naar buiten',
      ],
      [
        'P5: a name of another machine',
        (e, m) => {
          e['C:\\x'] = wav;
          named(m, 'C:\\x', wav);
        },
        'wijst naar buiten',
      ],
      [
        'two names that differ in case alone',
        (e, m) => {
          e['A.wav'] = wav;
          e['a.WAV'] = wav;
          named(m, 'A.wav', wav);
        },
        'dubbel',
      ],
      [
        'a file that was changed',
        e => {
          const n = Object.keys(e).find(k => k.startsWith('files/'))!;
          e[n] = e[n]!.slice().fill(1, -4);
        },
        'veranderd sinds',
      ],
      [
        'no list of contents',
        e => {
          delete e['manifest.json'];
        },
        'inhoudslijst ontbreekt',
      ],
      [
        'a list of contents that names what is not there',
        (_, m) => named(m, 'files/x.wav', wav),
        'inhoudslijst ontbreekt',
      ],
      [
        'an entry that the list of contents does not name',
        e => {
          e['files/x.wav'] = wav;
        },
        'inhoudslijst ontbreekt',
      ],
      [
        'an entry that nothing in the portfolio names',
        (e, m) => {
          e['files/x.wav'] = wav;
          named(m, 'files/x.wav', wav);
        },
        'geen portfolio',
      ],
      [
        'a list of contents that names an entry twice',
        (_, m) => m.entries.push(m.entries[0]),
        'inhoudslijst ontbreekt',
      ],
      [
        'a portfolio that is none',
        (e, m) => {
          e['portfolio.json'] = strToU8('{}');
          named(m, 'portfolio.json', e['portfolio.json']!);
        },
        'geen portfolio',
      ],
      [
        'a kind of file that is not kept',
        (e, m) => {
          const n = Object.keys(e).find(k => k.startsWith('files/'))!;
          e[n] = strToU8('<svg onload="alert(1)"/>');
          named(m, n, e[n]!);
        },
        'soort bestand',
      ],
    ];

    it.each(cases)('%s', async (_, change, words) => {
      entries ??= unzipSync(await zipOf(await full(here, [])));
      const other = await someone();
      const before = [counts(here), await stored(here)];
      const answer = await put(other, remade(entries, change));
      expect([answer.status, answer.text.includes(words)]).toEqual([422, true]);
      expect([counts(here), await stored(here)]).toEqual(before);
    });

    it('cut off at any place, no ZIP, an empty form', async () => {
      const zip = remade((entries ??= unzipSync(await zipOf(await full(here, [])))), () => undefined);
      const other = await someone();
      const before = [counts(here), await stored(here)];
      for (let cut = 1; cut < 12; cut++)
        expect((await put(other, zip.subarray(0, Math.floor((zip.length * cut) / 12)))).status).toBe(422);
      expect((await put(other, sample.png())).status).toBe(422);
      expect((await upload(other, new FormData())).status).toBe(400);
      expect([counts(here), await stored(here)]).toEqual(before);
    });

    it('a bomb: by its ratio, by what it says to be, and by what comes out beyond that', async () => {
      const other = await someone();
      const before = [counts(here), await stored(here)];
      const zeros = new Uint8Array(20_000_000);
      expect((await put(other, zipSync({ 'manifest.json': zeros }))).text).toContain('te groot');
      const lying = zipSync({ 'manifest.json': new Uint8Array(900_000) });
      const view = new DataView(lying.buffer, lying.byteOffset);
      const central = lying.lastIndexOf(0x02, lying.length) && sample.latin1(lying).lastIndexOf('PK\x01\x02');
      view.setUint32(central + 24, 1_000, true);
      expect((await put(other, lying)).text).toContain('te groot');
      const overlap = zipSync({ a: randomBytes(100), b: randomBytes(100) }, { level: 0 });
      const second = sample.latin1(overlap).lastIndexOf('PK\x01\x02');
      new DataView(overlap.buffer, overlap.byteOffset).setUint32(second + 42, 0, true);
      expect((await put(other, overlap)).text).toContain('dubbel');
      expect([counts(here), await stored(here)]).toEqual(before);
    });

    it('2 GB, and a form that does not say how long it is, before a byte of it is read', async () => {
      const other = await someone();
      const type = 'multipart/form-data; boundary=x';
      for (const length of [{ 'content-length': String(2 ** 31) }, {}])
        expect(
          (
            await other.raw('/portfolio/pack', new Uint8Array(3), {
              'content-type': type,
              ...(length as Record<string, string>),
            })
          ).status,
        ).toBe(413);
    });

    describe('by an accident', () => {
      const { batch } = here.db;
      /** The database fails once, or from then on. */
      const failAt = (which: (n: number) => boolean) => {
        let n = 0;
        here.db.batch = statements =>
          which(++n) ? Promise.reject(new Error('the machine stopped')) : batch.call(here.db, statements);
      };

      it('in the middle: nothing is left, and the next time it goes', async () => {
        const zip = remade((entries ??= unzipSync(await zipOf(await full(here, [])))), () => undefined);
        const other = await someone();
        const before = [counts(here), await stored(here)];
        for (let at = 1; at <= 5; at++) {
          failAt(n => n === at);
          const { status } = await put(other, zip);
          here.db.batch = batch;
          expect([at, status, counts(here), await stored(here)]).toEqual([at, 500, ...before]);
        }
        expect((await put(other, zip)).location).toBe('/portfolio/pack?added=2&known=0');
      });

      it('that stops the process: nobody has what is left, it is swept, and then it goes', async () => {
        const zip = remade((entries ??= unzipSync(await zipOf(await full(here, [])))), () => undefined);
        const other = await someone();
        const before = counts(here);
        failAt(n => n >= 4);
        const { status } = await put(other, zip);
        here.db.batch = batch;
        expect([status, (await other.get('/portfolio')).text.includes('Kookte')]).toEqual([500, false]);
        expect(counts(here)).not.toEqual(before);
        expect((await put(other, zip)).status).toBe(409);
        here.db.sqlite
          .prepare("update portfolios set expires_at = '2020-01-01T00:00:00.000Z' where person_id is null")
          .run();
        await retain(here.deps);
        expect(counts(here)).toEqual(before);
        expect((await put(other, zip)).location).toBe('/portfolio/pack?added=2&known=0');
      });
    });

    it('of two at the same moment one goes through', async () => {
      const zip = remade((entries ??= unzipSync(await zipOf(await full(here, [])))), () => undefined);
      const other = await someone();
      const both = await Promise.all([put(other, zip), put(other, zip)]);
      expect(both.map(answer => answer.status).sort()).toEqual([303, 409]);
      expect(
        rows(
          here,
          `select count(*) as n from experiences where portfolio_id in (select id from portfolios where person_id = '${other.person.id}')`,
        )[0]!.n,
      ).toBe(2);
    });
  });

  it('two hundred experiences and many files are equal elsewhere; `npm run portfolio` does it with 1 GB and tells the memory', async () => {
    const { equal, megabytes } = await measurePortfolio({ experiences: 200, files: 12, mb: 1 });
    expect([equal, megabytes]).toEqual([true, 12]);
  });

  it('W3: nobody takes along what is somebody else’s; without a login there is only the way to one', async () => {
    await full(here, []);
    expect((await (await someone()).get('/portfolio/portfolio.zip')).status).toBe(404);
    expect((await browserOf(here).get('/portfolio/portfolio.zip')).location).toMatch(/^\/login\?return=/);
  });
});
