import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { newId, newToken } from '../platform/ids.ts';
import { teams, teamShares } from './schema.ts';

export type Team = typeof teams.$inferSelect;

/** People of one workplace or one class, who show each other what they can. */
export const teamInput = z.strictObject({ name: z.string().trim().min(1).max(100) });
export type TeamInput = z.infer<typeof teamInput>;

/** Makes a team with a code by which people come in. */
export async function createTeam(ctx: Ctx, { name }: TeamInput): Promise<Team> {
  requireRight(ctx, 'team.edit', { whole: true });
  const row: Team = {
    id: newId(ctx.now),
    institutionId: ctx.institution.id,
    name,
    // It opens what people show each other, so it cannot be guessed.
    code: newToken(),
    createdAt: ctx.now.toISOString(),
    endedAt: null,
  };
  await record(ctx, 'team.create', row.id, [ctx.db.query.insert(teams).values(row)]);
  return row;
}

export interface ListedTeam extends Team {
  /** How many people show something there. */
  people: number;
}

/** The teams of the institution that have not ended, by name. */
export async function listTeams(ctx: Ctx): Promise<ListedTeam[]> {
  requireRight(ctx, 'team.edit', { whole: true });
  const rows = await ctx.db.query
    .select({ team: teams, people: count(teamShares.personId) })
    .from(teams)
    .leftJoin(teamShares, eq(teamShares.teamId, teams.id))
    .where(and(eq(teams.institutionId, ctx.institution.id), isNull(teams.endedAt)))
    .groupBy(teams.id)
    .orderBy(asc(teams.name), asc(teams.id));
  return rows.map(({ team, people }) => ({ ...team, people }));
}

/** A team of the institution. @throws DomainError `not-found`, also for one that has ended */
export async function readTeam(ctx: Ctx, id: string): Promise<Team> {
  requireRight(ctx, 'team.edit', { whole: true });
  const [row] = await ctx.db.query.select().from(teams).where(own(ctx, id));
  if (!row) throw notFound('team');
  return row;
}

/**
 * Gives a team a new code: nobody comes in by the old one any more, and who is in stays.
 * @throws DomainError `not-found`
 */
export async function renewTeamCode(ctx: Ctx, id: string): Promise<void> {
  await readTeam(ctx, id);
  await record(ctx, 'team.renew', id, [newCode(ctx, id)]);
}

const newCode = (ctx: Ctx, id: string): Statement =>
  ctx.db.query.update(teams).set({ code: newToken() }).where(own(ctx, id));

/** Ends a team: what its people showed there is taken back with it. @throws DomainError `not-found` */
export async function endTeam(ctx: Ctx, id: string): Promise<void> {
  await readTeam(ctx, id);
  const { query } = ctx.db;
  await record(ctx, 'team.end', id, [
    query.delete(teamShares).where(eq(teamShares.teamId, id)),
    query.update(teams).set({ endedAt: ctx.now.toISOString() }).where(own(ctx, id)),
  ]);
}

/**
 * Takes someone out who does not belong there: they see nothing of it any more, and the code that they have opens
 * nothing.
 * @throws DomainError `not-found`
 */
export async function takeOutOfTeam(ctx: Ctx, id: string, person: string): Promise<void> {
  await readTeam(ctx, id);
  const theirs = and(eq(teamShares.teamId, id), eq(teamShares.personId, person));
  const [row] = await ctx.db.query.select().from(teamShares).where(theirs);
  if (!row) throw notFound('person in this team');
  await record(ctx, 'team.take-out', id, [ctx.db.query.delete(teamShares).where(theirs), newCode(ctx, id)]);
}

const own = ({ institution }: Ctx, id: string) =>
  and(eq(teams.id, id), eq(teams.institutionId, institution.id), isNull(teams.endedAt));

const record = ({ db, institution, actor, now }: Ctx, action: string, subject: string, statements: Statement[]) =>
  commit(db, statements, [{ institution: institution.id, actor, action, subject, at: now, details: {} }]);
