import { beforeAll, describe, expect, it } from 'vitest';
import {
  acceptInvitation,
  type InvitationInput,
  inviteMembers,
  listInvitations,
  readInvitation,
  resendInvitation,
  rolesOf,
  withdrawInvitation,
} from '../../src/institutions/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool } from '../support/world.ts';

const DAY_MS = 24 * 3_600_000;

describe('invitations to a role', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let time = Date.parse('2026-11-22T10:00:00Z');
  const ctx = () => ({ ...school.ctx, now: new Date(time) });
  const invite = (addresses: InvitationInput['addresses'], over: Partial<InvitationInput> = {}) =>
    inviteMembers(ctx(), { addresses, role: 'awarder', achievements: null, language: 'nl', ...over });
  const letters = () =>
    (world.db.sqlite.prepare("select letter from outbox where kind = 'invitation'").pluck().all() as string[]).map(
      text => JSON.parse(text) as { to: string; text: string; html: string; language: string },
    );
  /** The secret of the newest letter to an address. */
  const tokenFor = (address: string) =>
    /\/invitation\/([\w-]{43})/.exec(letters().findLast(l => l.to === address)!.text)![1]!;
  const roles = (person: string) => rolesOf(world.deps, school.institution.id, person);

  beforeAll(async () => {
    world = createWorld({ now: () => new Date(time) });
    school = await createSchool(world);
  });

  it('to an e-mail address: the letter goes there, its link is the proof, and it works once', async () => {
    const [made] = await invite([{ email: ' Sam@Example.ORG ' }]);
    expect(made).toMatchObject({ addressKind: 'email', address: 'sam@example.org', role: 'awarder' });
    expect(made).not.toHaveProperty('link');
    const letter = letters().at(-1)!;
    expect([letter.to, letter.language]).toEqual(['sam@example.org', 'nl']);
    expect(letter.text).toContain('onderwijsadministratie');
    const token = tokenFor('sam@example.org');
    expect(letter.html).toContain(token);
    // Only its hash is kept beside the letter.
    expect(JSON.stringify(world.db.sqlite.prepare('select * from invitations').all())).not.toContain(token);

    const sam = await createPerson(world);
    expect(await readInvitation(world.deps, token)).toMatchObject({ hint: 's•••@example.org', role: 'awarder' });
    expect(await acceptInvitation(world.deps, sam.id, token)).toBe(school.institution.slug);
    expect(await roles(sam.id)).toEqual([{ role: 'awarder', achievements: null }]);
    const next = await createPerson(world);
    await expect(acceptInvitation(world.deps, next.id, token)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is taken by one of many who have the same link in the same moment', async () => {
    await invite([{ email: 'race@example.org' }]);
    const token = tokenFor('race@example.org');
    const people = await Promise.all(Array.from({ length: 5 }, () => createPerson(world)));
    const tries = await Promise.allSettled(people.map(({ id }) => acceptInvitation(world.deps, id, token)));
    expect(tries.filter(t => t.status === 'fulfilled')).toHaveLength(1);
    for (const t of tries) if (t.status === 'rejected') expect(['link-spent', 'not-found']).toContain(t.reason.code);
    const held = await Promise.all(people.map(({ id }) => roles(id)));
    expect(held.flat()).toHaveLength(1);
  });

  it('is taken back or accepted when both are asked in the same moment, and never both', async () => {
    for (let n = 0; n < 10; n++) {
      const [made] = await invite([{ email: `both${n}@example.org` }]);
      const token = tokenFor(`both${n}@example.org`);
      const { id } = await createPerson(world);
      const both = [() => acceptInvitation(world.deps, id, token), () => withdrawInvitation(ctx(), made!.id)];
      const done = await Promise.allSettled((n % 2 ? both.reverse() : both).map(run => run()));
      if (n % 2) done.reverse();
      expect(done.filter(d => d.status === 'fulfilled')).toHaveLength(1);
      expect(await roles(id)).toHaveLength(done[0]!.status === 'fulfilled' ? 1 : 0);
    }
  });

  it('to an institution account is for who proves that account, whoever has the link', async () => {
    const [made] = await invite([{ eppn: 'J.Jansen@Uni.Example' }], { role: 'examiner' });
    expect(letters().some(l => l.to.startsWith('j.jansen'))).toBe(false);
    const token = made!.link!.split('/').at(-1)!;
    for (const nearly of [
      { email: 'j.jansen@uni.example' },
      { eppn: 'j.jansen@uni.example.attacker.com' },
      { eppn: 'j.jansen@evil.example' },
      { eppn: 'other@uni.example;j.jansen@uni.example' },
      { eppn: 'j.jansen@uni.example', lapsesAt: new Date(time - 1).toISOString() },
    ]) {
      const stranger = await createPerson(world, nearly);
      await expect(acceptInvitation(world.deps, stranger.id, token)).rejects.toMatchObject({
        code: 'not-the-recipient',
      });
      expect(await roles(stranger.id)).toEqual([]);
    }
    const linked = [{ eppn: 'J.Jansen@UNI.example', home: 'uni.example', validatedName: null, preferred: true }];
    const owner = await createPerson(world, { links: linked });
    await acceptInvitation(world.deps, owner.id, token);
    expect(await roles(owner.id)).toEqual([{ role: 'examiner', achievements: null }]);
  });

  it('of a group: each line is judged, every bad one is named, and then nobody is invited', async () => {
    await invite([{ email: 'known@example.org' }]);
    const before = [letters().length, (await listInvitations(ctx())).length];
    const refusal = invite([
      { email: 'new@example.org' },
      { email: 'geen adres' },
      { email: 'NEW@example.org' },
      { email: 'known@example.org' },
      { email: 'a,b@example.org' },
      { email: 'x@' },
    ]);
    await expect(refusal).rejects.toMatchObject({
      code: 'invitation-refused',
      extensions: {
        lines: [
          { line: 2, text: 'geen adres', why: 'not-an-address' },
          { line: 3, text: 'NEW@example.org', why: 'twice' },
          { line: 4, text: 'known@example.org', why: 'invited' },
          { line: 5, text: 'a,b@example.org', why: 'not-an-address' },
          { line: 6, text: 'x@', why: 'not-an-address' },
        ],
      },
    });
    expect([letters().length, (await listInvitations(ctx())).length]).toEqual(before);
    // The same address can be invited to another role.
    expect(
      await invite([{ email: 'known@example.org' }, { email: 'new@example.org' }], { role: 'board' }),
    ).toHaveLength(2);
  });

  it('made by two in the same moment stands once, and the other is told which', async () => {
    const both = await Promise.allSettled([
      invite([{ email: 'both@example.org' }]),
      invite([{ email: 'first@example.org' }, { email: 'both@example.org' }]),
    ]);
    const [refused] = both.filter(t => t.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'invitation-refused' });
    expect(refused?.reason.extensions.lines.map((l: { text: string }) => l.text)).toEqual(['both@example.org']);
    expect((await listInvitations(ctx())).filter(i => i.address === 'both@example.org')).toHaveLength(1);
  });

  it('lapses after fourteen days, and can then be made anew', async () => {
    await invite([{ email: 'late@example.org' }]);
    const token = tokenFor('late@example.org');
    time += 14 * DAY_MS - 1;
    expect(await readInvitation(world.deps, token)).toMatchObject({ addressKind: 'email' });
    time += 1;
    const late = await createPerson(world);
    await expect(readInvitation(world.deps, token)).rejects.toMatchObject({ code: 'link-spent' });
    await expect(acceptInvitation(world.deps, late.id, token)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await roles(late.id)).toEqual([]);
    expect(await listInvitations(ctx())).toEqual([]);
    await invite([{ email: 'late@example.org' }]);
    // Addresses of those who never answered are gone.
    expect(world.db.sqlite.prepare('select address from invitations').pluck().all()).toEqual(['late@example.org']);
  });

  it('to an institution account is not for whoever had it in an eduID that nobody signed in with for half a year', async () => {
    const [made] = await invite([{ eppn: 'former@uni.example' }]);
    const token = made!.link!.split('/').at(-1)!;
    const links = [{ eppn: 'former@uni.example', home: 'uni.example', validatedName: null, preferred: true }];
    const seen = (days: number) => ({ links, provenAt: new Date(time - days * DAY_MS).toISOString() });
    const long = await createPerson(world, seen(181));
    await expect(acceptInvitation(world.deps, long.id, token)).rejects.toMatchObject({ code: 'not-the-recipient' });
    const lately = await createPerson(world, seen(179));
    await acceptInvitation(world.deps, lately.id, token);
    expect([await roles(long.id), (await roles(lately.id)).length]).toEqual([[], 1]);
  });

  it('sent again has a new link and the old one is dead; taken back, neither is there', async () => {
    const [made] = await invite([{ email: 'again@example.org' }]);
    const first = tokenFor('again@example.org');
    await resendInvitation(ctx(), made!.id, 'en');
    const second = tokenFor('again@example.org');
    const waiting = () => letters().filter(l => l.to === 'again@example.org');
    // The one that was not sent yet would lead nowhere.
    expect(waiting().map(l => l.language)).toEqual(['en']);
    await expect(readInvitation(world.deps, first)).rejects.toMatchObject({ code: 'not-found' });
    await withdrawInvitation(ctx(), made!.id);
    expect(waiting()).toEqual([]);
    await expect(readInvitation(world.deps, second)).rejects.toMatchObject({ code: 'not-found' });
    await expect(resendInvitation(ctx(), made!.id, 'nl')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives a reach to some achievements, which must be of this institution; the newest decides', async () => {
    const other = await createSchool(world);
    const foreign = invite([{ email: 'reach@example.org' }], { achievements: [other.achievement] });
    await expect(foreign).rejects.toMatchObject({ code: 'not-found' });
    await invite([{ email: 'reach@example.org' }], { achievements: [school.achievement] });
    const person = await createPerson(world);
    await acceptInvitation(world.deps, person.id, tokenFor('reach@example.org'));
    expect(await roles(person.id)).toEqual([{ role: 'awarder', achievements: [school.achievement] }]);
    await invite([{ email: 'reach@example.org' }]);
    await acceptInvitation(world.deps, person.id, tokenFor('reach@example.org'));
    expect(await roles(person.id)).toEqual([{ role: 'awarder', achievements: null }]);
    await invite([{ email: 'reach@example.org' }]);
    await expect(acceptInvitation(world.deps, person.id, tokenFor('reach@example.org'))).rejects.toMatchObject({
      code: 'member-exists',
    });
  });

  it('of another institution are not there', async () => {
    const other = await createSchool(world);
    const [made] = await inviteMembers(
      { ...other.ctx, now: new Date(time) },
      { addresses: [{ email: 'next-door@example.org' }], role: 'admin', achievements: null, language: 'nl' },
    );
    for (const attempt of [withdrawInvitation(ctx(), made!.id), resendInvitation(ctx(), made!.id, 'nl')])
      await expect(attempt).rejects.toMatchObject({ code: 'not-found' });
    expect((await listInvitations(ctx())).some(i => i.id === made!.id)).toBe(false);
  });

  it.each([
    { home: 'evil.uni.nl.attacker.com', assurance: ['employee@evil.uni.nl.attacker.com'] },
    { home: 'uni.nl', assurance: ['EMPLOYEE@UNI.NL', 'Admin@uni.nl'] },
    { eppn: 'admin@uni.nl', assurance: ['employee@uni.nl;admin@uni.nl', 'faculty@uni.nl'] },
    { links: [{ eppn: 'admin@uni.nl', home: 'uni.nl', validatedName: 'A', preferred: true }] },
  ])('O10: what a provider says of an affiliation gives no role: %j', async claims => {
    const person = await createPerson(world, { kind: 'institution', ...claims });
    expect(await roles(person.id)).toEqual([]);
    const answer = await world.request(`/console/${school.institution.slug}`, { headers: person.headers });
    expect(answer.status).toBe(404);
    // Nor beside a role that they do have.
    const assessor = await createMember(world, school.institution, ['assessor']);
    const keys = await world.request(`/console/${school.institution.slug}/audit`, { headers: assessor.headers });
    expect([403, 404]).toContain(keys.status);
  });
});
