// The Worker as it is deployed: the real bundle, in workerd, over D1.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJpeg, qrPicture } from '../support/containers.ts';
import { createWorld } from '../support/create-world.ts';
import { secretOf, startWorker } from '../support/worker.ts';
import { createSchool, exampleAchievement, exampleAward, exampleProfile } from '../support/world.ts';

const ORIGIN = 'https://worker.example';

describe('the Worker bundle', () => {
  let miniflare: Miniflare;
  let script: string;
  /** Of the badge that is issued, claimed and revoked below. */
  let page: string;

  async function api(path: string, init: { key?: string; body?: unknown } = {}) {
    const response = await miniflare.dispatchFetch(ORIGIN + path, {
      method: init.body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(init.key ? { authorization: `Bearer ${init.key}` } : {}) },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
    const json: any = /^[{[]/.test(text) ? JSON.parse(text) : undefined;
    return { status: response.status, text, json };
  }

  beforeAll(async () => {
    ({ miniflare, script } = await startWorker(ORIGIN));
  });
  afterAll(() => miniflare?.dispose());

  it('is under 10 MB when gzipped, with the modules and fonts that travel along', () => {
    const folder = dirname(script);
    const files = readdirSync(folder).filter(name => /\.(js|wasm|ttf)$/.test(name));
    const sizes = files.map(name => gzipSync(readFileSync(join(folder, name))).length);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    const own = gzipSync(readFileSync(script)).length;
    console.log(`Worker bundle: ${Math.round(size / 1024)} KiB gzipped, ${Math.round(own / 1024)} KiB of it code`);
    expect(files.length).toBeGreaterThan(4);
    // What Cloudflare takes (Workers, Limits).
    expect(size).toBeLessThan(10_000_000);
  });

  it('issues, shows, revokes and checks; what it signs is valid on Node, and the other way round', async () => {
    expect((await api('/readyz')).json).toEqual({ database: 'ok', signing: 'none' });
    const made = await api('/api/v1/institutions', { key: secretOf(3), body: { slug: 'school', ...exampleProfile } });
    expect([made.status, made.json.did]).toEqual([201, 'did:web:worker.example:i:school']);
    expect((await api('/api/v1/institutions', { key: secretOf(4), body: {} })).status).toBe(401);
    const key = async (role: string) =>
      (await api('/api/v1/institutions/school/api-keys', { key: secretOf(3), body: { role } })).json.key;
    const [coordinator, awarder] = [await key('coordinator'), await key('awarder')];

    const achievement = await api('/api/v1/achievements', { key: coordinator, body: exampleAchievement });
    expect(
      (await api(`/api/v1/achievements/${achievement.json.id}/publication`, { key: coordinator, body: {} })).json
        .version,
    ).toBe(1);
    const award = await api('/api/v1/awards', { key: awarder, body: exampleAward(achievement.json.id) });
    expect([award.status, award.json.state]).toEqual([201, 'released']);
    const badge = (await api(new URL(award.json.credential).pathname, { key: awarder })).json;
    expect((await api('/api/v1/verifications', { body: { credential: badge } })).json.verdict).toBe('valid');
    const claimed = await miniflare.dispatchFetch(ORIGIN + new URL(award.json.claim).pathname, {
      method: 'POST',
      headers: { origin: ORIGIN },
      redirect: 'manual',
    });
    page = claimed.headers.get('location')!;

    // On Node, where the Worker is somewhere in the network.
    const did = `${ORIGIN}/i/school/did.json`;
    const list = badge.credentialStatus.statusListCredential;
    const network = new Map([
      [did, (await api('/i/school/did.json')).text],
      [list, (await api(new URL(list).pathname)).text],
    ]);
    const node = createWorld({ network });
    expect((await node.api('/api/v1/verifications', { body: { credential: badge } })).json).toMatchObject({
      verdict: 'valid',
    });

    // Signed on Node with a key that needs no network, checked in workerd.
    const nodeSide = createWorld({ origin: ORIGIN });
    const school = await createSchool(nodeSide, 'node-school');
    const there = await nodeSide.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    const signedOnNode = (await nodeSide.api(new URL(there.json.credential).pathname, { key: school.keys.awarder }))
      .json;
    const db = await miniflare.getD1Database('DB');
    for (const table of ['institutions', 'institution_keys', 'status_lists', 'status_list_versions']) {
      for (const row of nodeSide.db.sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]) {
        const columns = Object.keys(row);
        await db
          .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
          .bind(...Object.values(row))
          .run();
      }
    }
    expect((await api('/api/v1/verifications', { body: { credential: signedOnNode } })).json).toMatchObject({
      verdict: 'valid',
    });

    expect(
      (await api(`/api/v1/awards/${award.json.id}/revocation`, { key: awarder, body: { reason: 'error' } })).json.state,
    ).toBe('revoked');
    expect((await api('/api/v1/verifications', { body: { credential: badge } })).json).toMatchObject({
      verdict: 'invalid',
      code: 'revoked',
    });
  });

  it('draws the badge as a picture and on paper, with the module and the fonts of the bundle', async () => {
    for (const [kind, start] of [
      ['png', '\x89PNG'],
      ['svg', '<svg '],
      ['pdf', '%PDF-1.7'],
    ] as const) {
      const response = await miniflare.dispatchFetch(`${ORIGIN}${page}.${kind}`);
      const file = Buffer.from(await response.arrayBuffer());
      expect([kind, response.status, file.subarray(0, start.length).toString('latin1')]).toEqual([kind, 200, start]);
      // The badge that is inside was revoked above, and is read from each.
      const form = new FormData();
      form.set('file', new File([file], 'file'));
      const sent = new Request(ORIGIN, { method: 'POST', body: form });
      const checked = await miniflare.dispatchFetch(`${ORIGIN}/api/v1/verifications`, {
        method: 'POST',
        headers: Object.fromEntries(sent.headers),
        body: new Uint8Array(await sent.arrayBuffer()),
      });
      expect([kind, ((await checked.json()) as { code: string }).code]).toEqual([kind, 'revoked']);
    }
  });

  it('reads the QR code of a picture', async () => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(asJpeg(qrPicture('{"@context":[],"name":"Klein"}')))], 'x'));
    const request = new Request(`${ORIGIN}/api/v1/verifications`, { method: 'POST', body: form });
    const response = await miniflare.dispatchFetch(request.url, {
      method: 'POST',
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([200, 'malformed']);
  });

  it('shows pages', async () => {
    for (const path of ['/', '/verify', '/i/school', '/glossary', '/api/docs']) {
      const page = await api(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).toContain('<h1');
    }
  });

  it('hands out the scripts of pages from its assets, with its own headers, and no other file', async () => {
    const { text } = await api('/verify/camera');
    const [, script] = /<script type="module" src="(\/assets\/camera-\w+\.js)"/.exec(text)!;
    const answer = await miniflare.dispatchFetch(ORIGIN + script);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await answer.text()).length).toBeGreaterThan(1_000);
    const worker = await miniflare.dispatchFetch(`${ORIGIN}/verify/worker.js`);
    expect([worker.status, worker.headers.get('service-worker-allowed')]).toEqual([200, '/']);
    const { json: known } = await api('/verify/offline/knowledge');
    expect(Object.keys(known)).toEqual(['at', 'until', 'listings', 'documents']);
    for (const path of ['/assets/names.json', '/names.json', script!.replace('/assets', '')])
      expect([path, (await miniflare.dispatchFetch(ORIGIN + path)).status]).toEqual([path, 404]);
  });

  it('signs lists again on its timer', async () => {
    const worker = await miniflare.getWorker();
    const result = await worker.scheduled({ cron: '*/5 * * * *' });
    expect(result.outcome).toBe('ok');
  });
});
