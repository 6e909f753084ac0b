import { and, asc, count, eq } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { DossierRole } from './dossier.ts';
import { makeMove, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { planLines } from './schema.ts';

export type PlanLine = typeof planLines.$inferSelect;
export type PlanOwner = PlanLine['owner'];

export interface PlanInput {
  words: string;
  owner: PlanOwner;
  offerUrl?: string;
  achievementId?: string;
  /** A day on which it is looked at again. */
  nextOn?: string;
  /** "Wil je, kun je, is er tijd en geld". */
  answers?: Record<string, string>;
}

/** For whom someone in a role says yes to a line. */
export const sideOf = (role: DossierRole): PlanOwner =>
  role === 'learner' ? 'learner' : role === 'partner' ? 'employer' : 'institution';

/** Adds a line to the plan: what is next, whose it is, and where it can be had. Whoever writes it has said yes to it. */
export async function addPlanLine(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  input: PlanInput,
  form?: string,
): Promise<Moved> {
  const now = deps.clock();
  const at = now.toISOString();
  const id = newId(now);
  const [lines] = await deps.db.query
    .select({ count: count() })
    .from(planLines)
    .where(eq(planLines.dossierId, dossier.id));
  const row: PlanLine = {
    id,
    dossierId: dossier.id,
    position: (lines?.count ?? 0) + 1,
    words: input.words,
    owner: input.owner,
    offerUrl: input.offerUrl ?? null,
    achievementId: input.achievementId ?? null,
    nextOn: input.nextOn ?? null,
    answers: input.answers ?? {},
    confirmed: { [sideOf(mover.role)]: at },
    // The learner decides what to take over.
    taken: mover.role === 'learner',
    createdAt: at,
  };
  return makeMove(deps, dossier, { type: 'plan', line: id }, mover, {
    words: { line: input.words },
    ...(form ? { form } : {}),
    also: () => [deps.db.query.insert(planLines).values(row)],
  });
}

/** Says yes to a line for one's own side; the learner's yes also takes it over. @throws DomainError `not-found` */
export async function confirmPlanLine(deps: Deps, dossier: Dossier, mover: Mover, line: string): Promise<Moved> {
  const mine = and(eq(planLines.id, line), eq(planLines.dossierId, dossier.id));
  const [row] = await deps.db.query.select().from(planLines).where(mine);
  if (!row) throw notFound('line of the plan');
  const side = sideOf(mover.role);
  const confirmed = { ...row.confirmed, [side]: row.confirmed[side] ?? deps.clock().toISOString() };
  return makeMove(deps, dossier, { type: 'confirm-plan', line }, mover, {
    also: () => [
      deps.db.query
        .update(planLines)
        .set({ confirmed, taken: row.taken || side === 'learner' })
        .where(mine),
    ],
  });
}

/** The plan, in its order. */
export const readPlan = async (deps: Deps, dossierId: string): Promise<PlanLine[]> =>
  deps.db.query.select().from(planLines).where(eq(planLines.dossierId, dossierId)).orderBy(asc(planLines.position));
