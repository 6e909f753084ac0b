// A validation in the states that its learner meets, for pages that are looked at.
import { awardDecided } from '../../src/credentials/index.ts';
import {
  beginDossier,
  decideDossier,
  invitePartner,
  makeMove,
  type Mover,
  readDossier,
  shareExperiences,
} from '../../src/dossiers/index.ts';
import type { Deps } from '../../src/platform/context.ts';
import { addExperience, experienceInput, openOwn } from '../../src/portfolio/index.ts';
import { createMember, createPerson } from './people.ts';
import { createSchool, exampleAchievement } from './world.ts';

const as = (role: Mover['role'], person: string): Mover => ({ actor: { kind: 'person', person }, id: person, role });

/** A learner with a validation that waits for a question, one that waits for a reply, and one that was decided. */
export async function createValidations(world: { deps: Deps }, slug?: string) {
  const { deps } = world;
  const school = await createSchool(world, slug, { ...exampleAchievement, name: 'Samenwerken in de wijk' });
  const learner = await createPerson(world, { name: 'Sam de Vries', nameSource: 'institution' });
  const [coordinator, assessor, examiner, board] = await Promise.all(
    (['coordinator', 'assessor', 'examiner', 'board'] as const).map(role =>
      createMember(world, school.institution, [role]),
    ),
  );
  const session = {
    id: learner.sessionId,
    person: learner.id,
    identity: learner.identityId,
    provider: 'eduid',
    provenAt: deps.clock().toISOString(),
    language: 'nl' as const,
  };
  const holder = await openOwn(deps, session);
  const tell = (title: string, story: string) =>
    addExperience(
      deps,
      holder,
      experienceInput.parse({
        kind: 'informal',
        context: 'volunteering',
        title,
        periodFrom: '2024',
        periodTo: null,
        story,
        answers: {},
      }),
    );
  const garden = await tell(
    'De buurtmoestuin',
    'Met de hele straat hebben we een moestuin opgezet. Ik maakte het plan en sprak met de gemeente.',
  );
  const playground = await tell(
    'Voorzitter van de speeltuin',
    'Drie jaar lang leidde ik de vergaderingen van de speeltuinvereniging.',
  );

  const now = (id: string) => readDossier(deps, { id, institutionId: school.institution.id });
  async function begun(experiences: string[] = []) {
    const { dossier } = await beginDossier(deps, session, {
      institution: school.institution,
      recognise: true,
      achievements: [school.achievement],
      aim: 'Ik wil aan de slag als opbouwwerker.',
      experiences,
    });
    return dossier.id;
  }
  async function handedIn() {
    const id = await begun([garden]);
    await makeMove(deps, await now(id), { type: 'accept' }, as('coordinator', coordinator!.id), {
      words: { text: 'Mooi dat je dit wilt laten zien. Het duurt ongeveer zes weken en kost niets.' },
    });
    await makeMove(
      deps,
      await now(id),
      { type: 'assign', role: 'assessor', person: assessor!.id },
      as('coordinator', coordinator!.id),
    );
    await makeMove(deps, await now(id), { type: 'hand-in' }, as('learner', learner.id));
    return id;
  }
  async function asked() {
    const id = await handedIn();
    await makeMove(deps, await now(id), { type: 'ask', to: 'learner' }, as('assessor', assessor!.id), {
      words: { text: 'Wat deed je toen de gemeente nee zei?' },
    });
    return id;
  }
  async function judged() {
    const id = await handedIn();
    await makeMove(
      deps,
      await now(id),
      { type: 'judge', units: [], links: [{ experience: garden, outcome: 'x' }], route: 'examiner' },
      as('assessor', assessor!.id),
      {
        words: {
          overall: 'Sam brengt mensen bij elkaar en stelt het plan bij als dat nodig is.',
          advice: 'Leg eens vast hoe je een tegenslag aanpakt.',
          sees: 'Je doet dit al jaren, ook zonder dat iemand het vroeg.',
        },
      },
    );
    return id;
  }
  async function decided(outcome: 'awarded' | 'not-yet') {
    const id = await judged();
    await makeMove(deps, await now(id), { type: 'reply' }, as('learner', learner.id), {
      words: { text: 'Dit klopt.' },
    });
    await decideDossier(deps, await now(id), as('examiner', examiner!.id), {
      basis: 'assessment',
      results: [
        { achievement: school.achievement, version: 1, outcome, stands: [], ways: outcome === 'awarded' ? 0 : 1 },
      ],
      words:
        outcome === 'awarded' ? {} : { ways: { [school.achievement]: 'Vertel in een gesprek over een conflict.' } },
    });
    await awardDecided(deps, id);
    return id;
  }
  async function partner() {
    const id = await asked();
    await shareExperiences(deps, await now(id), as('learner', learner.id), {
      experiences: [playground],
      partners: true,
    });
    const { secret } = await invitePartner(deps, await now(id), as('learner', learner.id), {
      kind: 'work',
      name: 'Fatima',
    });
    return { id, path: `/partner/${secret}` };
  }
  return { school, learner, staff: { coordinator, assessor, examiner, board }, begun, asked, judged, decided, partner };
}
