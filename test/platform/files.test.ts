import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type FileKind, endings, evidenceKinds } from '../../src/platform/file-kind.ts';
import { filesOf, keepFile, readFileRow, storeFile, sweepFiles } from '../../src/platform/files.ts';
import { newId, sha256Hex } from '../../src/platform/ids.ts';
import { boundaryOf, readParts } from '../../src/platform/multipart.ts';
import { answerFile } from '../../src/platform/serve-file.ts';
import { readUpload } from '../../src/platform/upload.ts';
import * as files from '../support/files.ts';
import { createWorld } from '../support/create-world.ts';

const HOUR = 3_600_000;
const start = Date.parse('2026-11-22T10:00:00Z');

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('files that people bring', () => {
  let now = new Date(start);
  const world = createWorld({ now: () => now });
  const { deps } = world;
  const scope = `portfolio:${newId(now)}`;
  const store = (bytes: Uint8Array, name = 'x', over: object = {}) =>
    storeFile(deps, { bytes: inPieces(bytes, 1_000), scope, name, kinds: evidenceKinds, ...over });
  const keep = async (bytes: Uint8Array, name = 'x', over: object = {}) => {
    const file = await store(bytes, name, over);
    await deps.db.batch(keepFile(deps, file));
    return file;
  };
  const stored = async () => {
    const found: string[] = [];
    for await (const { id } of deps.files.list()) found.push(id);
    return found.sort();
  };
  const read = async (id: string, range?: { offset: number; length: number }) => {
    const bytes = await deps.files.get(id, range);
    return bytes && new Uint8Array(await new Response(bytes).arrayBuffer());
  };

  it('a file comes back byte for byte, with its size and its hash', async () => {
    const text = 'Ik leerde plannen. '.repeat(2_000);
    const file = await keep(new TextEncoder().encode(text), 'Verslag van de moestuin.txt');
    expect(file).toMatchObject({ mediaType: 'text/plain', name: 'Verslag van de moestuin.txt', size: text.length });
    expect(file.sha256).toBe(await sha256Hex(text));
    expect(new TextDecoder().decode(await read(file.id))).toBe(text);
    expect(new TextDecoder().decode(await read(file.id, { offset: 3, length: 6 }))).toBe('leerde');
    expect(await readFileRow(deps, scope, file.id)).toEqual(file);
    await expect(readFileRow(deps, 'portfolio:another', file.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each(files.examples)('P5: %s is known by its bytes, whatever its name says', async (kind, bytes) => {
    const file = await store(bytes, 'page.html');
    expect([file.mediaType, file.name]).toEqual([kind, `page.${endings[kind as FileKind]}`]);
  });

  it.each(files.refused)('P1, P2, P5: %s is refused, and nothing of it is kept', async (_, bytes, code) => {
    const before = await stored();
    await expect(store(bytes, 'photo.png')).rejects.toMatchObject({ code });
    expect(await stored()).toEqual(before);
  });

  it('V29: two hundred names of eight thousand points each, as many as a form holds, do not hold the process', async () => {
    const name = `a${'. '.repeat(4_000)}b!`;
    for (let n = 0; n < 200; n++) {
      const file = await store(new TextEncoder().encode('tekst'), name);
      expect(file.name).toMatch(/^a[. ]+txt$/);
      await deps.files.delete([file.id]);
    }
  });

  it('P5: a name is only a name: no path, no hidden characters, and the ending of what it is', async () => {
    const names = [
      '../../etc/passwd',
      'C:\\x\\y.exe',
      'x.png.html',
      'a\u202Egnp.exe',
      '..',
      '  ',
      'a"b\r\nc: d',
      'é'.repeat(300),
    ];
    const kept: string[] = [];
    for (const name of names) kept.push((await store(files.png(), name)).name);
    expect(kept.slice(0, 7)).toEqual([
      'passwd.png',
      'y.png',
      'x.png.png',
      'agnp.png',
      'file.png',
      'file.png',
      'abc d.png',
    ]);
    expect(kept[7]).toBe(`${'é'.repeat(80)}.png`);
  });

  it('P3: a photo leaves what it tells of place, time and device behind, and stays the right way up', async () => {
    const { id, size } = await store(files.jpeg({ turn: 6, secret: 'GPS 52.3702 4.8952' }));
    const bytes = (await read(id))!;
    expect(bytes.length).toBe(size);
    expect(files.latin1(bytes)).not.toContain('GPS');
    expect(files.turnOf(bytes)).toBe(6);
    expect(files.latin1((await read((await store(files.png({ secret: 'GPS 52.3702' }))).id))!)).not.toContain('GPS');
    expect(files.latin1((await read((await store(files.webp({ secret: 'GPS 52.3702' }))).id))!)).not.toContain('GPS');
  });

  it('P3: a picture of too many pixels is refused by what its header says', async () => {
    for (const bytes of [files.png({ width: 30_000, height: 30_000 }), files.jpeg({ width: 30_000, height: 30_000 })])
      await expect(store(bytes)).rejects.toMatchObject({ code: 'limit-broken' });
  });

  it('P5: what stands behind the end of a picture is no part of it', async () => {
    const polyglot = files.concat(files.png(), new TextEncoder().encode('<script>alert(1)</script>'));
    expect(files.latin1((await read((await store(polyglot)).id))!)).not.toContain('script');
  });

  it('a file of the largest size is kept and one byte more is cut off, with nothing left', async () => {
    const before = await stored();
    const whole = (size: number) => files.concat(files.wav(), new Uint8Array(size - files.wav().length));
    expect((await store(whole(20_000), 'x', { limit: 20_000 })).size).toBe(20_000);
    await expect(store(whole(20_001), 'x', { limit: 20_000 })).rejects.toMatchObject({ code: 'body-too-large' });
    expect(await stored()).toHaveLength(before.length + 1);
  });

  it('an upload without an end is stopped at the limit', async () => {
    let sent = 0;
    async function* endless() {
      yield files.wav();
      for (; ; sent += 65_536) yield new Uint8Array(65_536);
    }
    const asked = { bytes: endless(), scope, name: 'x', kinds: evidenceKinds, limit: 1_000_000 };
    await expect(storeFile(deps, asked)).rejects.toMatchObject({ code: 'body-too-large' });
    expect(sent).toBeLessThan(1_200_000);
  });

  it('an upload that breaks off in the middle leaves nothing', async () => {
    const before = await stored();
    async function* torn() {
      yield files.concat(files.wav(), new Uint8Array(20_000));
      throw new Error('the telephone went into a tunnel');
    }
    await expect(storeFile(deps, { bytes: torn(), scope, name: 'x', kinds: evidenceKinds })).rejects.toThrow('tunnel');
    expect(await stored()).toEqual(before);
  });

  it('bytes without a row are swept after an hour, files past their time at once, and no other', async () => {
    now = new Date();
    const kept = await keep(files.png());
    const expired = await keep(files.png(), 'x', { expiresAt: new Date(now.getTime() + 1_000) });
    const stray = await store(files.png());
    now = new Date(now.getTime() + 2_000);
    expect((await sweepFiles(deps)).expired).toBe(1);
    expect(await stored()).toEqual(expect.arrayContaining([kept.id, stray.id]));
    expect(await stored()).not.toContain(expired.id);
    now = new Date(now.getTime() + 2 * HOUR);
    expect((await sweepFiles(deps)).stray).toBeGreaterThanOrEqual(1);
    expect(await stored()).toEqual((await filesOf(deps, scope)).map(file => file.id).sort());
  });

  describe('as they are served', async () => {
    const app = new Hono();
    app.get('/:id', async c => answerFile(c, deps, await readFileRow(deps, scope, c.req.param('id'))));
    const get = (id: string, headers = {}) => app.request(`/${id}`, { headers });

    it('P5, W3: safe pictures and sound are shown, all else is saved; nothing runs, nothing is cached', async () => {
      for (const [bytes, how] of [
        [files.png(), 'inline'],
        [files.wav(), 'inline'],
        [files.pdf(), 'attachment'],
        [new TextEncoder().encode('tekst'), 'attachment'],
      ] as const) {
        const answer = await get((await keep(bytes, 'naam é')).id);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^${how}; filename="naam _\\.`));
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
        await answer.arrayBuffer();
      }
    });

    it('sound comes in the parts that a player asks for', async () => {
      const { id, size } = await keep(files.concat(files.wav(), new Uint8Array(1_000).fill(7)));
      const part = await get(id, { range: 'bytes=10-19' });
      expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${size}`]);
      expect((await part.arrayBuffer()).byteLength).toBe(10);
      const last = await get(id, { range: 'bytes=-4' });
      expect(new Uint8Array(await last.arrayBuffer())).toEqual(new Uint8Array(4).fill(7));
      expect((await get(id, { range: `bytes=${size}-` })).status).toBe(416);
      const whole = await get(id, { range: 'bytes=0-1,4-5' });
      expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, size]);
    });
  });

  describe('as forms bring them', () => {
    const boundary = 'xyz';
    const form = (...parts: string[]) =>
      `${parts.map(part => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
    const send = (body: string) => {
      const app = new Hono();
      app.post('/', async c => {
        const { fields, files, refused } = await readUpload(c, async file => {
          const { id, mediaType } = await storeFile(deps, { ...file, scope, kinds: evidenceKinds });
          return `${file.field} ${mediaType} ${(await read(id))!.length}`;
        });
        return c.json({ fields: [...fields], files, refused: refused?.code });
      });
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
      return app.request('/', { method: 'POST', headers, body: Buffer.from(body, 'latin1') });
    };
    const field = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
    const file = (name: string, value: string) =>
      `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n${value}`;

    it('fields and files come apart, also where a file holds what looks like a boundary', async () => {
      const value = 'tekst\r\n--xy\r\n--\r\n-';
      const answer = await send(
        form(field('a', '1'), file('x', value), field('a', 'twee\r\nregels'), field('leeg', ''), file('', '')),
      );
      expect(await answer.json()).toEqual({
        fields: [
          ['a', '1'],
          ['a', 'twee\r\nregels'],
          ['leeg', ''],
        ],
        files: [`file text/plain ${value.length}`],
      });
    });

    it('a file that is refused takes nothing with it of what was typed', async () => {
      const answer = await send(form(file('x.png', `MZ\0${'x'.repeat(30_000)}`), field('story', 'Ik kan het')));
      expect(await answer.json()).toEqual({
        fields: [['story', 'Ik kan het']],
        files: [],
        refused: 'media-type-unsupported',
      });
    });

    it('however a form is cut into pieces, the same parts come out of it', async () => {
      const bytes = new TextEncoder().encode(form(field('a', '1'), file('x', 'y\r\n--xyy'), field('b', '')));
      expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b');
      for (let size = 1; size <= bytes.length; size++) {
        const found: string[] = [];
        for await (const part of readParts(inPieces(bytes, size), boundary)) {
          let text = '';
          for await (const chunk of part.body) text += files.latin1(chunk);
          found.push(`${part.name}=${text}`);
        }
        expect(found).toEqual(['a=1', 'file=y\r\n--xyy', 'b=']);
      }
    });

    it('a form that is cut off is refused, wherever', async () => {
      const bytes = new TextEncoder().encode(form(field('a', '1'), file('x', 'y')));
      for (let end = 0; end < bytes.length - 4; end++)
        await expect(
          (async () => {
            for await (const part of readParts(inPieces(bytes.subarray(0, end), 7), boundary))
              for await (const _ of part.body);
          })(),
        ).rejects.toMatchObject({ code: 'request-invalid' });
    });
  });
});
