import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { newDigits, newId } from '../platform/ids.ts';
import { languages } from '../platform/language.ts';
import { goalCards } from './prompts.ts';
import { portfolioGroups } from './schema.ts';

export type Group = typeof portfolioGroups.$inferSelect;

/** A group that begins together: at a library, in an association, at a works council. */
export const groupInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  goal: z.enum(goalCards).nullable(),
  language: z.enum(languages),
  /** The last day, as a date. */
  endsOn: z.iso.date(),
});
export type GroupInput = z.infer<typeof groupInput>;

/** Makes a code for a group. It counts who begins by it, and knows nobody. */
export async function createGroup(ctx: Ctx, { endsOn, ...input }: GroupInput): Promise<Group> {
  requireRight(ctx, 'group.edit', { whole: true });
  const { db, institution, actor, now } = ctx;
  const row: Group = {
    id: newId(now),
    // Eight digits: found on a poster, and guessing one opens nothing but the first page.
    code: newDigits(8),
    institutionId: institution.id,
    ...input,
    begun: 0,
    createdAt: now.toISOString(),
    // Late in the evening of that day in the Netherlands, in summer and in winter.
    endsAt: `${endsOn}T21:59:59.999Z`,
  };
  const entry = {
    institution: institution.id,
    actor,
    action: 'group.create',
    subject: row.id,
    at: now,
    details: input,
  };
  await commit(db, [db.query.insert(portfolioGroups).values(row)], [entry]);
  return row;
}

export async function listGroups(ctx: Ctx): Promise<Group[]> {
  requireRight(ctx, 'group.edit');
  return ctx.db.query
    .select()
    .from(portfolioGroups)
    .where(eq(portfolioGroups.institutionId, ctx.institution.id))
    .orderBy(asc(portfolioGroups.id));
}

/** Ends a group today: its code leads to the first page of everyone. @throws DomainError `not-found` */
export async function endGroup(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'group.edit', { whole: true });
  const { db, institution, actor, now } = ctx;
  const own = and(eq(portfolioGroups.id, id), eq(portfolioGroups.institutionId, institution.id));
  const [row] = await db.query.select({ id: portfolioGroups.id }).from(portfolioGroups).where(own);
  if (!row) throw notFound('group');
  const entry = { institution: institution.id, actor, action: 'group.end', subject: id, at: now, details: {} };
  await commit(db, [db.query.update(portfolioGroups).set({ endsAt: now.toISOString() }).where(own)], [entry]);
}

/** The group of a code, while it lasts. */
export async function findGroup(deps: Deps, code: string): Promise<Group | undefined> {
  const [row] = await deps.db.query
    .select()
    .from(portfolioGroups)
    .where(
      and(eq(portfolioGroups.code, code.replace(/\s/g, '')), gt(portfolioGroups.endsAt, deps.clock().toISOString())),
    );
  return row;
}

export const countBegun = (deps: Deps, id: string): [Statement] => [
  deps.db.query
    .update(portfolioGroups)
    .set({ begun: sql`${portfolioGroups.begun} + 1` })
    .where(eq(portfolioGroups.id, id)),
];
