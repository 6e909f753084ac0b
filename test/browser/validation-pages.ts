// A validation in every state that its learner, and whom they invite, can meet.
import { createValidations } from '../support/validation-scene.ts';
import { createPerson } from '../support/people.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

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
  return { learner: scene.learner, nobody, begun, asked, judged, decided, notYet, partner, begin };
}

export type Validations = Awaited<ReturnType<typeof startValidations>>;

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
  'partner from work': visitor(v => v.partner.path),
};
