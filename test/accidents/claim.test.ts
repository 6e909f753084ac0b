// What is between two steps of a claim, and what is left when the second does not come.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { localSigner } from '../../src/vc/signer.ts';
import { openAnew } from '../support/open-anew.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, withEmail } from '../support/offers.ts';

vi.mock('../../src/vc/signer.ts', async original => {
  const real = await original<typeof import('../../src/vc/signer.ts')>();
  return { localSigner: vi.fn(real.localSigner) };
});

describe('accidents while an offer is claimed', () => {
  let now: Date;
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  let sam: Awaited<ReturnType<typeof withEmail>>;
  let offer: { id: string; path: string };
  const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
  const claim = () => submit(world, offer.path, sam.headers);
  const breakAt = (verb: string, table: string) =>
    world.db.sqlite.exec(`create trigger broken before ${verb} on ${table} begin select raise(abort, 'no'); end`);
  const mend = () => world.db.sqlite.exec('drop trigger broken');
  /** One of the two: an offer that waits, or an award with an owner; never both, never half. */
  const assertConsistent = async () => {
    expect(one('select (select count(*) from offers) + (select count(*) from awards)')).toBe(1);
    expect(one('select count(*) from claims')).toBe(one('select count(*) from awards'));
    expect(one("select count(*) from awards where state = 'claimed'")).toBe(one('select count(*) from shares'));
    expect(one('select count(*) from credentials')).toBe(one('select count(*) from shares'));
    expect(one('select count(*) from awards where person_id is null')).toBe(0);
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
  };

  beforeEach(async () => {
    now = new Date('2026-11-22T12:00:00Z');
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world);
    sam = await withEmail(world, 'sam@example.org');
    offer = await school.offer({ email: 'sam@example.org' });
  });

  it.each([
    ['insert', 'spent'],
    ['insert', 'awards'],
    ['insert', 'award_changes'],
    ['insert', 'status_entries'],
    ['insert', 'claims'],
    ['delete', 'offers'],
    ['delete', 'outbox'],
    ['insert', 'audit_log'],
  ])('at the intent, %s %s: the offer stands as it was, and can be claimed', async (verb, table) => {
    breakAt(verb, table);
    expect((await claim()).status).toBe(500);
    expect([one('select state from offers'), one('select count(*) from outbox')]).toEqual(['offered', 1]);
    await assertConsistent();
    mend();
    expect((await claim()).status).toBe(303);
    await assertConsistent();
  });

  it.each([
    ['insert', 'credentials'],
    ['update', 'awards'],
    ['insert', 'shares'],
  ])('at the record, %s %s: it is theirs, unsigned; the sweep signs it', async (verb, table) => {
    breakAt(verb, table);
    expect((await claim()).status).toBe(500);
    expect(one('select state from awards')).toBe('reserved');
    await assertConsistent();
    const page = await (await world.request(offer.path, { headers: sam.headers })).text();
    expect(page).toContain('Je badge wordt ondertekend');
    mend();
    now = new Date(now.getTime() + 11_000);
    expect(await sweep(world.deps)).toMatchObject({ finished: 1, failed: 0 });
    expect(one('select state from awards')).toBe('claimed');
    await assertConsistent();
  });

  it('at the record: pressing again signs it too, for its owner and nobody else', async () => {
    breakAt('insert', 'shares');
    expect((await claim()).status).toBe(500);
    mend();
    const kim = await withEmail(world, 'kim@example.org');
    expect((await submit(world, offer.path, kim.headers)).status).toBe(403);
    expect(one('select state from awards')).toBe('reserved');
    expect((await claim()).headers.get('location')).toBe(`/badges/${offer.id}?done=claimed`);
    await assertConsistent();
  });

  it('the signer fails: it is told, what was claimed is not lost, and it is signed when the signer is back', async () => {
    // A list is signed before its first index is given.
    const first = await school.offer({ email: 'first@example.org' });
    expect((await submit(world, first.path, (await withEmail(world, 'first@example.org')).headers)).status).toBe(303);
    const real = await vi.importActual<typeof import('../../src/vc/signer.ts')>('../../src/vc/signer.ts');
    vi.mocked(localSigner).mockImplementation(async key => ({
      ...(await real.localSigner(key)),
      sign: () => Promise.reject(new Error('away')),
    }));
    openAnew(world);
    try {
      const refused = await claim();
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, 'signing-failed']);
    } finally {
      vi.mocked(localSigner).mockImplementation(real.localSigner);
      openAnew(world);
    }
    const state = `select state from awards where id = '${offer.id}'`;
    expect(one(state)).toBe('reserved');
    expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 1, failed: 0 });
    expect(one(state)).toBe('claimed');
  });

  it('what cannot be signed any more stays theirs: it is not thrown away', async () => {
    breakAt('insert', 'shares');
    expect((await claim()).status).toBe(500);
    mend();
    world.db.sqlite.exec("update awards set input = json_set(input, '$.validUntil', '2020-01-01T00:00:00Z')");
    now = new Date(now.getTime() + 11_000);
    expect(await sweep(world.deps)).toMatchObject({ finished: 0, abandoned: 0, failed: 1 });
    expect(world.lines.join('\n')).toContain(offer.id);
    expect(one('select state from awards')).toBe('reserved');
    await assertConsistent();
  });
});
