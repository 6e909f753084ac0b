// A dossier with the people around it, played with the real verbs.
import {
  beginDossier,
  type Command,
  decideDossier,
  type DossierRole,
  makeMove,
  type Making,
  type Mover,
  readDossier,
  type Result,
} from '../../src/dossiers/index.ts';
import type { Basis } from '../../src/catalogue/index.ts';
import type { Deps } from '../../src/platform/context.ts';
import { createMember, createPerson } from './people.ts';
import { createSchool, exampleAchievement } from './world.ts';

type StaffName = 'coordinator' | 'assessor' | 'examiner' | 'board';

/** A school with its staff; `learner` makes someone with a session of theirs. */
export async function createOffice(world: { deps: Deps }, achievement: object = exampleAchievement, slug?: string) {
  const { deps } = world;
  const school = await createSchool(world, slug, achievement);
  const staff = {} as Record<StaffName, Awaited<ReturnType<typeof createMember>>>;
  for (const role of ['coordinator', 'assessor', 'examiner', 'board'] as const)
    staff[role] = await createMember(world, school.institution, [role]);
  const as = (role: StaffName, id = staff[role].id): Mover => moverOf(role, id);

  async function learner(name = 'Sam de Vries') {
    const person = await createPerson(world, { name, nameSource: 'institution' });
    const session = {
      id: person.sessionId,
      person: person.id,
      identity: person.identityId,
      provider: 'eduid',
      provenAt: deps.clock().toISOString(),
      language: 'nl' as const,
    };
    return { ...person, session };
  }

  /** A dossier of a learner, with shorthands to play it. */
  async function begin(who: Awaited<ReturnType<typeof learner>>, { achievements = [school.achievement] } = {}) {
    const { dossier } = await beginDossier(deps, who.session, {
      institution: school.institution,
      recognise: true,
      achievements,
      aim: 'Laten zien wat ik kan',
      experiences: [],
    });
    const now = () => readDossier(deps, dossier);
    const move = async (mover: Mover, command: Command, making: Making = {}) =>
      makeMove(deps, await now(), command, mover, making);
    const me = moverOf('learner', who.id);
    /** As far as a judgement that was replied to. */
    async function judged(route: 'examiner' | 'board' = 'examiner', words = { advice: 'Ga zo door.' }) {
      await move(as('coordinator'), { type: 'accept' }, { words: { text: 'Welkom.' } });
      await move(as('coordinator'), { type: 'assign', role: 'assessor', person: staff.assessor.id });
      await judgedAgain(route, words);
    }
    async function judgedAgain(route: 'examiner' | 'board' = 'examiner', words = { advice: 'Ga zo door.' }) {
      await move(me, { type: 'hand-in' });
      await move(as('assessor'), { type: 'judge', units: [], links: [], route }, { words });
      await move(me, { type: 'reply' }, { words: { text: 'Daar ben ik het mee eens.' } });
    }
    async function decided(basis: Basis = 'assessment', results?: Result[], ways: Record<string, string> = {}) {
      const given = results ?? achievements.map(achievement => awarded(achievement));
      const role = basis === 'exemption' ? 'board' : 'examiner';
      return decideDossier(deps, await now(), as(role), { basis, results: given, words: { ways } });
    }
    return { id: dossier.id, me, now, move, judged, judgedAgain, decided };
  }

  return { ...school, staff, as, learner, begin };
}

export const moverOf = (role: DossierRole, id: string): Mover => ({ actor: { kind: 'person', person: id }, id, role });

export const awarded = (achievement: string, over: Partial<Result> = {}): Result => ({
  achievement,
  version: 1,
  outcome: 'awarded',
  stands: [],
  ways: 0,
  ...over,
});
