import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { awardDecided, awardsOf, offersFor, revokeAward } from '../../src/credentials/index.ts';
import { awards, offers } from '../../src/credentials/schema.ts';
import { beginDossier, decideDossier, makeMove, type Mover, readDossier } from '../../src/dossiers/index.ts';
import { dossierAwards, dossierSamples } from '../../src/dossiers/schema.ts';
import { runJobs } from '../../src/jobs/index.ts';
import { createPerson } from '../support/people.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement } from '../support/world.ts';

const world = createWorld();
const { deps } = world;

const as = (role: Mover['role'], id: string): Mover => ({ actor: { kind: 'person', person: id }, id, role });

/** A dossier that waits for the examiner. */
async function judged(achievement: object = exampleAchievement) {
  const school = await createSchool(world, undefined, achievement);
  const person = await createPerson(world, { name: 'Sam de Vries', nameSource: 'institution' });
  const session = {
    id: person.sessionId,
    person: person.id,
    identity: person.identityId,
    provider: 'eduid',
    provenAt: deps.clock().toISOString(),
    language: 'nl' as const,
  };
  const { dossier } = await beginDossier(deps, session, {
    institution: school.institution,
    recognise: true,
    achievements: [school.achievement],
    aim: 'Laten zien wat ik kan',
    experiences: [],
  });
  const learner = as('learner', person.id);
  const now = () => readDossier(deps, dossier);
  await makeMove(deps, await now(), { type: 'accept' }, as('coordinator', 'co'));
  await makeMove(deps, await now(), { type: 'assign', role: 'assessor', person: 'as' }, as('coordinator', 'co'));
  await makeMove(deps, await now(), { type: 'hand-in' }, learner);
  await makeMove(deps, await now(), { type: 'judge', units: [], links: [], route: 'examiner' }, as('assessor', 'as'));
  await makeMove(deps, await now(), { type: 'reply' }, learner, { words: { ownWords: 'Dit heb ik zelf gedaan.' } });
  const result = { achievement: school.achievement, version: 1, outcome: 'awarded' as const, stands: [], ways: 0 };
  const decide = async (examiner = 'ex', basis: 'assessment' | 'organisation' = 'assessment') =>
    decideDossier(deps, await now(), as('examiner', examiner), { basis, results: [result], words: {} });
  return { school, person, session, dossier, now, decide };
}

describe('a positive decision', () => {
  it('becomes one badge of the learner, which checks as valid and says what it rests on', async () => {
    const { person, dossier, decide } = await judged();
    await decide();
    await awardDecided(deps, dossier.id);
    const [badge, ...more] = await awardsOf(deps, person.id);
    expect(more).toEqual([]);
    const [award] = await deps.db.query.select().from(awards).where(eq(awards.personId, person.id));
    expect(award).toMatchObject({ state: 'claimed', identified: { kind: 'eduid', nameBy: 'institution' } });
    const { json } = await world.api(`/c/${badge!.shareToken}.json`);
    expect(json.credentialSubject.narrative).toBe('Dit heb ik zelf gedaan.');
    const report = await world.api('/api/v1/verifications', { body: { credential: json } });
    expect(report.json.verdict).toBe('valid');
  });

  it('is awarded once, however often and however much at once it is asked', async () => {
    const { person, dossier, decide } = await judged();
    await decide();
    await Promise.all(Array.from({ length: 5 }, () => awardDecided(deps, dossier.id)));
    await awardDecided(deps, dossier.id);
    expect(await awardsOf(deps, person.id)).toHaveLength(1);
    expect(await deps.db.query.select().from(awards).where(eq(awards.personId, person.id))).toHaveLength(1);
  });

  it('that was cut off before its award was made is taken up by the timer', async () => {
    const { person, decide } = await judged();
    await decide();
    expect(await awardsOf(deps, person.id)).toEqual([]);
    await runJobs(deps);
    expect(await awardsOf(deps, person.id)).toHaveLength(1);
  });

  it('is offered first where the achievement asks for a claim', async () => {
    const { person, dossier, decide } = await judged({ ...exampleAchievement, claim: { assurance: 'login' } });
    await decide();
    await Promise.all([awardDecided(deps, dossier.id), awardDecided(deps, dossier.id)]);
    expect(await offersFor(deps, person.id)).toHaveLength(1);
    const [made] = await deps.db.query.select().from(dossierAwards).where(eq(dossierAwards.dossierId, dossier.id));
    expect(await deps.db.query.select().from(offers).where(eq(offers.id, made!.awardId!))).toHaveLength(1);
  });

  it('of a new assessor is looked at by the board, the first three times', async () => {
    const { dossier, decide } = await judged();
    await decide();
    const mine = and(eq(dossierSamples.dossierId, dossier.id), eq(dossierSamples.why, 'new-assessor'));
    expect(await deps.db.query.select().from(dossierSamples).where(mine)).toHaveLength(1);
  });

  it('can be revoked like any other, and is not made again', async () => {
    const { school, person, dossier, decide } = await judged();
    await decide();
    await awardDecided(deps, dossier.id);
    const [award] = await deps.db.query.select().from(awards).where(eq(awards.personId, person.id));
    await revokeAward(school.ctx, award!.id, { reason: 'error' });
    await awardDecided(deps, dossier.id);
    expect(await deps.db.query.select().from(awards).where(eq(awards.personId, person.id))).toHaveLength(1);
  });
});
