import { count, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  endDossierInvitation,
  inviteToDossier,
  joinDossier,
  listDossierInvitations,
  readDossierInvitation,
} from '../../src/dossiers/index.ts';
import { dossiers } from '../../src/dossiers/schema.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { createPerson } from '../support/people.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

let now = new Date('2026-11-22T12:00:00Z');
const world = createWorld({ now: () => now });
const { deps } = world;
const beginning = { recognise: true, achievements: [], aim: 'Kijken wat ik kan', experiences: [] };

let school: Awaited<ReturnType<typeof createSchool>>;
beforeAll(async () => {
  school = await createSchool(world);
});

const invite = (places: number, achievementId: string | null = null) =>
  inviteToDossier({ ...school.ctx, now }, { name: 'Buurtgroep', achievementId, places, endsOn: '2026-12-01' });
const someone = async () => ({ person: (await createPerson(world)).id, language: 'nl' }) as SignedIn;
const dossiersOf = async (person: string) => {
  const [row] = await deps.db.query.select({ n: count() }).from(dossiers).where(eq(dossiers.personId, person));
  return row!.n;
};
const cameBy = async (secret: string) => {
  const id = await sha256Hex(secret);
  return (await listDossierInvitations(school.ctx)).find(each => each.id === id)!.came;
};

describe('an invitation to a validation', () => {
  it('of eight who come at once for three places, lets three in, and the others begin nothing', async () => {
    const secret = await invite(3, school.achievement);
    const people = await Promise.all(Array.from({ length: 8 }, someone));
    const tries = await Promise.allSettled(people.map(person => joinDossier(deps, person, secret, beginning)));
    expect(tries.filter(t => t.status === 'fulfilled')).toHaveLength(3);
    for (const t of tries) if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'link-spent' });
    expect(await cameBy(secret)).toBe(3);
    const begun = await Promise.all(people.map(({ person }) => dossiersOf(person)));
    expect(begun.reduce((a, b) => a + b)).toBe(3);
    await expect(readDossierInvitation(deps, secret)).rejects.toMatchObject({ code: 'link-spent' });
  });

  it('gives one person one place, however often and however much at once they come', async () => {
    const secret = await invite(5);
    const person = await someone();
    const ids = await Promise.all([1, 2, 3, 4].map(() => joinDossier(deps, person, secret, beginning)));
    ids.push(await joinDossier(deps, person, secret, beginning));
    expect(new Set(ids).size).toBe(1);
    expect(await cameBy(secret)).toBe(1);
    expect(await dossiersOf(person.person)).toBe(1);
  });

  it('that was ended or has lapsed lets nobody in, and who came goes on', async () => {
    const secret = await invite(5);
    const early = await someone();
    const id = await joinDossier(deps, early, secret, beginning);
    const own = await sha256Hex(secret);
    await endDossierInvitation(school.ctx, own);
    await expect(joinDossier(deps, await someone(), secret, beginning)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await joinDossier(deps, early, secret, beginning)).toBe(id);
    const other = await invite(5);
    now = new Date('2026-12-02T00:00:01Z');
    await expect(joinDossier(deps, await someone(), other, beginning)).rejects.toMatchObject({ code: 'link-spent' });
    now = new Date('2026-11-22T12:00:00Z');
  });

  it('begins with what it is for, whatever else is asked, and of another institution is not found', async () => {
    const secret = await invite(1, school.achievement);
    const person = await someone();
    const id = await joinDossier(deps, person, secret, { ...beginning, achievements: ['something-else'] });
    const [row] = await deps.db.query.select().from(dossiers).where(eq(dossiers.id, id));
    expect(row!.state.achievements.map(a => a.id)).toEqual([school.achievement]);
    const other = await createSchool(world);
    await expect(endDossierInvitation(other.ctx, await sha256Hex(secret))).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      inviteToDossier(other.ctx, { name: 'x', achievementId: school.achievement, places: 1, endsOn: '2026-12-01' }),
    ).rejects.toMatchObject({ code: 'achievement-not-published' });
    await expect(readDossierInvitation(deps, 'never-was')).rejects.toMatchObject({ code: 'link-spent' });
  });
});
