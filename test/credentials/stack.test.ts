import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import { awardDecided, awardsOf, completedBy, revokeAward, standingIn } from '../../src/credentials/index.ts';
import { awards } from '../../src/credentials/schema.ts';
import { decideDossier, makeMove } from '../../src/dossiers/index.ts';
import { members } from '../../src/institutions/schema.ts';
import { runJobs } from '../../src/jobs/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { identities } from '../../src/people/schema.ts';
import { outbox } from '../../src/platform/schema.ts';
import { erasePerson } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { awarded, createOffice, moverOf } from '../support/dossiers.ts';
import { createValidation } from '../support/validation.ts';
import { exampleAchievement } from '../support/world.ts';

const world = createWorld();
const { deps } = world;

/** A school with two achievements that together complete a third. */
async function office(whenComplete?: 'award' | 'propose', over: object = {}) {
  const school = await createOffice(world, { ...exampleAchievement, name: 'Eerste deel' });
  const publish = async (content: object) =>
    (await publishAchievement(school.ctx, (await importAchievement(school.ctx, content)).id)).id;
  const second = await publish({ ...exampleAchievement, name: 'Tweede deel' });
  const requires = { units: [], achievements: [school.achievement, second] };
  const policy = { requires, ...(whenComplete ? { whenComplete } : {}) };
  const whole = await publish({ ...exampleAchievement, name: 'Het geheel', policy, ...over });
  /** A part that someone is given by a dossier of their own. */
  async function give(who: Awaited<ReturnType<typeof school.learner>>, achievement: string) {
    const dossier = await school.begin(who, { achievements: [achievement] });
    await dossier.judged();
    await dossier.decided();
    await awardDecided(deps, dossier.id);
  }
  const base = `/console/${school.institution.slug}`;
  const work = async (who = school.staff.examiner) =>
    (await world.request(`${base}/work`, { headers: { accept: 'text/html', ...who.headers } })).text();
  const award = (person: string, who: { headers: Record<string, string> } = school.staff.examiner, what = whole) =>
    world.request(`${base}/stacks`, {
      method: 'POST',
      headers: { accept: 'text/html', ...who.headers },
      body: new URLSearchParams({ person, achievement: what }),
    });
  const titles = async (person: string) =>
    (await awardsOf(deps, person)).map(({ achievement: { name } }) => name).sort();
  return { ...school, second, whole, give, work, award, titles };
}

describe('the rule of stacking', () => {
  const requires = { units: [{ id: 'u', version: 2 }], achievements: ['a'] };
  const having = (units: [string, string][], achievements: [string, string][]) => ({
    units: new Map(units),
    achievements: new Map(achievements),
  });

  it('is complete with each unit in the version that is asked, and each achievement', () => {
    expect(completedBy(requires, having([['u@2', 'd/9']], [['a', 'award']]))).toEqual(['d/9', 'award']);
    expect(completedBy(requires, having([['u@1', 'd/9']], [['a', 'award']]))).toBeUndefined();
    expect(completedBy(requires, having([['u@2', 'd/9']], []))).toBeUndefined();
    expect(completedBy({ units: [], achievements: [] }, having([], []))).toBeUndefined();
  });

  it('goes by the newest decision on an achievement: what a reconsideration took back does not stand', () => {
    const decision = (seq: number, stands: string[]) => ({
      ...{ seq, cycle: 1, by: 'x', role: 'examiner' as const, basis: 'assessment' as const, reconsiderUntil: '' },
      results: [awarded('a', { stands, outcome: 'not-yet', ways: 1 })],
    });
    expect(standingIn({ decisions: [decision(3, ['u', 'v']), decision(7, ['v'])] })).toMatchObject([{ stands: ['v'] }]);
  });
});

