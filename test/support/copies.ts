import { awardCredential, awardInput, type CopyInput, keepBadge, makeCopy } from '../../src/credentials/index.ts';
import { createPerson } from './people.ts';
import { createSchool, exampleAchievement, exampleAward, type World } from './world.ts';

/** An institution, a learner, and badges that the learner has in their account. */
export async function createCopies(world: World, over: object = {}) {
  const school = await createSchool(world, undefined, { ...exampleAchievement, ...over });
  const person = await createPerson(world);
  const session = { id: person.sessionId, person: person.id, identity: person.identityId } as never;
  let count = 0;

  /** An award in the learner's account. */
  async function give(rest: object = {}): Promise<string> {
    const reference = `copies-${++count}`;
    const { decision } = exampleAward(school.achievement);
    const input = exampleAward(school.achievement, { decision: { ...decision, reference }, ...rest });
    const award = await awardCredential({ ...school.ctx, now: world.deps.clock() }, awardInput.parse(input));
    await keepBadge(world.deps, session, award.claimToken!);
    return award.id;
  }
  const copy = (awardId: string, format: CopyInput['format'], more: Partial<CopyInput> = {}) =>
    makeCopy(world.deps, { awardId, personId: person.id, format, holder: null, ...more });
  /** What our own verifier says of a document. */
  async function verdict(document: string) {
    const body = { credential: document };
    const { json } = await world.api('/api/v1/verifications', { body });
    return json;
  }
  return { ...school, person, give, copy, verdict };
}
