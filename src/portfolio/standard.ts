import { and, asc, eq } from 'drizzle-orm';
import { violatedKey } from '../platform/database.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { change, type Holder, openOwn, requireOwner } from './holder.ts';
import { goals, portfolios } from './schema.ts';

type Row = typeof portfolios.$inferSelect;

/** *Mijn eigen standaard*: what someone finds important, wants and has made; and how they want to be helped. */
export async function saveStandard(
  deps: Deps,
  holder: Holder,
  input: Partial<Pick<Row, 'standard' | 'help' | 'goal'>>,
): Promise<void> {
  const set = { ...input, changedAt: deps.clock().toISOString() };
  await change(deps, holder, 'portfolio.standard', [
    deps.db.query.update(portfolios).set(set).where(eq(portfolios.id, holder.portfolio)),
  ]);
}

/** What someone wants to reach, in the order in which it came up. */
export const listGoals = async (deps: Deps, holder: Holder) => {
  const rows = await deps.db.query
    .select()
    .from(goals)
    .where(eq(goals.portfolioId, holder.portfolio))
    .orderBy(asc(goals.id));
  return rows;
};

/** Adds an achievement, or a wish in one's own words. The same achievement twice is one goal. */
export async function addGoal(
  deps: Deps,
  holder: Holder,
  { achievementId = null, words }: { achievementId?: string | null; words: string },
): Promise<void> {
  const at = deps.clock();
  const row = { id: newId(at), portfolioId: holder.portfolio, achievementId, words, createdAt: at.toISOString() };
  try {
    await change(deps, holder, 'goal.add', [deps.db.query.insert(goals).values(row)]);
  } catch (error) {
    if (violatedKey(error) !== 'goals.portfolio_id, goals.achievement_id') throw error;
  }
}

/** "Ik kan dit al", said of an achievement by who is signed in. */
export const wantAchievement = async (deps: Deps, session: SignedIn, achievementId: string, words: string) =>
  addGoal(deps, await openOwn(deps, session), { achievementId, words });

/** @throws DomainError `not-found` */
export async function removeGoal(deps: Deps, holder: Holder, id: string): Promise<void> {
  requireOwner(holder);
  const mine = and(eq(goals.id, id), eq(goals.portfolioId, holder.portfolio));
  const [row] = await deps.db.query.select({ id: goals.id }).from(goals).where(mine);
  if (!row) throw notFound('goal');
  await change(deps, holder, 'goal.remove', [deps.db.query.delete(goals).where(mine)]);
}