describe('a set that someone completed', () => {
  it('is proposed to the examiner, who awards it in one click, once, with what completed it', async () => {
    const { learner, give, achievement, second, work, award, titles, whole } = await office();
    const sam = await learner();
    await give(sam, achievement);
    expect(await work()).not.toContain('Het geheel');
    await give(sam, second);
    expect(await work()).toContain('Het geheel');
    expect(await titles(sam.id)).toEqual(['Eerste deel', 'Tweede deel']);
    const answers = await Promise.all([award(sam.id), award(sam.id), award(sam.id)]);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect((await award(sam.id)).status).toBe(404);
    expect(await titles(sam.id)).toEqual(['Eerste deel', 'Het geheel', 'Tweede deel']);
    const [row, ...more] = await deps.db.query.select().from(awards).where(eq(awards.achievementId, whole));
    expect(more).toEqual([]);
    const parts = await deps.db.query.select().from(awards).where(eq(awards.achievementId, achievement));
    expect(row!.input.decision).toMatchObject({ basis: 'assessment', decidedBy: 'examiner' });
    expect(row!.reference).toContain(parts[0]!.id);
    const { json } = await world.api(
      `/c/${(await awardsOf(deps, sam.id)).find(b => b.id === row!.id)!.shareToken}.json`,
    );
    expect((await world.api('/api/v1/verifications', { body: { credential: json } })).json.verdict).toBe('valid');
    expect(JSON.stringify(json)).not.toContain(sam.id);
    expect(await work()).not.toContain('Het geheel');
  });

  it('is awarded at once where its policy says so, by the timer, and never twice', async () => {
    const { learner, give, achievement, second, work, titles } = await office('award');
    const sam = await learner();
    await give(sam, achievement);
    await runJobs(deps);
    expect(await titles(sam.id)).toEqual(['Eerste deel']);
    await give(sam, second);
    expect(await work()).not.toContain('Het geheel');
    await Promise.all([runJobs(deps), runJobs(deps)]);
    await runJobs(deps);
    expect(await titles(sam.id)).toEqual(['Eerste deel', 'Het geheel', 'Tweede deel']);
  });

  it('is offered first where its achievement asks for a claim, once', async () => {
    const { learner, give, achievement, second, work, award } = await office('propose', {
      claim: { assurance: 'login' },
    });
    const sam = await learner();
    await give(sam, achievement);
    await give(sam, second);
    expect((await award(sam.id)).status).toBe(303);
    expect((await award(sam.id)).status).toBe(404);
    expect(await work()).not.toContain('Het geheel');
  });

  it('of units that stand in a decision is proposed, also where that decision awarded nothing', async () => {
    const school = await createValidation(world, 'stapelschool');
    const [one, two] = school.units.map(({ id, version }) => ({ id, version }));
    const publish = async (name: string, units: object[]) => {
      const content = { ...exampleAchievement, name, policy: { requires: { units, achievements: [] } } };
      return (await publishAchievement(school.ctx, (await importAchievement(school.ctx, content)).id)).id;
    };
    await publish('Twee eenheden', [one!, two!]);
    const work = async () => {
      const headers = { accept: 'text/html', ...school.examiner.headers };
      return (await world.request('/console/stapelschool/work', { headers })).text();
    };
    const { does, now } = await school.dossier();
    const co = moverOf('coordinator', school.coordinator.id);
    await makeMove(deps, await now(), { type: 'accept' }, co);
    await makeMove(deps, await now(), { type: 'assign', role: 'assessor', person: school.assessor.id }, co);
    await does({ type: 'hand-in' });
    const judge = { type: 'judge' as const, units: [], links: [], route: 'examiner' as const };
    await makeMove(deps, await now(), judge, moverOf('assessor', school.assessor.id));
    await does({ type: 'reply' });
    expect(await work()).not.toContain('Twee eenheden');
    await decideDossier(deps, await now(), moverOf('examiner', school.examiner.id), {
      basis: 'assessment',
      results: [awarded(school.achievement, { outcome: 'not-yet', stands: [one!.id, two!.id], ways: 1 })],
      words: { ways: { [school.achievement]: 'Nog een keer.' } },
    });
    expect(await work()).toContain('Twee eenheden');
  });

  it('is told when a part of it is revoked, and stays until someone decides', async () => {
    const { learner, give, achievement, second, work, award, titles, ctx } = await office();
    const sam = await learner();
    await give(sam, achievement);
    await give(sam, second);
    await award(sam.id);
    const [part] = await deps.db.query.select().from(awards).where(eq(awards.achievementId, second));
    await deps.db.query.update(identities).set({ email: 'sam@example.org' }).where(eq(identities.personId, sam.id));
    const posts = { ...ctx, deps: { ...deps, mailer: { send: () => Promise.resolve() } } };
    await revokeAward(posts as unknown as typeof ctx, part!.id, { reason: 'error' });
    const [told] = await deps.db.query.select().from(outbox).where(eq(outbox.kind, 'revocation'));
    expect(JSON.stringify(told!.letter)).toContain('telde mee voor je badge ‘Het geheel’. Die geldt nu nog.');
    expect(await work()).toContain('Een onderdeel telt niet meer');
    await runJobs(deps);
    expect(await titles(sam.id)).toContain('Het geheel');
  });

  it('is nobody’s own to award, nor someone’s without the role, of another institution, or who was erased', async () => {
    const { learner, give, achievement, second, work, award, staff, institution, whole } = await office();
    const sam = await learner();
    await give(sam, achievement);
    await give(sam, second);
    await deps.db.query.insert(members).values({
      id: newId(deps.clock()),
      institutionId: institution.id,
      personId: sam.id,
      role: 'examiner',
      achievements: null,
      since: deps.clock().toISOString(),
    });
    expect(await work(sam as never)).not.toContain('Het geheel');
    expect((await award(sam.id, sam)).status).toBe(403);
    expect((await award(sam.id, staff.assessor)).status).toBe(403);
    const elsewhere = await office();
    expect((await elsewhere.award(sam.id, elsewhere.staff.examiner, whole)).status).toBe(404);
    await erasePerson(deps, sam.id, { kind: 'operator' });
    expect((await award(sam.id)).status).toBe(404);
  });
});
