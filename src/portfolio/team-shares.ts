import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { changeAs, requireRoom } from './holder.ts';
import { experiences, portfolios, references, teams, teamShares } from './schema.ts';
import { isHidden, type Standing, standingOf } from './standing.ts';
import type { Team } from './teams.ts';

type Row = typeof teamShares.$inferSelect;
/** What one person shows a team, by the ids of it. */
export type TeamShare = Pick<Row, 'name' | 'experiences' | 'badges'>;

const ids = z.array(z.string().max(100)).max(500);
/** Who shows nothing is not in it, so there is always something. */
export const teamShareInput = z
  .strictObject({ name: z.string().trim().min(1).max(100), experiences: ids, badges: ids })
  .refine(({ experiences, badges }) => experiences.length + badges.length > 0, { path: ['experience'] });

/** As many as know each other by name. */
export const TEAM_PEOPLE = 60;

/** The team that a code opens. @throws DomainError `not-found` for any other, and once it has ended */
export const findTeam = (deps: Deps, code: string): Promise<Team> => one(deps, eq(teams.code, code));

/** A team for who shows something there. @throws DomainError `not-found` for everybody else */
export async function readMyTeam(deps: Deps, { person }: SignedIn, id: string): Promise<{ team: Team; mine: Row }> {
  const team = await one(deps, eq(teams.id, id));
  const [mine] = await deps.db.query.select().from(teamShares).where(shareOf(id, person));
  if (!mine) throw notFound('team');
  return { team, mine };
}

async function one({ db }: Deps, which: ReturnType<typeof eq>): Promise<Team> {
  const [row] = await db.query
    .select()
    .from(teams)
    .where(and(which, isNull(teams.endedAt)));
  if (!row) throw notFound('team');
  return row;
}

/** The teams in which someone shows something, by name. */
export const listMyTeams = async ({ db }: Deps, { person }: SignedIn): Promise<{ id: string; name: string }[]> =>
  db.query
    .select({ id: teams.id, name: teams.name })
    .from(teamShares)
    .innerJoin(teams, eq(teams.id, teamShares.teamId))
    .where(and(eq(teamShares.personId, person), isNull(teams.endedAt)))
    .orderBy(asc(teams.name), asc(teams.id));

/**
 * Lets a team see what someone chose, under a name that they chose; who is in already changes it.
 * @returns the team's id
 * @throws DomainError `not-found` for a code that opens nothing, `limit-broken` for a team that is full
 */
export async function joinTeam(deps: Deps, session: SignedIn, code: string, share: TeamShare): Promise<string> {
  const team = await findTeam(deps, code);
  const [{ n }] = (await deps.db.query
    .select({ n: count() })
    .from(teamShares)
    .where(and(eq(teamShares.teamId, team.id), ne(teamShares.personId, session.person)))) as [{ n: number }];
  requireRoom(n, TEAM_PEOPLE, 'people in a team');
  await change(deps, session, 'team.join', team.id, [intoOpen(deps, session, code, share)]);
  return (await readMyTeam(deps, session, team.id)).team.id;
}

/** Nothing where the team ended, or got a new code, in the same moment. */
function intoOpen({ db: { query }, clock }: Deps, { person }: SignedIn, code: string, share: TeamShare): Statement {
  const json = (list: string[]) => sql<string[]>`${JSON.stringify(list)}`;
  const set = { ...share, sharedAt: clock().toISOString() };
  return query
    .insert(teamShares)
    .select(
      query
        .select({
          teamId: teams.id,
          personId: sql<string>`${person}`.as('person_id'),
          name: sql<string>`${set.name}`.as('name'),
          experiences: json(set.experiences).as('experiences'),
          badges: json(set.badges).as('badges'),
          sharedAt: sql<string>`${set.sharedAt}`.as('shared_at'),
        })
        .from(teams)
        .where(and(eq(teams.code, code), isNull(teams.endedAt))),
    )
    .onConflictDoUpdate({ target: [teamShares.teamId, teamShares.personId], set });
}

/** Changes what a team sees of someone, at once. @throws DomainError `not-found` where they are not in it */
export async function changeTeamShare(deps: Deps, session: SignedIn, id: string, share: TeamShare): Promise<void> {
  await readMyTeam(deps, session, id);
  const set = { ...share, sharedAt: deps.clock().toISOString() };
  await change(deps, session, 'team.change', id, [
    deps.db.query.update(teamShares).set(set).where(shareOf(id, session.person)),
  ]);
}

/** Takes back all that a team saw of someone. @throws DomainError `not-found` where they are not in it */
export async function leaveTeam(deps: Deps, session: SignedIn, id: string): Promise<void> {
  await readMyTeam(deps, session, id);
  await change(deps, session, 'team.leave', id, [deps.db.query.delete(teamShares).where(shareOf(id, session.person))]);
}

const shareOf = (id: string, person: string) => and(eq(teamShares.teamId, id), eq(teamShares.personId, person));

const change = (deps: Deps, { person }: SignedIn, action: string, team: string, statements: Statement[]) =>
  changeAs(deps, { kind: 'person', person }, team, action, statements);

/** An experience as a team sees it: its story and what shows it stay with whose it is. */
export type InTeam = Pick<
  typeof experiences.$inferSelect,
  'id' | 'title' | 'kind' | 'context' | 'periodFrom' | 'periodTo'
> & { standing: Standing };

export interface TeamMate {
  person: string;
  name: string;
  experiences: InTeam[];
  /** Ids of badges; whose they are is asked where they stand. */
  badges: string[];
}

/** Everyone who shows a team something, by name, with those of their experiences that they show and still have. */
export async function readTeamMates(deps: Deps, { id }: Team): Promise<TeamMate[]> {
  const { query } = deps.db;
  const shares = await query.select().from(teamShares).where(eq(teamShares.teamId, id));
  const theirs = and(eq(teamShares.teamId, id), sql`${portfolios.personId} = ${teamShares.personId}`);
  const told = await query
    .select({ person: teamShares.personId, experience: experiences })
    .from(teamShares)
    .innerJoin(portfolios, theirs)
    .innerJoin(experiences, eq(experiences.portfolioId, portfolios.id))
    .orderBy(asc(experiences.title), asc(experiences.id));
  const said = await query
    .select({ experience: references.experienceId, standing: references.standing, answers: references.answers })
    .from(teamShares)
    .innerJoin(portfolios, theirs)
    .innerJoin(references, eq(references.portfolioId, portfolios.id));
  const asSeen = ({ id, title, kind, context, periodFrom, periodTo }: typeof experiences.$inferSelect): InTeam => ({
    ...{ id, title, kind, context, periodFrom, periodTo },
    standing: standingOf({
      references: said.filter(s => s.experience === id && !isHidden(s)).map(s => s.standing),
    }),
  });
  return shares
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'))
    .map(share => ({
      person: share.personId,
      name: share.name,
      experiences: told
        .filter(each => each.person === share.personId && share.experiences.includes(each.experience.id))
        .map(each => asSeen(each.experience)),
      badges: share.badges,
    }));
}
