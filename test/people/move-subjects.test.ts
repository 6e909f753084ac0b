import { beforeEach, describe, expect, it } from 'vitest';
import { awards, offers } from '../../src/credentials/schema.ts';
import { provenAddresses } from '../../src/people/index.ts';
import { identities, movedSubjects, people, sessions } from '../../src/people/schema.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { moveSubjects } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const issuer = 'https://idp.example';

describe('a change at the provider that gives people other values', () => {
  let world: ReturnType<typeof createWorld>;
  beforeEach(() => {
    world = createWorld();
  });

  const move = (moves: { before: string; after: string }[], dryRun = false) =>
    moveSubjects(world.deps, { issuer, moves, dryRun });
  const outcomes = async (moves: { before: string; after: string }[], dryRun = false) =>
    (await move(moves, dryRun)).map(({ outcome }) => outcome);
  const subjects = async () => (await world.db.query.select().from(identities)).map(i => i.subject).sort();

  it('O6: leaves account, session, badges and offers with their person, under the new value', async () => {
    const school = await createSchool(world);
    const offering = await createOffers(world);
    const sam = await createPerson(world, { subject: 'Old-1', label: 'Old-1' });
    await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { eduid: 'OLD-1' } }),
    });
    await offering.offer({ eduid: 'old-1' });
    expect(await outcomes([{ before: 'Old-1', after: 'New-1' }])).toEqual(['moved']);
    expect((await provenAddresses(world.deps, sam.id)).eduids).toEqual(['New-1']);
    const [identity] = await world.db.query.select().from(identities);
    expect(identity).toMatchObject({ id: sam.identityId, personId: sam.id, subject: 'New-1', label: 'New-1' });
    expect(await world.db.query.select().from(sessions)).toHaveLength(1);
    for (const table of [awards, offers]) {
      const [row] = await world.db.query.select().from(table);
      expect(row).toMatchObject({ recipientKey: 'eduid:new-1', input: { recipient: { eduid: 'New-1' } } });
    }
    expect(await world.db.query.select().from(movedSubjects)).toMatchObject([
      { issuer, before: 'Old-1', after: 'New-1' },
    ]);
    const log = await world.db.query.select().from(auditLog);
    expect(log.find(row => row.action === 'person.move')).toMatchObject({ subject: sam.id, actor: 'operator' });
    expect(JSON.stringify(log)).not.toMatch(/old-1|new-1/i);
  });

  it('O6: is keyed on nothing but the value: not on an e-mail address, an eppn, a name or another provider', async () => {
    const same = { email: 'sam@example.org', eppn: 'sam@hu.nl', name: 'sam', label: 'sam@example.org' };
    await createPerson(world, { subject: 'old-1', ...same });
    await createPerson(world, { subject: 'sam@example.org', kind: 'email', issuer: 'mailto:', ...same });
    await createPerson(world, { subject: 'old-2', issuer: 'https://other.example', ...same });
    await createPerson(world, { subject: 'old-3', kind: 'institution', ...same });
    const before = await subjects();
    expect(
      await outcomes([
        { before: 'sam@example.org', after: 'new-1' },
        { before: 'sam@hu.nl', after: 'new-2' },
        { before: 'sam', after: 'new-3' },
        { before: 'old-2', after: 'new-4' },
        { before: 'old-3', after: 'new-5' },
      ]),
    ).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    expect(await subjects()).toEqual(before);
    expect(await world.db.query.select().from(people)).toHaveLength(4);
  });

  it('is done again without harm, also after it was cut off', async () => {
    const moves = Array.from({ length: 120 }, (_, i) => ({ before: `old-${i}`, after: `new-${i}` }));
    for (const { before } of moves) await createPerson(world, { subject: before });
    const { batch } = world.db;
    let left = 1;
    world.db.batch = statements => (left-- > 0 ? batch(statements) : Promise.reject(new Error('the machine stopped')));
    await expect(move(moves)).rejects.toThrow('the machine stopped');
    world.db.batch = batch;
    expect(await world.db.query.select().from(movedSubjects)).toHaveLength(50);
    const again = await outcomes(moves);
    expect([again.filter(o => o === 'done').length, again.filter(o => o === 'moved').length]).toEqual([50, 70]);
    expect(new Set(await outcomes(moves))).toEqual(new Set(['done']));
    expect((await subjects()).every(subject => subject.startsWith('new-'))).toBe(true);
  });

  it('a dry run says what would be, and writes nothing', async () => {
    await createPerson(world, { subject: 'old-1' });
    expect(await outcomes([{ before: 'old-1', after: 'new-1' }], true)).toEqual(['moved']);
    expect(await subjects()).toEqual(['old-1']);
    expect(await world.db.query.select().from(auditLog)).toEqual([]);
  });

  it('names every conflict, and merges nothing', async () => {
    const sam = await createPerson(world, { subject: 'old-1' });
    const newcomer = await createPerson(world, { subject: 'new-1' });
    await createPerson(world, { subject: 'old-2' });
    await move([{ before: 'old-9', after: 'new-9' }]);
    const results = await move([
      { before: 'old-1', after: 'new-1' },
      { before: 'old-2', after: 'new-2' },
      { before: 'old-3', after: 'new-3' },
      { before: 'old-3', after: 'new-4' },
      { before: 'old-5', after: 'new-6' },
      { before: 'old-7', after: 'new-6' },
      { before: 'old-9', after: 'new-8' },
    ]);
    expect(Object.fromEntries(results.map(r => [`${r.before}>${r.after}`, r.outcome]))).toEqual({
      'old-1>new-1': 'after-taken',
      'old-2>new-2': 'moved',
      'old-3>new-3': 'twice-in-map',
      'old-3>new-4': 'twice-in-map',
      'old-5>new-6': 'twice-in-map',
      'old-7>new-6': 'twice-in-map',
      'old-9>new-8': 'moved-elsewhere',
    });
    const owners = new Map((await world.db.query.select().from(identities)).map(i => [i.subject, i.personId]));
    expect([owners.get('old-1'), owners.get('new-1')]).toEqual([sam.id, newcomer.id]);
  });

  it('the same decision under both values stays as it is, and holds up no other', async () => {
    const school = await createSchool(world);
    for (const eduid of ['old-1', 'new-1', 'old-2'])
      await world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: exampleAward(school.achievement, { recipient: { eduid } }),
      });
    const results = await move([
      { before: 'old-1', after: 'new-1' },
      { before: 'old-2', after: 'new-2' },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['award-exists', 'unknown']);
    const keys = (await world.db.query.select().from(awards)).map(award => award.recipientKey).sort();
    expect(keys).toEqual(['eduid:new-1', 'eduid:new-2', 'eduid:old-1']);
  });
});
