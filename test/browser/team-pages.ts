// A team in which two people show something, for who is in it, who comes in, and who made it.
import { addExperience, createTeam, joinTeam, openOwn } from '../../src/portfolio/index.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { submit, withEmail } from '../support/offers.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

type Who = { headers: { cookie: string } };

export async function startTeams({ world }: Site) {
  const { deps } = world;
  const claim = { assurance: 'login' };
  const school = await createSchool(world, 'ploegschool', { ...exampleAchievement, claim, name: 'Kwartelhouderij' });
  const coordinator = await createMember(world, school.institution, ['coordinator']);
  const team = await createTeam({ ...school.ctx, now: deps.clock() }, { name: 'Ploeg Noord' });
  async function someone(name: string, title: string) {
    const email = `${name.toLowerCase()}@ploeg.example`;
    const person = await withEmail(world, email, { name });
    const session = { person: person.id, language: 'nl' } as SignedIn;
    const told = { kind: 'informal', context: 'work', title, story: title, answers: {} } as const;
    const book = await openOwn(deps, session);
    const experience = await addExperience(deps, book, { ...told, periodFrom: '2024', periodTo: null });
    const body = exampleAward(school.achievement, { recipient: { email, name } });
    const { json } = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    await submit(world, new URL(json.claim).pathname, person.headers);
    return { ...person, join: () => joinTeam(deps, session, team.code, share(name, experience, json.id)) };
  }
  const share = (name: string, experience: string, badge: string) => ({
    name,
    experiences: [experience],
    badges: [badge],
  });
  const [zoe, ali, mina] = [
    await someone('Zoe', 'De nachtdienst geregeld'),
    await someone('Ali', 'De kas bijgehouden'),
    await someone('Mina', 'Nieuwe mensen ingewerkt'),
  ];
  await zoe.join();
  await ali.join();
  return { zoe, mina, coordinator, door: `/team/${team.code}`, id: team.id };
}

export type Teams = Awaited<ReturnType<typeof startTeams>>;

const by =
  (who: (t: Teams) => Who | undefined) =>
  (path: (t: Teams) => string): PageToSee => ({
    open: async (page, { origin, teams }) => {
      const cookie = who(teams)?.headers.cookie;
      if (cookie) await page.setExtraHTTPHeaders({ cookie });
      const address = new URL(path(teams), origin);
      address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
      return page.goto(address.href);
    },
  });

export const teamPages: Record<string, PageToSee> = {
  'the door of a team': by(() => undefined)(t => t.door),
  'what someone shows a team': by(t => t.mina)(t => t.door),
  'my teams': by(t => t.zoe)(() => '/teams'),
  'a team': by(t => t.zoe)(t => `/teams/${t.id}`),
  teams: by(t => t.coordinator)(() => '/console/ploegschool/teams'),
  'a team for its coordinator': by(t => t.coordinator)(t => `/console/ploegschool/teams/${t.id}`),
};
