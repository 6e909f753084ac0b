import { beforeAll, describe, expect, it } from 'vitest';
import { decodeList, getBit, LIST_LENGTH } from '../../src/vc/status-list.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('our status lists', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const issue = async (email: string) => {
    const body = exampleAward(school.achievement, { recipient: { email } });
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    const badge = await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder });
    const { statusListCredential, statusListIndex } = badge.json.credentialStatus;
    return { id: made.json.id, list: new URL(statusListCredential).pathname, index: Number(statusListIndex) };
  };

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
  });

  it('S14: a list has room for 131,072, holds many badges, and whoever reads it is not written down', async () => {
    const badges = await Promise.all([1, 2, 3, 4].map(n => issue(`${n}@example.org`)));
    const [list] = new Set(badges.map(b => b.list));
    expect(new Set(badges.map(b => b.list)).size).toBe(1);
    const lines = world.lines.length;
    const signed = (await world.api(list!, { headers: { 'x-forwarded-for': '203.0.113.9', cookie: 'a=b' } })).json;
    const bits = await decodeList(signed.credentialSubject.encodedList);
    expect(bits.length * 8).toBe(LIST_LENGTH);
    expect(LIST_LENGTH).toBeGreaterThanOrEqual(131_072);
    // No decoys: nothing is set that was not revoked.
    expect(bits.every(byte => byte === 0)).toBe(true);
    expect(world.lines.slice(lines)).toEqual([]);
    expect(world.lines.join('\n')).not.toMatch(/203\.0\.113\.9|192\.0\.2\.1/);
  });

  it('S15: a list may be kept for its ttl, answers 304 to who has it, and shows a revocation at once', async () => {
    const { id, list, index } = await issue('s15@example.org');
    const before = await world.api(list);
    const etag = before.headers.get('etag')!;
    const seconds = before.json.credentialSubject.ttl / 1000;
    expect([seconds, before.headers.get('cache-control')]).toEqual([300, `public, max-age=${seconds}`]);
    for (const asked of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await world.request(list, { headers: { 'if-none-match': asked } });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    const body = { reason: 'error' };
    expect((await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body })).status).toBe(200);
    const after = await world.api(list, { headers: { 'if-none-match': etag } });
    expect([after.status, after.headers.get('etag') === etag]).toEqual([200, false]);
    expect(getBit(await decodeList(after.json.credentialSubject.encodedList), index)).toBe(true);
    expect(after.text.length).toBeLessThan(64_000);
  });

  it('S15: reading a list signs nothing: the same bytes each time', async () => {
    const { list } = await issue('bytes@example.org');
    const texts = await Promise.all(Array.from({ length: 20 }, async () => (await world.api(list)).text));
    expect(new Set(texts).size).toBe(1);
    expect((await world.api('/status/nothing')).status).toBe(404);
  });
});
