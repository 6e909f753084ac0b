import { and, asc, desc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { hasRight, readPolicy, requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { Turn } from './dossier.ts';
import type { Dossier } from './read.ts';
import { dossierSamples, dossiers } from './schema.ts';
import { type ActingRole, assignedNow, personOf, reaches, rightOfRole, roleHolders } from './staff.ts';

/** Something that waits for whoever asks. */
export interface Work {
  dossier: Dossier;
  /** In which of their roles. */
  role: ActingRole;
  /** The board looks at a decided dossier again. */
  sample: boolean;
  /** Nobody has taken it up yet. */
  free: boolean;
}

const turnsOf: [Work['role'], Turn][] = [
  ['coordinator', 'awaiting-coordinator'],
  ['assessor', 'awaiting-assessor'],
  ['examiner', 'awaiting-examiner'],
  ['board', 'awaiting-board'],
];

/**
 * "Wat op mij wacht": what someone can do now in each of their roles, soonest due first. Their own dossier is never among
 * it, nor what must not go together with what they did in it, nor what waits for a learner who was erased.
 * @throws DomainError `forbidden`
 */
export async function listWork(ctx: Ctx): Promise<Work[]> {
  requireRight(ctx, 'dossier.read');
  const { db, institution } = ctx;
  const me = personOf(ctx);
  const mine = turnsOf.filter(([role]) => hasRight(ctx.actor, rightOfRole[role]));
  if (!mine.length) return [];
  const holders = await roleHolders(ctx);
  const { dossier: policy } = await readPolicy(ctx);
  const rows = await db.query
    .select()
    .from(dossiers)
    .where(
      and(
        eq(dossiers.institutionId, institution.id),
        isNotNull(dossiers.personId),
        inArray(
          dossiers.turn,
          mine.map(([, turn]) => turn),
        ),
      ),
    )
    .orderBy(asc(dossiers.dueAt))
    .limit(500);
  const work = rows.flatMap((dossier): Work[] => {
    const [role] = mine.find(([, turn]) => turn === dossier.turn)!;
    const { state } = dossier;
    if (!reaches(ctx, rightOfRole[role], dossier)) return [];
    const given = role === 'assessor' || role === 'examiner';
    const assigned = given ? assignedNow(dossier, role, holders) : [];
    if (assigned.length && !assigned.includes(me)) return [];
    const asks = (rule: 'guideApart' | 'examinerApart') => policy[rule] || state.achievements.some(a => a[rule]);
    if (role === 'assessor' && !assigned.includes(me) && state.guided.includes(me) && asks('guideApart')) return [];
    // A decision of one's own judgement can be left to policy; looking at it again cannot.
    const apart = asks('examinerApart') || state.reconsidering !== null;
    const decided = state.decisions.find(d => d.seq === state.reconsidering)?.by;
    if ((role === 'examiner' || role === 'board') && state.judged.includes(me) && apart) return [];
    if (role === 'board' && decided === me) return [];
    return [{ dossier, role, sample: false, free: given && !assigned.length }];
  });
  if (!hasRight(ctx.actor, 'dossier.safeguard')) return work;
  const samples = await db.query
    .select({ dossier: dossiers })
    .from(dossierSamples)
    .innerJoin(dossiers, eq(dossiers.id, dossierSamples.dossierId))
    .where(and(eq(dossiers.institutionId, institution.id), isNotNull(dossiers.personId), isNull(dossierSamples.doneAt)))
    .orderBy(asc(dossierSamples.drawnAt))
    .limit(200);
  return [
    ...work,
    ...samples
      .filter(({ dossier }) => reaches(ctx, 'dossier.safeguard', dossier))
      .filter(({ dossier: { state } }) => ![...state.judged, ...state.decisions.map(d => d.by)].includes(me))
      .map(({ dossier }): Work => ({ dossier, role: 'board', sample: true, free: false })),
  ];
}

/**
 * What is under way and waits for someone else, newest first.
 * @throws DomainError `forbidden`
 */
export async function listUnderWay(ctx: Ctx): Promise<Dossier[]> {
  requireRight(ctx, 'dossier.read');
  const rows = await ctx.db.query
    .select()
    .from(dossiers)
    .where(
      and(eq(dossiers.institutionId, ctx.institution.id), isNotNull(dossiers.personId), ne(dossiers.turn, 'closed')),
    )
    .orderBy(desc(dossiers.turnAt))
    .limit(200);
  return rows.filter(dossier => reaches(ctx, 'dossier.read', dossier));
}
