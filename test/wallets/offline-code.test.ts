// The QR code for where there is no network: through the front door, with the network cut.
import { beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { compromiseKey, rotateJoseKey } from '../../src/institutions/index.ts';
import { readShortBadge } from '../../src/vc/short-badge.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';

type Line = { id: string; outcome: string; code: string; evidence: Record<string, unknown> };
type Told = { verdict: string; code: string; checks: Line[]; credential: Record<string, unknown> };

const NOW = '2026-11-22T12:00:00Z';
const hours = (n: number) => new Date(Date.parse(NOW) + n * 3600_000);

describe('a QR code that holds a badge in short', () => {
  let now = new Date(NOW);
  const world = createWorld({ now: () => now });
  let school: Awaited<ReturnType<typeof createCopies>>;
  beforeAll(async () => {
    school = await createCopies(world);
  });

  const pageOf = (id: string, headers: Record<string, string> = school.person.headers) =>
    world.api(`/badges/${id}/offline`, { headers: { accept: 'text/html', ...headers } });
  const digitsOf = async (id: string) => (await school.copy(id, 'short')).document;
  const codeOf = async (id: string) => `${world.origin.toUpperCase()}/V#${await digitsOf(id)}`;
  const check = async (credential: string, on: Pick<typeof world, 'api'> = world): Promise<Told> =>
    (await on.api('/api/v1/verifications', { body: { credential } })).json;
  const line = (told: Told, id: string) => told.checks.find(one => one.id === id)!;

  it('is checked with the network cut, by its address, by its digits, and wherever a link is taken', async () => {
    // Every request out of this world fails: see `worldOn`.
    const id = await school.give({ validUntil: '2027-11-22T00:00:00Z' });
    const code = await codeOf(id);
    for (const text of [
      code,
      code.toLowerCase(),
      code.split('#')[1]!,
      `${world.origin}/verify#${code.split('#')[1]}`,
    ]) {
      const told = await check(text);
      expect([told.verdict, told.code]).toEqual(['valid', 'valid']);
    }
    const byUrl = await world.api('/api/v1/verifications', { body: { url: code } });
    expect(byUrl.json.verdict).toBe('valid');
    const told = await check(code);
    expect(line(told, 'form').code).toBe('form-short');
    expect(line(told, 'issuer').code).toBe('issuer-known');
    expect(line(told, 'status').evidence).toMatchObject({ knownAt: now.toISOString(), ageSeconds: expect.any(Number) });
    expect(told.credential).toEqual({
      type: ['VerifiableCredential'],
      // Of the badge itself: someone may lay it beside.
      id: world.db.sqlite.prepare('select credential_id from awards where id = ?').pluck().get(id),
      name: 'Samenwerken',
      issuer: { id: school.institution.did },
      awardedDate: '2026-11-01T00:00:00Z',
      validFrom: now.toISOString(),
      validUntil: '2027-11-22T00:00:00.000Z',
      credentialSubject: {
        identifier: [{ identityType: 'name', hashed: false, identityHash: 'Sam de Vries' }],
        achievement: { name: 'Samenwerken' },
      },
    });
  });

  it('says what it is: no Open Badge, and not the whole of one', async () => {
    const { json } = await world.api('/api/v1/verifications', {
      body: { credential: await codeOf(await school.give()) },
    });
    expect(json.notChecked.map((one: { id: string }) => one.id)).toContain('whole');
    expect(json.checks[0].message.nl).toContain('geen Open Badge');
    expect(JSON.stringify(json.credential)).not.toContain('OpenBadge');
  });

  it('stands on a page of its owner and of nobody else, the same each time', async () => {
    const id = await school.give();
    const [first, again] = [await pageOf(id), await pageOf(id)];
    expect([first.status, first.headers.get('cache-control'), first.headers.get('x-robots-tag')]).toEqual([
      200,
      'no-store',
      'noindex',
    ]);
    const drawn = (page: { text: string }) => /<svg class="qr dense"[\s\S]*?<\/svg>/.exec(page.text)?.[0];
    expect(drawn(first)?.length).toBeGreaterThan(1_000);
    expect(drawn(again)).toBe(drawn(first));
    const stranger = await createPerson(world);
    expect((await pageOf(id, stranger.headers)).status).toBe(404);
    expect((await pageOf(id, {})).status).not.toBe(200);
    const opened = await world.request('/V');
    expect([opened.status, opened.headers.get('location')]).toEqual([302, '/verify']);
  });

  it('is red once the badge was revoked, suspended or is past its end, and no new one is made', async () => {
    const revoked = await school.give();
    const fresh = await school.give();
    const code = await codeOf(revoked);
    for (const id of [revoked, fresh])
      await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    expect(await check(code)).toMatchObject({ verdict: 'invalid', code: 'revoked' });
    // Its owner may still show the one that there was; what never was is not made.
    expect((await pageOf(revoked)).status).toBe(200);
    expect((await pageOf(fresh)).status).toBe(409);

    const ending = await codeOf(await school.give({ validUntil: '2026-12-31T00:00:00Z' }));
    now = new Date('2027-01-01T00:00:00Z');
    const told = await check(ending);
    now = new Date(NOW);
    expect(told).toMatchObject({ verdict: 'invalid', code: 'expired' });
  });

  it('of which anything was changed is never good', async () => {
    const digits = await digitsOf(await school.give());
    const codes = new Set<string>();
    for (let at = 0; at < digits.length; at += 13) {
      const other = String((Number(digits[at]) + 5) % 10);
      const told = await check(digits.slice(0, at) + other + digits.slice(at + 1));
      expect([at, told.verdict]).toEqual([at, 'invalid']);
      codes.add(told.code);
    }
    expect(codes).toContain('signature-invalid');
    for (const text of [digits.slice(3), `${digits}0`, `0${digits}`, '9'.repeat(400)])
      expect(await check(text)).toMatchObject({ verdict: 'invalid', code: 'malformed' });
  });

  it('goes by the key: one that was withdrawn makes it red, one that was followed by another does not', async () => {
    const fresh = await createCopies(world);
    const id = await fresh.give();
    const first = (await fresh.copy(id, 'short')).document;
    await rotateJoseKey(world.deps, fresh.institution, { kind: 'operator' }, 'ES256');
    expect((await check(first)).verdict).toBe('valid');
    const keyId = readShortBadge(first).method.split('#')[1]!;
    await compromiseKey(world.deps, fresh.institution, { kind: 'operator' }, keyId);
    expect(await check(first)).toMatchObject({ verdict: 'invalid', code: 'key-revoked' });
    // Lists that the withdrawn key signed are signed by another.
    await sweep(world.deps);
    const again = (await fresh.copy(id, 'short')).document;
    expect([again === first, (await check(again)).verdict]).toEqual([false, 'valid']);
  });

  describe('of an institution elsewhere', () => {
    const network = new Map<string, string>();
    const there = createWorld({ origin: 'https://elders.example', now: () => now });
    let code: string;
    let tamper: string;
    beforeAll(async () => {
      const elsewhere = await createCopies(there);
      const { document } = await elsewhere.copy(await elsewhere.give(), 'short');
      code = `HTTPS://ELDERS.EXAMPLE/V#${document}`;
      tamper = `HTTPS://ELDERS.EXAMPLE/V#${document.slice(0, -9)}${document.slice(-9).split('').reverse().join('')}`;
      const { badge } = readShortBadge(document);
      for (const path of [`/i/${elsewhere.institution.slug}/did.json`, new URL(badge.status.list).pathname])
        network.set(there.origin + path, (await there.api(path)).text);
    });

    it('that was never heard of it is unknown, and nothing is green for want of a network', async () => {
      const here = createWorld({ now: () => now, network: new Map() });
      const told = await check(code, here);
      expect(told).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unresolvable' });
      expect(line(told, 'status').outcome).toBe('unknown');
    });

    it('that was heard of before it is good for as long as the list says, and the answer says how old that is', async () => {
      const open = new Map(network);
      const here = createWorld({ now: () => now, network: open });
      expect((await check(code, here)).verdict).toBe('valid');
      open.clear();
      for (const later of [1, 10]) {
        now = hours(later);
        const told = await check(code, here);
        expect([later, told.verdict]).toEqual([later, 'valid']);
        for (const id of ['key', 'status']) expect(line(told, id).evidence.knownAt).toBe(hours(0).toISOString());
        expect(line(told, 'status').evidence.ageSeconds).toBeGreaterThanOrEqual(later * 3600);
        expect((await check(tamper, here)).verdict).toBe('invalid');
      }
      // The list ends before we stop remembering it, and the key is forgotten after a week.
      now = hours(4 * 24);
      expect(await check(code, here)).toMatchObject({ verdict: 'indeterminate', code: 'status-list-expired' });
      now = hours(8 * 24);
      expect(await check(code, here)).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unresolvable' });
      now = new Date(NOW);
    });

    it('a site that says that its list is gone is believed; only one that does not answer is not', async () => {
      const open = new Map(network);
      let status = 0;
      const here = createWorld({
        now: () => now,
        transport: async url => {
          const body = open.get(url.href);
          if (body === undefined && status === 0) throw new Error('away');
          const type = body?.startsWith('{') ? 'application/json' : 'application/statuslist+jwt';
          const headers = new Headers({ 'content-type': type });
          return { status: body === undefined ? status : 200, headers, body: new TextEncoder().encode(body ?? '') };
        },
      });
      expect((await check(code, here)).verdict).toBe('valid');
      for (const url of network.keys()) if (url.includes('/status/')) open.delete(url);
      const verdicts = [];
      for (const [hour, said] of [
        [1, 0],
        [2, 503],
        [3, 410],
      ] as const) {
        now = hours(hour);
        status = said;
        verdicts.push((await check(code, here)).verdict);
      }
      now = new Date(NOW);
      expect(verdicts).toEqual(['valid', 'valid', 'indeterminate']);
    });
  });
});
