import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { achievements } from '../../src/catalogue/schema.ts';
import { awards } from '../../src/credentials/schema.ts';
import { idempotencyKeys } from '../../src/platform/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement } from '../support/world.ts';

const world = createWorld();
const { db } = world;

/** A school whose achievement came from a course. */
async function imported(content: object = exampleAchievement) {
  const school = await createSchool(world, undefined, content);
  await db.query.update(achievements).set({ source: 'ooapi:course-1' }).where(eq(achievements.id, school.achievement));
  const send = (body: unknown, key = school.keys.awarder) => world.api('/api/v1/ooapi/results', { key, body });
  const made = () => db.query.select().from(awards).where(eq(awards.institutionId, school.institution.id));
  return { ...school, send, made };
}

const fifth = (over: { result?: object; [name: string]: unknown } = {}) => ({
  associationId: 'a-1',
  associationType: 'courseOfferingAssociation',
  role: 'student',
  state: 'finished',
  person: {
    personId: 'p',
    displayName: 'Sam de Vries',
    mail: 'sam@example.org',
    otherCodes: [{ codeType: 'x-eduid', code: 'eduid-sam' }],
  },
  offering: { offeringId: 'o', offeringType: 'course', course: 'course-1' },
  ...over,
  result: { state: 'completed', pass: 'passed', final: true, score: '8', resultDate: '2026-11-02', ...over.result },
});

const sixth = () => ({
  courseOfferingAssociationId: 'a-6',
  person: { givenName: 'Noor', surnamePrefix: 'van', surname: 'Dam', primaryCode: { codeType: 'x_eppn', code: 'x' } },
  courseOffering: { courseOfferingId: 'o', course: { courseId: 'course-1' } },
  result: {
    state: 'completed',
    pass: 'passed',
    final: true,
    resultDateTime: '2026-11-02T23:30:00Z',
    studyLoad: [
      { studyLoadUnit: 'hour', value: 84 },
      { studyLoadUnit: 'ects', value: 3 },
    ],
  },
});

describe('a result of an OOAPI that is completed, passed and final', () => {
  it('of version 5 awards the achievement that came from its course, and the badge is valid', async () => {
    const { send, made, keys } = await imported({
      ...exampleAchievement,
      results: [{ name: 'Cijfer', type: 'RawScore' }],
    });
    const { status, json } = await send(fifth());
    expect(status).toBe(201);
    const [award, ...more] = await made();
    expect(more).toEqual([]);
    expect(award).toMatchObject({ id: json.id, recipientKey: 'eduid:eduid-sam', decidedOn: '2026-11-02' });
    expect(award!.input).toMatchObject({
      decision: { basis: 'assessment', reference: 'ooapi:a-1' },
      results: [{ value: '8' }],
    });
    const badge = await world.api(`/api/v1/awards/${json.id}/credential`, { key: keys.awarder });
    const check = await world.api('/api/v1/verifications', { body: { credential: badge.json } });
    expect(check.json.verdict).toBe('valid');
  });

  it('of version 6 says its day in the Netherlands, its credits and its name', async () => {
    const { send, made } = await imported();
    const body = sixth();
    const { status } = await send({
      ...body,
      person: { ...body.person, primaryCode: { codeType: 'x-eppn', code: 's1@hu.nl' } },
    });
    expect(status).toBe(201);
    expect(await made()).toMatchObject([
      { recipientKey: 'eppn:s1@hu.nl', decidedOn: '2026-11-03', input: { creditsEarned: 3 } },
    ]);
    expect((await made())[0]!.input.recipient.name).toBe('Noor van Dam');
  });

  it('is one award however often, however much at once, and with whatever else in it, it is sent', async () => {
    const { send, made, institution } = await imported();
    const answers = await Promise.all([send(fifth()), send(fifth()), send(fifth({ result: { score: '9' } }))]);
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    await db.query.delete(idempotencyKeys).where(eq(idempotencyKeys.institution, institution.id));
    const late = await send(fifth({ result: { resultDate: '2026-11-05' } }));
    expect([late.status, late.json.id]).toEqual([201, answers[0]!.json.id]);
    expect(await made()).toHaveLength(1);
  });

  it('is offered where its achievement asks for a claim, once', async () => {
    const { send, made } = await imported({ ...exampleAchievement, claim: { assurance: 'login' } });
    const [first, second] = [await send(fifth()), await send(fifth())];
    expect([first.status, first.json.state, second.json.id]).toEqual([201, 'released', first.json.id]);
    expect(await made()).toEqual([]);
  });
});

describe('anything else that an OOAPI tells', () => {
  const person = { personId: 'p', displayName: 'Sam' };
  it.each([
    ['is in progress', fifth({ result: { state: 'in progress' } }), 'state'],
    ['is failed', fifth({ result: { pass: 'failed' } }), 'pass'],
    ['is not known to be passed', fifth({ result: { pass: 'unknown' } }), 'pass'],
    ['is not final', fifth({ result: { final: false } }), 'final'],
    ['does not say that it is final', fifth({ result: { final: undefined } }), 'final'],
    ['has no date', fifth({ result: { resultDate: 'morgen' } }), 'date'],
    ['is of a course that was not imported', fifth({ offering: { course: 'course-2' } }), 'achievement'],
    ['names no course', fifth({ offering: 'o' }), 'achievement'],
    ['is of someone who is not known', fifth({ person }), 'person'],
    ['is of a person that was not expanded', fifth({ person: 'p' }), 'person'],
    ['has no id', fifth({ associationId: undefined }), 'id'],
    ['has no result', { ...fifth(), result: undefined }, 'result'],
    ['is a list', [fifth()], 'result'],
  ])('a result that %s is refused, and says why', async (_, body, why) => {
    const { send, made } = await imported();
    const { status, json } = await send(body);
    expect([status, json.code, json.why]).toEqual([422, 'award-not-allowed', why]);
    expect(await made()).toEqual([]);
  });

  it('from a key that may not award is refused, and from another institution finds nothing', async () => {
    const { send, keys } = await imported();
    expect((await send(fifth(), keys.coordinator)).status).toBe(403);
    const other = await createSchool(world);
    const { status, json } = await send(fifth(), other.keys.awarder);
    expect([status, json.why]).toEqual([422, 'achievement']);
  });
});
