import { beforeAll, describe, expect, it } from 'vitest';
import { openSession, SESSION_COOKIE } from '../../src/people/index.ts';
import { badge, NOW, signAny, webSigner } from '../support/badges.ts';
import { DID, DID_URL, issuerDocument } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';
import { submit } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';

const html = { accept: 'text/html' };

describe('a badge from elsewhere', () => {
  let now = NOW;
  let world: ReturnType<typeof createWorld>;
  let sam: Awaited<ReturnType<typeof createPerson>>;
  let kim: Awaited<ReturnType<typeof createPerson>>;
  let signed: Record<string, unknown>;
  let changed: Record<string, unknown>;
  const rows = () => world.db.sqlite.prepare('select * from imported_badges').all() as Record<string, string>[];
  const read = async (path: string, who = sam) => {
    const answer = await world.request(path, { headers: { ...html, ...who.headers } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const keep = (document: unknown, who = sam) =>
    submit(world, '/badges/add/keep', who.headers, {
      document: typeof document === 'string' ? document : JSON.stringify(document),
      source: 'file',
    });
  const give = async (parts: Record<string, string | File>) => {
    const body = new FormData();
    for (const [name, part] of Object.entries(parts)) body.append(name, part);
    const answer = await world.request('/badges/add', { method: 'POST', headers: { ...html, ...sam.headers }, body });
    return { status: answer.status, text: await answer.text() };
  };

  beforeAll(async () => {
    const signer = await webSigner(DID, 11);
    signed = (await signAny(badge(DID, {}), signer)) as Record<string, unknown>;
    changed = { ...signed, awardedDate: '2020-01-01T00:00:00Z' };
    const answers = new Map([[DID_URL, JSON.stringify(issuerDocument(signer))]]);
    world = createWorld({ now: () => now, network: answers });
    [sam, kim] = [await createPerson(world), await createPerson(world)];
  });

  it('is checked and shown before it is kept, as text and as a file', async () => {
    for (const given of [
      { text: JSON.stringify(signed) },
      { file: new File([JSON.stringify(signed)], 'badge.json', { type: 'text/html' }) },
    ] as Record<string, string | File>[]) {
      const page = await give(given);
      expect([page.status, page.text.includes('Deze badge is geldig')]).toEqual([200, true]);
      expect(page.text).toContain('action="/badges/add/keep"');
    }
    expect(rows()).toEqual([]);
  });

  it('is kept as it came, with the verdict and when; the same one again takes its place', async () => {
    const first = await keep(signed);
    expect(first.status).toBe(303);
    const [row] = rows();
    expect(row).toMatchObject({
      person_id: sam.id,
      issuer: DID,
      credential_id: signed.id,
      document: JSON.stringify(signed),
      media_type: 'application/vc',
      source: 'file',
      verdict: 'valid',
      code: 'valid',
      checked_at: now.toISOString(),
    });
    expect(first.headers.get('location')).toBe(`/badges/elsewhere/${row!.id}?done=kept`);
    now = new Date(now.getTime() + 60_000);
    expect((await keep(changed)).headers.get('location')).toBe(`/badges/elsewhere/${row!.id}?done=kept`);
    expect(rows()).toMatchObject([{ id: row!.id, verdict: 'invalid', checked_at: now.toISOString() }]);
    // Ten times at once is once.
    await Promise.all(Array.from({ length: 10 }, () => keep(signed)));
    expect(rows()).toMatchObject([{ id: row!.id, verdict: 'valid' }]);
  });

  it('shows the issuer’s domain first, what the check said then, and checks again', async () => {
    const [row] = rows();
    const page = await read(`/badges/elsewhere/${row!.id}`);
    expect(page.status).toBe(200);
    expect(page.text.indexOf('linde.example')).toBeLessThan(page.text.indexOf('<h1'));
    expect(page.text).toContain('Was geldig');
    expect([page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
    now = new Date(now.getTime() + 30 * 365 * 24 * 3600_000);
    expect((await submit(world, `/badges/elsewhere/${row!.id}/check`, (await again()).headers)).status).toBe(303);
    expect(rows()[0]).toMatchObject({ checked_at: now.toISOString(), document: row!.document });
  });

  /** The session of a while ago has ended. */
  async function again() {
    const at = { personId: sam.id, identityId: sam.identityId, provider: 'eduid' };
    const session = await openSession(world.deps, at, 'Firefox/1 Linux');
    await world.deps.db.batch([session.statement]);
    sam = { ...sam, headers: { cookie: `${SESSION_COOKIE}=${session.secret}`, origin: world.origin } };
    return sam;
  }

  it('stands on the shelf apart, is found there by its words, and on nobody else’s', async () => {
    const shelf = await read('/badges');
    expect(shelf.text).toContain('Van elders');
    expect(shelf.text).toContain(`/badges/elsewhere/${rows()[0]!.id}`);
    expect((await read('/badges?q=LINDE')).text).toContain(rows()[0]!.id);
    const none = await read('/badges?q=%3Cb%3Eniets');
    expect(none.text).not.toContain(rows()[0]!.id);
    expect(none.text).toContain('Niets gevonden');
    expect(none.text).toContain('value="&lt;b&gt;niets"');
    expect((await read('/badges', await createPerson(world))).text).not.toContain('/badges/elsewhere/');
  });

  it('P5: comes back as it came, under a name and a type of ours, as a file that no browser runs', async () => {
    const hostile = { ...signed, id: 'urn:x:"><script>', name: '<script>alert(1)</script>../../a\u202egnp.exe' };
    const { headers } = await keep(hostile);
    const path = headers.get('location')!.split('?')[0]!;
    const file = await read(`${path}/badge`);
    expect(file.text).toBe(JSON.stringify(hostile));
    expect([
      file.headers.get('content-type'),
      file.headers.get('content-disposition'),
      file.headers.get('x-content-type-options'),
    ]).toEqual(['application/vc', 'attachment; filename="badge.json"', 'nosniff']);
    const page = await read(path);
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).toContain('Was ongeldig');
    await submit(world, `${path}/remove`, sam.headers);
  });

  it('is its keeper’s alone, and gone when they remove it', async () => {
    const [row] = rows();
    const path = `/badges/elsewhere/${row!.id}`;
    kim = await createPerson(world);
    for (const one of [path, `${path}/badge`]) expect((await read(one, kim)).status).toBe(404);
    for (const act of ['check', 'remove'])
      expect((await submit(world, `${path}/${act}`, kim.headers)).status).toBe(404);
    for (const one of ['/badges/add', path]) expect((await world.request(one)).status).toBe(303);
    expect((await submit(world, '/badges/add/keep', {}, { document: '{}' })).status).toBe(401);
    expect(rows()).toHaveLength(1);
    // The same badge on another shelf is another.
    expect((await keep(signed, kim)).status).toBe(303);
    expect((await submit(world, `${path}/remove`, sam.headers)).headers.get('location')).toBe('/badges?done=removed');
    expect(rows().map(({ person_id }) => person_id)).toEqual([kim.id]);
    expect((await read(path)).status).toBe(404);
    const log = world.db.sqlite.prepare("select institution from audit_log where action like 'import.%'").pluck().all();
    expect(new Set(log)).toEqual(new Set(['']));
  });

  it('refuses nothing at all, two things, several badges, and what is none; nothing is kept', async () => {
    const before = rows().length;
    const many = JSON.stringify([signed, changed]);
    for (const given of [
      {},
      { text: 'x', file: new File(['{}'], 'a.json') },
      { text: many },
      { text: 'zomaar wat' },
      { text: 'https://nergens.example/badge' },
      { file: new File(['PK\x03\x04'], 'a.zip') },
    ] as Record<string, string | File>[]) {
      const page = await give(given);
      expect([page.status, page.text.includes('id="refused"')]).toEqual([400, true]);
    }
    for (const document of ['', 'x', '[]', '{"a":', JSON.stringify({ proof: [1, 2, 3, 4] })])
      expect((await keep(document)).status).toBeGreaterThanOrEqual(400);
    const other = await submit(world, '/badges/add/keep', { ...sam.headers, origin: 'https://evil.example' });
    expect(other.status).toBe(403);
    expect(rows()).toHaveLength(before);
  });
});
