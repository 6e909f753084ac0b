import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBakedPng } from '../../src/vc/baked-png.ts';
import { bytesOf, claimBadge, verdictOf } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, createOffers, submit } from '../support/offers.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const NAME = 'Zoë Łukasiewicz';
const NARRATIVE = 'Leidde het wijkfeest met negentig vrijwilligers.';
const EVIDENCE = { name: 'Verslag van het wijkfeest', narrative: 'Foto van de vlaggenlijn' };
const HIDDEN = ['Łukasiewicz', 'negentig', 'Verslag', 'vlaggenlijn', '8,5'];
const PARTS = ['name', 'results', 'evidence', 'narrative'];

describe('the files of a badge behind a link', () => {
  const world = createWorld();
  const folder = mkdtempSync(join(tmpdir(), 'share-files-'));
  let school: Awaited<ReturnType<typeof createOffers>>;
  let badge: Awaited<ReturnType<typeof claimBadge>>;

  const one = (sql: string, ...values: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...values);
  const claim = () =>
    claimBadge(world, school, NAME, { narrative: NARRATIVE, evidence: [EVIDENCE], results: [{ value: '8,5' }] });
  const link = async (without: string[], of = badge, more: Record<string, string> = {}) => {
    const fields = new URLSearchParams({ purpose: 'x', readers: 'many', term: 'week', ...more });
    for (const part of without) fields.append('without', part);
    const headers = { ...of.owner.headers, 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', headers, body: fields.toString() };
    expect((await world.request(`/badges/${of.id}/share`, init)).status).toBe(303);
    return `/c/${one('select token from share_links order by rowid desc limit 1')}`;
  };
  const get = async (path: string, accept = '*/*') => {
    const answer = await world.request(path, { headers: { accept } });
    return { status: answer.status, type: answer.headers.get('content-type'), answer, bytes: await bytesOf(answer) };
  };
  const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

  beforeAll(async () => {
    const results = [{ name: 'Cijfer', type: 'GradePointAverage' }];
    school = await createOffers(world, {}, claimable({}, { results }));
    badge = await claim();
  });

  it('come as JWT and SD-JWT too, by suffix and by Accept, each the same copy every time', async () => {
    const path = `/c/${badge.token}`;
    for (const [suffix, type, format] of [
      ['.jwt', 'application/vc+jwt', 'jwt_vc_json'],
      ['.sd-jwt', 'application/dc+sd-jwt', 'dc+sd-jwt'],
    ] as const) {
      const [first, again, negotiated] = [await get(path + suffix), await get(path + suffix), await get(path, type)];
      expect([first.status, first.type, negotiated.type]).toEqual([200, type, type]);
      expect(new Set([first, again, negotiated].map(({ bytes }) => textOf(bytes))).size).toBe(1);
      expect(one('select count(*) from copies where award_id = ? and format = ?', badge.id, format)).toBe(1);
      const { headers } = first.answer;
      const told = ['cache-control', 'x-robots-tag', 'referrer-policy', 'access-control-allow-origin'];
      expect(told.map(name => headers.get(name))).toEqual(['no-store', 'noindex', 'no-referrer', '*']);
      expect(await verdictOf(world, textOf(first.bytes))).toBe('valid');
    }
    const places = 'select count(distinct status_list_id || status_index) from copies where award_id = ?';
    expect(one(places, badge.id)).toBe(2);
  });

  it('of a badge that is in nobody’s account too', async () => {
    const { keys, achievement } = await createSchool(world);
    const made = await world.api('/api/v1/awards', { key: keys.awarder, body: exampleAward(achievement) });
    await submit(world, new URL(made.json.claim).pathname, {});
    const path = `/c/${one('select token from shares where award_id = ?', made.json.id)}`;
    expect(await verdictOf(world, textOf((await get(`${path}.jwt`)).bytes))).toBe('valid');
  });

  it('what is left out is nowhere in the SD-JWT, the pictures and the paper, which all check as valid', async () => {
    const path = await link(PARTS);
    for (const suffix of ['.sd-jwt', '.png', '.svg', '.pdf']) {
      const { status, bytes } = await get(path + suffix);
      expect([suffix, status, await verdictOf(world, bytes)]).toEqual([suffix, 200, 'valid']);
      const all = everythingIn(bytes);
      for (const words of HIDDEN) expect([suffix, words, all.includes(words)]).toEqual([suffix, words, false]);
      expect(all).not.toContain(badge.token);
    }
    const whole = everythingIn((await get(`${await link([])}.png`)).bytes);
    for (const words of HIDDEN) expect([words, whole.includes(words)]).toEqual([words, true]);
    for (const other of ['.json', '.jwt']) expect((await get(path + other)).status).toBe(404);
  });

  it('only what is left out is gone: the rest is what was signed', async () => {
    const token = textOf((await get(`${await link(['results'])}.sd-jwt`)).bytes);
    const all = everythingIn(Buffer.from(token));
    expect(HIDDEN.map(words => all.includes(words))).toEqual([true, true, true, true, false]);
    const bare = everythingIn((await get(`${await link(PARTS)}.sd-jwt`)).bytes);
    for (const words of ['Een examinator van Proefschool', 'Portfolio en gesprek']) expect(bare).toContain(words);
  });

  it('a checker who hands in such a link gets what is left, checked', async () => {
    const path = await link(PARTS);
    const body = { url: world.origin + path };
    const { json, text } = await world.api('/api/v1/verifications', { body });
    expect([json.verdict, json.notChecked.some((n: { id: string }) => n.id === 'withheld')]).toEqual(['valid', true]);
    for (const words of HIDDEN) expect(text).not.toContain(words);
  });

  it('a badge that was revoked is red in every file, and none is made of it any more', async () => {
    const ended = await claim();
    const [whole, short] = [`/c/${ended.token}`, await link(['name'], ended)];
    for (const path of [`${whole}.jwt`, `${short}.sd-jwt`]) expect((await get(path)).status).toBe(200);
    const fresh = await claim();
    for (const { id } of [ended, fresh]) {
      const answer = await world.api(`/api/v1/awards/${id}/revocation`, {
        key: school.keys.awarder,
        body: { reason: 'error' },
      });
      expect(answer.status).toBe(200);
    }
    for (const path of [`${whole}.json`, `${whole}.jwt`, `${whole}.sd-jwt`, `${short}.png`, `${short}.pdf`])
      expect([path, await verdictOf(world, (await get(path)).bytes)]).toEqual([path, 'invalid']);
    const refused = await world.api(`/c/${fresh.token}.jwt`);
    expect([refused.status, refused.json.code]).toEqual([409, 'award-state']);
    expect(one('select count(*) from copies where award_id = ?', fresh.id)).toBe(0);
  });

  /** Every text that can be found in a file: as it stands, inflated, printed, and in the parts of a token. */
  function everythingIn(bytes: Uint8Array): string {
    const raw = Buffer.from(bytes);
    const texts = [raw.toString('utf8'), raw.toString('latin1')];
    for (let at = raw.indexOf('stream'); at >= 0; at = raw.indexOf('stream', at + 6)) {
      for (const skip of [7, 8]) {
        try {
          texts.push(inflateSync(raw.subarray(at + skip), { finishFlush: 2 }).toString('utf8'));
        } catch {}
      }
    }
    if (raw.subarray(0, 5).toString() === '%PDF-') {
      const file = join(folder, 'file.pdf');
      writeFileSync(file, raw);
      try {
        texts.push(execFileSync('pdftotext', ['-layout', file, '-']).toString().normalize('NFC'));
        texts.push(execFileSync('pdfinfo', [file]).toString().normalize('NFC'));
      } catch {}
    }
    for (const text of [...texts])
      for (const part of text.match(/[\w-]{16,}/g) ?? []) texts.push(Buffer.from(part, 'base64url').toString('utf8'));
    return texts.join('\n');
  }

  it('the picture holds the SD-JWT and nothing beside it', async () => {
    const { baked } = await readBakedPng((await get(`${await link(['name'])}.png`)).bytes, 1_000_000);
    expect(baked).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+~/)]);
  });

  it('W7: shows a title and a picture in chats only where its maker asked for that, and never a name', async () => {
    const page = async (path: string) => textOf((await get(path, 'text/html')).bytes);
    for (const path of [`/c/${badge.token}`, await link([]), await link([], badge, { readers: 'one' })]) {
      expect(await page(path)).not.toMatch(/<meta[^>]*(og:|twitter:|description)/);
      expect((await get(`${path}/preview.png`)).status).toBe(404);
    }
    const used = await link([], badge, { preview: 'yes', readers: 'one' });
    expect((await submit(world, `${used}/open`, {})).status).toBe(303);
    for (const path of [used, `${used}/preview.png`]) expect((await get(path, 'text/html')).status).toBe(404);
    for (const readers of ['many', 'one']) {
      const path = await link(['results'], badge, { preview: 'yes', readers });
      const uses = () => one('select count(*) from share_uses where token = ?', path.slice(3));
      const [head] = (await page(path)).split('</head>');
      expect(head).toContain('<meta property="og:title" content="Samenwerken · Proefschool"');
      expect(head).toContain(`<meta property="og:image" content="${world.origin}${path}/preview.png"`);
      expect(head).not.toContain('Łukasiewicz');
      expect(head).toContain('noindex');
      const before = uses();
      const { bytes, answer } = await get(`${path}/preview.png`);
      const told = ['content-type', 'cache-control', 'x-robots-tag'].map(name => answer.headers.get(name));
      expect(told).toEqual(['image/png', 'no-store', 'noindex']);
      const size = new DataView(bytes.buffer);
      expect([size.getUint32(16), size.getUint32(20), (await readBakedPng(bytes, 1_000)).baked]).toEqual([
        1200,
        630,
        [],
      ]);
      expect(uses()).toBe(before);
      const mine = await world.request(`/badges/${badge.id}/share`, {
        headers: { ...badge.owner.headers, accept: 'text/html' },
      });
      expect(await mine.text()).toContain('met titel en plaatje');
      await submit(world, `/badges/${badge.id}/share/withdraw`, badge.owner.headers, { link: path.slice(3) });
      expect((await get(`${path}/preview.png`)).status).toBe(404);
    }
  });
});
