// A validation in every state that its learner, and whom they invite, can meet.
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import { assignStaff, readDossier } from '../../src/dossiers/index.ts';
import { createValidations } from '../support/validation-scene.ts';
import { createMember, createPerson } from '../support/people.ts';
import { exampleAchievement } from '../support/world.ts';
import type { PageToSee } from './page-list.ts';
import { checkOnPage, type Site } from './site.ts';

type Who = { headers: { cookie: string } };

export async function startValidations({ world }: Site) {
  const scene = await createValidations(world, 'wijkschool');
  const begun = await scene.begun();
  const asked = await scene.asked();
  const judged = await scene.judged();
  const decided = await scene.decided('awarded');
  const notYet = await scene.decided('not-yet');
  const partner = await scene.partner();
  const nobody = await createPerson(world);
  const { institution, achievement } = scene.school;
  const begin = `/i/${institution.slug}/achievements/${achievement}/begin`;
  const { examiner } = scene.staff;
  // What was awarded is all of a set.
  const requires = { units: [], achievements: [achievement] };
  const set = await importAchievement(scene.school.ctx, {
    ...exampleAchievement,
    name: 'De set',
    policy: { requires },
  });
  await publishAchievement(scene.school.ctx, set.id);
  const guide = await createMember(world, institution, ['guide']);
  const id = scene.staff.coordinator!.id;
  const mover = { actor: { kind: 'person' as const, person: id }, id, role: 'coordinator' as const };
  const dossier = await readDossier(world.deps, { id: asked, institutionId: institution.id });
  await assignStaff(scene.school.ctx, dossier, mover, { role: 'guide', person: guide.id });
  return { learner: scene.learner, examiner, guide, nobody, begun, asked, judged, decided, notYet, partner, begin };
}

export type Validations = Awaited<ReturnType<typeof startValidations>>;

/** The number that the decision has in its dossier. */
async function decisionOf({ request }: Site['world'], { learner, decided }: Validations): Promise<string> {
  const page = await request(`/validations/${decided}`, { headers: { accept: 'text/html', ...learner.headers } });
  return /decisions\/(\d+)\.json/.exec(await page.text())![1]!;
}

const by =
  (who: (v: Validations) => Who | undefined) =>
  (path: (v: Validations) => string): PageToSee => ({
    open: async (page, { origin, validations }) => {
      const cookie = who(validations)?.headers.cookie;
      if (cookie) await page.setExtraHTTPHeaders({ cookie });
      const address = new URL(path(validations), origin);
      address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
      return page.goto(address.href);
    },
  });
const learner = by(v => v.learner);
const nobody = by(v => v.nobody);
const guide = by(v => v.guide);
const visitor = by(() => undefined);

export const validationPages: Record<string, PageToSee> = {
  'my validations': learner(() => '/validations'),
  'my validations, none': nobody(() => '/validations'),
  'I can do this already': learner(v => v.begin),
  'I can do this already, nothing told yet': nobody(v => v.begin),
  'validation, asked for': learner(v => `/validations/${v.begun}`),
  'validation, a question': learner(v => `/validations/${v.asked}`),
  'validation, judged': learner(v => `/validations/${v.judged}`),
  'validation, decided': learner(v => `/validations/${v.decided}`),
  'validation, not yet': learner(v => `/validations/${v.notYet}`),
  'those whom a guide is beside': guide(() => '/validations'),
  'a conversation that was recorded': learner(v => `/validations/${v.asked}/conversation`),
  'validation, for a guide': guide(v => `/validations/${v.asked}`),
  'a set that is complete': by(v => v.examiner)(() => '/console/wijkschool/work'),
  'a decision that is checked': {
    open: async (page, { origin, world, validations: v }) => {
      const { headers } = v.learner;
      const made = await world.request(`/validations/${v.decided}/decisions/${await decisionOf(world, v)}.json`, {
        headers,
      });
      await checkOnPage(page, origin, { text: await made.text() });
    },
  },
  'partner from work': visitor(v => v.partner.path),
};
