// A school with an achievement of three units, its staff, and a learner who told twelve experiences.
import {
  createFramework,
  createOutcome,
  createUnit,
  importAchievement,
  publishAchievement,
  publishUnit,
  unitContent,
} from '../../src/catalogue/index.ts';
import { beginDossier, makeMove, readDossier } from '../../src/dossiers/index.ts';
import type { Deps, Role, SignedIn } from '../../src/platform/context.ts';
import { addExperience, assessMyself, openOwn } from '../../src/portfolio/index.ts';
import { members } from '../../src/institutions/schema.ts';
import { newId } from '../../src/platform/ids.ts';
import { createPerson } from './people.ts';
import { createSchool, exampleAchievement } from './world.ts';

type Person = Awaited<ReturnType<typeof createPerson>>;
export type Validation = Awaited<ReturnType<typeof createValidation>>;

const UNITS = ['Werk plannen', 'Met mensen omgaan', 'Veilig werken'];

/** @param slug of the school, which is made */
export async function createValidation(world: { deps: Deps }, slug?: string) {
  const { deps } = world;
  const first = await createSchool(world, slug);
  const { ctx, institution } = first;
  const framework = await createFramework(ctx, { kind: 'qualification', names: { nl: 'Kwalificatie' }, shared: true });
  const units: { id: string; version: number; outcomes: string[] }[] = [];
  for (const name of UNITS) {
    const outcomes: string[] = [];
    for (const n of [1, 2]) {
      const outcome = { kind: 'outcome' as const, words: { nl: { name: `${name}, leeruitkomst ${n}` } } };
      outcomes.push((await createOutcome(ctx, framework.id, outcome)).id);
    }
    const { id } = await createUnit(ctx, unitContent.parse({ name, outcomes }));
    await publishUnit(ctx, id, 'de curriculumtafel');
    units.push({ id, version: 1, outcomes });
  }
  const requires = { units: units.map(({ id, version }) => ({ id, version })), achievements: [] };
  const content = { ...exampleAchievement, name: 'Werken in de wijk', policy: { requires } };
  const made = await publishAchievement(ctx, (await importAchievement(ctx, content)).id);
  const staff = async (role: Role, name: string, ...more: Role[]): Promise<Person> => {
    const person = await createPerson(world, { kind: 'institution', name });
    for (const each of [role, ...more])
      await deps.db.query.insert(members).values({
        id: newId(deps.clock()),
        institutionId: institution.id,
        personId: person.id,
        role: each,
        achievements: null,
        since: deps.clock().toISOString(),
      });
    return person;
  };
  const coordinator = await staff('coordinator', 'Co Ordinator');
  const assessor = await staff('assessor', 'As Sessor');
  const examiner = await staff('examiner', 'Ex Aminator');
  const board = await staff('board', 'Bo Commissie');

  /** A learner with twelve experiences, of which the first six are laid beside outcomes, and their dossier. */
  async function dossier({ experiences = 12, achievements = [made.id] } = {}) {
    const learner = await createPerson(world, { name: 'Noor Bakker', nameSource: 'institution' });
    const session = { person: learner.id, language: 'nl', identity: learner.identityId } as SignedIn;
    const book = await openOwn(deps, session);
    const told: string[] = [];
    for (let n = 1; n <= experiences; n++)
      told.push(
        await addExperience(deps, book, {
          kind: 'informal',
          context: 'work',
          title: `Ervaring ${n}`,
          story: `Wat ik deed, deel ${n}.`,
          answers: {},
          periodFrom: null,
          periodTo: null,
        }),
      );
    for (const [i, { outcomes }] of units.entries())
      await assessMyself(deps, book, {
        outcomeId: outcomes[0]!,
        scale: 'show',
        experiences: told.slice(i * 2, i * 2 + 2),
      });
    const begun = await beginDossier(deps, session, {
      institution,
      recognise: true,
      achievements,
      aim: 'Laten zien wat ik al kan',
      experiences: told,
    });
    const { id } = begun.dossier;
    const now = () => readDossier(deps, { id, institutionId: institution.id });
    const mover = { actor: { kind: 'person' as const, person: learner.id }, id: learner.id, role: 'learner' as const };
    const does = async (command: Parameters<typeof makeMove>[2], words?: Record<string, unknown>) =>
      makeMove(deps, await now(), command, mover, words ? { words } : {});
    return { id, learner, told, now, does };
  }
  return { ...first, achievement: made.id, units, coordinator, assessor, examiner, board, staff, dossier };
}
